// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Posture

/// An order of rows: by a value, then by the id, so that it is whole and a page can go on after any row.
package enum RowOrder: Hashable, Sendable {
  case findings(FindingSort)
  case resources(ResourceSort)
}

package enum FindingSort: String, CaseIterable, Sendable {
  /// What is at fault first, the most severe first of these.
  case priority
  case severity, check, resource, status, account, owner, firstSeen, lastChanged, faultSince, due
}

package enum ResourceSort: String, CaseIterable, Sendable {
  case id, name, type, account, location, lastSeen
  /// The number of faults.
  case faults
  /// The most severe fault, then the number of faults.
  case risk
}

extension RowOrder {
  func rows(of view: EstateView) -> [Int32] {
    let keys: [UInt64]
    let ties: (Int32, Int32) -> Bool
    switch self {
    case .findings(let sort):
      keys = Self.keys(sort, view.findings)
      // Rows are in the order of their ids already.
      ties = { $0 < $1 }
    case .resources(let sort):
      keys = Self.keys(sort, view)
      let ids = view.resources.column(.id)
      ties = { left, right in
        let (first, second) = (ids.rank(Int(left)), ids.rank(Int(right)))
        return first == second ? left < right : first < second
      }
    }
    return keys.withUnsafeBufferPointer { keys in
      (0..<Int32(keys.count)).sorted { left, right in
        let (first, second) = (keys[Int(left)], keys[Int(right)])
        return first == second ? ties(left, right) : first < second
      }
    }
  }

  /// Whole numbers in the order of times; no time comes last.
  private static func key(_ time: Int64?) -> UInt64 { time.map { UInt64(bitPattern: $0) ^ 1 << 63 } ?? .max }

  static func keys(_ sort: FindingSort, _ view: FindingView) -> [UInt64] {
    func ranks(_ field: FindingField) -> [UInt64] {
      let column = view.column(field)
      return (0..<view.count).map { UInt64(column.rank($0)) }
    }
    switch sort {
    case .priority:
      let (status, severity, check) = (view.column(.status), view.column(.severity), view.column(.check))
      return (0..<view.count).map { row in
        let place: UInt64 = view.isFault[row] ? 0 : 1 + UInt64(status.rank(row))
        return place << 48 | UInt64(severity.rank(row)) << 32 | UInt64(check.rank(row))
      }
    case .severity: return ranks(.severity)
    case .check: return ranks(.check)
    case .resource: return ranks(.resource)
    case .status: return ranks(.status)
    case .account: return ranks(.account)
    case .owner: return ranks(.owner)
    case .firstSeen: return view.standing.firstSeen.map(key)
    case .lastChanged: return view.standing.lastChanged.map(key)
    case .faultSince: return view.standing.faultSince.map(key)
    case .due: return view.due.map(key)
    }
  }

  private static func keys(_ sort: ResourceSort, _ view: EstateView) -> [UInt64] {
    func ranks(_ field: ResourceField) -> [UInt64] {
      let column = view.resources.column(field)
      return (0..<column.count).map { UInt64(column.rank($0)) }
    }
    switch sort {
    case .id: return ranks(.id)
    case .name: return ranks(.name)
    case .type: return ranks(.type)
    case .account: return ranks(.account)
    case .location: return ranks(.location)
    case .lastSeen: return view.resources.lastSeen.map { key($0) }
    case .faults: return view.faults.map { UInt64(UInt32.max - UInt32($0)) }
    case .risk:
      return zip(view.worst, view.faults).map { worst, faults in
        UInt64(255 - worst) << 32 | UInt64(UInt32.max - UInt32(faults))
      }
    }
  }
}
