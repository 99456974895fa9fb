// SPDX-License-Identifier: Apache-2.0
import JSON

/// The registry as a reader sees it: what `plumb kql functions` prints and `docs/kql-functions.md` holds.
package struct FunctionReference: Sendable {
  package enum Kind: String, Sendable { case scalar, aggregate }

  package let name: String
  package let kind: Kind
  /// `strcat(argument1, argument2, ...)`
  package let signature: String
  package let meaning: String
  /// A query that shows the function.
  package let example: String?
  /// Other names under which queries may call it.
  package let aliases: [String]

  /// Every function that a query can call by name: scalar ones, then aggregates, each kind in order of name.
  package static let all: [FunctionReference] =
    Functions.scalar.values.map {
      FunctionReference(
        name: $0.name, kind: .scalar, signature: $0.signature, meaning: $0.meaning, example: $0.example,
        aliases: Functions.aliases(of: $0.name))
    }.sorted { $0.name < $1.name }
    + Functions.aggregates.values.map {
      FunctionReference(
        name: $0.name, kind: .aggregate, signature: $0.signature, meaning: $0.meaning, example: $0.example, aliases: [])
    }.sorted { $0.name < $1.name }

  /// The entries of a name or of another name of it, without regard to case. `any` may be a scalar function and an
  /// aggregate, so there may be two.
  package static func named(_ name: String) -> [FunctionReference] {
    let name = name.lowercased()
    return all.filter { $0.name.lowercased() == name || $0.aliases.contains { $0.lowercased() == name } }
  }

  /// The name nearest to one that is not there.
  package static func nearest(to name: String) -> String? {
    Spelling.nearest(to: name, in: all.flatMap { [$0.name] + $0.aliases })
  }

  // MARK: Markdown

  /// The whole reference, as `docs/kql-functions.md` has it.
  package static func document() -> String {
    var lines = [
      "<!-- SPDX-License-Identifier: Apache-2.0 -->",
      "<!-- Made from the registry in Sources/KQL/Functions by `make functions`; do not edit. -->",
      "# KQL functions",
    ]
    for kind in [Kind.scalar, .aggregate] {
      let entries = all.filter { $0.kind == kind }
      lines.append("")
      lines.append(kind == .scalar ? "## Scalar functions (\(entries.count))" : "## Aggregates (\(entries.count))")
      lines.append("")
      lines += table(entries)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A table of Markdown, one line an entry.
  package static func table(_ entries: [FunctionReference]) -> [String] {
    var lines = ["| Signature | Meaning | Example |", "| --- | --- | --- |"]
    for entry in entries {
      var meaning = entry.meaning
      if !entry.aliases.isEmpty {
        meaning += " Also " + entry.aliases.map { "`\($0)`" }.joined(separator: ", ") + "."
      }
      let example = entry.example.map(code) ?? ""
      lines.append("| \(code(entry.signature)) | \(escaped(meaning)) | \(example) |")
    }
    return lines
  }

  /// Text as code in a cell: the fence is longer than any run of backticks within.
  private static func code(_ text: String) -> String {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let inside = longest > 0 ? " \(text) " : text
    return escaped(fence + inside + fence)
  }

  /// Pipes would end the cell, even within code.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
  }
}
