// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import Inventory
internal import JSON
internal import KQL

/// A large estate made of the examples of checks, for measuring what judging costs.
///
/// The rows of all examples stand in it again and again. Ids, and names such as `vpc-1` that rows know one another by,
/// differ from round to round, so that joins find what belongs together only. Accounts differ too, twenty in all.
package enum ExampleEstate {
  private static let accounts = 20

  /// Places in the text of a row that differ from round to round.
  private enum Mark: Unicode.Scalar, CaseIterable {
    /// Behind a name.
    case round = "\u{E000}"
    case id = "\u{E001}"
    case account = "\u{E002}"
  }

  private struct Template {
    /// Texts with a mark behind each but the last.
    var pieces: [(text: [UInt8], mark: Mark?)] = []
    /// The example that the row is of.
    let example: Int

    init(_ row: JSONValue, _ check: Check, ids: Set<String>, example: Int) {
      self.example = example
      var draft = JSONDraft.value(row)
      func set(_ key: String, _ text: String) { draft.set(JSONPath(steps: [.key(key)]), .string(text)) }
      if row["id"] == nil { set("id", String(Mark.id.rawValue)) }
      if row["type"] == nil { set("type", check.type) }
      set("cloud", check.cloud)
      set("subscriptionId", String(Mark.account.rawValue))
      if row["location"] == nil { set("location", check.cloud == "aws" ? "us-east-1" : "") }
      var text = draft.document().root.text
      for id in ids where text.contains("\"\(id)\"") {
        text = text.replacing("\"\(id)\"", with: "\"\(id)\(Mark.round.rawValue)\"")
      }
      text = text.replacing(/"([a-z]+-[0-9a-f]+)"/) { "\"\($0.output.1)\(Mark.round.rawValue)\"" }
      var piece = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        if let mark = Mark(rawValue: scalar) {
          pieces.append((Array(String(piece).utf8), mark))
          piece = String.UnicodeScalarView()
        } else {
          piece.append(scalar)
        }
      }
      pieces.append((Array(String(piece).utf8), nil))
    }
  }

  /// - Parameter count: how many resources, at most a few millions.
  package static func make(of checks: [Check], count: Int) throws -> Estate {
    var templates: [Template] = []
    var examples = 0
    for check in checks {
      for list in check.document.root["examples"]?.members.map(\.value) ?? [] {
        for example in list.elements {
          let rows = example["resources"].map { Array($0.elements) } ?? [example]
          let ids = Set(rows.compactMap { $0["id"]?.string })
          examples += 1
          templates += rows.map { Template($0, check, ids: ids, example: examples) }
        }
      }
    }
    var bytes: [UInt8] = []
    for index in 0..<(templates.isEmpty ? 0 : count) {
      let (round, position) = index.quotientAndRemainder(dividingBy: templates.count)
      for (text, mark) in templates[position].pieces {
        bytes.append(contentsOf: text)
        switch mark {
        case .round: bytes.append(contentsOf: "-\(templates[position].example)-\(round)".utf8)
        case .id: bytes.append(contentsOf: "resource-\(position)-\(round)".utf8)
        case .account: bytes.append(contentsOf: "account-\(round % accounts)".utf8)
        case nil: break
        }
      }
      bytes.append(0x0A)
    }
    return Estate(
      resources: Snapshot.rows(of: try JSONDocument.lines(bytes), ResourceRows.schema), now: CheckExamples.now)
  }
}
