// SPDX-License-Identifier: Apache-2.0
import Collectors
import Inventory
import KQL

/// The scan of one cloud, as the command line asks for it.
struct ScanTask: Sendable {
  let cloud: String
  let choice: ScanChoice
  /// Lower-case types that checks judge.
  let types: Set<String>
  /// Whether no other cloud is scanned, whose accounts the names on the command line might be.
  let isAlone: Bool
  let wantsChanges: Bool
  let inventory: Store
  let sink: CollectionSink

  /// The scan that one of changes goes on from; nil where everything is to be read, which is said if it was not wanted.
  ///
  /// - Parameters:
  ///   - choice: what both read.
  ///   - kept: seconds for which the cloud's feed keeps changes.
  func base(account: String, choice: String, kept: Double) throws -> ScanRow? {
    guard wantsChanges else { return nil }
    guard let base = try inventory.lastScan(cloud: cloud, account: account, choice: choice) else {
      sink.note("there is no earlier scan of the same for changes to go on from: everything is read")
      return nil
    }
    guard Double(nowTicks() - base.started) / 1e7 < kept else {
      sink.note(
        "the last scan is older than the feed of changes keeps (\(Int(kept / 86_400)) days): everything is read")
      return nil
    }
    return base
  }
}

extension ScanRow {
  /// Seconds since 1970 at which it began.
  var time: Double { Double(started - DateTime.unixEpoch) / 1e7 }
}
