// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built program, run as a user runs it, against moto on a loopback port.
struct Run {
  let status: Int32
  let output: String
  let complaint: String
}

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
let python = root.appendingPathComponent(".venv/bin/python").path

/// Runs a program to its end and keeps what it printed.
func run(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> Run {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.currentDirectoryURL = root
  var all = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") && !$0.key.hasPrefix("PLUMB_") }
  all.merge(environment) { $1 }
  process.environment = all
  let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("plumb-run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let (out, err) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
  for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
  process.standardOutput = try FileHandle(forWritingTo: out)
  process.standardError = try FileHandle(forWritingTo: err)
  process.standardInput = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
    complaint: try String(contentsOf: err, encoding: .utf8))
}

/// The program beside the test bundle.
var plumb: String {
  let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  for folder in [bundle, root.appendingPathComponent(".build/debug")] {
    let path = folder.appendingPathComponent("plumb").path
    if FileManager.default.isExecutableFile(atPath: path) { return path }
  }
  return root.appendingPathComponent(".build/debug/plumb").path
}

func scratch() -> String { NSTemporaryDirectory() + "plumb-test-" + UUID().uuidString }

let credentials = [
  "AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
]
