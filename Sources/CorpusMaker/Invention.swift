/// Names of our own making, and numbers with right check digits.
enum Invention {
  static let names = [
    "Alder", "Brackwater", "Cindermoor", "Dunhollow", "Elsterfeld", "Fennimore", "Grauwald", "Harrowgate", "Immertal",
    "Jasperin", "Kestrel", "Lindwurm", "Marlowen", "Nordhang", "Ostrava", "Pellerin", "Quillmark", "Rosental",
    "Silbermann", "Thornbury", "Ullmenhof", "Verrinder", "Wexcombe", "Yarrowby", "Zellbach", "Beaulac", "Clairmont",
  ]

  static func trades(_ language: Language) -> [String] {
    switch language {
    case .en: ["Supplies", "Tools", "Interiors", "Print", "Catering", "Logistics", "Hardware", "Stationery"]
    case .de: ["Bürobedarf", "Werkzeuge", "Möbel", "Druck", "Technik", "Handel", "Getränke", "Elektro"]
    case .fr: ["Fournitures", "Outillage", "Mobilier", "Imprimerie", "Services", "Distribution", "Boissons"]
    case .es: ["Suministros", "Herramientas", "Mobiliario", "Imprenta", "Servicios", "Distribuciones", "Bebidas"]
    case .it: ["Forniture", "Utensili", "Arredamenti", "Tipografia", "Servizi", "Distribuzione", "Bevande"]
    case .nl: ["Kantoorartikelen", "Gereedschap", "Meubelen", "Drukkerij", "Diensten", "Groothandel", "Dranken"]
    }
  }

  static func forms(_ language: Language) -> [String] {
    switch language {
    case .en: ["Ltd", "Limited", "PLC"]
    case .de: ["GmbH", "AG", "KG"]
    case .fr: ["SARL", "SAS", "SA"]
    case .es: ["S.L.", "S.A."]
    case .it: ["S.r.l.", "S.p.A."]
    case .nl: ["B.V.", "N.V."]
    }
  }

  static func street(_ language: Language, _ random: inout SeededGenerator) -> String {
    let number = random.number(1...180)
    switch language {
    case .en:
      return
        "\(number) \(random.pick(["Mill", "Station", "Orchard", "Harbour"])) \(random.pick(["Road", "Street", "Lane"]))"
    case .de:
      return
        "\(random.pick(["Mühlen", "Bahnhof", "Garten", "Hafen"]))\(random.pick(["straße", "weg", "allee"])) \(number)"
    case .fr: return "\(number) rue \(random.pick(["du Moulin", "de la Gare", "des Jardins", "du Port"]))"
    case .es: return "Calle \(random.pick(["del Molino", "de la Estación", "Jardines", "del Puerto"])) \(number)"
    case .it: return "Via \(random.pick(["del Mulino", "della Stazione", "dei Giardini", "del Porto"])) \(number)"
    case .nl:
      return "\(random.pick(["Molen", "Stations", "Tuin", "Haven"]))\(random.pick(["straat", "weg", "laan"])) \(number)"
    }
  }

  static func cities(_ language: Language) -> [String] {
    switch language {
    case .en: ["Wexford Bay", "Northam", "Kingsmere", "Oldport"]
    case .de: ["Neustadt", "Altenfels", "Seehausen", "Bergheim"]
    case .fr: ["Villeneuve", "Montclair", "Port-Sainte", "Beaurivage"]
    case .es: ["Villanueva", "Montesclaros", "Puerto Sol", "Riofrío"]
    case .it: ["Villanova", "Montechiaro", "Portoalto", "Belriva"]
    case .nl: ["Nieuwstad", "Ouderkerk", "Zeewijk", "Heuvelrode"]
    }
  }

