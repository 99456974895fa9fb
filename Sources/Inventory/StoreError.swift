// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Why the store cannot do what was asked, and what to do about it.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable { case unreachable, corrupt, full, busy, newer, failed }
  package let code: Code
  package let message: String
  package var description: String { message }

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What an error of the database means for the store at `path`.
  package static func wrap(_ error: any Error, _ path: String) -> StoreError {
    if let error = error as? StoreError { return error }
    guard let error = error as? DatabaseError else {
      return StoreError(.failed, "the store at \(path) failed: \(error)")
    }
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return StoreError(
        .corrupt,
        "the store at \(path) is damaged and was left as it is; restore it from a copy, or name another folder with --data"
      )
    case .SQLITE_FULL, .SQLITE_IOERR:
      return StoreError(
        .full,
        "the store at \(path) cannot be written (disk full or failing); free some space and run again: what it held is whole"
      )
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreError(.busy, "the store at \(path) is in use by another process; try again when that has ended")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return StoreError(
        .unreachable,
        "the store at \(path) cannot be opened or written; check the folder's permissions, or name another with --data")
    default: return StoreError(.failed, "the store at \(path) failed: \(error.message ?? "unknown error")")
    }
  }
}
