// SPDX-License-Identifier: Apache-2.0
import JSON

/// What a browser says of itself, by rules for those that are met most. The first rule that fits counts, so the more
/// particular stand first. Kusto has some thousand rules for rare devices; here those are "Other".
enum UserAgent {
  /// A family (or `$1`, ... of the expression) and the places of the version's parts.
  typealias Rule = (pattern: String, family: String, versions: [Int])

  static let browsers: [Rule] = [
    (#"(AdobeAIR)/(\d+)\.(\d+)\.?(\d+)?"#, "AdobeAIR", [2, 3, 4]),
    (#"Series60/(\d+)\.(\d+).*AppleWebKit"#, "Nokia OSS Browser", [1, 2]),
    (
      #"(?i)(googlebot|bingbot|slurp|duckduckbot|yandexbot|baiduspider|ahrefsbot|semrushbot)/(\d+)\.(\d+)"#, "$1",
      [2, 3]
    ),
    (#"(?:Edge|Edg|EdgA|EdgiOS)/(\d+)(?:\.(\d+)(?:\.(\d+))?)?"#, "Edge", [1, 2, 3]),
    (#"(?:OPR|OPT)/(\d+)\.(\d+)(?:\.(\d+))?"#, "Opera", [1, 2, 3]),
    (#"Opera Mini/(\d+)\.(\d+)(?:\.(\d+))?"#, "Opera Mini", [1, 2, 3]),
    (#"Opera.*Version/(\d+)\.(\d+)"#, "Opera", [1, 2]), (#"Opera[/ ](\d+)\.(\d+)"#, "Opera", [1, 2]),
    (#"SamsungBrowser/(\d+)\.(\d+)"#, "Samsung Internet", [1, 2]),
    (#"Vivaldi/(\d+)\.(\d+)(?:\.(\d+))?"#, "Vivaldi", [1, 2, 3]),
    (#"YaBrowser/(\d+)\.(\d+)(?:\.(\d+))?"#, "Yandex Browser", [1, 2, 3]),
    (#"UCBrowser[ /]?(\d+)\.(\d+)(?:\.(\d+))?"#, "UC Browser", [1, 2, 3]),
    (#"HeadlessChrome/(\d+)\.(\d+)(?:\.(\d+))?"#, "HeadlessChrome", [1, 2, 3]),
    (#"Electron/(\d+)\.(\d+)(?:\.(\d+))?"#, "Electron", [1, 2, 3]),
    (#"CriOS/(\d+)\.(\d+)(?:\.(\d+))?"#, "Chrome Mobile iOS", [1, 2, 3]),
    (#"FxiOS/(\d+)\.(\d+)(?:\.(\d+))?"#, "Firefox iOS", [1, 2, 3]),
    (#"Android.*; wv\).*Chrome/(\d+)\.(\d+)(?:\.(\d+))?"#, "Chrome Mobile WebView", [1, 2, 3]),
    (#"Android.*Chrome/(\d+)\.(\d+)(?:\.(\d+))?.* Mobile"#, "Chrome Mobile", [1, 2, 3]),
    (#"Chromium/(\d+)\.(\d+)(?:\.(\d+))?"#, "Chromium", [1, 2, 3]),
    (#"Chrome/(\d+)\.(\d+)(?:\.(\d+))?"#, "Chrome", [1, 2, 3]),
    (#"(?:Mobile|Tablet);.*Firefox/(\d+)\.(\d+)(?:\.(\d+))?"#, "Firefox Mobile", [1, 2, 3]),
    (#"Thunderbird/(\d+)\.(\d+)(?:\.(\d+))?"#, "Thunderbird", [1, 2, 3]),
    (#"SeaMonkey/(\d+)\.(\d+)(?:\.(\d+))?"#, "SeaMonkey", [1, 2, 3]),
    (#"Firefox/(\d+)\.(\d+)(?:\.(\d+))?"#, "Firefox", [1, 2, 3]),
    (#"IEMobile[ /](\d+)\.(\d+)"#, "IE Mobile", [1, 2]), (#"MSIE (\d+)\.(\d+)"#, "IE", [1, 2]),
    (#"Trident/.*rv:(\d+)\.(\d+)"#, "IE", [1, 2]),
    (#"(?:iPhone|iPad|iPod).*Version/(\d+)\.(\d+)(?:\.(\d+))?.* Safari"#, "Mobile Safari", [1, 2, 3]),
    (#"(?:iPhone|iPad|iPod).*AppleWebKit"#, "Mobile Safari UI/WKWebView", []),
    (#"Android (\d+)\.(\d+)(?:\.(\d+))?.*Version/.*Safari"#, "Android", [1, 2, 3]),
    (#"BlackBerry.*Version/(\d+)\.(\d+)(?:\.(\d+))?"#, "BlackBerry WebKit", [1, 2, 3]),
    (#"Version/(\d+)\.(\d+)(?:\.(\d+))?.* Safari/"#, "Safari", [1, 2, 3]), (#"Safari/"#, "Safari", []),
    (#"(?i)python-requests/(\d+)\.(\d+)(?:\.(\d+))?"#, "Python Requests", [1, 2, 3]),
    (
      #"(?i)^(curl|wget|okhttp|aws-cli|boto3|botocore|postmanruntime|go-http-client|java|axios)/(\d+)\.(\d+)(?:\.(\d+))?"#,
      "$1", [2, 3, 4]
    ),
  ]

  static let systems: [Rule] = [
    (#"SymbianOS/(\d+)\.(\d+)"#, "Symbian OS", [1, 2]),
    (#"Windows Phone(?: OS)? (\d+)\.(\d+)"#, "Windows Phone", [1, 2]),
    (#"Windows NT 10\.0|Windows 10"#, "Windows=10", []), (#"Windows NT 6\.3"#, "Windows=8.1", []),
    (#"Windows NT 6\.2"#, "Windows=8", []), (#"Windows NT 6\.1"#, "Windows=7", []),
    (#"Windows NT 6\.0"#, "Windows=Vista", []), (#"Windows NT 5\.[12]|Windows XP"#, "Windows=XP", []),
    (#"Windows NT 5\.0|Windows 2000"#, "Windows=2000", []), (#"Windows"#, "Windows", []),
    (#"(?:iPhone OS|CPU OS) (\d+)[_.](\d+)(?:[_.](\d+))?"#, "iOS", [1, 2, 3]), (#"iPhone|iPad|iPod"#, "iOS", []),
    (#"Android[ /-](\d+)(?:\.(\d+)(?:\.(\d+))?)?"#, "Android", [1, 2, 3]), (#"Android"#, "Android", []),
    (#"Mac OS X (\d+)[_.](\d+)(?:[_.](\d+))?"#, "Mac OS X", [1, 2, 3]), (#"Mac OS X|Macintosh"#, "Mac OS X", []),
    (#"CrOS [a-z0-9_]+ (\d+)\.(\d+)(?:\.(\d+))?"#, "Chrome OS", [1, 2, 3]), (#"BlackBerry"#, "BlackBerry OS", []),
    (#"(Ubuntu|Fedora|Red Hat|Debian|CentOS|SUSE|FreeBSD|OpenBSD|NetBSD)(?:[ /-](\d+)\.(\d+))?"#, "$1", [2, 3]),
    (#"Linux"#, "Linux", []),
  ]

  /// The family, the brand and the model.
  static let devices: [(pattern: String, family: String, brand: String, model: String)] = [
    (#"Nokia(N\d+)([A-Za-z_\-][A-Za-z0-9_\-]*)"#, "Nokia $1", "Nokia", "$1$2"),
    (#"Nokia ?([A-Za-z0-9_\-]+)"#, "Nokia $1", "Nokia", "$1"), (#"iPhone"#, "iPhone", "Apple", "iPhone"),
    (#"iPad"#, "iPad", "Apple", "iPad"), (#"iPod"#, "iPod", "Apple", "iPod"),
    (#"; ?(SM-[A-Z0-9]+)"#, "Samsung $1", "Samsung", "$1"),
    (#"; ?(Pixel[^;/)]*?)(?: Build|[;/)])"#, "$1", "Google", "$1"),
    (#"; ?(Nexus [^;/)]*?)(?: Build|[;/)])"#, "$1", "Google", "$1"),
    (#"BlackBerry ?(\d+)"#, "BlackBerry $1", "BlackBerry", "$1"),
    (#"(?i)bot|crawler|spider|slurp"#, "Spider", "Spider", "Desktop"), (#"Macintosh"#, "Mac", "Apple", "Mac"),
    (#"Android[^;]*; ?(?:[a-z]{2}-[a-zA-Z]{2}; ?)?([^;/)]+?)(?: Build|[;/)])"#, "$1", "Generic_Android", "$1"),
  ]

  private static func filled(_ template: String, _ groups: [Substring?]) -> String {
    var out = template
    for (index, group) in groups.enumerated() where index > 0 { out = out.replacing("$\(index)", with: group ?? "") }
    return out
  }

  static func versioned(_ text: String, _ rules: [Rule]) throws -> (family: String, versions: [String]) {
    for rule in rules {
      guard let groups = try RegularExpression.cached(rule.pattern).find(in: text) else { continue }
      var parts = filled(rule.family, groups).split(separator: "=").map(String.init)
      let family = parts.removeFirst()
      let versions =
        parts.first.map { $0.split(separator: ".").map(String.init) }
        ?? rule.versions.map { index in groups.indices.contains(index) ? String(groups[index] ?? "") : "" }
      return (family, versions)
    }
    return ("Other", [])
  }

  static func device(_ text: String) throws -> (family: String, brand: String, model: String) {
    for rule in devices {
      if let groups = try RegularExpression.cached(rule.pattern).find(in: text) {
        return (filled(rule.family, groups), filled(rule.brand, groups), filled(rule.model, groups))
      }
    }
    return ("Other", "", "")
  }
}

extension Functions {
  static let userAgents: [ScalarFunction] = [
    cells(
      "parse_user_agent", "parse_user_agent(text, look_for)",
      "The browser, the operating system and the device that a user agent tells, as a bag; look_for is 'browser', 'os', 'device' or an array of them.",
      arity: 2...2, [.string, nil], .dynamic
    ) { values in
      let wanted = Set(listItems(values.dropFirst()).map { $0.text.lowercased() })
      let text = values[0].text
      if text.isEmpty { return .null(.dynamic) }
      func texts(_ members: [(String, String)]) -> JSONDraft { .object(members.map { ($0.0, .string($0.1)) }) }
      var members: [(key: String, value: JSONDraft)] = []
      func part(_ versions: [String], _ index: Int) -> String { index < versions.count ? versions[index] : "" }
      if wanted.contains("browser") {
        let (family, versions) = try UserAgent.versioned(text, UserAgent.browsers)
        members.append(
          (
            "Browser",
            texts([
              ("Family", family), ("MajorVersion", part(versions, 0)), ("MinorVersion", part(versions, 1)),
              ("Patch", part(versions, 2)),
            ])
          ))
      }
      if wanted.contains("os") {
        let (family, versions) = try UserAgent.versioned(text, UserAgent.systems)
        members.append(
          (
            "OperatingSystem",
            texts([
              ("Family", family), ("MajorVersion", part(versions, 0)), ("MinorVersion", part(versions, 1)),
              ("Patch", part(versions, 2)), ("PatchMinor", ""),
            ])
          ))
      }
      if wanted.contains("device") {
        let (family, brand, model) = try UserAgent.device(text)
        members.append(("Device", texts([("Family", family), ("Brand", brand), ("Model", model)])))
      }
      return .dynamic(JSONDraft.object(members).document().root)
    }
  ]
}
