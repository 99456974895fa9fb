// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// The aliases that ship with the program.
struct AliasTable: Sendable {
  let namespaces: Set<String>
  func field(_ key: String) -> FieldSource? { nil }
  func aliases(of type: String) -> [String] { [] }
}
