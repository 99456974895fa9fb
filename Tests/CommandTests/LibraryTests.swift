// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Functions, watchlists and files of externaldata, as `plumb query` finds them.
struct LibraryTests {
  private let room: QueryRoom
  init() throws { room = try QueryRoom() }

  private func write(_ name: String, _ text: String) throws {
    let folder = (room.folder + "/" + name as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try room.write(name, Data(text.utf8))
  }

  @Test func foldersBesideTheTablesAreRead() throws {
    try write("functions/Late.kql", "(least: long = 38) { Events | where n >= least }")
    try write("functions/Disks.csl", "Events | where kind == 'disk'")
    try write("watchlists/hosts.csv", "Kind,Owner\nhost,ann\n")
    try write("external/more.csv", "n,label\n39,last\n")
    let query = """
      Late(39) | join kind=inner (externaldata (n:long, label:string)['more.csv'] with (ignoreFirstRecord=true)) on n
      | project n, label, disks = toscalar(Disks | count), owner = toscalar(_GetWatchlist('hosts') | project Owner),
        key = toscalar(_GetWatchlist('hosts') | project SearchKey)
      """
    let result = try room.query(query, "--format", "csv")
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.output.contains("39,last,14,ann,host"), "\(result.output)")
  }

  @Test func foldersCanBeNamed() throws {
    try write("elsewhere/feeds/more.csv", "7\n")
    try write("elsewhere/calls/Seven.kql", "print a = 7")
    try write("elsewhere/lists/l.csv", "A\n1\n")
    let base = room.folder + "/elsewhere"
    try write("plumb.yaml", "functions: \(base)/calls\nwatchlists: \(base)/lists\nexternalFolder: \(base)/feeds\n")
    let query = "union Seven, (externaldata (a:long)['more.csv']) | extend l = toscalar(_GetWatchlist('l') | count)"
    let set = try room.query(query, "--config", room.folder + "/plumb.yaml", "--format", "csv")
    #expect(set.status == 0 && set.output.contains("7,1\r\n7,1"), "\(set.complaint)\(set.output)")
    let flag = try room.query("externaldata (a:long)['more.csv']", "--external-folder", base + "/feeds")
    #expect(flag.status == 0 && flag.output.contains("7"), "\(flag.complaint)")
    let missing = try room.query("print 1", "--external-folder", base + "/none")
    #expect(missing.status != 0 && missing.complaint.contains("--external-folder"), "\(missing.complaint)")
    let outside = try room.query("externaldata (a:long)['../calls/Seven.kql']", "--external-folder", base + "/feeds")
    #expect(outside.status != 0 && outside.complaint.contains("no file"), "\(outside.complaint)")
  }

  @Test func aFunctionThatCannotBeReadStopsOnlyTheQueriesThatCallIt() throws {
    try write("functions/Broken.kql", "(n: long) { Events | wher n > 1 }")
    #expect(try room.query("print 1").status == 0)
    let result = try room.query("Broken(1)")
    #expect(result.status != 0 && result.complaint.contains("in the function 'Broken', line 1"), "\(result.complaint)")
  }
}
