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
  let resumes: Bool
  let inventory: Store
  let session: ScanSession
  let sink: CollectionSink

  /// Says what is about to be read, and takes up what a scan of the same that was stopped had done.
  func open(account: String, choice: String, base: ScanRow?) throws {
    let mark = base.map { ";changes=\($0.key)" } ?? ""
    guard let resumed = try session.open(cloud: cloud, account: account, choice: choice + mark, resumes: resumes) else {
      if resumes { sink.note("there is no stopped scan of \(cloud) to go on with: everything is read") }
      return
    }
    sink.note(
      "going on with the scan of \(cloud) that began at \(DateTime.text(resumed.started)): "
        + "\(resumed.units) \(resumed.units == 1 ? "part is" : "parts are") done")
  }

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
    guard Double(nowTicks() - base.readFrom) / 1e7 < kept else {
      sink.note(
        "the last scan is older than the feed of changes keeps (\(Int(kept / 86_400)) days): everything is read")
      return nil
    }
    return base
  }
}

extension ScanRow {
  /// Seconds since 1970 from which on it was read.
  var time: Double { Double(readFrom - DateTime.unixEpoch) / 1e7 }
}
