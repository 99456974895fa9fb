// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// A twin of an estate, in a folder of its own, for as long as it lives.
final class ServedTwin {
  let folder: String
  private(set) var bases: [String: String] = [:]
  private let process = Process()

  /// - Parameters:
  ///   - estate: YAML; nil where the arguments say what is served.
  ///   - folder: that of another twin, to serve its stores; nil for a new one.
  init(_ estate: String?, _ arguments: [String] = [], in folder: String? = nil) throws {
    self.folder = folder ?? scratch()
    isOwner = folder == nil
    var all = ["twin", "serve", "--http"] + arguments
    if let estate {
      try FileManager.default.createDirectory(atPath: self.folder + "/estates/own", withIntermediateDirectories: true)
      try estate.write(toFile: self.folder + "/estates/own/all.yaml", atomically: true, encoding: .utf8)
      all += ["--content", self.folder, "--estate", "own"]
    }
    process.executableURL = URL(fileURLWithPath: plumb)
    process.arguments = all
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !(text.contains("azure http") && text.contains("gcp http") && text.hasSuffix("\n")) {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the twin ended: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.count >= 2 { bases[words[0]] = words[1] }
    }
  }
  private let isOwner: Bool

  deinit {
    process.terminate()
    process.waitUntilExit()
    if isOwner { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// What a client of Azure and Google Cloud needs to reach it.
  func environment() throws -> [String: String] {
    let path = folder + "/key.json"
    if !FileManager.default.fileExists(atPath: path) {
      let key = try run("/usr/bin/openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
      let file: [String: String] = [
        "type": "service_account", "project_id": "shop-prod", "private_key_id": "k1", "private_key": key.output,
        "client_email": "scan@shop-prod.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
      ]
      try JSONSerialization.data(withJSONObject: file).write(to: URL(fileURLWithPath: path))
    }
    return [
      "AZURE_TENANT_ID": "t1", "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "a-secret-of-the-test",
      "GOOGLE_APPLICATION_CREDENTIALS": path, "PLUMB_AZURE_ENDPOINT": bases["azure"] ?? "",
      "PLUMB_GCP_ENDPOINT": bases["gcp"] ?? "",
    ]
  }

  func scan(_ clouds: String..., into data: String = "data", with arguments: [String] = []) throws -> Run {
    try run(plumb, ["scan"] + clouds + ["--data", folder + "/" + data] + arguments, try environment())
  }

  /// Starts a scan and kills it after a time. Returns whether it was still running.
  func stop(_ cloud: String, into data: String, with arguments: [String] = [], after seconds: Double) throws -> Bool {
    let scan = Process()
    scan.executableURL = URL(fileURLWithPath: plumb)
    scan.arguments = ["scan", cloud, "--data", folder + "/" + data, "--quiet"] + arguments
    scan.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PLUMB_") }
      .merging(try environment()) { $1 }
    (scan.standardOutput, scan.standardError, scan.standardInput) = (
      FileHandle.nullDevice, FileHandle.nullDevice, FileHandle.nullDevice
    )
    try scan.run()
    Thread.sleep(forTimeInterval: seconds)
    let isRunning = scan.isRunning
    kill(scan.processIdentifier, SIGKILL)
    scan.waitUntilExit()
    return isRunning
  }

  /// The rows of a query as CSV, without its head.
  func ask(_ query: String, of data: String = "data", _ arguments: [String] = []) throws -> [String] {
    let result = try run(plumb, ["query", query, "--data", folder + "/" + data, "--format", "csv"] + arguments)
    try #require(result.status == 0, "\(result.complaint)")
    return result.output.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  /// Everything that is known of resources, in their order.
  func everything(of data: String = "data") throws -> String {
    let query = "resources | order by type asc, id asc"
    let result = try run(plumb, ["query", query, "--data", folder + "/" + data, "--format", "json"])
    try #require(result.status == 0, "\(result.complaint)")
    return result.output
  }

  /// Sends a request as a client that has signed in, and returns its status.
  @discardableResult
  func send(_ method: String, _ path: String, _ body: String? = nil, cloud: String = "azure") throws -> String {
    var arguments = ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", method]
    if let body { arguments += ["-H", "Content-Type: application/json", "-d", body] }
    arguments += ["-H", "Authorization: Bearer \(try bearer(cloud))", try #require(bases[cloud]) + path]
    return try run("/usr/bin/curl", arguments).output
  }

  private func bearer(_ cloud: String) throws -> String {
    let azure = try #require(bases["azure"])
    let isAzure = cloud == "azure"
    let form =
      isAzure
      ? "grant_type=client_credentials&client_id=a&client_secret=b&scope=x" : "grant_type=refresh_token&refresh_token=r"
    let url = isAzure ? "\(azure)/t1/oauth2/v2.0/token" : "\(try #require(bases["gcp"]))/token"
    let answer = try run("/usr/bin/curl", ["-s", "-d", form, url])
    return try #require(JSONDocument(parsing: Array(answer.output.utf8)).root["access_token"]?.string)
  }
}
