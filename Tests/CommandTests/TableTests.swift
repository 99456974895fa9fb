// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb table` as a user runs it.
struct TableTests {
  @Test func `tables are listed, shown, compacted and dropped`() throws {
    let result = try TableShell.run(
      """
      printf 'a,b\\n1,x\\n2,y\\n' > rows.csv
      for n in 1 2 3; do ingest T rows.csv -q || exit 9; done
      table list
      table show T --format json
      table compact T
      table check T; echo "code $?"
      table drop T; echo "code $?"
      ask 'T | count'
      table drop T --yes; echo "code $?"
      table list --format json; ls data/tables
      """)
    for text in [
      "T         6        2        3  1", "\"columns\":[{\"name\":\"a\",\"type\":\"long\"}", "T: 1 files of ",
      "1 files with 6 rows are whole\ncode 0", "code 2\n6\ncode 0\n[]\n",
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
    #expect(result.complaint.contains("--yes"), "\(result.complaint)")
  }

  @Test func `damage is named and set aside`() throws {
    let result = try TableShell.run(
      """
      printf 'a\\n1\\n5\\n2\\n' > rows.csv
      for n in 1 2; do ingest T rows.csv -q || exit 9; done
      printf '\\xff' | dd of=data/tables/T/000001.extent bs=1 seek=8 conv=notrunc 2> /dev/null
      ask 'T | count'; ask 'T | summarize sum(a)'
      table check T; echo "code $?"
      table check T --set-aside; echo "code $?"
      ask 'T | summarize sum(a)'
      table check T; echo "code $?"; ls data/tables/T
      """)
    #expect(result.complaint.contains("000001.extent: block 0 of column 'a' is damaged"), "\(result.complaint)")
    for text in ["1 of 2 files are damaged: 000001.extent (3 rows)", "code 1\n8\n", "code 0", "000001.extent.damaged"] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
  }

  @Test func `rows that are too old go`() throws {
    let result = try TableShell.run(
      """
      printf 'TimeGenerated,n\\n2001-01-01T00:00:00Z,1\\n' > old.csv; printf 'TimeGenerated,n\\n2101-01-01T00:00:00Z,2\\n' > new.csv
      ingest T old.csv new.csv -q || exit 9
      table retention T; table retention T 90d; ask 'T | summarize sum(n)'
      ingest T old.csv -q; ask 'T | summarize sum(n)'
      table retention T forever; ingest T old.csv -q; ask 'T | summarize sum(n)'
      """)
    for text in ["kept for ever\n", "kept 90.00:00:00 by TimeGenerated\n2\n2\n", "for ever\n3\n"] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
  }

  @Test(arguments: [
    ("table show Tt", "did you mean 'T'?"), ("table check '9'", "no name of a table"),
    ("table retention T soon", "90d"), ("table retention T 1d", "no column 'TimeGenerated'"),
    ("table retention T 1d --column a", "is a long"), ("table compact resources", "Plumbline's own"),
  ])
  func `what cannot be done is refused with a way out`(_ command: String, _ message: String) throws {
    let result = try TableShell.run(
      """
      printf 'a\\n1\\n' > rows.csv; ingest T rows.csv -q || exit 90
      \(command); echo "code $?"
      """)
    #expect(result.complaint.contains(message), "\(result.complaint)")
    #expect(result.output.contains("code 2"), "\(result.output)")
  }
}
