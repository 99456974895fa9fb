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

  /// The status of an answer.
  func post(_ path: String, _ json: String) throws -> String {
    let script = """
      import sys, urllib.request
      request = urllib.request.Request(sys.argv[1], sys.argv[2].encode(), {"content-type": "application/json"})
      print(urllib.request.urlopen(request).status, end="")
      """
    return try run(python, ["-c", script, base + path, json]).output
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
    #expect(try server.post("/api/v1/setup", setup) == "201")
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0 && server.process.terminationReason == .exit)

    let again = try ServedProgram(in: folder)
    let signIn = #"{"name":"admin","password":"correct horse battery"}"#
    #expect(try again.post("/api/v1/session", signIn) == "200")
  }

  @Test("kill -9 while changes are written leaves a whole chain that has every change that was acknowledged")
  func killed() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var acknowledged = 0
    for _ in 0..<3 {
      let server = try ServedProgram(in: folder)
      // Failed sign-ins, each a record, from several clients at once until the kill.
      let script = """
        import os, signal, sys, threading, urllib.error, urllib.request
        counts = [0, 0, 0]
        def ask(client):
          number = 0
          while True:
            number += 1
            body = b'{"name": "nobody %d %d", "password": "wrong"}' % (client, number)
            try:
              urllib.request.urlopen(
                urllib.request.Request(sys.argv[1], body, {"content-type": "application/json"}), timeout=60)
            except urllib.error.HTTPError as error:
              if error.code != 401: return
              counts[client] += 1
            except Exception:
              return
            if sum(counts) >= 20:
              os.kill(int(sys.argv[2]), signal.SIGKILL)
              return
        threads = [threading.Thread(target=ask, args=(client,)) for client in range(3)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(sum(counts), end="")
        """
      let result = try run(
        python, ["-c", script, server.base + "/api/v1/session", "\(server.process.processIdentifier)"])
      acknowledged += try #require(Int(result.output))
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
      (["--set", "oidc-client-secret=x"], "PLUMB_SERVER_OIDC_CLIENT_SECRET"),
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
