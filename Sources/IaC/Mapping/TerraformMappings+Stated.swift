// SPDX-License-Identifier: Apache-2.0

extension MappingSource {
  /// The source without what it says where an argument is absent; nil where nothing hangs on arguments.
  fileprivate var stated: MappingSource? {
    var source = self
    source.otherwise = nil
    source.each = each?.map { $0.withStatedElements }
    source.block = block?.map { $0.withStatedElements }
    switch origin {
    case .constant: return when.isEmpty ? nil : source
    case .first(let sources):
      let stated = sources.compactMap(\.stated)
      guard !stated.isEmpty else { return nil }
      source.origin = .first(stated)
    case .concat(let sources):
      let stated = sources.compactMap(\.stated)
      // A list that a part is left out of is another list.
      guard stated.count == sources.count else { return nil }
      source.origin = .concat(stated)
    default: break
    }
    return source
  }
}

extension MappingRow {
  fileprivate var stated: MappingRow? { source.stated.map { MappingRow(to: to, source: $0) } }

  /// Within elements constants stay: they tell which element it is.
  fileprivate var withStatedElements: MappingRow {
    if case .constant = source.origin { return self }
    return stated ?? self
  }
}

extension TerraformMappings {
  /// The mappings for states, which have every attribute: what a row says where an argument is absent, or whatever the
  /// arguments are, is nothing that a state holds.
  func stated(_ entry: Entry) -> Entry {
    var entry = entry
    entry.rows = entry.rows.compactMap(\.stated)
    entry.merges = entry.merges.map { merge in
      var merge = merge
      // What a satellite says by being there, it says in a state as well.
      merge.set = merge.set.compactMap { row in
        if case .constant = row.source.origin { return row }
        return row.stated
      }
      merge.append = merge.append.map(\.withStatedElements)
      return merge
    }
    return entry
  }
}
