// SPDX-License-Identifier: Apache-2.0
package import Content

extension AliasCatalog {
  /// The convention with the table that ships.
  package static func embedded(_ content: ContentLibrary) throws(ContentError) -> AliasCatalog { .convention }
}
