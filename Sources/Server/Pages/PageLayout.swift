// SPDX-License-Identifier: Apache-2.0

/// Who looks at a page, and what stands around it.
package struct PageViewer: Sendable {
  package var name: String
  package var roles: String
  /// Goes along with every form; empty for nobody.
  package var token: String
  /// Exempt faults.
  package var mayChange: Bool
  package var mayAttest: Bool
  package var mayGovern: Bool
  package var mayQuery: Bool
  package var mayAdminister: Bool
  /// What is asked for, for links that keep it.
  package var address: PageAddress
  /// When what the pages tell was seen, in words; nil where nothing was scanned.
  package var seen: Markup?

  package init(
    name: String, roles: String = "", token: String, mayChange: Bool, mayAttest: Bool = false, mayGovern: Bool = false,
    mayQuery: Bool = false, mayAdminister: Bool, address: PageAddress, seen: Markup? = nil
  ) {
    self.mayAttest = mayAttest
    self.mayGovern = mayGovern
    self.mayQuery = mayQuery
    self.name = name
    self.roles = roles
    self.token = token
    self.mayChange = mayChange
    self.mayAdminister = mayAdminister
    self.address = address
    self.seen = seen
  }

  /// The hidden field of a form that changes something.
  var tokenField: Markup { "<input type=\"hidden\" name=\"csrf\" value=\"\(token)\">" }
}

/// One page: its name, what leads to it, and what stands on it.
package struct Page {
  package var title: String
  /// The entry of the menu that it belongs to.
  package var place: PageMenu?
  /// What it is part of, outermost first.
  package var trail: [(name: String, address: PageAddress)] = []
  /// A sentence below the title.
  package var lead: Markup = ""
  /// Buttons beside the title.
  package var actions: Markup = ""
  package var body: Markup
  /// Names of further scripts.
  package var scripts: [String] = []
  package var isWide = false
}

