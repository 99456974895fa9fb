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
