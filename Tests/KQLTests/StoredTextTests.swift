// SPDX-License-Identifier: Apache-2.0
import Foundation
import KQL
import Testing

/// Functions and watchlists as files.
struct StoredTextTests {
  @Test(arguments: [
    "(n: long = 2) { T | where x >= n }",
    "// what it does\nlet AtLeast = (n: long = 2) {\n  T | where x >= n\n};\n",
    ".create-or-alter function with (folder = 'a', docstring = \"b (c)\") AtLeast(n:long=2) {\n T | where x >= n\n}",
    "T\n| where x >= 2 // no semicolon\n",
    "let least = 2;\nlet keep = (n: long) { n >= least };\nT\n| where keep(x);",
  ]) func `a file holds a function in any of the ways people keep them`(text: String) throws {
    var catalog = Catalog()
    catalog.add(
      "T",
      MemoryTable(schema: [Field("x", .long)], batches: [Batch(columns: [.long(FixedColumn([1, 2, 3]))], count: 3)]))
    catalog.functions["AtLeast"] = StoredFunction.text(of: text)
    for query in ["AtLeast | count", "AtLeast() | count"] {
      let result = try Query(query, catalog: catalog).run(now: Ask.now)
      #expect(String(decoding: result.json(), as: UTF8.self).contains("[[2]]"), "\(query)")
    }
  }

  @Test func `an error in a stored function names it and its line`() {
    var catalog = Catalog()
    catalog.functions["F"] = StoredFunction.text(of: "(n: long) {\n  print n\n  | wher n > 1\n}")
    catalog.functions["G"] = StoredFunction.text(of: "print a = 1\n| where b > 1")
    catalog.functions["H"] = "(t: (x: long)) {\n  G | extend y = 1\n}"
    for (query, place) in [("F(1)", "in the function 'F', line 3"), ("H(print 1)", "in the function 'G', line 2")] {
      do {
        _ = try Query(query, catalog: catalog)
        Issue.record("\(query) binds")
      } catch {
        #expect(error.description.hasPrefix(place), "\(error)")
      }
    }
  }

  @Test func `a watchlist is a file of strings with a key`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/watchlists-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("User,Note\nann,\"a, b\"\nbob,\n".utf8).write(to: URL(fileURLWithPath: folder + "/vips.csv"))
    try Data("Key,SearchKey\n1,one\n".utf8).write(to: URL(fileURLWithPath: folder + "/keys.csv"))
    try Data("".utf8).write(to: URL(fileURLWithPath: folder + "/none.csv"))
    var catalog = Catalog()
    catalog.watchlists["vips"] = try WatchlistFile("vips.csv", in: folder)
    catalog.watchlists["keys"] = try WatchlistFile("keys.csv", in: folder)
    func rows(_ query: String) throws -> String {
      String(decoding: try Query(query, catalog: catalog).run(now: Ask.now).json(), as: UTF8.self)
    }
    #expect(try rows("_GetWatchlist('VIPs')").contains("[[\"ann\",\"a, b\",\"ann\"],[\"bob\",\"\",\"bob\"]]"))
    #expect(try rows("_GetWatchlist('keys') | project SearchKey").contains("[[\"one\"]]"))
    #expect(throws: KQLError.self) { try WatchlistFile("none.csv", in: folder) }
    #expect(throws: KQLError.self) { try WatchlistFile("../vips.csv", in: folder) }
  }
}
