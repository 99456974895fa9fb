// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
  /// Without white space at its ends.
  package var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
