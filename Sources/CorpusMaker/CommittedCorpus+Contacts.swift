import Foundation

/// Letters on which both parties tell how they are reached.
extension CommittedCorpus {
  func contacts() throws {
    var random = SeededGenerator(seed: 20_260_401)
    for (number, language) in Language.allCases.enumerated() {
      let deal = Deal(kind: number % 3 == 2 ? "order" : "invoice", language: language, lines: 3, random: &random)
      var layouts = Layouts(deal, style: 2 * number)
      layouts.contacts = Contacts.of(language)
      var expected = Expected(deal)
      for (field, company) in [("seller", deal.seller), ("buyer", deal.buyer)] {
        expected.fields.append(("\(field).email", Contacts.email(company)))
        expected.fields.append(("\(field).phone", Contacts.phone(company)))
      }
      let place = try folder(
        "digital", "contacts-\(language.rawValue)", expected, "Both parties' telephones and addresses for mail.")
      Press.pdf(to: place.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)
    }
  }
}

/// The words before a telephone's number, a fax's, and an address for mail.
struct Contacts {
  var telephone: String
  var fax: String
  var email: String

  static func of(_ language: Language) -> Contacts {
    switch language {
    case .en: Contacts(telephone: "Phone:", fax: "Fax:", email: "Email:")
    case .de: Contacts(telephone: "Tel.", fax: "Fax", email: "E-Mail:")
    case .fr: Contacts(telephone: "Tél. :", fax: "Fax :", email: "Courriel :")
    case .es: Contacts(telephone: "Teléfono:", fax: "Fax:", email: "Correo:")
    case .it: Contacts(telephone: "Tel.:", fax: "Fax:", email: "E-mail:")
    case .nl: Contacts(telephone: "Telefoon", fax: "Fax", email: "E-mail")
    }
  }

  static func email(_ company: Company) -> String {
    let name = company.name.split(separator: " ").first.map(String.init) ?? ""
    return "office@\(name.lowercased().filter { $0.isASCII && $0.isLetter }).example.org"
  }

  static func phone(_ company: Company) -> String { "+40 \(company.postcode.prefix(4)) 4711-20" }

  /// A fax's number stands first: it is not the telephone's.
  func lines(_ company: Company) -> [String] {
    [
      "\(fax) +40 \(company.postcode.prefix(4)) 4711-99   \(telephone) \(Contacts.phone(company))",
      "\(email) \(Contacts.email(company))",
    ]
  }
}
