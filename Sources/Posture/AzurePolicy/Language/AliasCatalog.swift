// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// Knows where the aliases of properties lead: first what a user or the collector supplied, then the table that ships,
/// then the convention by which most aliases are named.
package struct AliasCatalog: Sendable {
  /// What the convention alone knows.
  package static let convention = AliasCatalog()

  /// An alias as a catalogue gives it.
  struct Entry: Sendable {
    let name: String
    let path: String
    /// Paths by lower-case API version.
    let versions: [String: String]
    let isModifiable: Bool?
  }

  /// By lower-case type and lower-case alias.
  private var supplied: [String: [String: Entry]] = [:]
  /// Types that each lower-case alias is given for.
  private var types: [String: [String]] = [:]
  /// Lower-case types to whether they have tags and a location.
  private var capabilities: [String: Bool] = [:]
  var table: AliasTable?

  init() {}

  /// A table in the format of the one that ships; the convention alone where it is none.
  package static func table(_ bytes: [UInt8]) -> AliasCatalog {
    var catalog = AliasCatalog()
    catalog.table = AliasTable(bytes)
    return catalog
  }

  /// Adds what `GET /providers?$expand=resourceTypes/aliases` answers: an array of providers, or an object of `value`.
  ///
  /// - Throws: ``PolicyError`` where it is something else.
  package func adding(providers: JSONValue, file: String) throws(PolicyError) -> AliasCatalog {
    let list = providers.kind == .array ? providers : providers["value"] ?? .null
    guard list.kind == .array else {
      throw PolicyError(
        PolicyProblem(.shape, in: file, at: providers, "a catalogue of aliases is an array of providers"))
    }
    var result = self
    for provider in list.elements {
      guard let namespace = provider["namespace"]?.string else { continue }
      for type in (provider["resourceTypes"] ?? .null).elements {
        guard let name = type["resourceType"]?.string else { continue }
        let full = (namespace + "/" + name).lowercased()
        if let text = type["capabilities"]?.string?.lowercased() {
          result.capabilities[full] = text.contains("supportstags") && text.contains("supportslocation")
        }
        guard let aliases = type["aliases"], aliases.count > 0 else { continue }
        for alias in aliases.elements { result.add(alias, type: full) }
      }
    }
    return result
  }

  private mutating func add(_ alias: JSONValue, type: String) {
    guard let name = alias["name"]?.string else { return }
    var versions: [String: String] = [:]
    for path in (alias["paths"] ?? .null).elements {
      guard let text = path["path"]?.string else { continue }
      for version in (path["apiVersions"] ?? .null).elements {
        if let version = version.string { versions[version.lowercased()] = text }
      }
    }
    guard let path = alias["defaultPath"]?.string ?? alias["paths"]?[0]?["path"]?.string else { return }
    let modifiable =
      (alias["defaultMetadata"] ?? alias["paths"]?[0]?["metadata"])?["attributes"]?.string
      .map { $0.lowercased().contains("modifiable") }
    let key = name.lowercased()
    if supplied[type]?[key] == nil { types[key, default: []].append(type) }
    supplied[type, default: [:]][key] = Entry(
      name: name, path: path, versions: versions.filter { $0.value != path }, isModifiable: modifiable ?? false)
  }

  /// Whether resources of a type have tags and a location; nil where no catalogue says so.
  package func isIndexed(type: String) -> Bool? { capabilities[type.lowercased()] }

  /// Where an alias leads by default, in lower case; nil where it is not known. One that belongs to several types leads
  /// to the path of the first of them by name.
  package func defaultPath(of alias: String) -> String? {
    switch field(alias, allowsPaths: false) {
    case .unknown: nil
    case .source(let source), .assumed(let source):
      switch source.kind {
      case .path(let path), .byVersion(_, let path): path.text
      case .byType(let paths): paths.min { $0.key < $1.key }?.value.text
      case .fullName, .apiVersion: nil
      }
    }
  }

  /// What a field's name means.
  enum Answer {
    case source(FieldSource)
    /// By the convention: nobody knows the type.
    case assumed(FieldSource)
    /// The type is known, and has no such field.
    case unknown(nearest: String?)
  }

  /// Finds a field that a policy names.
  ///
  /// - Parameter allowsPaths: whether a name without a type is taken as a path into the document, which Azure does not.
  func field(_ name: String, allowsPaths: Bool) -> Answer {
    guard name.contains("/") else { return plain(name, allowsPaths: allowsPaths) }
    let key = name.lowercased()
    if case .source(let found) = exact(key) { return .source(found) }
    // Where the elements of an array have an alias, the array does.
    if !key.hasSuffix("]"), case .source(let elements) = exact(key + "[*]") { return .source(elements.withoutElements) }
    let head = key.prefix { $0 != "[" }
    let type = head.lastIndex(of: "/").map { String(head[..<$0]) } ?? ""
    // An alias without a type of its own is known, or it is not.
    let isKnown = type.contains("/") ? supplied[type] != nil || table?.hasType(type) ?? false : true
    if isKnown { return .unknown(nearest: nearest(to: key)) }
    return Self.byConvention(name).map { .assumed($0) } ?? .unknown(nearest: nil)
  }

  /// The alias of that lower-case name as a catalogue or the table has it.
  private func exact(_ key: String) -> Answer {
    if let types = types[key] {
      let entries = types.compactMap { type in supplied[type]?[key].map { (type, $0) } }
      if entries.count == 1, let (type, entry) = entries.first { return source(of: entry, type: type) }
      let paths = entries.compactMap { type, entry in FieldPath(entry.path).map { (type, $0) } }
      return .source(
        FieldSource(.byType(Dictionary(paths) { first, _ in first }), isModifiable: entries.first?.1.isModifiable))
    }
    return table?.field(key).map { .source($0) } ?? .unknown(nearest: nil)
  }

  private func source(of entry: Entry, type: String) -> Answer {
    guard let path = FieldPath(entry.path) else { return .unknown(nearest: nil) }
    // The name says the type: children are listed with their parents at times. One without a type of its own belongs to
    // the type it is listed under.
    let head = entry.name.prefix { $0 != "[" }
    let own = head.lastIndex(of: "/").map { head[..<$0].lowercased() } ?? ""
    let type = own.contains("/") ? own : type
    if entry.versions.isEmpty {
      return .source(FieldSource(.path(path), type: type, isModifiable: entry.isModifiable))
    }
    let versions = entry.versions.compactMapValues { FieldPath($0) }
    return .source(FieldSource(.byVersion(versions, path), type: type, isModifiable: entry.isModifiable))
  }

  private func nearest(to key: String) -> String? {
    let type = key.prefix { $0 != "[" }.lastIndex(of: "/").map { String(key[..<$0]) } ?? key
    let names = supplied[type].map { $0.values.map(\.name) } ?? table?.aliases(of: type) ?? []
    return Spelling.nearest(to: key, in: names)
  }

  /// The fields that every resource has, by name.
  private func plain(_ name: String, allowsPaths: Bool) -> Answer {
    let key = name.lowercased()
    if key == "fullname" { return .source(FieldSource(.fullName)) }
    if key == "apiversion", allowsPaths { return .source(FieldSource(.apiVersion)) }
    guard let path = FieldPath(name), case .key(let first)? = path.steps.first else { return .unknown(nearest: nil) }
    let isBuiltIn =
      Self.plainFields.contains(key) || first == "tags" && path.steps.count <= 2 || first == "identity"
    if isBuiltIn || allowsPaths {
      return .source(FieldSource(.path(path), isModifiable: first == "tags" || allowsPaths))
    }
    return .unknown(nearest: Spelling.nearest(to: name, in: Self.plainFields + ["fullName", "tags", "identity.type"]))
  }

  private static let plainFields = ["name", "kind", "type", "location", "id"]

  /// The path that the convention gives an alias `TYPE/REST`: `properties.REST`, or REST itself where it is a member
  /// beside `properties`. Where the type is that of a child (three parts and more), the first segment of REST may be the
  /// child's name (`sites/config/web.ftpsState`).
  static func byConvention(_ name: String) -> FieldSource? {
    let head = name.prefix { $0 != "[" }
    guard let slash = head.lastIndex(of: "/"), let dot = head.firstIndex(of: "/") else { return nil }
    let rest = String(name[name.index(after: slash)...])
    let type = head[..<slash].lowercased()
    guard slash > dot, let path = FieldPath(rest), case .key(let first)? = path.steps.first else { return nil }
    if envelope.contains(first) { return FieldSource(.path(path), type: type) }
    // A segment such as `#Microsoft-Media-JobInputClip` names the kind of an object, not a member of it.
    var steps = path.steps.filter { if case .key(let key) = $0 { !key.hasPrefix("#") } else { true } }
    if type.split(separator: "/").count > 2, steps.count > 1, childNames.contains(first) { steps.removeFirst() }
    return FieldSource(.path(FieldPath(steps: [.key("properties")] + steps, isLoose: true)), type: type)
  }

  /// Members of a resource beside `properties`.
  private static let envelope: Set<String> = [
    "sku", "kind", "identity", "zones", "plan", "extendedlocation", "managedby", "tags", "location", "scale",
  ]
  private static let childNames: Set<String> = [
    "default", "web", "current", "logs", "appsettings", "connectionstrings", "authsettings", "authsettingsv2",
    "slotconfignames", "metadata", "backup", "azurestorageaccounts",
  ]
}