  static func products(_ language: Language) -> [String] {
    switch language {
    case .en:
      [
        "Copy paper A4", "Desk lamp black", "Toner cartridge", "Packing tape", "Office chair", "USB cable 2 m",
        "Whiteboard marker", "Filing cabinet", "Coffee beans", "Extension lead",
      ]
    case .de:
      [
        "Kopierpapier A4", "Schreibtischlampe", "Tonerkartusche", "Packband braun", "Bürostuhl", "USB-Kabel",
        "Whiteboard-Marker", "Aktenschrank", "Kaffeebohnen", "Mehrfachsteckdose",
      ]
    case .fr:
      [
        "Papier A4", "Lampe de bureau", "Cartouche de toner", "Ruban adhésif", "Chaise de bureau", "Câble USB",
        "Marqueur effaçable", "Armoire", "Café en grains", "Rallonge électrique",
      ]
    case .es:
      [
        "Papel A4", "Lámpara de mesa", "Cartucho de tóner", "Cinta adhesiva", "Silla de oficina", "Cable USB",
        "Rotulador", "Archivador", "Café en grano", "Alargador eléctrico",
      ]
    case .it:
      [
        "Carta A4", "Lampada da tavolo", "Cartuccia toner", "Nastro adesivo", "Sedia da ufficio", "Cavo USB",
        "Pennarello", "Armadio", "Caffè in grani", "Prolunga elettrica",
      ]
    case .nl:
      [
        "Kopieerpapier A4", "Bureaulamp", "Tonercartridge", "Pakband bruin", "Bureaustoel", "USB-kabel",
        "Whiteboardstift", "Archiefkast", "Koffiebonen", "Verlengsnoer",
      ]
    }
  }

  static func taxID(_ country: String, _ random: inout SeededGenerator) -> String {
    let digits = (0..<8).map { _ in random.number(1...9) }
    let body = digits.map(String.init).joined()
    switch country {
    case "DE":
      var product = 10
      for digit in digits {
        let sum = (digit + product) % 10
        product = 2 * (sum == 0 ? 10 : sum) % 11
      }
      return "DE\(body)\((11 - product) % 10)"
    case "FR":
      // Eight digits and Luhn's make a SIREN; the key before it follows from that.
      let doubled = digits.enumerated().reduce(0) { sum, item in
        let value = item.offset % 2 == 1 ? item.element * 2 : item.element
        return sum + (value > 9 ? value - 9 : value)
      }
      let siren = (Int(body) ?? 0) * 10 + (10 - doubled % 10) % 10
      let key = (12 + 3 * (siren % 97)) % 97
      return "FR\(key < 10 ? "0" : "")\(key)\(siren)"
    case "ES": return "ESB\(body.prefix(7))\(digits[7])"
    case "IT":
      // Ten digits and Luhn's.
      let ten = digits + [random.number(1...9), random.number(1...9)]
      let sum = ten.enumerated().reduce(0) { sum, item in
        let value = item.offset % 2 == 1 ? item.element * 2 : item.element
        return sum + (value > 9 ? value - 9 : value)
      }
      return "IT" + ten.map(String.init).joined() + String((10 - sum % 10) % 10)
    case "NL": return "NL\(body)\(random.number(1...9))B0\(random.number(1...9))"
    default:
      let seven = digits.prefix(7)
      let sum = zip(seven, [8, 7, 6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
      let check = 97 - sum % 97
      return "GB" + seven.map(String.init).joined() + (check < 10 ? "0" : "") + String(check)
    }
  }

  static func iban(_ country: String, _ random: inout SeededGenerator) -> String {
    let length = ["FR": 23, "ES": 20, "IT": 22, "NL": 10][country] ?? 18
    let bank = ["IT": "X", "NL": "ABCD"][country] ?? ""
    let body = bank + (0..<length).map { _ in String(random.number(0...9)) }.joined()
    var remainder = 0
    for character in body + country + "00" {
      guard let ascii = character.asciiValue else { continue }
      remainder = ascii >= 65 ? (remainder * 100 + Int(ascii) - 55) % 97 : (remainder * 10 + Int(ascii) - 48) % 97
    }
    let check = 98 - remainder
    return "\(country)\(check < 10 ? "0" : "")\(check)\(body)"
  }

  /// Thirteen digits with GS1's check digit.
  static func gtin(_ random: inout SeededGenerator) -> String {
    let digits = [4, 0] + (0..<10).map { _ in random.number(0...9) }
    let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 1 ? 3 : 1) }
    return (digits + [(10 - sum % 10) % 10]).map(String.init).joined()
  }
}
