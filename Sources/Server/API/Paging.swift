// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import HTTPTypes

/// Lists in pages.
enum Paging {
  static let most = 1000
  static let usual = 100

  static let parameters = [
    Parameter("limit", "How many rows a page has at most; \(usual) where it is not given.", .range(1...most)),
    Parameter("cursor", "Where to go on: `next` of the page before.", .text(.init(pattern: "[A-Za-z0-9_\\-]+"))),
  ]

  /// The form of a page.
  static func schema(_ row: Schema, facets: Bool = false) -> Schema {
    var members: [Schema.Member] = [
      .init("items", .array(row)), .init("next", .optional(.string), "The cursor of the next page; null at the end."),
      .init("total", .integer, "How many rows all pages have together."),
    ]
    if facets {
      members.append(
        .init(
          "facets", .map(.array(.object([.init("value", .string), .init("count", .integer)]))), isRequired: false,
          "For each that was asked for its values and how many rows have each."))
    }
    return .object(members)
  }
}

extension APICall {
  var limit: Int { number("limit") ?? Paging.usual }

  /// Where the list goes on; nil at its beginning.
  func cursor() throws -> Cursor? {
    guard let text = text("cursor") else { return nil }
    guard let cursor = Cursor(text, for: listName, try services.api.cursorKey()) else {
      throw APIErrors.problem(
        [SchemaFault(path: "cursor", message: "was not given for this list")], "The parameters cannot be used.")
    }
    return cursor
  }

  /// A page of rows of a view.
  ///
  /// - Parameter name: what the row is known by in cursors.
  func page(
    _ page: RowPage, name: (Int) -> String, facets: [(name: String, values: [FacetValue])] = [],
    row: (inout JSONWriter, Int) throws -> Void
  ) throws -> Reply {
    var next: String?
    if let skipped = page.next, let last = page.rows.last {
      next = Cursor(after: name(last), skipped: skipped).sealed(for: listName, try services.api.cursorKey())
    }
    return try reply { json in
      try json.member("items", page.rows) { json, item in try json.object { try row(&$0, item) } }
      json.member("next", orNull: next)
      json.member("total", page.total)
      guard !facets.isEmpty else { return }
      json.member("facets") { json in
        for facet in facets {
          json.member(facet.name, facet.values) { json, value in
            json.object { json in
              json.member("value", value.value)
              json.member("count", value.count)
            }
          }
        }
      }
    }
  }

  /// An answer of one object.
  func reply(
    _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], _ body: (inout JSONWriter) throws -> Void
  ) rethrows -> Reply {
    var json = JSONWriter()
    try json.object(body)
    return .bytes(json.bytes, type: "application/json", status: status, headers: headers)
  }
}

extension APICall {
  /// A page of a list that is whole in memory.
  ///
  /// - Parameter name: what a row is known by in cursors.
  func page<Row>(
    of rows: [Row], name: (Row) -> String, row: (inout JSONWriter, Row) throws -> Void
  ) throws -> Reply {
    let cursor = try cursor()
    let start = cursor.map { cursor in
      rows.firstIndex { name($0) == cursor.after }.map { $0 + 1 } ?? min(cursor.skipped, rows.count)
    }
    let from = start ?? 0
    let end = min(rows.count, from + limit)
    let page = RowPage(rows: Array(from..<end), total: rows.count, next: end < rows.count ? end : nil)
    return try self.page(page, name: { name(rows[$0]) }) { json, index in try row(&json, rows[index]) }
  }
}
