// SPDX-License-Identifier: Apache-2.0
internal import Inventory

/// Which table of Resource Graph a row is in.
enum TwinTable {
  /// By type; nil for what Resource Graph has not.
  ///
  /// - Parameter lacking: types that only Resource Manager has.
  static func of(_ type: String, lacking: Set<String>) -> String? {
    let table = ResourceGraphTable.name(of: type)
    guard table == "resources" else { return table }
    return lacking.contains(type) || !type.hasPrefix("microsoft.") || type.hasPrefix("microsoft.graph/") ? nil : table
  }
}
