/// Functions that grow like e to the x, of basic arithmetic alone: those of the C library differ in the last bit from
/// one version and processor to another.
enum Exponential {
  /// e to the x, within three units of the last place for x between -87 and 88; what lies outside counts as that bound.
  @inline(__always)
  static func exp(_ x: Float) -> Float {
    let bounded = min(max(x, -87), 88)
    // What is added and taken away leaves a whole number, without a call.
    let power = (bounded * 1.442_695_04 + 0x1.8p23) - 0x1.8p23
    let rest = (bounded - power * 0.693_359_375) - power * -2.121_944_4e-4
    var sum: Float = 1.987_569_1e-4
    sum = sum * rest + 1.398_199_9e-3
    sum = sum * rest + 8.333_452e-3
    sum = sum * rest + 4.166_579_6e-2
    sum = sum * rest + 1.666_666_5e-1
    sum = sum * rest + 5e-1
    return (sum * rest * rest + rest + 1) * Float(bitPattern: UInt32(Int32(power) + 127) << 23)
  }
}
