// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

/// An estate as people write it: files of YAML, each a list of resources in their native shapes.
package enum EstateFolder {
  /// The documents of all files below a folder of the content.
  ///
  /// - Throws: ``ContentError`` with file, line and column.
  package static func documents(_ name: String, in content: ContentLibrary) throws(ContentError) -> [JSONValue] {
    var documents: [JSONValue] = []
    for file in try content.files(under: name) {
      for node in try YAMLDocument(file).node.elements { documents.append(try document(node)) }
    }
    return documents
  }

  private static func document(_ node: ContentNode) throws(ContentError) -> JSONValue {
    let id = try node.require("id").text
    _ = try node.require("type").text
    var members = JSONDraft.value(node.value).thawed()
    func add(_ key: String, _ value: JSONDraft) {
      if !members.contains(where: { $0.key == key }) { members.append((key, value)) }
    }
    let parts = id.split(separator: "/").map(String.init)
    add("name", .string(parts.last ?? id))
    if parts.count > 1, parts[0] == "subscriptions" { add("subscriptionId", .string(parts[1])) }
    if parts.count > 3, parts[2].lowercased() == "resourcegroups" {
      add("resourceGroup", .string(parts[3].lowercased()))
    }
    add("properties", .emptyObject)
    if let index = members.firstIndex(where: { $0.key == "type" }) {
      members[index].value = .string(members[index].value.string?.lowercased() ?? "")
    }
    return JSONDraft.object(members).document().root
  }
}
