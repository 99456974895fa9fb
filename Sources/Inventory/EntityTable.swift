// SPDX-License-Identifier: Apache-2.0
package import JSON
package import KQL

/// `resources` in the columns of Defender for Cloud's custom recommendations: the table `RawEntityMetadata`.
///
/// `Record` is what the cloud's own API shows: Azure Resource Manager's object, the object of the Google API, and for
/// AWS the properties in CloudFormation's shape.
package struct EntityTable: TableSource {
  package static let name = "RawEntityMetadata"
  /// The member of `Identifiers` that tells the type.
  package static let typePath = JSONPath(steps: [.key("Type")])

  package let schema: Schema = [
    Field("Id", .string), Field("Name", .string), Field("Environment", .string), Field("Identifiers", .dynamic),
    Field("AdditionalData", .dynamic), Field("Record", .dynamic),
  ]
  private enum Column: Int { case id, name, environment, identifiers, additionalData, record }

  /// The members of an object of Azure Resource Manager, in the order in which it shows them.
  private static let members = [
    "id", "name", "type", "kind", "location", "managedBy", "sku", "plan", "identity", "zones", "extendedLocation",
    "tags",
    "properties",
  ]
  private static let resourceColumns = Snapshot.resourcesSchema
  private static func index(_ name: String) -> Int { resourceColumns.firstIndex { $0.name == name } ?? 0 }

  private let resources: any TableSource

  /// - Parameter resources: a table of the columns of `resources`.
  package init(over resources: any TableSource) { self.resources = resources }

  package var current: any TableSource { EntityTable(over: resources.current) }

  package func parts(_ request: ScanRequest) throws -> [TablePart] {
    let wanted = request.columns ?? Set(schema.indices)
    let paths = request.paths[Column.record.rawValue]
    return try resources.parts(Self.request(request, wanted, paths)).map { part in
      TablePart { Self.batch(try part.load(), wanted) }
    }
  }

  /// What is read of `resources`.
  private static func request(_ request: ScanRequest, _ wanted: Set<Int>, _ paths: [JSONPath]?) -> ScanRequest {
    var names: Set<String> = ["type", "cloud"]
    if wanted.contains(Column.id.rawValue) { names.insert("id") }
    if wanted.contains(Column.name.rawValue) { names.formUnion(["id", "name"]) }
    if wanted.contains(Column.additionalData.rawValue) { names.formUnion(additional.map(\.column)) }
    var read = ScanRequest()
    if wanted.contains(Column.record.rawValue) {
      names.insert("properties")
      let keys = paths?.map { path -> String? in
        if case .key(let key)? = path.steps.first { key } else { nil }
      }
      if let paths, let keys, !keys.contains(nil) {
        names.formUnion(keys.compactMap { $0 }.filter(members.contains))
        // Below `properties` in an object of Azure, else where the path says.
        read.paths[index("properties")] =
          paths.flatMap { path -> [JSONPath] in
            let below = JSONPath(steps: Array(path.steps.dropFirst()))
            return path.steps.first == .key("properties") ? [below, path] : [path]
          }
        if read.paths[index("properties")]?.contains(where: \.steps.isEmpty) ?? false { read.paths = [:] }
      } else {
        names.formUnion(members)
      }
    }
    read.columns = Set(names.map(index))
    if let types = request.memberTexts[Column.identifiers.rawValue]?[typePath] {
      read.texts[index("type")] = Set(types.flatMap(EntityType.types))
    }
    return read
  }

  private static func batch(_ rows: Batch, _ wanted: Set<Int>) -> Batch {
    let types = Texts(rows, "type")
    let clouds = Texts(rows, "cloud")
    var columns = [KQL.Column](repeating: .absent, count: 6)
    func set(_ column: Column, _ make: () -> KQL.Column) {
      if wanted.contains(column.rawValue) { columns[column.rawValue] = make() }
    }
    set(.id) { rows.columns[index("id")] }
    set(.name) {
      let (ids, names) = (Texts(rows, "id"), Texts(rows, "name"))
      var builder = StringColumnBuilder()
      for row in 0..<rows.count {
        builder.append(names[row].isEmpty ? String(ids[row].split(separator: "/").last ?? "") : names[row])
      }
      return .string(builder.finish())
    }
    set(.environment) {
      let names = ["azure": "Azure", "aws": "AWS", "gcp": "GCP"]
      return .string(StringColumn((0..<rows.count).map { names[clouds[$0]] ?? clouds[$0] }))
    }
    set(.identifiers) { identifiers(types, rows.count) }
    set(.additionalData) { additionalData(rows) }
    set(.record) { records(rows, clouds) }
    return Batch(columns: columns, count: rows.count)
  }

  /// One object for each type.
  private static func identifiers(_ types: Texts, _ count: Int) -> KQL.Column {
    var builder = JSONBuilder()
    var roots: [String: Int] = [:]
    let rows = (0..<count).map { row -> Int in
      let type = types[row]
      if let root = roots[type] { return root }
      builder.beginObject()
      builder.key("Type")
      builder.append(EntityType.name(of: type))
      builder.key("ResourceType")
      builder.append(type)
      builder.endObject()
      roots[type] = roots.count
      return roots.count - 1
    }
    let document = builder.finish()
    return .dynamic(
      DynamicColumn(documents: [document], refs: rows.map { UInt64(document.rootNode(at: $0)) }))
  }

  private static let additional: [(name: String, column: String)] = [
    ("Account", "subscriptionId"), ("Region", "location"), ("ResourceGroup", "resourceGroup"),
    ("TenantId", "tenantId"), ("Tags", "tags"), ("Observed", "observed"),
  ]

  private static func additionalData(_ rows: Batch) -> KQL.Column {
    var builder = JSONBuilder()
    let cells = additional.map { Cells(rows, $0.column) }
    for row in 0..<rows.count {
      builder.beginObject()
      for (place, cell) in zip(additional, cells) { cell.write(row, as: place.name, into: &builder) }
      builder.endObject()
    }
    return .dynamic(DynamicColumn(roots: builder.finish()))
  }

  /// Properties stay where they are; an object of Azure is put together.
  private static func records(_ rows: Batch, _ clouds: Texts) -> KQL.Column {
    guard case .dynamic(var column) = rows.columns[index("properties")] else { return .absent }
    let cells = members.map { ($0, Cells(rows, $0)) }
    var builder = JSONBuilder()
    var composed: [Int] = []
    for row in 0..<rows.count where clouds[row] == "azure" {
      builder.beginObject()
      for (name, cell) in cells { cell.write(row, as: name, into: &builder) }
      builder.endObject()
      composed.append(row)
    }
    guard !composed.isEmpty else { return .dynamic(column) }
    let document = builder.finish()
    column.documents.append(document)
    let high = UInt64(column.documents.count - 1) << 32
    for (root, row) in composed.enumerated() { column.refs[row] = high | UInt64(document.rootNode(at: root)) }
    return .dynamic(column)
  }
}

