// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// Typed loops give what the functions' own definitions give cell by cell: a column of `dynamic` or a varying second
/// argument takes the long way.
@Suite struct TypedKernelTests {
  @Test(arguments: [
    ("bin(x, 7)", "bin(x, 7 + x * 0)"), ("bin_at(x, 7, 3)", "bin_at(x, 7 + x * 0, 3)"),
    ("x + 2", "x + (2 + (x - x))"), ("x - 2", "x - (2 + (x - x))"), ("x * 3", "x * (3 + (x - x))"),
    ("r + x", "r + todynamic(tostring(x))"), ("r * 2.5", "r * (2.5 + (r - r))"), ("r / 4", "r / (4 + (r - r))"),
    ("bin(t, 1h)", "bin(t, 1h + (t - t))"),
    (
      "bin_at(t, 1d, datetime(2026-01-01T05:00:00Z))",
      "bin_at(t, 1d + (t - t), datetime(2026-01-01T05:00:00Z))"
    ),
    ("t - datetime(2026-01-01)", "t - (datetime(2026-01-01) + (t - t))"),
    ("t + 5h", "t + (5h + (t - t))"),
    ("(t - datetime(2026-01-01)) / 1h", "(t - datetime(2026-01-01)) / (1h + (t - t))"),
    ("x / 3", "x / (3 + (x - x))"), ("x % 3", "x % (3 + (x - x))"), ("bin(r, 2.5)", "bin(r, 2.5 + (r - r))"),
    ("bin(r, 2)", "bin(r, 2 + (x - x))"),
    ("iff(x > 2, x, 7)", "tolong(iff(x > 2, todynamic(x), todynamic(7)))"),
    ("iff(x > 2, r, 1.5)", "toreal(iff(x > 2, todynamic(r), todynamic(1.5)))"),
    ("iff(r < 3, tostring(x), 'z')", "strcat(iff(r < 3, tostring(x), ''), iff(r < 3, '', 'z'))"),
    (
      "case(x < 0, 'a', x < 7, tostring(r), 'z')",
      "strcat(iff(x < 0, 'a', ''), iff(x >= 0 and x < 7, tostring(r), ''), iff(x < 7, '', 'z'))"
    ),
    ("x in (0, 7, -8.0, '6')", "isnotnull(x) and (x == 0 or x == 7 or x == -8 or x == 6)"),
    ("x !in (0, 7)", "not(isnotnull(x) and (x == 0 or x == 7))"),
    ("r in (2, 3.25)", "isnotnull(r) and (r == 2 or r == 3.25)"),
    ("t in (datetime(1970-01-01))", "isnotnull(t) and t == datetime(1970-01-01)"),
    ("isnull(x)", "isempty(tostring(x))"), ("isnotnull(t)", "isnotempty(tostring(t))"),
    ("hourofday(t)", "tolong((t - bin(t, 1d)) / 1h)"), ("startofday(t)", "bin(t, 1d)"),
    ("startofmonth(t, 1)", "startofmonth(t, 1 + x - x)"), ("endofweek(t)", "endofweek(t, x - x)"),
    ("datetime_part('month', t)", "datetime_part(strcat('month', substring(tostring(x), 0, 0)), t)"),
    ("datetime_diff('day', t, datetime(2026-01-01))", "datetime_diff('day', t, datetime(2026-01-01) + (t - t))"),
    ("format_datetime(t, 'MM-dd HH')", "format_datetime(t, strcat('MM-dd HH', substring(tostring(x), 0, 0)))"),
  ])
  func typedAndCellByCellAgree(_ fast: String, _ slow: String) throws {
    let text = """
      datatable(x: long, r: real, t: datetime)[
        0, 0.0, datetime(2026-01-01), -1, -1.5, datetime(2025-12-31T23:59:59.9999999Z), 6, 3.25, datetime(2026-01-02T04:59:59Z),
        7, 1e300, datetime(2026-01-02T05:00:00Z), -7, -0.0, datetime(1970-01-01), -8, 2.0, datetime(9999-12-31),
        long(null), real(null), datetime(null), 123456789012, 0.1, datetime(0001-01-02)]
      | project a = tostring(\(fast)), b = tostring(\(slow)) | where a != b
      """
    let rows = try Query(text, catalog: Catalog()).run(now: 0).rows
    let differences = (0..<rows.count).map { "\(rows.columns[0][$0].text) and \(rows.columns[1][$0].text)" }
    #expect(differences.isEmpty, "\(differences)")
  }
}
