// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A document as lines to read, with the values that decided standing out.
struct DocumentView {
  /// More lines are left to the raw document.
  static let most = 3000

  private let marked: Set<JSONPath>
  private var lines: [Markup] = []
  private var isCut = false

  /// - Parameter marked: paths of values that stand out; of one that is not there, what holds it does.
  static func show(_ value: JSONValue, marked: [String] = []) -> Markup {
    var paths: Set<JSONPath> = []
    for text in marked {
      guard var path = JSONPath(text) else { continue }
      while !path.steps.isEmpty, value.value(at: path) == nil { path.steps.removeLast() }
      if !path.steps.isEmpty { paths.insert(path) }
    }
    var view = DocumentView(marked: paths)
    view.write(value, at: JSONPath(steps: []), depth: 0, before: "", after: "")
    if view.isCut { view.lines.append("<span class=\"line muted\">… the rest is in the raw document</span>") }
    return "<pre class=\"document\" tabindex=\"0\" aria-label=\"Document\"><code>\(view.lines)</code></pre>"
  }

  private init(marked: Set<JSONPath>) { self.marked = marked }

  private mutating func add(_ line: Markup, depth: Int, isMarked: Bool) {
    guard lines.count < Self.most else {
      isCut = true
      return
    }
    let indent = String(repeating: "  ", count: min(depth, 40))
    lines.append(
      isMarked ? "<mark class=\"line\">\(indent)\(line)\n</mark>" : "<span class=\"line\">\(indent)\(line)\n</span>")
  }

  private mutating func write(_ value: JSONValue, at path: JSONPath, depth: Int, before: Markup, after: Markup) {
    guard lines.count < Self.most, depth < 64 else {
      isCut = true
      return
    }
    let isMarked = marked.contains(path)
    let isObject = value.kind == .object
    guard isObject || value.kind == .array, value.count > 0 else {
      add("\(before)\(Self.plain(value))\(after)", depth: depth, isMarked: isMarked)
      return
    }
    add(isObject ? "\(before){" : "\(before)[", depth: depth, isMarked: isMarked)
    var index = 0
    let last = value.count - 1
    if isObject {
      for member in value.members {
        let key = member.key.string ?? ""
        write(
          member.value, at: JSONPath(steps: path.steps + [.key(key)]), depth: depth + 1,
          before: "<span class=\"k\">\"\(key)\"</span>: ", after: index == last ? "" : ",")
        index += 1
      }
    } else {
      for element in value.elements {
        write(
          element, at: JSONPath(steps: path.steps + [.index(index)]), depth: depth + 1, before: "",
          after: index == last ? "" : ",")
        index += 1
      }
    }
    add(isObject ? "}\(after)" : "]\(after)", depth: depth, isMarked: false)
  }

  private static func plain(_ value: JSONValue) -> Markup {
    switch value.kind {
    case .string: "<span class=\"s\">\(value.text)</span>"
    case .null, .bool: "<span class=\"c\">\(value.text)</span>"
    case .object: "{}"
    case .array: "[]"
    default: "<span class=\"n\">\(value.text)</span>"
    }
  }
}

/// What a document was and became, path by path.
enum DiffView {
  static func show(_ changes: [(path: String, before: String?, after: String?)]) -> Markup {
    let rows = changes.prefix(60).map { change -> Markup in
      """
      <tr><th scope="row"><code>\(change.path.isEmpty ? "(all)" : change.path)</code></th><td>\(cell(change.before, "was"))</td><td>\(cell(change.after, "is"))</td></tr>
      """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Changes"><table class="diff"><caption class="quiet">Changes</caption><thead><tr><th scope="col">Path</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>\(Array(rows))</tbody></table></div>\(if: changes.count > 60, "<p class=\"muted small\">and \(changes.count - 60) more</p>")
      """
  }

  private static func cell(_ text: String?, _ kind: String) -> Markup {
    guard let text else { return "<span class=\"muted\">absent</span>" }
    let shown = text.utf8.count > 400 ? String(text.prefix(400)) + "…" : text
    return "<code class=\"\(kind)\">\(shown)</code>"
  }
}