/// The menu of the dashboard.
package enum PageMenu: String, CaseIterable, Sendable {
  case overview, recommendations, inventory, compliance, policy, code, query, workbooks, learn, administration

  var title: String { self == .code ? "Code and drift" : rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  var path: String { self == .overview ? "/" : "/" + rawValue }

  /// The lines of its sign, in a square of 20.
  var sign: Markup {
    switch self {
    case .overview: "<path d=\"M10 2v9\"/><path d=\"M6.5 11h7L10 18z\"/>"
    case .recommendations: "<path d=\"M10 3 18 17H2z\"/><path d=\"M10 8.5v4M10 14.7v.1\"/>"
    case .inventory:
      "<rect x=\"3\" y=\"3\" width=\"6\" height=\"6\" rx=\"1\"/><rect x=\"11\" y=\"3\" width=\"6\" height=\"6\" rx=\"1\"/><rect x=\"3\" y=\"11\" width=\"6\" height=\"6\" rx=\"1\"/><rect x=\"11\" y=\"11\" width=\"6\" height=\"6\" rx=\"1\"/>"
    case .compliance:
      "<path d=\"M10 2.5 16.5 5v5c0 4-2.7 6.3-6.5 7.5C6.2 16.3 3.5 14 3.5 10V5z\"/><path d=\"m7 10 2.2 2.200L13 8\"/>"
    case .policy: "<path d=\"M5 2.500h7l3 3v12H5z\"/><path d=\"M7.5 8.500h5M7.5 11.500h5M7.5 14.500h3\"/>"
    case .code: "<path d=\"m7 5-5 5 5 5M13 5l5 5-5 5\"/>"
    case .query: "<circle cx=\"8.5\" cy=\"8.5\" r=\"5.5\"/><path d=\"m12.7 12.7 4.8 4.8\"/>"
    case .workbooks: "<path d=\"M3 17V3M3 17h14\"/><path d=\"M7 13v-3M11 13V6M15 13V9\"/>"
    case .learn: "<path d=\"M2 7.5 10 4l8 3.5-8 3.500z\"/><path d=\"M5.5 9.500v4c2.5 2 6.5 2 9 0v-4\"/>"
    case .administration:
      "<circle cx=\"10\" cy=\"10\" r=\"2.5\"/><path d=\"M10 2.500v3M10 14.500v3M2.5 10h3M14.5 10h3M4.7 4.700l2.1 2.100M13.2 13.200l2.1 2.100M15.3 4.700l-2.1 2.100M6.8 13.200l-2.1 2.1\"/>"
    }
  }
}

extension Page {
  /// The whole document for somebody who is signed in.
  package func document(for viewer: PageViewer) -> [UInt8] {
    let menu = PageMenu.allCases.filter { $0 != .administration || viewer.mayAdminister }
    let links = menu.map { entry -> Markup in
      """
      <li><a href="\(entry.path)"\(if: entry == place, " aria-current=\"page\"")>\(Parts.sign(entry.sign))<span>\(entry.title)</span></a></li>
      """
    }
    let crumbs: Markup =
      trail.isEmpty
      ? ""
      : """
      <nav class="trail" aria-label="Where this is"><ol>\(trail.map { "<li><a href=\"\($0.address)\">\($0.name)</a></li>" as Markup })</ol></nav>
      """
    let content: Markup = """
      <a class="skip" href="#main">Skip to content</a>
      <div class="frame">
      <header class="side">
      <a class="brand" href="/">\(Self.mark)<span>Plumbline</span></a>
      <button class="icon menu-button" type="button" data-menu aria-expanded="false" aria-controls="menu" hidden>\(Parts.sign("<path d=\"M3 6h14M3 10h14M3 14h14\"/>"))<span class="quiet">Menu</span></button>
      <nav id="menu" class="menu" aria-label="Pages"><ul>\(links)</ul></nav>
      </header>
      <div class="page">
      <div class="topbar">
      <form class="find" role="search" action="/inventory" method="get"><label class="quiet" for="find">Find resources</label><input id="find" type="search" name="q" placeholder="Find resources by name, id or tag" autocomplete="off" data-find><kbd aria-hidden="true">/</kbd></form>
      <p class="seen">\(viewer.seen)</p>
      <button class="icon" type="button" data-theme-button aria-label="Light, dark or as the system" hidden>\(Parts.sign("<circle cx=\"10\" cy=\"10\" r=\"6.5\"/><path d=\"M10 3.500a6.5 6.5 0 0 1 0 13z\" fill=\"currentColor\"/>"))</button>
      <details class="user" data-dropdown><summary><span class="face" aria-hidden="true">\(viewer.name.prefix(1).uppercased())</span><span class="quiet">Account of \(viewer.name)</span></summary>
      <div class="sheet"><p><b><bdi>\(viewer.name)</bdi></b>\(if: !viewer.roles.isEmpty, "<br><span class=\"muted\">\(viewer.roles)</span>")</p>
      <a href="/account">My account</a>
      <form method="post" action="/sign-out">\(viewer.tokenField)<button class="link" type="submit">Sign out</button></form></div></details>
      </div>
      <main id="main" tabindex="-1"\(if: isWide, " class=\"wide\"")>
      \(crumbs)
      <div class="title"><div><h1>\(title)</h1>\(if: !lead.isEmpty, "<p class=\"lead\">\(lead)</p>")</div>\(if: !actions.isEmpty, "<div class=\"actions\">\(actions)</div>")</div>
      \(body)
      </main>
      </div>
      </div>
      <div class="toast" role="status" aria-live="polite" data-toast></div>
      """
    return Self.shell(title, content, scripts: scripts)
  }

  /// The whole document for somebody who is not: a card in the middle.
  package func door() -> [UInt8] {
    let content: Markup = """
      <main id="main" class="door"><div class="card">
      <p class="brand">\(Self.mark)<span>Plumbline</span></p>
      <h1>\(title)</h1>
      \(if: !lead.isEmpty, "<p class=\"lead\">\(lead)</p>")
      \(body)
      </div></main>
      """
    return Self.shell(title, content, scripts: scripts)
  }

  private static func shell(_ title: String, _ content: Markup, scripts: [String]) -> [UInt8] {
    let more = scripts.map { "<script src=\"\(WebAssets.address($0))\" defer></script>\n" as Markup }
    let page: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title) · Plumbline</title>
      <link rel="icon" href="\(WebAssets.address("mark.svg"))" type="image/svg+xml">
      <link rel="stylesheet" href="\(WebAssets.address("plumbline.css"))">
      <script src="\(WebAssets.address("theme.js"))"></script>
      <script src="\(WebAssets.address("plumbline.js"))" defer></script>
      \(more)</head>
      <body>
      \(content)
      </body>
      </html>

      """
    return page.bytes
  }

  /// The plumb bob.
  private static var mark: Markup {
    """
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path class="line" d="M12 1v11"/><path class="bob" d="M7.5 12h9L12 23z"/></svg>
    """
  }
}
