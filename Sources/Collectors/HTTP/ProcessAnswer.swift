// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif

/// What a program that was run said.
package struct ProcessAnswer: Sendable {
  package var status: Int32
  package var output: [UInt8]
  package var errors: String

  package init(status: Int32, output: [UInt8], errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// Runs a program found on the PATH without a shell; throws where there is none, or it takes over a minute.
  package static func of(_ arguments: [String]) async throws -> ProcessAnswer {
    try await withCheckedThrowingContinuation { continuation in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = arguments
      let (output, errors) = (Pipe(), Pipe())
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
        return
      }
      DispatchQueue.global().asyncAfter(deadline: .now() + 60) { if process.isRunning { process.terminate() } }
      // Reading blocks until the program ends: on a thread of its own.
      Thread.detachNewThread {
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // env itself says 127 where it finds no such program.
        if process.terminationStatus == 127 {
          continuation.resume(throwing: CredentialError("\(arguments.first ?? "") is not installed"))
        } else {
          continuation.resume(
            returning: ProcessAnswer(
              status: process.terminationStatus, output: Array(said.prefix(1 << 20)),
              errors: String(decoding: complained.prefix(1 << 16), as: UTF8.self)))
        }
      }
    }
  }
}