/// A column of texts of `resources`, each distinct one decoded once; empty where the column was not read.
private struct Texts {
  private let texts: [String]
  private let codes: [UInt32]

  init(_ rows: Batch, _ name: String) {
    guard let index = Snapshot.resourcesSchema.firstIndex(where: { $0.name == name }),
      case .string(let column) = rows.columns[index]
    else {
      (texts, codes) = ([], [])
      return
    }
    texts = (0..<column.pool.count).map(column.pool.string)
    codes = column.codes
  }

  subscript(_ row: Int) -> String { codes.isEmpty ? "" : texts[Int(codes[row])] }
}

/// A column of `resources`, whichever type it has, as members of objects.
private enum Cells {
  case texts(Texts)
  case values(DynamicColumn)
  case none

  init(_ rows: Batch, _ name: String) {
    let index = Snapshot.resourcesSchema.firstIndex { $0.name == name } ?? 0
    switch rows.columns[index] {
    case .string: self = .texts(Texts(rows, name))
    case .dynamic(let column): self = .values(column)
    default: self = .none
    }
  }

  /// Writes the member where there is a value.
  func write(_ row: Int, as name: String, into builder: inout JSONBuilder) {
    switch self {
    case .texts(let texts):
      guard !texts[row].isEmpty else { return }
      builder.key(name)
      builder.append(texts[row])
    case .values(let column):
      guard let value = column[row] else { return }
      builder.key(name)
      builder.append(value)
    case .none: break
    }
  }
}
