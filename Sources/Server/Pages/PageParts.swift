// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Posture

/// What pages are made of.
enum Parts {
  /// A sign of lines in a square of 20.
  static func sign(_ lines: Markup) -> Markup {
    "<svg class=\"sign\" viewBox=\"0 0 20 20\" aria-hidden=\"true\" focusable=\"false\">\(lines)</svg>"
  }

  /// A word on a ground in the colour of what it means.
  static func chip(_ word: String, _ kind: String? = nil) -> Markup {
    "<span class=\"chip \((kind ?? word).lowercased())\">\(word)</span>"
  }

  static func severity(_ severity: Severity) -> Markup { chip(severity.rawValue.capitalizedASCII, severity.rawValue) }

  static func status(_ finding: Finding) -> Markup {
    if finding.isExempt { return chip("Exempt", "none") }
    switch finding.status {
    case .healthy: return chip("Healthy", "good")
    case .unhealthy: return chip("Unhealthy", finding.check.severity.rawValue)
    case .notApplicable: return chip("Not applicable", "none")
    case .unknown: return chip("Unknown", "unknown")
    }
  }

  static func state(_ state: ControlState) -> Markup {
    switch state {
    case .proved: chip("Proved", "good")
    case .failed: chip("Failed", "critical")
    case .attested: chip("Attested", "low")
    case .unproved: chip("Unproved", "none")
    }
  }

  static func cloud(_ name: String) -> Markup { "<span class=\"cloud \(name)\">\(cloudName(name))</span>" }

  static func cloudName(_ name: String) -> String {
    ["aws": "AWS", "azure": "Azure", "gcp": "Google Cloud"][name] ?? name
  }

  static func day(_ ticks: Int64) -> Markup {
    let iso = DateTime.text(ticks)
    return "<time datetime=\"\(iso.prefix(19))Z\">\(iso.prefix(10))</time>"
  }

  static func moment(_ ticks: Int64) -> Markup {
    let iso = DateTime.text(ticks)
    return "<time datetime=\"\(iso.prefix(19))Z\">\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC</time>"
  }

  /// How long ago, in the greatest whole unit, with the moment to be read by who wants it.
  static func ago(_ ticks: Int64, now: Int64) -> Markup {
    let seconds = max(0, (now - ticks) / DateTime.ticksPerSecond)
    let text =
      switch seconds {
      case ..<60: "just now"
      case ..<3600: count(Int(seconds / 60), "minute") + " ago"
      case ..<86_400: count(Int(seconds / 3600), "hour") + " ago"
      default: count(Int(seconds / 86_400), "day") + " ago"
      }
    let iso = DateTime.text(ticks)
    return
      "<time datetime=\"\(iso.prefix(19))Z\" title=\"\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC\">\(text)</time>"
  }

  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// `12,345`
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var parts: [String] = []
    while digits.count > 3 {
      parts.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
  }

