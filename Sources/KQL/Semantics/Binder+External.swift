// SPDX-License-Identifier: Apache-2.0
import JSON

/// externaldata: rows of files under the folder that the catalog names, and of nothing else.
extension Binder {
  mutating func externalData(_ external: ExternalDataSyntax, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    guard !external.places.isEmpty else { throw fail(.arguments, "externaldata needs the name of a file", range) }
    var places: [(place: Expression, range: Range<Int>)] = []
    for place in external.places { places.append((convert(try fixed(place), to: .string), place.range)) }
    let (named, folder, text) = (places, catalog.externalFolder, bytes)
    let reader = ExternalReader(fields: external.columns, options: external.options)
    let types = external.columns.map(\.type)
    return BoundQuery(
      plan: .step(.rows([[]], []), name: "externaldata") { _, context in
        var builders = types.map(ColumnBuilder.init)
        var count = 0
        for (place, range) in named {
          // What follows a semicolon is a secret of the service that holds the file.
          let name = String(try place.single(context).text.split(separator: ";").first ?? "")
          guard let folder else {
            throw KQLError(
              .notSupported, "externaldata reads files of a configured folder only, and none is configured", range,
              in: text)
          }
          let bytes: [UInt8]
          do throws(KQLError) {
            bytes = try ExternalReader.bytes(of: name, in: folder)
          } catch {
            throw KQLError(.notSupported, error.message, range, in: text)
          }
          count += try reader.append(bytes, name: name, into: &builders, context)
        }
        return Batch(columns: builders.map { $0.finish() }, count: count)
      }, schema: external.columns)
  }
}
