// SPDX-License-Identifier: Apache-2.0

/// On which side of a directed great circle a point lies, decided exactly.
///
/// A determinant in doubles decides nearly every case; where its sign is within the error bound it is computed anew as
/// an exact sum of doubles (Shewchuk, "Adaptive Precision Floating-Point Arithmetic"), and where it is exactly zero by
/// moving the points by infinitely small amounts, in one fixed way (Edelsbrunner & Mücke, "Simulation of Simplicity"). So
/// all answers agree with one another, and no three different points are ever in line.
enum Orientation {
  /// 1 where a, b, c turn counterclockwise, -1 clockwise, 0 only where two of them are the same.
  static func sign(_ a: Vector3, _ b: Vector3, _ c: Vector3) -> Int {
    let determinant = a.cross(b).dot(c)
    // The bound of S2's triage test: 1.8274 * 2^-52 for unit vectors.
    if determinant > 4.1e-16 { return 1 }
    if determinant < -4.1e-16 { return -1 }
    if a == b || b == c || c == a { return 0 }
    return exact(a, b, c)
  }

  private static func exact(_ a: Vector3, _ b: Vector3, _ c: Vector3) -> Int {
    // Sorted, so that every order of the same points is perturbed alike.
    var points = [a, b, c]
    var parity = 1
    func order(_ i: Int, _ j: Int) {
      if less(points[j], points[i]) {
        points.swapAt(i, j)
        parity = -parity
      }
    }
    order(0, 1)
    order(1, 2)
    order(0, 1)
    let (a, b, c) = (points[0], points[1], points[2])
    let sum = ExactSum(determinantOf: a, b, c)
    return parity * (sum.sign != 0 ? sum.sign : perturbed(a, b, c))
  }

  private static func less(_ a: Vector3, _ b: Vector3) -> Bool {
    a.x != b.x ? a.x < b.x : a.y != b.y ? a.y < b.y : a.z < b.z
  }

  private static func minor(_ p: Double, _ q: Double, _ r: Double, _ s: Double) -> Int {
    var sum = ExactSum()
    sum.add(p, q)
    sum.add(-r, s)
    return sum.sign
  }

  private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

  /// The sign of the first coefficient that is not zero of the determinant of a + da, b + db, c + dc, where the
  /// perturbations shrink in the order da.z, da.y, da.x, db.z, ... each far smaller than the product of those before.
  private static func perturbed(_ a: Vector3, _ b: Vector3, _ c: Vector3) -> Int {
    let coefficients: [() -> Int] = [
      { minor(b.x, c.y, b.y, c.x) },  // da.z
      { minor(b.z, c.x, b.x, c.z) },  // da.y
      { minor(b.y, c.z, b.z, c.y) },  // da.x
      { minor(c.x, a.y, c.y, a.x) },  // db.z
      { sign(c.x) },  // db.z da.y
      { -sign(c.y) },  // db.z da.x
      { minor(c.z, a.x, c.x, a.z) },  // db.y
      { sign(c.z) },  // db.y da.x
      // With c = 0 out of the question and every coefficient of c.x, c.y, c.z above tried, one of them was not zero.
    ]
    for coefficient in coefficients {
      let sign = coefficient()
      if sign != 0 { return sign }
    }
    return 1
  }

  /// Whether the arcs ab and cd cross at a point inside both. Arcs that share an end do not cross.
  static func cross(_ a: Vector3, _ b: Vector3, _ c: Vector3, _ d: Vector3) -> Bool {
    if a == c || a == d || b == c || b == d { return false }
    let turn = sign(a, b, c)
    guard turn != 0, sign(a, b, d) == -turn else { return false }
    return sign(c, d, a) == -turn && sign(c, d, b) == turn
  }

  /// Whether a, b, c come in counterclockwise order around `o`; a and c count as within.
  static func isOrdered(_ a: Vector3, _ b: Vector3, _ c: Vector3, around o: Vector3) -> Bool {
    var sum = 0
    if sign(b, o, a) >= 0 { sum += 1 }
    if sign(c, o, b) >= 0 { sum += 1 }
    if sign(a, o, c) > 0 { sum += 1 }
    return sum >= 2
  }
}

/// A sum of doubles without rounding: parts that do not overlap, smallest first.
struct ExactSum {
  private var parts: [Double] = []

  init() {}

  init(determinantOf a: Vector3, _ b: Vector3, _ c: Vector3) {
    add(a.x, b.y, c.z)
    add(-a.x, b.z, c.y)
    add(a.y, b.z, c.x)
    add(-a.y, b.x, c.z)
    add(a.z, b.x, c.y)
    add(-a.z, b.y, c.x)
  }

  mutating func add(_ value: Double) {
    var carry = value
    var kept: [Double] = []
    for part in parts {
      let sum = carry + part
      let rest = sum - carry
      let error = (carry - (sum - rest)) + (part - rest)
      if error != 0 { kept.append(error) }
      carry = sum
    }
    if carry != 0 { kept.append(carry) }
    parts = kept
  }

  mutating func add(_ a: Double, _ b: Double) {
    let product = a * b
    add((-product).addingProduct(a, b))
    add(product)
  }

  mutating func add(_ a: Double, _ b: Double, _ c: Double) {
    let product = a * b
    add((-product).addingProduct(a, b), c)
    add(product, c)
  }

  var sign: Int { parts.last.map { $0 > 0 ? 1 : -1 } ?? 0 }
}
