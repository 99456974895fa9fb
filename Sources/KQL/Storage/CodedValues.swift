// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// Distinct dynamic values that rows name by codes, with what was made of them: an extent has one for each dictionary,
/// so that a path is walked and a value converted once per distinct value and not per row.
final class CodedValues: Sendable {
  /// The values by code; the last is null.
  let places: DynamicColumn.Places
  private let columns = Mutex<[ScalarType: Column]>([:])
  private let walks = Mutex<[JSONPath: CodedValues]>([:])
  /// Results that are kept; a query asks the same of every block.
  private static let mostWalks = 64

  /// - Parameter values: the values by code, to which null is added.
  init(_ values: DynamicColumn.Places) {
    places = DynamicColumn.Places(documents: values.documents, refs: values.refs + [DynamicColumn.null])
  }

  private init(whole: DynamicColumn.Places) { places = whole }

  var count: Int { places.refs.count }
  var nullCode: UInt32 { UInt32(truncatingIfNeeded: places.refs.count - 1) }

  func walked(_ path: JSONPath) -> CodedValues {
    if let known = walks.withLock({ $0[path] }) { return known }
    let made = CodedValues(whole: places.walked(path))
    return walks.withLock { walks in
      // Two workers may have walked it: the caches of one serve both.
      if let first = walks[path] { return first }
      if walks.count >= Self.mostWalks { walks = [:] }
      walks[path] = made
      return made
    }
  }

  func converted(to type: ScalarType) -> Column {
    if let known = columns.withLock({ $0[type] }) { return known }
    let made = Convert.vector(Vector(.dynamic(DynamicColumn(places))), to: type).column
    return columns.withLock { columns in
      if let first = columns[type] { return first }
      columns[type] = made
      return made
    }
  }
}

/// Rows of a dynamic column as codes of distinct values.
final class CodedRows: Sendable {
  let values: CodedValues
  let codes: [UInt32]
  private let made = Mutex<DynamicColumn.Places?>(nil)

  init(_ values: CodedValues, _ codes: [UInt32]) {
    self.values = values
    self.codes = codes
  }

  var places: DynamicColumn.Places {
    made.withLock { made in
      if let made { return made }
      let refs = values.places.refs.withUnsafeBufferPointer { refs in codes.map { refs[Int($0)] } }
      let places = DynamicColumn.Places(documents: values.places.documents, refs: refs)
      made = places
      return places
    }
  }

  /// Whether work per distinct value is worth it for so few rows.
  var isDense: Bool { values.count <= codes.count * 16 + 64 }

  func walked(_ path: JSONPath) -> DynamicColumn {
    isDense
      ? DynamicColumn(.coded(CodedRows(values.walked(path), codes))) : DynamicColumn(places.walked(path))
  }

  func converted(to type: ScalarType) -> Column? { isDense ? values.converted(to: type).gather(codes: codes) : nil }
}
