// SPDX-License-Identifier: Apache-2.0

/// JSON as people write it: comments, trailing commas and a byte order mark become blanks of the same length, so that
/// the strict parser reads the rest and every offset stays where it was.
enum CommentedJSON {
  static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    var out = bytes
    var at = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      for index in 0..<3 { out[index] = 0x20 }
      at = 3
    }
    /// A comma after which nothing but blanks and comments has come.
    var comma: Int?
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        comma = nil
        at = endOfString(bytes, at)
      case 0x2F where at + 1 < bytes.count && bytes[at + 1] == 0x2F:
        while at < bytes.count, bytes[at] != 0x0A {
          if bytes[at] != 0x0D { out[at] = 0x20 }
          at += 1
        }
      case 0x2F where at + 1 < bytes.count && bytes[at + 1] == 0x2A:
        let end = endOfComment(bytes, at)
        // A comment that nothing closes is left for the parser to complain of.
        guard end <= bytes.count else { return out }
        for index in at..<end where bytes[index] != 0x0A && bytes[index] != 0x0D { out[index] = 0x20 }
        at = end
      case 0x2C:
        // A second comma stays, for the parser to complain of.
        comma = comma == nil ? at : nil
        at += 1
      case 0x5D, 0x7D:
        if let comma { out[comma] = 0x20 }
        comma = nil
        at += 1
      case 0x20, 0x09, 0x0A, 0x0D:
        at += 1
      default:
        comma = nil
        at += 1
      }
    }
    return out
  }

  /// The index after the quote that closes the string at `start`.
  private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
    var at = start + 1
    while at < bytes.count {
      if bytes[at] == 0x5C {
        at += 2
      } else if bytes[at] == 0x22 {
        return at + 1
      } else {
        at += 1
      }
    }
    return bytes.count
  }

  private static func endOfComment(_ bytes: [UInt8], _ start: Int) -> Int {
    var at = start + 2
    while at + 1 < bytes.count {
      if bytes[at] == 0x2A, bytes[at + 1] == 0x2F { return at + 2 }
      at += 1
    }
    return .max
  }
}
