// SPDX-License-Identifier: Apache-2.0
package import Content

extension AliasCatalog {
  /// The table that ships, and the convention for the namespaces that it does not know.
  package static func embedded(_ content: ContentLibrary) throws(ContentError) -> AliasCatalog {
    guard let file = try content.file(at: "azurepolicy/aliases.txt") else { return .convention }
    return .table(file.bytes)
  }
}
