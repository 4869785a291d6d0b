/// Finds where a smooth function is least: L-BFGS, from a given start, in double precision and one thread, so that
/// the same function gives the same place to the byte. Source: Nocedal and Wright, "Numerical Optimization", 7.2.
enum Minimizer {
  private static let history = 8
  private static let steepEnough = 1e-4
  private static let flat = 1e-6
  private static let mostHalvings = 20

  /// - Parameters:
  ///   - iterations: at most.
  ///   - function: its value at a place; fills in the gradient there.
  static func minimum(
    from start: [Double], iterations: Int, of function: (_ place: [Double], _ gradient: inout [Double]) -> Double
  ) -> [Double] {
    var place = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = function(place, &gradient)
    var steps: [(step: [Double], change: [Double], curvature: Double)] = []
    for iteration in 0..<iterations {
      let norm = dot(gradient, gradient).squareRoot()
      if norm < flat * max(1, dot(place, place).squareRoot()) { break }
      var direction = quasiNewton(gradient, steps)
      var slope = dot(direction, gradient)
      if slope >= 0 {
        direction = gradient.map { -$0 }
        slope = -norm * norm
        steps = []
      }
      var length = iteration == 0 || steps.isEmpty ? min(1, 1 / norm) : 1
      var next = place
      var nextGradient = gradient
      var nextValue = value
      var isLower = false
      for _ in 0..<mostHalvings {
        for index in place.indices { next[index] = place[index] + length * direction[index] }
        nextValue = function(next, &nextGradient)
        isLower = nextValue <= value + steepEnough * length * slope
        if isLower { break }
        length /= 2
      }
      guard isLower else { break }
      let step = zip(next, place).map { $0 - $1 }
      let change = zip(nextGradient, gradient).map { $0 - $1 }
      let curvature = dot(step, change)
      if curvature > 1e-10 {
        steps.append((step, change, curvature))
        if steps.count > history { steps.removeFirst() }
      }
      (place, gradient, value) = (next, nextGradient, nextValue)
    }
    return place
  }

  private static func quasiNewton(
    _ gradient: [Double], _ steps: [(step: [Double], change: [Double], curvature: Double)]
  ) -> [Double] {
    var direction = gradient
    var shares = [Double](repeating: 0, count: steps.count)
    for (index, pair) in steps.enumerated().reversed() {
      shares[index] = dot(pair.step, direction) / pair.curvature
      add(-shares[index], pair.change, to: &direction)
    }
    if let last = steps.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for (index, pair) in steps.enumerated() {
      let share = dot(pair.change, direction) / pair.curvature
      add(shares[index] - share, pair.step, to: &direction)
    }
    for index in direction.indices { direction[index] = -direction[index] }
    return direction
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sum = 0.0
        for index in 0..<a.count { sum += a[index] * b[index] }
        return sum
      }
    }
  }

  private static func add(_ factor: Double, _ vector: [Double], to sum: inout [Double]) {
    vector.withUnsafeBufferPointer { vector in
      sum.withUnsafeMutableBufferPointer { sum in
        for index in 0..<sum.count { sum[index] += factor * vector[index] }
      }
    }
  }
}
