import CXML
import Docket

/// Owns libxml2's reader: goes through XML from its start to its end and holds no more of it than where it is.
/// Nothing is fetched, entities are not expanded, and a document type of its own is not let pass.
final class XMLStream {
  enum Event {
    case start(Element)
    /// By local name; empty elements have one too.
    case end(String)
    case text(String)
  }

  struct Element {
    /// Local name, without prefix.
    var name: String
    /// By local name.
    var attributes: [String: String] = [:]

    subscript(attribute: String) -> String? { attributes[attribute] }
  }

  /// Elements lie at most so deep; libxml2's own limit is 256.
  static let depthLimit = 200

  private let reader: xmlTextReaderPtr
  private let bytes: UnsafeMutableRawBufferPointer
  private var endsNext: String?

  /// Nil where there is nothing to read.
  init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count < Int(Int32.max) else { return nil }
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    // The reader looks at the bytes for as long as it lives.
    let kept = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    kept.copyBytes(from: bytes)
    guard
      let reader = xmlReaderForMemory(
        kept.bindMemory(to: CChar.self).baseAddress, Int32(kept.count), nil, nil, options)
    else {
      kept.deallocate()
      return nil
    }
    self.bytes = kept
    self.reader = reader
  }

  deinit {
    xmlFreeTextReader(reader)
    bytes.deallocate()
  }

  /// What comes next, nil at the end.
  /// - Throws: `xml-damaged`.
  func next() throws(DocketError) -> Event? {
    if let name = endsNext {
      endsNext = nil
      return .end(name)
    }
    while true {
      switch xmlTextReaderRead(reader) {
      case 1: break
      case 0: return nil
      default: throw XMLStream.damaged
      }
      switch UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT.rawValue:
        guard xmlTextReaderDepth(reader) < XMLStream.depthLimit else { throw XMLStream.damaged }
        return .start(element())
      case XML_READER_TYPE_END_ELEMENT.rawValue: return .end(name)
      case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
        XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
        if let value = xmlTextReaderConstValue(reader) { return .text(String(cString: value)) }
      case XML_READER_TYPE_DOCUMENT_TYPE.rawValue: throw XMLStream.damaged
      default: break
      }
    }
  }

  /// Passes over what is left of the element that `next` has just given, its end with it.
  func skip() throws(DocketError) {
    var depth = 1
    while depth > 0, let event = try next() {
      switch event {
      case .start: depth += 1
      case .end: depth -= 1
      case .text: break
      }
    }
  }

  private var name: String { xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? "" }

  private func element() -> Element {
    var element = Element(name: name)
    if xmlTextReaderIsEmptyElement(reader) == 1 { endsNext = element.name }
    while xmlTextReaderMoveToNextAttribute(reader) == 1 {
      // `xmlns:r` is no attribute `r`.
      guard xmlTextReaderIsNamespaceDecl(reader) != 1, let value = xmlTextReaderConstValue(reader) else { continue }
      element.attributes[name] = String(cString: value)
    }
    return element
  }

  private static var damaged: DocketError { DocketError(.xmlDamaged, "The XML is not well-formed.") }
}
