// SPDX-License-Identifier: Apache-2.0
internal import JSON

extension Diagnostic {
  /// What a name may have meant that is not there, as the end of a message.
  static func suggestion(_ name: String, _ candidates: some Sequence<String>) -> String {
    Spelling.nearest(to: name, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }
}
