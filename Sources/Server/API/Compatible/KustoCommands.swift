// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// The commands by which clients of Kusto find their way: `.show version`, `databases`, `tables`, a table's schema.
enum KustoCommands {
  static func answer(_ text: String, _ call: Call) async throws -> [KustoEndpoints.Table] {
    let words = words(text)
    let lower = words.map { $0.lowercased() }
    guard lower.first == ".show" else { throw unknown(text) }
    switch lower.dropFirst().first {
    case "version":
      return [
        table(
          ["BuildVersion", "BuildTime", "ServiceType", "ProductVersion"],
          [[call.services.version, "", "Plumbline", "Plumbline \(call.services.version)"]])
      ]
    case "cluster" where lower.count == 2:
      return [table(["NodeId", "Address", "Name"], [["0", call.head.authority ?? "", "plumb"]])]
    case "databases" where lower.count == 2:
      return [
        table(
          [
            "DatabaseName", "PersistentStorage", "Version", "IsCurrent", "DatabaseAccessMode", "PrettyName",
            "DatabaseId",
          ],
          [[KustoEndpoints.database, "", "v1.0", "true", "ReadOnly", "Plumbline", ""]])
      ]
    case "databases" where lower.suffix(3) == ["schema", "as", "json"],
      "database" where lower.suffix(3) == ["schema", "as", "json"],
      "schema" where lower.suffix(2) == ["as", "json"]:
      return [table(["DatabaseSchema"], [[schema(try await catalog(call))]])]
    case "tables":
      let names = try await catalog(call).names
      return [
        table(
          ["TableName", "DatabaseName", "Folder", "DocString"], names.map { [$0, KustoEndpoints.database, "", ""] })
      ]
    case "table" where lower.count >= 3:
      return [try self.table(words[2], Array(lower.dropFirst(3)), try await catalog(call))]
    case "functions":
      let functions = try await catalog(call).functions
      return [
        table(
          ["Name", "Parameters", "Body", "Folder", "DocString"],
          functions.sorted { $0.key < $1.key }.map { [$0.key, "", $0.value, "", ""] })
      ]
    default: throw unknown(text)
    }
  }

  private static func unknown(_ text: String) -> AzureErrors.Refusal {
    AzureErrors.refusal(
      "BadRequest_CommandNotSupported",
      "'\(text.prefix(100))' is no command of this server; there are .show version, databases, tables, functions, "
        + "table NAME cslschema, table NAME schema as json, and databases schema as json.")
  }

  /// Words of a command: names in `['...']` or quotes are one.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for letter in text.prefix(10_000) {
      if letter == quote {
        quote = nil
      } else if quote == nil, letter == "'" || letter == "\"" {
        quote = letter
      } else if quote == nil, letter.isWhitespace || letter == "|" {
        if !word.isEmpty { words.append(word) }
        word = ""
        if letter == "|" { return words }
      } else if quote != nil || (letter != "[" && letter != "]") {
        word.append(letter)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func catalog(_ call: Call) async throws -> Catalog {
    let view = try await call.services.views.current().scoped(to: call.principal.reach)
    let services = call.services
    return try await Blocking.run {
      try QueryCatalog.make(view, services.inventory) { try services.extras(&$0) }
    }
  }

  private static func table(_ name: String, _ rest: [String], _ catalog: Catalog) throws -> KustoEndpoints.Table {
    guard let (name, source) = catalog.table(name) else {
      throw AzureErrors.refusal("BadRequest_EntityNotFound", "There is no table '\(name)'.")
    }
    let text: String
    switch rest {
    case ["cslschema"]: text = source.schema.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: ",")
    case ["schema", "as", "json"], []:
      var json = JSONWriter()
      json.object { write(name, source.schema, into: &$0) }
      text = String(decoding: json.bytes, as: UTF8.self)
    default: throw unknown(".show table \(name) \(rest.joined(separator: " "))")
    }
    return table(
      ["TableName", "Schema", "DatabaseName", "Folder", "DocString"],
      [[name, text, KustoEndpoints.database, "", ""]])
  }

  private static func write(_ name: String, _ schema: KQL.Schema, into json: inout JSONWriter) {
    json.member("Name", name)
    json.member("OrderedColumns", schema) { json, field in
      json.object { json in
        json.member("Name", field.name)
        json.member("Type", type(field.type))
        json.member("CslType", field.type.rawValue)
      }
    }
  }

  private static func type(_ type: ScalarType) -> String {
    switch type {
    case .bool: "System.SByte"
    case .int: "System.Int32"
    case .long: "System.Int64"
    case .real: "System.Double"
    case .decimal: "System.Data.SqlTypes.SqlDecimal"
    case .string: "System.String"
    case .datetime: "System.DateTime"
    case .timespan: "System.TimeSpan"
    case .guid: "System.Guid"
    case .dynamic: "System.Object"
    }
  }

  /// All tables, as tools complete names from them.
  private static func schema(_ catalog: Catalog) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("Databases") { json in
        json.member(KustoEndpoints.database) { json in
          json.member("Name", KustoEndpoints.database)
          json.member("Tables") { json in
            for name in catalog.names {
              json.member(name) { write(name, catalog.tables[name]?.schema ?? [], into: &$0) }
            }
          }
          json.member("Functions") { _ in }
        }
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// A table of texts.
  private static func table(_ names: [String], _ rows: [[String]]) -> KustoEndpoints.Table {
    KustoEndpoints.Table(
      name: "Table_0", schema: names.map { Field($0, .string) }, count: rows.count,
      rows: Batch(
        columns: names.indices.map { index in .string(StringColumn(rows.map { $0[index] })) }, count: rows.count))
  }
}
