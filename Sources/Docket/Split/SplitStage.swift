/// A stretch of a document that is a document of its own, or the whole.
package struct Part: Hashable, Sendable {
  package var extent: Extent

  package enum Extent: Hashable, Sendable {
    case whole
    /// Pages, counted from 1.
    case pages(ClosedRange<Int>)
    /// Rows of a table, counted from 1.
    case rows(ClosedRange<Int>)
  }

  package init(_ extent: Extent) { self.extent = extent }

  /// `pages/3-5`; nil for the whole.
  package var path: PartPath? {
    switch extent {
    case .whole: nil
    case .pages(let range): PartPath("pages/\(range.lowerBound)-\(range.upperBound)")
    case .rows(let range): PartPath("rows/\(range.lowerBound)-\(range.upperBound)")
    }
  }
}

/// Reading to parts. Every document is one part so far: bundles are not taken apart.
package struct SplitStage: Stage {
  package static let name = StageName.split
  package init() {}
  package var fingerprint: ContentDigest { ContentDigest(of: "split 1") }

  package func run(_ input: Reading, in context: Context) async throws(DocketError) -> [Part] {
    [Part(.whole)]
  }
}
