// SPDX-License-Identifier: Apache-2.0

/// A text while it is put together from parts that may be unknown.
struct TemplateOutput {
  private var parts: [Value] = []
  private var text = ""
  private(set) var size = 0
  var isSensitive = false

  mutating func append(_ more: String) {
    text += more
    size += more.utf8.count
  }

  /// - Parameter value: a string, known or not.
  mutating func append(_ value: Value) {
    isSensitive = isSensitive || value.isSensitive
    if let more = value.string { return append(more) }
    flush()
    parts.append(Value(value.content))
  }

  private mutating func flush() {
    if !text.isEmpty { parts.append(Value(text)) }
    text = ""
  }

  var value: Value {
    guard !parts.isEmpty else { return Value(text).marked(isSensitive) }
    var all = self
    all.flush()
    return Value.unknown(.string, all.parts.flatMap(\.sources), twin: .text(all.parts)).marked(isSensitive)
  }
}
