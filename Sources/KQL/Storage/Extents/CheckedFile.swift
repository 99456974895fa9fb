// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// The file of an extent, whose parts are checked when they are first read.
final class CheckedFile: Sendable {
  let path: String
  let mapped: MappedFile
  private let checked = Mutex<Set<Range<Int>>>([])

  /// - Parameter path: what errors call the file.
  init(path: String, _ mapped: MappedFile) {
    self.path = path
    self.mapped = mapped
  }

  func damage(_ what: String) -> KQLError {
    KQLError(.data, "\(path): \(what) is damaged; other columns and blocks can still be read")
  }

  /// The bytes of a part, once their checksum has been seen to hold.
  func bytes(_ place: Extent.Place, _ what: @autoclosure () -> String) throws(KQLError) -> UnsafeRawBufferPointer {
    let range = place.at..<place.at + place.bytes
    let bytes = UnsafeRawBufferPointer(rebasing: mapped.bytes[range])
    if !checked.withLock({ $0.contains(range) }) {
      guard ExtentWriter.hex(Checksum.xxh64(bytes)) == place.checksum else {
        throw KQLError(
          .data,
          "\(path): \(what()) is damaged (its checksum does not hold); other columns and blocks can still be read")
      }
      checked.withLock { _ = $0.insert(range) }
    }
    return bytes
  }

  /// The texts of a dictionary.
  func texts(_ place: Extent.Place, count: Int, _ what: String) throws(KQLError) -> StringPool {
    let raw = try bytes(place, what)
    let size = (count + 1) * 4
    let texts = Array(raw[size...])
    let offsets = (0...count).map { raw.word32($0) }
    guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      Int(offsets.last ?? 0) <= texts.count
    else { throw damage(what) }
    return StringPool(bytes: texts, offsets: offsets)
  }

  /// The phrases of a column, whose pieces are these.
  func phrases(
    _ entry: Extent.PhraseEntry, of pieces: StringPool, _ name: String
  ) throws(KQLError) -> TermDictionary.Phrases {
    let damage = KQLError(.data, "\(path): the dictionary's phrases of column '\(name)' are damaged")
    let raw = try bytes(entry.place, "the dictionary of phrases of column '\(name)'")
    let offsets = pieces.offsets
    var phrases = TermDictionary.Phrases()
    phrases.ends.reserveCapacity(entry.count)
    var end = 0
    for length in raw[..<entry.count] {
      end += Int(length)
      phrases.ends.append(UInt32(truncatingIfNeeded: end))
    }
    guard end == entry.places else { throw damage }
    phrases.places.reserveCapacity(entry.places)
    let most = UInt64(offsets.count - 1)
    var (isWhole, size) = (true, 0)
    BitPacking.unpack(
      UnsafeRawBufferPointer(rebasing: raw[entry.count...]), count: entry.places, width: entry.width
    ) { _, place in
      guard place < most else { return isWhole = false }
      phrases.places.append(UInt32(place))
      size += Int(offsets[Int(place) + 1] - offsets[Int(place)])
    }
    // The texts of all phrases are put in memory when they are read.
    guard isWhole, size <= 1 << 31 else { throw damage }
    return phrases
  }
}

/// Reads what a footer says of places and blocks. Its numbers may be anything.
struct EntryReader {
  /// Where the parts of the file end.
  let limit: Int
  let damaged: KQLError

  func number(_ value: JSONValue?, _ key: String) -> Int? { value?[key]?.int64.flatMap { Int(exactly: $0) } }

  func place(_ value: JSONValue?) throws(KQLError) -> Extent.Place {
    guard let at = number(value, "at"), let bytes = number(value, "bytes"), let sum = value?["xxh64"]?.string,
      at >= 0, bytes >= 0, at <= limit, bytes <= limit - at
    else { throw damaged }
    return Extent.Place(at: at, bytes: bytes, checksum: sum)
  }

  func dictionary(_ value: JSONValue?) throws(KQLError) -> Extent.DictionaryEntry? {
    guard let value else { return nil }
    guard let count = number(value, "count"), (0..<Int(UInt32.max)).contains(count) else { throw damaged }
    let texts = try place(value)
    guard texts.bytes >= (count + 1) * 4 else { throw damaged }
    guard let value = value["phrases"] else {
      return Extent.DictionaryEntry(place: texts, count: count, phrases: nil)
    }
    guard let phrases = number(value, "count"), let places = number(value, "places"),
      let width = number(value, "width"), (1...32).contains(width)
    else { throw damaged }
    let place = try place(value)
    guard (0...place.bytes).contains(phrases), (0...place.bytes * 8).contains(places), places <= Int32.max,
      place.bytes >= phrases + BitPacking.size(places, width: width)
    else { throw damaged }
    return Extent.DictionaryEntry(
      place: texts, count: count,
      phrases: Extent.PhraseEntry(place: place, count: phrases, places: places, width: width))
  }

  /// A block of `count` cells.
  func block(_ value: JSONValue, _ encoding: String, count: Int) throws(KQLError) -> Extent.Block {
    var packing: NumberBlock?
    if let name = value["packing"]?.string {
      guard let encoding = NumberBlock.Encoding(rawValue: name), let base = value["base"]?.int64,
        let width = number(value, "width"), (0...56).contains(width) || width == 64
      else { throw damaged }
      packing = NumberBlock(encoding: encoding, base: base, step: value["step"]?.int64 ?? 0, width: width)
    }
    var range: ClosedRange<Int64>?
    if let low = value["min"]?.int64, let high = value["max"]?.int64, low <= high { range = low...high }
    let text = TextBlock.Shape(
      count: count, lengthBytes: number(value, "lengths") ?? 2, words: number(value, "words") ?? 0,
      spelt: number(value, "spelt") ?? 0)
    let (nulls, scale) = (number(value, "nulls") ?? 0, number(value, "scale"))
    let place = try place(value)
    guard (0...count).contains(nulls), (0...place.bytes).contains(text.words),
      (0...place.bytes).contains(text.spelt), (1...2).contains(text.lengthBytes),
      scale.map(ExtentWriter.powers.indices.contains) ?? true
    else { throw damaged }
    let cells: Int
    switch encoding {
    case "phrases", "terms": cells = text.size
    case "real" where packing == nil: cells = count * 8
    case "number", "real", "dictionary":
      guard let packing else { throw damaged }
      cells = BitPacking.size(count, width: packing.width)
    // Only who reads the column is told of an encoding that is not known.
    default: cells = 0
    }
    guard place.bytes >= (nulls > 0 ? (count + 63) / 64 * 8 : 0) + cells else { throw damaged }
    return Extent.Block(
      place: place, rows: count, nulls: nulls, number: packing, scale: scale, range: range, text: text)
  }
}
