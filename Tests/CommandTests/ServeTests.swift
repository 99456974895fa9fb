// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb serve` as a process of its own.
private final class ServedProgram {
  let folder: String
  let process = Process()
  private(set) var base = ""
  private(set) var token: String?

  init(in folder: String, _ arguments: [String] = []) throws {
    self.folder = folder
    process.executableURL = URL(fileURLWithPath: plumb)
    process.arguments =
      ["serve", "--data", folder, "--port", "0", "--set", "password-cost=10", "--set", "sign-ins-per-minute=10000"]
      + arguments
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PLUMB_") }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let isFirst = !FileManager.default.fileExists(atPath: folder + "/server.sqlite")
    try process.run()
    var text = ""
    while text.split(separator: "\n").count < (isFirst ? 2 : 1) || !text.hasSuffix("\n") {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the server ended: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    let lines = text.split(separator: "\n")
    base = String(lines[0])
    token = isFirst ? lines[1].split(separator: " ").last.map(String.init) : nil
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  func post(_ path: String, _ json: String) throws -> Run {
    try run(
      "/usr/bin/curl",
      [
        "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-H", "content-type: application/json", "-d", json,
        base + path,
      ])
  }
}

@Suite struct ServeTests {
  @Test("SIGTERM ends the server with 0; what was set up stays")
  func stops() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try ServedProgram(in: folder)
    let token = try #require(server.token)
    let setup = #"{"token":"\#(token)","name":"admin","password":"correct horse battery"}"#
    #expect(try server.post("/api/v1/setup", setup).output == "201")
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0 && server.process.terminationReason == .exit)

    let again = try ServedProgram(in: folder)
    let signIn = #"{"name":"admin","password":"correct horse battery"}"#
    #expect(try again.post("/api/v1/session", signIn).output == "200")
  }

  @Test("kill -9 while changes are written leaves a whole chain that has every change that was acknowledged")
  func killed() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var acknowledged = 0
    for round in 0..<3 {
      let server = try ServedProgram(in: folder)
      // Failed sign-ins, each a record, from several clients at once until the kill.
      let script = """
        for i in 1 2 3; do
          n=0
          while n=$((n + 1)) && curl -s -o /dev/null -w '%{http_code}\\n' -H 'content-type: application/json' \
            -d '{"name":"nobody '"$i $n"'","password":"wrong"}' "$1/api/v1/session"; do :; done > "$2/acknowledged.$3.$i" &
        done
        while [ "$(cat "$2"/acknowledged.$3.* | grep -c 401)" -lt 20 ] && kill -0 "$4"; do sleep 0.05; done
        kill -9 "$4"; wait
        cat "$2"/acknowledged.$3.* | grep -c 401
        """
      let result = try run(
        "/bin/bash", ["-c", script, "bash", server.base, folder, "\(round)", "\(server.process.processIdentifier)"])
      acknowledged += try #require(Int(result.output.split(separator: "\n").last ?? ""))
      server.process.waitUntilExit()
    }
    let verified = try run(plumb, ["audit", "verify", "--data", folder])
    #expect(verified.status == 0)
    let records = try #require(verified.output.split(separator: " ").first.flatMap { Int($0) })
    #expect(records >= acknowledged && acknowledged >= 60)

    let listed = try run(plumb, ["audit", "list", "--data", folder, "--limit", "2", "--action", "session."])
    #expect(listed.output.split(separator: "\n").count == 2)
    #expect(!listed.output.contains("wrong"))
    // The head that was printed is taken back; another is not.
    let head = try #require(verified.output.split(separator: " ").last).trimmingCharacters(in: .newlines)
    #expect(try run(plumb, ["audit", "verify", "--data", folder, "--head", head]).status == 0)
    let other = head.prefix { $0 != ":" } + ":" + String(repeating: "0", count: 64)
    let broken = try run(plumb, ["audit", "verify", "--data", folder, "--head", other])
    #expect(broken.status == 1 && broken.complaint.contains("record \(records) is broken"))
  }

  @Test(
    "settings that cannot be used end with 2 and the mend",
    arguments: [
      (["--set", "address=0.0.0.0"], "insecure-http"), (["--set", "prot=1"], "no such setting"),
      (["--set", "tls-certificate=/none.pem", "--set", "tls-key=/none.pem"], "tls-certificate"),
    ])
  func wrongSettings(arguments: [String], mend: String) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try run(plumb, ["serve", "--data", folder, "--port", "0"] + arguments)
    #expect(result.status == 2 && result.complaint.contains(mend))
  }

  @Test("a key of the file that is no setting is told with its place")
  func wrongFile() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "server:\n  prot: 1\n".write(toFile: folder + "/plumb.yaml", atomically: true, encoding: .utf8)
    let result = try run(plumb, ["serve", "--data", folder, "--config", folder + "/plumb.yaml"])
    #expect(result.status == 2 && result.complaint.contains("plumb.yaml:2:3") && result.complaint.contains("port"))
  }
}
