// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

@testable import IaC

/// A folder of files for one test, removed with it.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent("iac-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    path = base.path
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}

/// Terraform itself, where it is installed: plans without providers, offline.
enum Oracle {
  static let executable: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { $0 + "/terraform" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The outputs of the root module in a folder, as Terraform plans them: value and type by name.
  static func outputs(_ folder: TemporaryFolder) throws -> JSONValue {
    let document = try JSONDocument(parsing: try plan(folder))
    return document.root["planned_values"]?["outputs"] ?? .null
  }

  /// The plan as `terraform show -json` prints it.
  static func plan(_ folder: TemporaryFolder) throws -> [UInt8] {
    _ = try run(["init", "-backend=false", "-input=false"], folder.path)
    _ = try run(["plan", "-input=false", "-refresh=false", "-lock=false", "-out=plan"], folder.path)
    let shown = try run(["show", "-json", "plan"], folder.path)
    withExtendedLifetime(folder) {}
    return shown
  }

  private static func run(_ arguments: [String], _ folder: String) throws -> [UInt8] {
    guard let executable else { throw Failure(description: "there is no terraform") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["-chdir=\(folder)"] + arguments + (arguments[0] == "show" ? [] : ["-no-color"])
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TF_") }
    environment["CHECKPOINT_DISABLE"] = "1"
    environment["TF_CLI_CONFIG_FILE"] = "/dev/null"
    process.environment = environment
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    // Both pipes are read while it runs, or a long message would block it.
    let errors = DispatchQueue(label: "errors")
    nonisolated(unsafe) var message = Data()
    errors.async { message = err.fileHandleForReading.readDataToEndOfFile() }
    let text = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    errors.sync {}
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: message, as: UTF8.self))
    }
    return [UInt8](text)
  }
}

/// Values as the oracle shows them.
enum Shown {
  /// The value's JSON, with members sorted and numbers as they are printed.
  static func text(_ value: Value) -> String {
    guard value.isWhollyKnown else { return "unknown" }
    guard let document = try? JSONDocument.parse(withoutNegativeZero(value).jsonEncoded) else { return "not JSON" }
    return String(decoding: document.root.canonical(keepingNumbers: true), as: UTF8.self)
  }

  static func text(_ value: JSONValue?) -> String {
    value.map { String(decoding: $0.canonical(keepingNumbers: true), as: UTF8.self) } ?? "unknown"
  }

  /// A plan does not keep the sign of zero.
  private static func withoutNegativeZero(_ value: Value) -> Value {
    switch value.content {
    case .number(let number): Value(number.sign == 0 ? Number(0) : number)
    case .list(let elements, let type): Value(.list(elements.map(withoutNegativeZero), of: type))
    case .set(let elements, let type): Value(.set(elements.map(withoutNegativeZero), of: type))
    case .tuple(let elements): Value(tuple: elements.map(withoutNegativeZero))
    case .map(let members, let type): Value(.map(members.mapValues(withoutNegativeZero), of: type))
    case .object(let members, let rest): Value(.object(members.mapValues(withoutNegativeZero), rest: rest))
    default: value
    }
  }

  static func type(_ type: ValueType) -> String { text(try? JSONDocument.parse(json(type)).root) }

  private static func json(_ type: ValueType) -> String {
    switch type {
    case .any: "\"dynamic\""
    case .string: "\"string\""
    case .number: "\"number\""
    case .bool: "\"bool\""
    case .list(let element): "[\"list\",\(Self.json(element))]"
    case .set(let element): "[\"set\",\(Self.json(element))]"
    case .map(let element): "[\"map\",\(Self.json(element))]"
    case .tuple(let elements): "[\"tuple\",[\(elements.map(Self.json).joined(separator: ","))]]"
    case .object(let attributes, _):
      "[\"object\",{\(attributes.map { Value($0.key).jsonEncoded + ":" + Self.json($0.value) }.joined(separator: ","))}]"
    }
  }

  /// Where the recorded data stands: beside this file.
  static let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("recorded")
}
