/// How well a candidate goes with what people confirmed on similar documents.
package struct Recalled: Hashable, Sendable {
  /// Of the document most like this one, 0 to 1.
  package var likeness: Double
  /// From 1, the vendor's documents have this value, to -1, they have one that is nearly the same; 0 says nothing.
  package var value: Double
  /// From 1, a similar document had it in such a place, to -1, in none like that; 0 says nothing.
  package var place: Double

  package init(likeness: Double, value: Double, place: Double) {
    self.likeness = likeness
    self.value = value
    self.place = place
  }

  static let none = Recalled(likeness: 0, value: 0, place: 0)
  static let names = ["likeness", "known_value", "known_place"]
  /// As they are weighed: the less alike the documents, the less they say.
  var numbers: [Double] { [likeness, likeness * value, likeness * place] }
}
