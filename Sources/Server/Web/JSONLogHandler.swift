// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL
package import Logging

/// A line of JSON for each event.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level
  private let label: String
  private let clock: @Sendable () -> Int64
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameter write: takes a line with its end; called from many threads.
  package init(
    label: String, level: Logger.Level, clock: @escaping @Sendable () -> Int64,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.label = label
    logLevel = level
    self.clock = clock
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var members: [(key: String, value: JSONDraft)] = [
      ("time", .string(DateTime.text(clock()))), ("level", .string(event.level.rawValue)), ("logger", .string(label)),
      ("message", .string(event.message.description)),
    ]
    if let error = event.error { members.append(("error", .string("\(error)"))) }
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append((key, .string(value.description))) }
    write(JSONDraft.object(members).document().root.serialized() + [0x0A])
  }
}
