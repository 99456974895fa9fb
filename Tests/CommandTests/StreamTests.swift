// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb ingest TABLE -`: rows that come over a pipe.
struct StreamTests {
  @Test func `fifty kills lose no acknowledged row and double none`() throws {
    let result = try TableShell.run(
      """
      kills=0
      for turn in $(seq 1 50); do
        "$PLUMB" ingest --data "$WORK/data" T - --ack --batch-rows 40 --delay 2ms -q > ack.$turn 2> err \\
          < <(awk -v t=$turn 'BEGIN { for (i = 0; i < 400000; i++) printf "{\\"turn\\":%d,\\"id\\":%d,\\"s\\":\\"row %d\\"}\\n", t, i, i }' \\
            2> /dev/null) & pid=$!
        sleep "$(printf '0.%03d' $((30 + turn * 7)))"
        kill -9 $pid 2> /dev/null
        wait $pid 2> /dev/null; code=$?
        case $code in 137) kills=$((kills + 1));; 0) ;; *) cat err; exit 8;; esac
        # A line that the kill cut acknowledges nothing.
        echo "$turn,$(grep -o '^{"rows":[0-9]*,"lines":[0-9]*}$' ack.$turn | tail -1 | grep -o '[0-9]*' | head -1)" >> acked
        if [ $((turn % 10)) = 0 ]; then
          ask 'T | summarize n = count(), ids = dcount(id), last = max(id) by turn' > found || exit 7
          while IFS=, read -r number rows; do
            line=$(grep "^$number," found || echo "$number,0,0,-1")
            IFS=, read -r _ n ids last <<< "$line"
            # Whatever there is of a run is its first rows, each once.
            [ "$n" = "$ids" ] && [ "$n" = $((last + 1)) ] && [ "$n" -ge "${rows:-0}" ] || {
              echo "run $number acknowledged ${rows:-0} and has $line"; exit 6; }
          done < acked
        fi
      done
      echo "kills $kills acknowledged $(awk -F, '{ n += $2 } END { print n }' acked)"
      table check T || exit 5
      table compact T || exit 4
      echo "strays $(ls data/tables/T | grep -c '\\.log$\\|\\.new$')"
      """)
    #expect(result.status == 0, "\(result.output.suffix(2000)) \(result.complaint.suffix(2000))")
    #expect(result.output.contains("kills ") && result.output.contains("strays 0"), "\(result.output)")
    #expect(!result.output.contains("acknowledged 0\n"), "\(result.output)")
  }

  @Test func `rows are seen while the stream is open, and a signal ends it after those that have come`() throws {
    let result = try TableShell.run(
      """
      mkfifo pipe
      "$PLUMB" ingest --data "$WORK/data" T - --ack --delay 20ms -q < pipe > acks & pid=$!
      exec 9> pipe
      echo '{"a":1}' >&9
      await grep -q '{"rows":1,"lines":1}' acks || exit 9
      ask 'T | count'
      printf '{"a":"x","b":2}\\nbroken\\n\\n{"a":3.5}\\n' >&9
      await grep -q '{"rows":3,"lines":5}' acks || exit 8
      ask 'T | project strcat(a, "/", b)'
      ingest T - < /dev/null; echo "code $?"
      echo '{"a":4}' >&9; printf '{"a":5' >&9
      await grep -q '{"rows":4,' acks || exit 7
      kill -TERM $pid; wait $pid; echo "code $?"
      ask 'T | count'
      cat data/tables/T.rejects; ls data/tables/T | grep -c '\\.log$'
      """)
    for text in ["1\n1/\nx/2\n3.5/\n", "code 2\n", "code 143\n4\n", "-:3: ", "\n0\n"] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
    #expect(result.complaint.contains("another process is writing"), "\(result.complaint)")
  }

  @Test func `delimited rows and a last line without a break are read`() throws {
    let result = try TableShell.run(
      """
      printf 'a,b\\n1,"two\\nlines"\\nx\\n2,q' | ingest T - --format csv --ack --batch-rows 1; echo "code $?"
      ask 'T | sort by a asc | project strcat(a, "/", strlen(b))'
      printf '1\\t2\\n' | ingest U - --format tsv -q; echo "code $?"
      printf '{"t":"2026-01-01T00:00:00Z","n":1}' | ingest V - --schema '(t:datetime, n:string)' -q
      ask 'V | project strcat(year = getyear(t), n)' || ask 'V | project strcat(getyear(t), "/", n)'
      cat data/tables/T.rejects
      """)
    for text in ["code 0", "1/9\n2/1\n", "-:4: 1 fields where the first line names 2", "\"rows\":2,\"lines\":5"] {
      #expect(result.output.contains(text), "\(text) in \(result.output) \(result.complaint)")
    }
  }
}
