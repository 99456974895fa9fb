// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Inventory
import KQL
import Synchronization
import Testing

/// Tables that are kept as extents beside the database.
@Suite struct DerivedTests {
  private static let all = "resources | sort by id asc | project id, tostring(properties)"

  private func folders(_ scratch: borrowing Scratch, _ table: String = "resources.") throws -> [String] {
    let path = scratch.directory + "/derived"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasPrefix(table) }
  }

  /// Makes every document of the database unreadable: what still answers has not read it.
  private func spoil(_ store: Store) throws {
    try store.write { db in try db.execute(sql: "UPDATE document SET body = x'7b'") }
  }

  @Test func queriesReadTheExtentsAndNotTheDocuments() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a", #"{"x":1}"#), try bucket("b", #"{"x":[2]}"#)])
    try store.catalog().makeDerived()
    try spoil(store)
    #expect(try rows(Self.all, store.catalog()) == [#"arn:a|{"x":1}"#, #"arn:b|{"x":[2]}"#])
    #expect(throws: KQLError.self) { try rows(Self.all, store.catalog(asOf: 15)) }
  }

  @Test func numbersStayAsTheCloudWroteThem() throws {
    let numbers = #"{"a":[1.0,1.50,1e3,-0.0,12345678901234567890,0.1000000000000000055,9007199254740993,1E-400]}"#
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a", numbers)])
    #expect(try rows(Self.all, store.catalog()) == ["arn:a|" + numbers])
    #expect(try rows(Self.all, store.catalog(asOf: 15)) == ["arn:a|" + numbers])
  }

  @Test func theFirstQueryMakesThemWhereAScanDidNot() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a")])
    #expect(try rows(Self.all, store.catalog()) == ["arn:a|{}"])
    let first = try folders(scratch)
    #expect(first.count == 1)
    // A scan that ended, and was killed before it made any.
    try scan(store, at: 20, [try bucket("a"), try bucket("b")])
    #expect(try folders(scratch) == first)
    #expect(try rows(Self.all, store.catalog()) == ["arn:a|{}", "arn:b|{}"])
    let second = try folders(scratch)
    #expect(second.count == 1)
    #expect(second != first)
  }

  @Test func aScanThatSawNoChangeLeavesThemAsTheyAre() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a")])
    try store.catalog().makeDerived()
    let before = try folders(scratch)
    try scan(store, at: 20, [try bucket("a")])
    try store.catalog().makeDerived()
    #expect(try folders(scratch) == before)
    try scan(store, at: 30, [])
    try store.catalog().makeDerived()
    #expect(try folders(scratch) != before)
    #expect(try rows(Self.all, store.catalog()) == [])
  }

  @Test func aStateInUseStaysUntilItIsNoMore() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a")])
    do {
      let catalog = store.catalog()
      #expect(try rows(Self.all, catalog) == ["arn:a|{}"])
      try scan(store, at: 20, [try bucket("b")])
      try store.catalog().makeDerived()
      #expect(try folders(scratch).count == 2)
      #expect(try rows(Self.all, catalog) == ["arn:a|{}"])
    }
    try scan(store, at: 30, [try bucket("c")])
    try store.catalog().makeDerived()
    #expect(try folders(scratch).count == 1)
  }

  /// As `plumb query` does: a query that failed on damaged extents is run again.
  private func mended(_ query: String, _ store: Store) throws -> (rows: [String], notes: [String]) {
    let notes = Mutex<[String]>([])
    let folder = DerivedFolder(store) { note in notes.withLock { $0.append(note) } }
    let catalog = store.catalog(derived: folder)
    while true {
      do {
        return (try rows(query, catalog), notes.withLock { $0 })
      } catch {
        guard folder.wereDamaged() else { throw error }
      }
    }
  }

  @Test func whatIsDamagedOrMissingIsMadeAgain() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, try (0..<50).map { try bucket("a\($0)", #"{"x":\#($0)}"#) })
    let answer = try rows(Self.all, store.catalog())
    #expect(answer.count == 50)
    let folder = scratch.directory + "/derived/" + (try #require(try folders(scratch).first))
    let files = FileManager.default
    for file in try files.contentsOfDirectory(atPath: folder).sorted() {
      let path = folder + "/" + file
      let size = try Data(contentsOf: URL(filePath: path)).count
      // Missing, cut to half, and with one byte changed here and there.
      for place in [-2, -1] + stride(from: 0, to: size, by: max(1, size / 40)) {
        guard let whole = files.contents(atPath: path) else { break }
        switch place {
        case -2: try files.removeItem(atPath: path)
        case -1: try whole.prefix(size / 2).write(to: URL(filePath: path))
        default:
          var bytes = whole
          bytes[bytes.startIndex + place % max(1, bytes.count)] ^= 0x10
          try bytes.write(to: URL(filePath: path))
        }
        #expect(try mended(Self.all, store).rows == answer, "\(file) \(place)")
      }
    }
    #expect(try mended(Self.all, store).notes == [])
    let extent = try #require(try files.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".extent") })
    try Data().write(to: URL(filePath: folder + "/" + extent))
    let notes = try mended(Self.all, store).notes
    #expect(notes.count == 1)
    #expect(notes.first?.contains(extent) ?? false)
    #expect(try mended(Self.all, store).notes == [])
  }

  @Test func whereTheyCannotBeMadeQueriesReadTheDatabase() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a")])
    // A file stands where the folder would be.
    try Data().write(to: URL(filePath: scratch.directory + "/derived"))
    let (rows, notes) = try mended(Self.all, store)
    #expect(rows == ["arn:a|{}"])
    #expect(notes == [])
    #expect(throws: (any Error).self) { try store.catalog().makeDerived() }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderThatCannotBeWrittenIsRead() throws {
    let scratch = Scratch()
    try scan(try scratch.open(), at: 10, [try bucket("a")])
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.directory)
    defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.directory) }
    #expect(try mended(Self.all, try scratch.open()).rows == ["arn:a|{}"])
  }

  @Test func manyStretchesAreOneTable() throws {
    let scratch = Scratch()
    var store = try scratch.open()
    store.stretch = 7
    let names = (0..<100).map { "b\(1000 + $0)" }
    try scan(store, at: 10, try names.map { try bucket($0, #"{"x":"\#($0)"}"#) })
    try scan(store, at: 20, try names.dropFirst(9).map { try bucket($0, #"{"x":"\#($0)","y":1}"#) })
    let seen = "resources | project n = strcat(name, properties.x, properties.y)"
    let expected = names.dropFirst(9).map { "\($0)\($0)1" }
    #expect(try rows(seen, store.catalog()) == expected)
    #expect(try rows(seen, store.catalog(asOf: 25)) == expected)
    #expect(try rows(seen, store.catalog(asOf: 15)) == names.map { "\($0)\($0)" })
    let changes = "resourcechanges | summarize count() by tostring(properties.changeType) | sort by count_ asc"
    #expect(try rows(changes, store.catalog()) == ["Delete|9", "Update|91"])
    #expect(try rows("resourcechanges | summarize dcount(id)", store.catalog()) == ["100"])
    #expect(try rows(changes, store.catalog(asOf: 15)) == [])
  }

  /// Every table at an earlier time is what it was in a store that was stopped at that time.
  @Test(arguments: 1...4)
  func theStateAtATimeIsThatOfAStoreWhichStoppedThen(_ seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let tables = ["resources", "resourcecontainers", "resourcechanges", "CoverageGaps", "Scans"]
    let whole = Scratch()
    var store = try whole.open()
    store.stretch = 5
    var held: [String: Int] = [:]
    var stopped: [(time: Int64, answers: [[String]])] = []
    for step in 1...6 {
      for name in (0..<20).map({ "r\($0)" }) {
        switch random.next() % 4 {
        case 0: held[name] = nil
        case 1: held[name] = Int(random.next() % 5)
        default: break
        }
      }
      let time = Int64(step * 10)
      let isBlind = random.next() % 3 == 0
      let gap = CoverageGap(
        cloud: "aws", account: "1", region: "global", service: "s3", operation: "Op\(step)", type: type,
        reason: .throttled)
      try scan(
        store, at: time, try held.map { try bucket($0.key, #"{"x":\#($0.value)}"#) },
        covered: isBlind ? [] : [scope()], gaps: isBlind ? [gap] : [])
      stopped.append((time, try tables.map { try rows("\($0) | sort by tostring(pack_all()) asc", store.catalog()) }))
    }
    for (time, answers) in stopped {
      for (table, answer) in zip(tables, answers) {
        let query = "\(table) | sort by tostring(pack_all()) asc"
        #expect(try rows(query, store.catalog(asOf: time)) == answer, "\(table) at \(time)")
        #expect(try rows(query, store.catalog(asOf: time + 9)) == answer, "\(table) at \(time + 9)")
      }
    }
    #expect(try rows("resources", store.catalog(asOf: 9)) == [])
  }

  @Test func noScanBeginsBeforeAnEarlierOne() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 100, [try bucket("a")])
    // The clock was set back.
    try scan(store, at: 50, [try bucket("b")])
    #expect(try rows("resources | project name", store.catalog()) == ["b"])
    #expect(try rows("resources | project name", store.catalog(asOf: 100)) == ["a"])
    #expect(try rows("Scans | project startedAt", store.catalog()).count == 2)
  }
}

/// A generator whose numbers are the same in every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
