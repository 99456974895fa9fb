// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON
package import KQL

/// What a cloud assumes where a property is absent, per type of resource: `Content/defaults/CLOUD.yaml`.
///
///     aws::ec2::volume:
///       properties.Encrypted: false
package struct Defaults: Sendable {
  private struct Assumption: Sendable {
    /// Index of the column (`properties`, `observed`).
    let column: Int
    let path: JSONPath
    let value: JSONValue
  }
  private var byType: [String: [Assumption]] = [:]

  package init() {}

  package init(_ content: ContentLibrary) throws(ContentError) {
    for file in try content.files(under: "defaults") {
      for (type, paths) in try YAMLDocument(file).node.members {
        for (path, node) in try paths.members {
          guard let parsed = JSONPath(path), parsed.steps.count > 1, !parsed.hasWildcard,
            case .key(let name) = parsed.steps[0],
            let column = ResourceRows.schema.firstIndex(where: { $0.name == name && $0.type == .dynamic })
          else { throw node.error("'\(path)' is not a path below properties or observed") }
          byType[type.lowercased(), default: []].append(
            Assumption(column: column, path: JSONPath(steps: Array(parsed.steps.dropFirst())), value: node.value))
        }
      }
    }
  }

  /// `batch` with assumed values in place of absent ones; `rowsByType` names the rows of each type.
  package func applied(to batch: Batch, rowsByType: [String: [Int]]) -> Batch {
    var batch = batch
    for column in Set(byType.values.joined().map(\.column)).sorted() {
      guard case .dynamic(var dynamic) = batch.columns[column] else { continue }
      var builder = JSONBuilder()
      var changed: [Int] = []
      for (type, assumptions) in byType {
        let here = assumptions.filter { $0.column == column }
        for row in here.isEmpty ? [] : rowsByType[type] ?? [] {
          let value = dynamic[row]
          let missing = here.filter { value?.value(at: $0.path).map(\.isNull) ?? true }
          guard !missing.isEmpty else { continue }
          var draft = value.map(JSONDraft.value) ?? .emptyObject
          for assumption in missing { draft.set(assumption.path, .value(assumption.value)) }
          draft.write(into: &builder)
          changed.append(row)
        }
      }
      guard !changed.isEmpty else { continue }
      let document = builder.finish()
      dynamic.documents.append(document)
      let high = UInt64(dynamic.documents.count - 1) << 32
      for (root, row) in changed.enumerated() { dynamic.refs[row] = high | UInt64(document.rootNode(at: root)) }
      batch.columns[column] = .dynamic(dynamic)
    }
    return batch
  }
}
