/// What can be wrong with documents of office programs and with data files.
extension ErrorCode {
  package static let office: [ErrorCode] = [.officeDamaged, .officeEncrypted, .jsonDamaged]

  package static let officeDamaged = ErrorCode(
    "office-damaged",
    meaning:
      "The file calls itself an office document, but cannot be unpacked or lacks the part that holds its content.",
    remedy: "Open it in its program and save it again, or ask the sender for it again.")
  package static let officeEncrypted = ErrorCode(
    "office-encrypted", meaning: "The office document asks for a password.",
    remedy: "Open it with the password, save it without one, and drop it in again.")
  package static let jsonDamaged = ErrorCode(
    "json-damaged", meaning: "The JSON is not well-formed.", remedy: "Ask the sender for a well-formed file.")
}
