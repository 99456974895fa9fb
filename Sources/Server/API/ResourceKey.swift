// SPDX-License-Identifier: Apache-2.0

/// How paths of the API name a resource: ids have slashes, and two resources of different types may share one.
enum ResourceKey {
  static func text(_ resource: ResourceRow) -> String { text(type: resource.type, id: resource.id) }
  static func text(type: String, id: String) -> String { Cursor.code("\(type)\n\(id)".utf8) }

  /// The resource that a path names, by its key or by its id; nil where none that may be seen is there.
  static func resource(_ name: String, _ view: ScopedView) -> ResourceRow? {
    if let bytes = Cursor.decode(name) {
      let parts = String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, let found = view.resources(id: String(parts[1])).first(where: { $0.type == parts[0] }) {
        return found
      }
    }
    return view.resources(id: name).first
  }
}
