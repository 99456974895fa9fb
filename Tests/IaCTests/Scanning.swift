// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import IaC

/// What tests of evaluated code have in common.
protocol Scanning {}

extension Scanning {
  func scan(_ files: [String: String], _ options: TerraformOptions = .init()) throws -> TerraformResult {
    let folder = try TemporaryFolder(files)
    return try withExtendedLifetime(folder) { try TerraformRun.scan(folder.path, options: options) }
  }

  func messages(_ result: TerraformResult) -> [String] { result.diagnostics.map { $0.text(result.files) } }

  func resource(_ result: TerraformResult, _ address: String) throws -> EvaluatedResource {
    let all = result.roots.flatMap(\.resources)
    return try #require(all.first { $0.address == address }, "\(all.map(\.address)) \(messages(result))")
  }

  func output(_ result: TerraformResult, _ name: String) throws -> Value {
    try #require(result.roots.first?.outputs.first { $0.name == name }?.value)
  }
}
