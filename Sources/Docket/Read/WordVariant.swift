/// Another text that may stand where a word was read: the other reader's, or what the line reader hesitated over.
///
/// Labels and checks may speak for it where they do not speak for what was read.
package struct WordVariant: Hashable, Sendable {
  package var text: String
  /// That this is what stands there, 0 to 1: less than the word's own confidence, mostly.
  package var probability: Float

  package init(text: String, probability: Float) {
    self.text = text
    self.probability = probability
  }

  /// Of one word.
  package static let most = 3
}

/// Variants end a page's block, by the places of their words; in older forms it ends before them.
extension ReadingCoding {
  static func putVariants(of page: PageReading, to out: inout ByteWriter) {
    let varied = page.words.indices.filter { !page.words[$0].variants.isEmpty }
    guard !varied.isEmpty else { return }
    out.put(varied) { out, index in
      out.put(UInt32(clamping: index))
      out.put(page.words[index].variants) { out, variant in
        out.put(variant.text)
        out.put(Quantum.tenThousandths(variant.probability))
      }
    }
  }

  static func takeVariants(into page: inout PageReading, from input: inout ByteReader) throws(DocketError) {
    guard input.remaining > 0 else { return }
    let varied = try input.takeList(smallest: 8) { input throws(DocketError) in
      let index = Int(try input.take(UInt32.self))
      let variants = try input.takeList(smallest: 6) { input throws(DocketError) in
        WordVariant(text: try input.takeText(), probability: Quantum.value(tenThousandths: try input.take()))
      }
      return (index: index, variants: variants)
    }
    for (index, variants) in varied {
      guard page.words.indices.contains(index) else { throw ByteReader.damaged("a variant is of no word") }
      page.words[index].variants = variants
    }
  }
}

extension WordVariant {
  var quantised: WordVariant {
    WordVariant(text: text, probability: Quantum.value(tenThousandths: Quantum.tenThousandths(probability)))
  }
}
