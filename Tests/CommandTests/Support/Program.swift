// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

/// The built program and the scripts around it, run as a user runs them.
struct Program {
  let status: Int32
  let output: String
  let complaint: String

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let python = root.appendingPathComponent(".venv/bin/python").path
  static var hasPeers: Bool { FileManager.default.isExecutableFile(atPath: python) }

  /// The program beside the test bundle.
  static var plumb: String {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = bundle.appendingPathComponent("plumb").path
    return FileManager.default.isExecutableFile(atPath: path)
      ? path : root.appendingPathComponent(".build/debug/plumb").path
  }

  /// Runs a program to its end and keeps what it printed. Settings of AWS and of Plumbline are not inherited.
  static func run(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> Program {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = root
    var all = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("AWS_") && !$0.key.hasPrefix("PLUMB_") && !$0.key.lowercased().hasSuffix("_proxy")
    }
    all.merge(environment) { $1 }
    process.environment = all
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
    process.standardError = FileHandle(forWritingAtPath: folder + "/err")
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Program(
      status: process.terminationStatus, output: try String(contentsOfFile: folder + "/out", encoding: .utf8),
      complaint: try String(contentsOfFile: folder + "/err", encoding: .utf8))
  }

  /// A new folder of one's own.
  static func scratch() throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("plumb-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}

/// A shell script beside a moto server of its own, and the files that it left behind.
struct MotoRun {
  let program: Program
  private let files: [String: String]

  /// - Parameters:
  ///   - script: bash; has PLUMB, PYTHON, WORK (a folder) and the server's address and keys.
  ///   - tools: files in WORK, by name.
  ///   - checked: whether the server is able to check signatures; `reset-auth` turns it on.
  init(_ script: String, tools: [String: String] = [:], checked: Bool = false) throws {
    let work = try Program.scratch()
    defer { try? FileManager.default.removeItem(atPath: work) }
    for (name, text) in tools { try text.write(toFile: "\(work)/\(name)", atomically: true, encoding: .utf8) }
    let environment = [
      "WORK": work, "PLUMB": Program.plumb, "PYTHON": Program.python, "PYTHONPATH": work, "HOME": work,
    ]
    let arguments = ["Scripts/moto.py"] + (checked ? ["--free-calls", "1000000"] : [])
    program = try Program.run(Program.python, arguments + ["run", "bash", "-c", "set -e\n" + script], environment)
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: work) {
      files[name] = try? String(contentsOfFile: "\(work)/\(name)", encoding: .utf8)
    }
    self.files = files
  }

  subscript(file: String) -> String { files[file]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "" }
  func lines(_ file: String) -> Set<String> { Set(self[file].split(whereSeparator: \.isNewline).map(String.init)) }
}
