// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The WGS-84 spheroid, for those who ask for it in place of a sphere.
enum Spheroid {
  /// Metres, and the flattening.
  private static let (a, f) = (6_378_137.0, 1 / 298.257223563)

  /// Metres along the geodesic (Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid"). Between places
  /// nearly opposite, where his series does not converge, by way of a place between.
  static func distance(_ from: LngLat, _ to: LngLat) -> Double { distance(from, to, 0) }

  private static func distance(_ from: LngLat, _ to: LngLat, _ depth: Int) -> Double {
    let b = a * (1 - f)
    let turn = remainder(to.lng - from.lng, 360) * .pi / 180
    let (u, v) = (atan((1 - f) * tan(from.lat * .pi / 180)), atan((1 - f) * tan(to.lat * .pi / 180)))
    var lambda = turn
    for _ in 0..<100 {
      let (p, q) = (cos(v) * sin(lambda), cos(u) * sin(v) - sin(u) * cos(v) * cos(lambda))
      let sine = (p * p + q * q).squareRoot()
      if sine == 0 { return 0 }
      let cosine = sin(u) * sin(v) + cos(u) * cos(v) * cos(lambda)
      let sigma = atan2(sine, cosine)
      let tilt = cos(u) * cos(v) * sin(lambda) / sine
      let square = 1 - tilt * tilt
      let middle = square == 0 ? 0 : cosine - 2 * sin(u) * sin(v) / square
      let c = f / 16 * square * (4 + f * (4 - 3 * square))
      let last = lambda
      lambda =
        turn + (1 - c) * f * tilt * (sigma + c * sine * (middle + c * cosine * (2 * middle * middle - 1)))
      if abs(lambda) > .pi { break }
      guard abs(lambda - last) < 1e-12 else { continue }
      let w = square * (a * a - b * b) / (b * b)
      let big = 1 + w / 16384 * (4096 + w * (-768 + w * (320 - 175 * w)))
      let small = w / 1024 * (256 + w * (-128 + w * (74 - 47 * w)))
      let inner =
        cosine * (2 * middle * middle - 1) - small / 6 * middle * (4 * sine * sine - 3) * (4 * middle * middle - 3)
      return b * big * (sigma - small * sine * (middle + small / 4 * inner))
    }
    guard depth < 4 else { return Vector3(from).angle(Vector3(to)) * Earth.radius }
    let half = Arc(a: Vector3(from), b: Vector3(to)).point(fraction: 0.5).place
    let ways = depth > 0 ? [half] : [half, LngLat(lng: from.lng, lat: 90), LngLat(lng: from.lng, lat: -90)]
    return ways.map { distance(from, $0, depth + 1) + distance($0, to, depth + 1) }.min() ?? 0
  }

  static func length(_ path: [Vector3]) -> Double {
    zip(path, path.dropFirst()).reduce(0) { $0 + distance($1.0.place, $1.1.place) }
  }
}
