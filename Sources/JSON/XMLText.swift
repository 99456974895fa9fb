// SPDX-License-Identifier: Apache-2.0

/// Text inside XML that is written: reports for build servers, pictures.
package enum XMLText {
  /// Text for an element or an attribute of XML 1.0. A line break is kept as a reference, since an attribute would make
  /// a space of it; characters that XML cannot hold, or only as references, are replaced.
  package static func escaped(_ text: String) -> String {
    let isPlain: (UInt8) -> Bool = { $0 >= 0x20 && $0 < 0x7F && ![0x22, 0x26, 0x27, 0x3C, 0x3E].contains($0) }
    if text.utf8.allSatisfy(isPlain) { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n": out += "&#10;"
      case "\t", "\r": out += " "
      default:
        let isAllowed = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value & 0xFFFE != 0xFFFE
        out.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return out
  }
}
