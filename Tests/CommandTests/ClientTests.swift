// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The twin and the server driven by the clouds' own client libraries: what they read is what the estate holds, and what
/// they write is there afterwards. The tests themselves are in Scripts/clients.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct ClientTests {
  /// Runs the tests of one file with the program under test.
  private func passes(_ file: String, atLeast count: Int) throws {
    let result = try run(
      python,
      [
        "-W", "ignore::ResourceWarning", "-m", "unittest", "discover", "--start-directory", "Scripts/clients",
        "--pattern", file,
      ],
      ["PLUMB": plumb, "PYTHONDONTWRITEBYTECODE": "1"])
    #expect(result.status == 0, "\(result.complaint.suffix(6000))")
    let ran = result.complaint.split(separator: "\n").first { $0.hasPrefix("Ran ") }
    let number = ran?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    #expect(number >= count, "\(ran ?? "nothing ran")")
  }

  @Test func azureIdentityAndTheManagementLibrariesReadAndWriteTheEstate() throws {
    try passes("test_azure.py", atLeast: 39)
  }

  @Test func googlesAssetStorageAndDiscoveryLibrariesReadAndWriteTheEstate() throws {
    try passes("test_google.py", atLeast: 23)
  }

  @Test func clientsOfResourceGraphMonitorLogsAndKustoAskTheServer() throws {
    try passes("test_server.py", atLeast: 21)
  }

  /// What the collectors ask Azure and Google for is there, in the descriptions that the libraries bring along.
  @Test func everySpecFitsThePublicDescriptionsOfItsAPI() throws {
    let result = try run(python, ["Scripts/rest-specs.py"])
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
    #expect(result.output.hasSuffix("faults: 0\n"), "\(result.output)")
  }
}
