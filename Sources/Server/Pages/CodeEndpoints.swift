// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL
internal import Posture

/// Infrastructure code and how far the estate has drifted from it.
enum CodeEndpoints {
  static let all = [
    PageEndpoints.page("/code", "Findings in code", place: .code) { _, board, viewer in page(board, viewer) }
  ]

  private static func page(_ board: Board, _ viewer: PageViewer) -> Page {
    let list = board.resources
    guard case .string(let source) = list.rows.columns[ResourceRows.index(of: "source")] else {
      return Page(title: PageMenu.code.title, place: .code, body: "")
    }
    // What was evaluated from code stands in the inventory under the language that it was written in.
    var files: [String: (resources: Int, faults: Int, worst: Int)] = [:]
    for row in 0..<list.count where !["", "live", "twin"].contains(source[row]) {
      let place = list.document(row)["observed"]?["file"]?.string ?? source[row]
      let faults = board.faultsOfRow[row]
      var file = files[place] ?? (0, 0, 0)
      file = (file.resources + 1, file.faults + Int(faults.count), max(file.worst, Int(faults.worst)))
      files[place] = file
    }
    let rows = files.sorted { ($1.value.faults, $0.key) < ($0.value.faults, $1.key) }.map { name, file -> [Markup] in
      [
        "<code>\(name)</code>", "\(Parts.grouped(file.resources))", "\(Parts.grouped(file.faults))",
        "\(if: file.worst > 0, Parts.severity(Severity.allCases[max(0, file.worst - 1)]))",
      ]
    }
    let guide: Markup = """
      <p>Infrastructure code is evaluated before it is deployed, and judged by the same checks as the live estate.</p>
      \(CheckPage.code("plumb scan infrastructure/ --fail-on high\nplumb scan stack.yaml --param Environment=prod --format sarif > stack.sarif\nplumb scan main.tf --format junit > checks.xml"))
      <p class="muted small">Findings in code are told where the code is: with file, line and the values that decided, as table, SARIF or JUnit for a pipeline. They are not kept in the store, so that an edit on a branch does not move the scores of what runs.</p>
      """
    return Page(
      title: PageMenu.code.title, place: .code,
      lead: "What is about to be deployed, and where what runs differs from it.",
      body: """
        <div class="stack">\(if: !rows.isEmpty, Parts.card("Findings by file", Parts.table("Files", [.init("File"), .init("Resources", number: true), .init("Faults", number: true), .init("Worst")], rows)))
        \(Parts.card(rows.isEmpty ? "No code is in the inventory" : "In a pipeline", guide))</div>
        """)
  }
}
