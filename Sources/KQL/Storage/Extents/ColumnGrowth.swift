// SPDX-License-Identifier: Apache-2.0
import JSON

/// How a column takes values of another type than its own: nothing is refused and nothing lost. What is on disk stays as
/// it is; it is read as the table's present type.
extension ScalarType {
  /// The type of a column of this type once it has values of another.
  ///
  /// A string column holds every value as its text and a dynamic one as itself. Numbers become the wider type where that
  /// changes none of them. Whatever else meets becomes dynamic, in which each value keeps its own type.
  ///
  /// - Parameter isExact: whether all whole numbers concerned are reals as well.
  func grown(by other: ScalarType, isExact: () -> Bool) -> ScalarType {
    switch (self, other) {
    case _ where self == other: self
    case (.string, _), (.dynamic, _): self
    case (.int, .long), (.long, .int): .long
    case (.real, .decimal), (.decimal, .real): .real
    case (.int, .real), (.int, .decimal): other
    case (.real, .int), (.decimal, .int): self
    case (.long, .real), (.long, .decimal): isExact() ? other : .dynamic
    case (.real, .long), (.decimal, .long): isExact() ? self : .dynamic
    default: .dynamic
    }
  }
}

extension Manifest {
  /// Adds the columns that the table has not, and lets others grow so that they hold what the files have in them.
  ///
  /// - Parameter isExact: whether whole numbers that are not yet in a file are reals as well, by the column's name.
  mutating func grow(by fields: Schema, folder: String, isExact: (String) -> Bool = { _ in true }) {
    for field in fields {
      guard let index = schema.firstIndex(where: { $0.name == field.name }) else {
        schema.append(field)
        continue
      }
      schema[index].type = schema[index].type.grown(by: field.type) {
        guard isExact(field.name) else { return false }
        // Of a file that cannot be read nothing is known.
        guard let found = try? opened(in: folder) else { return false }
        return found.allSatisfy { file in
          if case .open(let extent) = file { extent.hasExactReals(field.name) } else { false }
        }
      }
    }
  }

  private func opened(in folder: String) throws(KQLError) -> [TableFile] {
    var files: [TableFile] = []
    for entry in extents { files.append(.open(try entry.open(in: folder))) }
    if let log { files += try LogFile(path: folder + "/" + log).records }
    return files
  }
}

extension Extent {
  /// Whether every whole number of the column is a real as well.
  func hasExactReals(_ name: String) -> Bool {
    guard let column = columns.first(where: { $0.field.name == name }), column.field.type == .long else { return true }
    return column.blocks.allSatisfy { block in
      guard let range = block.range else { return block.nulls == block.rows }
      return range.lowerBound >= -1 << 53 && range.upperBound <= 1 << 53
    }
  }
}

extension Column {
  /// The cells as those of a table whose column has the given type now.
  func stored(as type: ScalarType) -> Column {
    if self.type == type { return self }
    guard type == .dynamic else { return Convert.vector(Vector(self), to: type).column }
    // One document for all cells, where a conversion cell by cell makes one of each.
    var builder = JSONBuilder()
    for row in 0..<count { builder.append(self[row]) }
    return .dynamic(DynamicColumn(roots: builder.finish()))
  }
}
