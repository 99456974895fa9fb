// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb ingest` as a user runs it.
struct IngestTests {
  /// Runs bash with PLUMB and WORK; `ingest` and `ask` work on a store in WORK.
  private func shell(_ script: String) throws -> Run { try TableShell.run(script) }

  @Test func `a run that is killed leaves none of its rows and no stray file`() throws {
    let result = try shell(
      """
      awk 'BEGIN { for (i = 0; i < 60000; i++) printf "{\\"id\\":%d,\\"name\\":\\"row %d\\"}\\n", i, i }' > rows.jsonl
      ingest T rows.jsonl -q || exit 9
      runs=1; kills=0
      for turn in $(seq 1 50); do
        "$PLUMB" ingest --data "$WORK/data" T rows.jsonl -q > out 2> err & pid=$!
        sleep "$(printf '0.%03d' $((turn * 12)))"
        kill -9 $pid 2> /dev/null
        wait $pid 2> /dev/null; code=$?
        case $code in 0) runs=$((runs + 1));; 137) kills=$((kills + 1));; *) cat err; exit 8;; esac
        if [ $((turn % 10)) = 0 ]; then
          found=$(ask 'T | summarize n = count() by id | summarize strcat(count(), " ", min(n), " ", max(n))')
          # A kill may come after the new list of extents is in place: that run counts as well.
          case "$found" in "60000 "*) ;; *) echo "after $turn: $found"; exit 7;; esac
          low=$(echo $found | cut -d' ' -f2); high=$(echo $found | cut -d' ' -f3)
          [ "$low" = "$high" ] && [ "$low" -ge $runs ] && [ "$low" -le $((runs + kills)) ] || {
            echo "after $turn: $found for $runs runs and $kills kills"; exit 6; }
        fi
      done
      ingest T rows.jsonl -q || exit 5
      listed=$(grep -o '[0-9]*\\.extent' data/tables/T/table.json | sort)
      there=$(cd data/tables/T && ls | grep '\\.extent$' | sort)
      [ "$listed" = "$there" ] || { echo "strays: $there"; exit 4; }
      echo "kills $kills runs $runs"
      """)
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
    #expect(result.output.contains("kills "), "\(result.output)")
  }

  @Test func `a damaged table stops the queries that name it and no other`() throws {
    let result = try shell(
      """
      printf 'a\\n1\\n' > rows.csv
      ingest Good rows.csv -q && ingest Bad rows.csv -q || exit 9
      set -o pipefail; echo x >> data/tables/Bad/table.json
      ask 'Good | count'
      ask 'Bad | count'; echo "code $?"
      ask 'union * | count'; echo "code $?"
      """)
    #expect(result.output.contains("1\n"), "\(result.output)")
    #expect(result.complaint.contains("table 'Bad' cannot be read"), "\(result.complaint)")
    #expect(result.output.split(separator: "\n").count { $0 == "code 2" } == 2, "\(result.output) \(result.complaint)")
  }

  @Test func `a second run at once says that another is writing`() throws {
    let result = try shell(
      """
      printf 'a\\n1\\n' > rows.csv
      ingest T rows.csv -q || exit 9
      exec 9> data/tables/T/lock; flock 9 || exit 8
      ingest T rows.csv; echo "code $?"
      exec 9>&-
      ask 'T | count'
      """)
    #expect(result.output.contains("1\n"), "\(result.output)")
    #expect(result.complaint.contains("another process is writing"), "\(result.complaint)")
    #expect(!result.output.contains("code 0"))
  }