  /// Points of a score, to one decimal.
  static func points(_ value: Double, isSigned: Bool = false) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "\u{2212}" : isSigned && tenths > 0 ? "+" : "") + "\(whole).\(rest)"
  }

  static func riskPoints(_ units: Int, isSigned: Bool = false) -> String {
    points(Double(units) / Double(RiskScore.scale), isSigned: isSigned)
  }

  /// The name of a resource with where it leads, and its id below.
  static func resource(_ id: String, name: String, more: Markup? = nil) -> Markup {
    """
    <a class="name" href="\(PageAddress.resource(id))"><bdi>\(name.isEmpty ? shortName(id) : name)</bdi></a>\(more)
    """
  }

  /// What follows the last separator of an id.
  static func shortName(_ id: String) -> String {
    let parts = id.split { $0 == "/" || $0 == ":" }
    return parts.last.map(String.init) ?? id
  }

  // MARK: Tables

  struct Head {
    var title: Markup
    var isNumber = false
    /// Hidden where the page is narrow.
    var isMinor = false
    init(_ title: Markup, number: Bool = false, minor: Bool = false) {
      (self.title, isNumber, isMinor) = (title, number, minor)
    }
    fileprivate var kind: Markup {
      isNumber ? (isMinor ? " class=\"n minor\"" : " class=\"n\"") : isMinor ? " class=\"minor\"" : ""
    }
  }

  /// A table of which the first cell of a row names it.
  static func table(_ caption: Markup, _ heads: [Head], _ rows: [[Markup]], isQuiet: Bool = true) -> Markup {
    let head = heads.map { "<th scope=\"col\"\($0.kind)>\($0.title)</th>" as Markup }
    let body = rows.map { row -> Markup in
      let cells = zip(row, heads).enumerated().map { column, cell -> Markup in
        column == 0
          ? "<th scope=\"row\"\(cell.1.kind)>\(cell.0)</th>"
          : "<td\(cell.1.kind)>\(cell.0)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table><caption\(if: isQuiet, " class=\"quiet\"")>\(caption)</caption><thead><tr>\(head)</tr></thead><tbody>
      \(body)</tbody></table></div>
      """
  }

  static func card(_ title: Markup, _ body: Markup, span: Int = 12, more: Markup? = nil, kind: StaticString = "")
    -> Markup
  {
    """
    <section class="card \(columns(span)) \(Markup(stringLiteral: kind))"><div class="card-head"><h2>\(title)</h2>\(more)</div>\(body)</section>
    """
  }

  private static func columns(_ span: Int) -> Markup {
    switch span {
    case 3: "s3"
    case 4: "s4"
    case 5: "s5"
    case 6: "s6"
    case 7: "s7"
    case 8: "s8"
    default: "s12"
    }
  }

  static func empty(_ title: Markup, _ text: Markup) -> Markup {
    "<div class=\"empty\"><h2>\(title)</h2><p>\(text)</p></div>"
  }

  static func note(_ text: Markup, isError: Bool = false) -> Markup {
    "<div class=\"note\(if: isError, " bad")\" role=\"\(isError ? "alert" : "note")\">\(text)</div>"
  }

  /// Links to the pages of a list.
  static func pager(_ address: PageAddress, page: Int, size: Int, total: Int) -> Markup {
    guard total > size else { return "" }
    let last = (total + size - 1) / size
    func link(_ number: Int, _ text: Markup, _ rel: Markup) -> Markup {
      number < 1 || number > last
        ? "<span class=\"button off\">\(text)</span>"
        : "<a class=\"button\" rel=\"\(rel)\" href=\"\(address.setting("page", String(number)))\">\(text)</a>"
    }
    return """
      <nav class="pager" aria-label="Pages of the list">\(link(page - 1, "Previous", "prev"))<span>Page \(page) of \(last)</span>\(link(page + 1, "Next", "next"))</nav>
      """
  }

  // MARK: Facets

  /// One list of values to choose from; what is chosen stands in the address.
  static func facet(
    _ title: Markup, _ name: String, _ values: [(value: String, label: String, count: Int)], _ address: PageAddress,
    most: Int = 8
  ) -> Markup {
    let chosen = Set(address.values(name))
    let shown = values.filter { $0.count > 0 || chosen.contains($0.value) }
    guard shown.count > 1 || !chosen.isEmpty else { return "" }
    func item(_ entry: (value: String, label: String, count: Int)) -> Markup {
      let isOn = chosen.contains(entry.value)
      return """
        <li><a class="tick\(if: isOn, " on")" href="\(address.toggling(name, entry.value))"\(if: isOn, " aria-current=\"true\"")><span class="box" aria-hidden="true"></span><span class="word"><bdi>\(entry.label.isEmpty ? "(none)" : entry.label)</bdi></span><span class="count">\(grouped(entry.count))</span></a></li>
        """
    }
    let first = shown.prefix(most).map(item)
    let rest = shown.dropFirst(most).prefix(200).map(item)
    let isOpen = shown.dropFirst(most).contains { chosen.contains($0.value) }
    return """
      <section class="facet"><h2>\(title)</h2><ul>\(first)</ul>\(if: !rest.isEmpty, "<details\(if: isOpen, " open")><summary>\(rest.count) more</summary><ul>\(rest)</ul></details>")</section>
      """
  }

  /// What is chosen, each with the way to take it back.
  static func chosen(
    _ names: [(name: String, label: String)], _ address: PageAddress, values: (String, String) -> String
  ) -> Markup {
    var items: [Markup] = []
    for (name, label) in names {
      for value in address.values(name) where !value.isEmpty {
        items.append(
          "<li><a class=\"chosen\" href=\"\(address.toggling(name, value))\"><span class=\"muted\">\(label)</span> <bdi>\(values(name, value))</bdi> <span aria-hidden=\"true\">×</span><span class=\"quiet\"> remove</span></a></li>"
        )
      }
    }
    guard !items.isEmpty else { return "" }
    let bare = PageAddress(address.path, address.items.filter { item in ["sort", "group"].contains(item.name) })
    return "<ul class=\"choices\" aria-label=\"Chosen\">\(items)<li><a href=\"\(bare)\">Clear all</a></li></ul>"
  }

  /// Hidden fields for what a form of the page leaves as it is.
  static func kept(_ address: PageAddress, except names: Set<String>) -> Markup {
    Markup(
      address.items.filter { !names.contains($0.name) && $0.name != "page" }.map {
        "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as Markup
      })
  }

  /// A choice that is taken at once with scripts, by its button without.
  static func choice(
    _ label: Markup, _ name: String, _ options: [(value: String, label: String)], _ chosen: String
  ) -> Markup {
    let list = options.map {
      "<option value=\"\($0.value)\"\(if: $0.value == chosen, " selected")>\($0.label)</option>" as Markup
    }
    return "<label class=\"pick\"><span>\(label)</span><select name=\"\(name)\" data-submit>\(list)</select></label>"
  }
}
