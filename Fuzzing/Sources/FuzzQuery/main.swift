// SPDX-License-Identifier: Apache-2.0
import FuzzDriver

@testable import KQL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

private let catalog: Catalog = {
  let schema: Schema = [
    Field("id", .long), Field("k", .string), Field("t", .datetime), Field("r", .real), Field("d", .dynamic),
  ]
  var builders = schema.map { ColumnBuilder($0.type) }
  for row in 0..<3 {
    let cells: [Scalar] = [
      .long(Int64(row)), .string("a\(row)"), .datetime(638_712_864_000_000_000 + Int64(row)), .real(Double(row) / 2),
      .null(.dynamic),
    ]
    for (index, cell) in cells.enumerated() { builders[index].append(cell) }
  }
  var catalog = Catalog()
  catalog.add("T", MemoryTable(schema: schema, batches: [Batch(columns: builders.map { $0.finish() }, count: 3)]))
  return catalog
}()

/// Lexer, parser and binder: a text gives a query or an error. With `PLUMB_FUZZ_RUN` set, what binds is run too.
private let runs = getenv("PLUMB_FUZZ_RUN") != nil

private func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard
    let query = try? Query(
      decoding: UnsafeBufferPointer(start: data, count: count), catalog: catalog)
  else { return 0 }
  if runs { _ = try? query.run(now: 0, maxRows: 10_000, maxBytes: 100_000_000, timeLimit: .milliseconds(500)) }
  return 0
}

fuzz(test)
