import Docket

/// A contract for a person to read, and as JSON.
struct ContractText {
  let output: Output

  func show(_ contract: Contract) {
    output.data(output.styled("\(contract.reference)", .bold) + "  \(contract.summary)")
    for (name, value) in facts(contract) { output.data("  \(name.padding(17))\(value)") }
    output.data("  " + output.styled("fields", .bold))
    for field in contract.fields { show(field, indent: "    ") }
    if !contract.checks.isEmpty { output.data("  " + output.styled("checks", .bold)) }
    for check in contract.checks { output.data("    \(check.code.padding(24))\(check.paths.joined(separator: ", "))") }
  }

  private func facts(_ contract: Contract) -> [(String, String)] {
    var facts: [(String, String?)] = [
      ("standard", contract.standard), ("owner", contract.owner), ("source of truth", contract.sourceOfTruth),
      ("fresh for", contract.freshFor),
      (
        "identity",
        contract.identity.isEmpty
          ? nil : contract.identity.map { $0.joined(separator: " + ") }.joined(separator: ", else ")
      ),
    ]
    if let status = contract.status {
      let steps = status.next.sorted { $0.key < $1.key }.map { "\($0.key) → \($0.value.joined(separator: ", "))" }
      facts.append(("status", "\(status.initial) first; \(steps.joined(separator: "; "))"))
    }
    if let access = contract.access {
      let writers = access.write.sorted { $0.key < $1.key }.map { "\($0.key) by \($0.value.joined(separator: ", "))" }
      facts.append(("read by", access.read.joined(separator: ", ")))
      facts.append(("written", writers.joined(separator: "; ")))
    }
    facts.append(("languages", Set(contract.headings.keys).sorted().joined(separator: " ")))
    return facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
  }

  private func show(_ field: Field, indent: String) {
    let marks = [
      field.required ? "required" : nil, field.vocabulary.map { "of \($0)" }, field.role?.rawValue,
      field.sensitivity?.rawValue, field.standard,
    ].compactMap { $0 }
    output.data(
      indent + field.name.padding(20) + field.typeName.padding(14)
        + output.styled(marks.joined(separator: ", "), .dim))
    for column in field.columns { show(column, indent: indent + "  ") }
  }

  func json(_ contract: Contract) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/contract-shown/1")
      json.member("name", contract.name)
      json.member("version", contract.version)
      json.member("summary", contract.summary)
      json.member("standard", contract.standard)
      json.member("owner", contract.owner)
      json.member("source_of_truth", contract.sourceOfTruth)
      json.member("fresh_for", contract.freshFor)
      json.memberArray("identity") { json in
        for keys in contract.identity { json.array { json in for key in keys { json.string(key) } } }
      }
      json.memberArray("fields") { json in for field in contract.fields { write(field, &json) } }
      json.memberArray("checks") { json in
        for check in contract.checks {
          json.object { json in
            json.member("code", check.code)
            json.member("paths", texts: check.paths)
          }
        }
      }
      json.member("states", texts: contract.status?.states.sorted() ?? [])
      json.member("languages", texts: Set(contract.headings.keys).sorted())
    }
    return json.text
  }

  private func write(_ field: Field, _ json: inout JSONWriter) {
    json.object { json in
      json.member("name", field.name)
      json.member("type", field.typeName)
      json.member("required", field.required)
      json.member("vocabulary", field.vocabulary)
      json.member("standard", field.standard)
      json.member("sensitivity", field.sensitivity?.rawValue)
      if !field.columns.isEmpty {
        json.memberArray("columns") { json in for column in field.columns { write(column, &json) } }
      }
    }
  }
}
