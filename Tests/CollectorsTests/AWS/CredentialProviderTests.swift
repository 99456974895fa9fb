// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Collectors

/// When credentials are fetched anew; time is what the test says.
struct CredentialProviderTests {
  private final class Source: Sendable {
    let calls = Mutex(0)
    let answer: @Sendable (Int) throws -> AWSCredentials
    init(_ answer: @escaping @Sendable (Int) throws -> AWSCredentials) { self.answer = answer }
    var provider: CredentialProvider {
      CredentialProvider {
        let call = self.calls.withLock {
          $0 += 1
          return $0
        }
        return try self.answer(call)
      }
    }
    var count: Int { calls.withLock { $0 } }
  }

  private static func keys(_ call: Int, until: Double?) -> AWSCredentials {
    AWSCredentials(accessKey: "key-\(call)", secretKey: "s", expires: until)
  }

  @Test(arguments: [
    (3600.0, 3299.0, 1), (3600, 3300, 2),
    // Keys that hold for less than ten minutes are renewed halfway, not at each call.
    (400, 199, 1), (400, 200, 2),
  ])
  func renewsBeforeTheEnd(_ life: Double, _ now: Double, _ fetches: Int) async throws {
    let source = Source { call in Self.keys(call, until: Double(call) * life) }
    let provider = source.provider
    #expect(try await provider.credentials(now: 0).accessKey == "key-1")
    #expect(try await provider.credentials(now: now).accessKey == "key-\(fetches)")
    #expect(source.count == fetches)
  }

  @Test func keysWithoutAnEndAreFetchedOnce() async throws {
    let source = Source { Self.keys($0, until: nil) }
    let provider = source.provider
    for now in [0, 1e6, 1e12] { #expect(try await provider.credentials(now: now).accessKey == "key-1") }
  }

  @Test func aFailedRenewalKeepsWhatStillHolds() async throws {
    let source = Source { call in
      guard call == 1 || call > 3 else { throw CredentialError("the server is away") }
      return Self.keys(call, until: Double(call) * 3600)
    }
    let provider = source.provider
    for now in [0.0, 3400, 3410, 3440] { #expect(try await provider.credentials(now: now).accessKey == "key-1") }
    #expect(source.count == 3)
    #expect(try await provider.credentials(now: 3480).accessKey == "key-4")
  }

  @Test func keysThatHaveExpiredAreNotUsed() async throws {
    let source = Source { call in
      guard call == 1 else { throw CredentialError("the server is away") }
      return Self.keys(call, until: 3600)
    }
    let provider = source.provider
    _ = try await provider.credentials(now: 0)
    await #expect(throws: CredentialError.self) { try await provider.credentials(now: 3601) }
    let late = Source { Self.keys($0, until: 100) }.provider
    let error = await #expect(throws: CredentialError.self) { try await late.credentials(now: 101) }
    #expect(error?.description.contains("expired at 1970-01-01T00:01:40Z") == true)
  }

  @Test func whatAServiceCallsExpiredIsFetchedAgain() async throws {
    let source = Source { Self.keys($0, until: nil) }
    let provider = source.provider
    let first = try await provider.credentials(now: 0)
    await provider.expire(first)
    let second = try await provider.credentials(now: 0)
    #expect(second.accessKey == "key-2")
    await provider.expire(first)
    #expect(try await provider.credentials(now: 0) == second)
  }

  @Test func manyWhoWaitShareOneFetch() async throws {
    let source = Source { Self.keys($0, until: 3600) }
    let provider = source.provider
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await provider.credentials(now: 0).accessKey } }
      for try await key in group { #expect(key == "key-1") }
    }
    #expect(source.count == 1)
  }
}
