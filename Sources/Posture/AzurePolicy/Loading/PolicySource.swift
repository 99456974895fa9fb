// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON
internal import Synchronization

/// Where policy objects were read, so that whatever is wrong with them is told with its place.
package final class PolicySource: Sendable {
  /// The most bytes of one file.
  package static let fileSizeLimit = 256 << 20
  private static let limits = JSONLimits(depth: 200, bytes: fileSizeLimit)

  /// The file as the user named it, or what it was read from.
  package let path: String
  package let root: JSONValue
  /// The bytes that `root` was parsed from; empty where it was made of something else.
  private let bytes: [UInt8]
  /// The one place of all that it holds, where it is no file of its own.
  private let place: ContentLocation?
  /// Places of parts that were put together from several: the names of parameters.
  private let parts: [String: ContentLocation]
  private let marks = Mutex(Marks())

  private struct Marks {
    /// Offset of each word of the document's tape.
    var offsets: [Int] = []
    /// Offsets at which lines begin.
    var lines: [Int] = []
  }

  /// Parses a file; comments and trailing commas are allowed.
  package init(parsing bytes: [UInt8], path: String) throws(ContentError) {
    self.path = path
    place = nil
    parts = [:]
    let plain = CommentedJSON.blanked(bytes)
    do {
      root = try JSONDocument(parsing: plain, limits: Self.limits).root
    } catch {
      let location = ContentLocation(path: path, line: error.line, column: error.column)
      switch error.code {
      case .tooLarge: throw ContentError(.tooLarge, error.detail, at: ContentLocation(path: path))
      case .duplicateKey: throw ContentError(.duplicateKey, error.detail, at: location)
      default: throw ContentError(.syntax, error.detail, at: location)
      }
    }
    self.bytes = plain
  }

  /// An object that was made of what stands elsewhere.
  ///
  /// - Parameter parts: places of its parameters, by their names in lower case.
  init(_ root: JSONValue, at place: ContentLocation, parts: [String: ContentLocation] = [:]) {
    path = place.path
    self.root = root
    self.place = place
    self.parts = parts
    bytes = []
  }

  /// Where `value`, a part of this document, begins.
  package func location(of value: JSONValue) -> ContentLocation {
    if let place { return place }
    guard value.document === root.document else { return ContentLocation(path: path) }
    return marks.withLock { marks in
      if marks.offsets.isEmpty { marks = Self.marks(bytes) }
      let index = Int(value.node)
      guard marks.offsets.indices.contains(index) else { return ContentLocation(path: path) }
      let offset = marks.offsets[index]
      var (low, high) = (0, marks.lines.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if marks.lines[middle] <= offset { low = middle } else { high = middle }
      }
      return ContentLocation(path: path, line: low + 1, column: offset - marks.lines[low] + 1)
    }
  }

  /// Where the value of a parameter stands; `value` itself where that is known.
  func location(ofParameter name: String, _ value: JSONValue) -> ContentLocation {
    parts[name.lowercased()] ?? location(of: value)
  }

  /// The tape has a word for each key and value in the order of the text, so counting them gives their offsets.
  private static func marks(_ bytes: [UInt8]) -> Marks {
    var marks = Marks(offsets: [], lines: [0])
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        marks.offsets.append(at)
        at += 1
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
        at += 1
      case 0x7B, 0x5B:
        marks.offsets.append(at)
        at += 1
      case 0x0A:
        at += 1
        marks.lines.append(at)
      case 0x20, 0x09, 0x0D, 0x2C, 0x3A, 0x7D, 0x5D: at += 1
      default:
        marks.offsets.append(at)
        while at < bytes.count, !isEnd(bytes[at]) { at += 1 }
      }
    }
    return marks
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2C || byte == 0x7D || byte == 0x5D
  }
}

/// Something that is wrong with a policy object.
package struct PolicyFault: Sendable, CustomStringConvertible {
  package let error: ContentError
  /// The object is used all the same.
  package let isWarning: Bool

  package init(_ error: ContentError, isWarning: Bool = false) {
    self.error = error
    self.isWarning = isWarning
  }

  package var description: String { isWarning ? "\(error.location): warning: \(error.message)" : "\(error)" }
}
