// SPDX-License-Identifier: Apache-2.0
import Charts
import JSON
import Posture

/// What policies say, for people to read.
enum PolicyText {
  static func admissions(_ admissions: [PolicyAdmission], _ words: [(PolicyAdmission, PolicyAdmission.Word)]) -> String
  {
    var out = ""
    let denied = admissions.filter(\.isDenied)
    let changed = admissions.filter { !$0.changedBy.isEmpty }
    let deploying = admissions.filter { !$0.deployments.isEmpty }
    if !words.isEmpty {
      let table = TextTable(
        header: ["state", "effect", "policy", "resource", "reason"],
        rows: words.map { admission, word in
          [word.state.text, word.policy.effect, word.policy.displayName, name(admission), word.reason]
            .map(TextWidth.harmless)
        })
      out += table.lines(width: Terminal.cut).joined(separator: "\n") + "\n"
    }
    for admission in denied {
      let names = admission.denials.map(\.policy.displayName).joined(separator: ", ")
      out += "\nrefused: \(TextWidth.harmless(name(admission))) by \(TextWidth.harmless(names))\n"
    }
    for admission in changed {
      let names = admission.changedBy.joined(separator: ", ")
      out += "\nchanged: \(TextWidth.harmless(name(admission))) by \(TextWidth.harmless(names))\n"
      out += diff(admission.changes)
    }
    for admission in deploying {
      for word in admission.deployments {
        out +=
          "\nwould be deployed beside \(TextWidth.harmless(name(admission))):"
          + " \(TextWidth.harmless(deployment(word)))\n"
      }
    }
    let faults = admissions.count { admission in admission.words.contains { $0.state == .nonCompliant } }
    out += "\n\(admissions.count) \(admissions.count == 1 ? "document" : "documents"): \(denied.count) refused, "
    return out + "\(changed.count) changed, \(faults) at fault\n"
  }

  private static func name(_ admission: PolicyAdmission) -> String {
    admission.id.isEmpty ? "\(admission.type) \(admission.name)" : admission.id
  }

  /// What a deployIfNotExists would deploy: the type, by which policy.
  private static func deployment(_ word: PolicyAdmission.Word) -> String {
    let type = word.details?["type"]?.string ?? "something"
    return "\(type) (\(word.policy.displayName))"
  }

  /// Lines of what changed, the old value with `-` and the new one with `+`.
  static func diff(_ changes: [JSONChange]) -> String {
    changes.map { change in
      let path = change.path.description
      let before = change.before.map { "  - \(path): \($0.text)\n" } ?? ""
      let after = change.after.map { "  + \(path): \($0.text)\n" } ?? ""
      return before + after
    }.map { $0.split(separator: "\n").map { TextWidth.harmless(String($0)) + "\n" }.joined() }.joined()
  }

  static func draft(_ admission: PolicyAdmission) -> JSONDraft {
    let words = admission.words.map { word -> JSONDraft in
      var members: [(key: String, value: JSONDraft)] = [
        ("state", .string(word.state.text)), ("effect", .string(word.policy.effect)),
        ("policy", .string(word.policy.displayName)), ("policyDefinitionId", .string(word.policy.definitionId)),
        ("policyAssignmentId", .string(word.policy.assignmentId)), ("reason", .string(word.reason)),
        ("proof", (try? JSONDocument.parse(word.proof)).map { .value($0.root) } ?? .null),
      ]
      if let details = word.details { members.append(("deploys", .value(details))) }
      return .object(members)
    }
    var members: [(key: String, value: JSONDraft)] = [
      ("id", .string(admission.id)), ("type", .string(admission.type)), ("name", .string(admission.name)),
      ("denied", .bool(admission.isDenied)), ("changedBy", .array(admission.changedBy.map(JSONDraft.string))),
      ("states", .array(words)),
    ]
    if !admission.changedBy.isEmpty {
      members.append(("admitted", .value(admission.admitted)))
      members.append(
        (
          "changes",
          .array(
            admission.changes.map { change in
              .object([
                ("path", .string(change.path.description)), ("before", change.before.map(JSONDraft.value) ?? .null),
                ("after", change.after.map(JSONDraft.value) ?? .null),
              ])
            })
        ))
    }
    return .object(members)
  }
}