  @Test func `bad rows are left out and listed with their lines`() throws {
    let result = try shell(
      """
      printf 'a,b,c\\n1,x,"two\\nlines"\\nnot,y,z\\n3,w\\n4,"q""q",v\\n' > rows.csv
      printf '{"a":1,"b":"x"}\\n{"a":"no"}\\n{broken\\n\\n[1]\\n{"a":5}\\n' > rows.jsonl
      ingest T rows.csv rows.jsonl --schema '(a:long, b:string, c:string)' -q; echo "code $?"
      cat data/tables/T.rejects
      ask 'T | sort by a asc | project strcat(a, "/", b, "/", strlen(c))'
      """)
    for text in [
      "code 0", "rows.csv:4: 'not' in column 'a' is no long", "rows.csv:5: 2 fields where the first line names 3",
      "rows.jsonl:2: 'no' in column 'a'", "rows.jsonl:3:", "rows.jsonl:5: the row is no JSON object", "1/x/9", "1/x/0",
      "4/q\"\"q/1", "5//0",
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
    #expect(result.complaint.contains("5 rows were left out"), "\(result.complaint)")
  }

  @Test func `columns are found out from the rows, packed or not`() throws {
    let result = try shell(
      """
      printf 'n,r,t,f,z,s,d\\n1,1.5,2026-01-02T03:04:05Z,true,007,x,"{""k"":\\n[1]}"\\n,,,,,,\\n' > rows.csv
      printf 'a\\tb\\n1\\t"x y"\\n' > rows.tsv
      printf '[{"a":1},{"a":2,"b":{"c":[3]}}]' > rows.json
      gzip -k rows.csv rows.tsv; cat rows.csv.gz rows.csv.gz > twice.csv.gz
      ingest A rows.csv.gz -q && ingest B rows.tsv.gz -q && ingest C rows.json -q || exit 9
      ask 'A | getschema | summarize strcat_array(make_list(strcat(ColumnName, ":", ColumnType)), " ")'
      ask 'A | where n == 1 | project strcat(r, " ", z, " ", d.k[0], " ", f)'
      ask 'B | project strcat(a, b)'
      ask 'C | where isnotnull(b) | project strcat(a, b.c)'
      printf '{"a":1}\\n{"a":2}\\n' > lines.json
      ingest D lines.json -q || exit 8
      ask 'D | summarize strcat("lines ", sum(a))'
      """)
    #expect(result.status == 0, "\(result.complaint)")
    for text in [
      "n:long r:real t:datetime f:bool z:string s:string d:dynamic", "1.5 007 1 ", "1x y", "2[3]", "lines 3",
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
  }

  @Test(arguments: [
    (
      "ingest T - --format json < rows.csv", "a stream is csv, tsv or ndjson"
    ), ("ingest T - < rows.csv.gz", "gzip -d"), ("ingest T rows.csv --ack", "standard input"),
    ("ingest T - --once", "files"), ("ingest T - rows.csv", "not both"), ("ingest T - --delay soon", "500ms"),
    ("ingest T rows.csv --schema '(a:lonk)'", "long"), ("ingest T rows.csv --schema 'a'", "a:string"),
    ("ingest T missing.csv", "missing.csv"), ("ingest T rows.txt", "--format"),
    ("ingest 9T rows.csv", "name of a table"),
    ("ingest resources rows.csv", "Plumbline's own"), ("ingest T damaged.csv.gz", "damaged"),
    ("ingest T rows.csv.zst", "cannot be unpacked"), ("ingest T double.csv", "the name 'a' of another"),
    ("ingest U empty.jsonl", "no columns"),
  ])
  func `what cannot be read is refused with a way out`(_ command: String, _ message: String) throws {
    let result = try shell(
      """
      printf 'a\\n1\\n' > rows.csv; cp rows.csv rows.txt; printf 'a,a\\n' > double.csv; : > empty.jsonl; gzip -k rows.csv
      printf '\\x1f\\x8b\\x08\\x00broken' > damaged.csv.gz; printf '\\x28\\xb5\\x2f\\xfd\\x04' > rows.csv.zst
      ingest T rows.csv -q || exit 90
      \(command); echo "code $?"
      ask 'T | count'
      """)
    #expect(result.complaint.contains(message), "\(result.complaint)")
    #expect(result.output.contains("1\n") && !result.output.contains("code 0"), "\(result.output)")
  }

  @Test func `with once a run that was killed goes on where it was`() throws {
    let result = try shell(
      """
      for n in 1 2 3 4; do seq $((n * 10)) | sed 's/.*/{"f":'$n',"n":&}/' > f$n.jsonl; done
      ingest T f1.jsonl f2.jsonl --once || exit 9
      gzip f1.jsonl
      ingest T f*.jsonl f1.jsonl.gz --once || exit 8
      ask 'T | summarize n = count() by f | sort by f asc | summarize strcat_array(make_list(n), " ")'
      """)
    #expect(result.output == "10 20 30 40\n", "\(result.output) \(result.complaint)")
    #expect(result.complaint.contains("2 of 4 files were in the table"), "\(result.complaint)")
  }

  @Test func `a column that meets another type grows and keeps every value`() throws {
    let result = try shell(
      """
      echo '{"a":1,"b":2}' > 1.jsonl; echo '{"a":0.5,"b":"x"}' > 2.jsonl; echo '{"a":7,"b":{"c":[3]},"d":"new"}' > 3.jsonl
      for n in 1 2 3; do ingest T $n.jsonl -q || exit 9; done
      ask 'T | getschema | summarize strcat_array(make_list(strcat(ColumnName, ":", ColumnType)), " ")'
      ask 'T | summarize sum(a)'
      ask 'T | where b == 2 or b == "x" or b.c[0] == 3 | count'
      """)
    #expect(result.output == "a:real b:dynamic d:string\n8.5\n3\n", "\(result.output) \(result.complaint)")
  }
}
