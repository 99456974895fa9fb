// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Synchronization

/// Things that go wrong on purpose: by a header of one request, or at random for a share of all.
package final class Faults: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case throttle, unavailable, cut, slow, expired
  }

  struct Fault {
    var answer: TwinAnswer?
    var isCut = false
    /// Seconds to wait before answering.
    var pause: Double?
  }

  /// What a request that fails with a kind is answered; nil where its cloud has no words of its own for it.
  package typealias Wording = @Sendable (Kind, TwinRequest) -> TwinAnswer?

  private let rate: Double
  private let wording: Wording?
  private let kinds: [Kind]
  /// Rises with each request, so that the same requests meet the same faults.
  private let counter: Mutex<UInt64>

  /// - Parameters:
  ///   - rate: the share of requests that fail, 0 to 1.
  ///   - kinds: in which ways.
  ///   - wording: how the cloud says it; nil for Azure's errors.
  package init(rate: Double = 0, kinds: [Kind] = Kind.allCases, seed: UInt64 = 1, wording: Wording? = nil) {
    self.rate = rate
    self.wording = wording
    self.kinds = kinds
    counter = Mutex(seed)
  }

  /// What is to go wrong with a request; nil for nothing. The header is `x-twin-fault: throttle|unavailable|cut|slow|expired`.
  func next(_ request: TwinRequest) -> Fault? {
    if let name = request.header("x-twin-fault"), let kind = Kind(rawValue: name) { return fault(kind, request) }
    guard rate > 0, !kinds.isEmpty, !request.path.lowercased().hasSuffix("/token") else { return nil }
    let number = counter.withLock { state -> UInt64 in
      // SplitMix64 (Steele, Lea, Flood 2014).
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
    guard Double(number >> 11) / Double(1 << 53) < rate else { return nil }
    return fault(kinds[Int(number % UInt64(kinds.count))], request)
  }

  private func fault(_ kind: Kind, _ request: TwinRequest) -> Fault {
    if let answer = wording?(kind, request) { return Fault(answer: answer) }
    func error(_ status: Int, _ code: String, _ message: String, _ headers: [(name: String, value: String)] = [])
      -> Fault
    {
      var answer = TwinAnswer.azure(status, code, message)
      answer.headers += headers
      return Fault(answer: answer)
    }
    switch kind {
    case .throttle:
      return error(429, "TooManyRequests", "The request is being throttled.", [("retry-after", "1")])
    case .unavailable: return error(503, "ServerTimeout", "The service is unavailable.")
    case .expired:
      return error(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is in the past.")
    case .cut: return Fault(isCut: true)
    case .slow: return Fault(pause: 2)
    }
  }
}
