// SPDX-License-Identifier: Apache-2.0

/// The order in which Kusto lists a set of texts that it builds from a list.
///
/// The neighbours of a cell come from its server in the order of a C++ hash set: MurmurHash64A of the bytes, a prime
/// number of buckets no smaller than the list, a new bucket before all others, a further text before its bucket's. A query
/// that shows or indexes the list depends on it.
enum HashOrder {
  private static let primes: [UInt64] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
  ]

  static func listed(_ texts: [String]) -> [String] {
    let buckets = primes.first { $0 >= UInt64(texts.count) } ?? 97
    var list: [(text: String, bucket: UInt64)] = []
    for text in texts where !list.contains(where: { $0.text == text }) {
      let bucket = hash(Array(text.utf8)) % buckets
      list.insert((text, bucket), at: list.firstIndex { $0.bucket == bucket } ?? 0)
    }
    return list.map(\.text)
  }

  /// MurmurHash64A by Austin Appleby, with the seed of GNU's C++ library.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    let factor: UInt64 = 0xC6A4_A793_5BD1_E995
    func mix(_ value: UInt64) -> UInt64 { value ^ value >> 47 }
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    var hash = 0xC70F_6907 ^ UInt64(bytes.count) &* factor
    let whole = bytes.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      hash = (hash ^ mix(word(bytes[start..<start + 8]) &* factor) &* factor) &* factor
    }
    if whole < bytes.count { hash = (hash ^ word(bytes[whole...])) &* factor }
    return mix(mix(hash) &* factor)
  }
}
