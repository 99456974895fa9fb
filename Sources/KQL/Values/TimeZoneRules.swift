// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The offsets of a time zone, from the system's zone files (RFC 8536).
final class TimeZoneRules: Sendable {
  private let times: [Int64]
  /// Seconds east of UTC from each time on; `first` before them.
  private let offsets: [Int64]
  private let first: Int64

  private static let cache = Mutex<[String: TimeZoneRules]>([:])

  /// The zone with a name such as `Europe/Paris`, or nil where the system knows none.
  static func named(_ name: String) -> TimeZoneRules? {
    if let found = cache.withLock({ $0[name] }) { return found }
    guard !name.isEmpty, name.utf8.count < 64, !name.hasPrefix("/"), !name.contains(".."),
      name.utf8.allSatisfy({
        $0 < 128 && (Character(Unicode.Scalar($0)).isLetter || $0 &- 0x30 < 10 || "/_+-".utf8.contains($0))
      }),
      let bytes = read("/usr/share/zoneinfo/" + name), let zone = TimeZoneRules(bytes)
    else { return nil }
    cache.withLock { if $0.count < 1000 { $0[name] = zone } }
    return zone
  }

  /// The names of all zones the system knows, in order.
  static let names: [String] = {
    var found: [String] = []
    func visit(_ folder: String, _ prefix: String, _ depth: Int) {
      guard depth < 4, let directory = opendir(folder) else { return }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        // Zones begin with a capital letter; posix/ and right/ hold them again, *.tab and others are no zones.
        guard let first = name.first, first.isUppercase, name != "Factory" else { continue }
        let path = folder + "/" + name
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          visit(path, prefix + name + "/", depth + 1)
        } else {
          found.append(prefix + name)
        }
      }
    }
    visit("/usr/share/zoneinfo", "", 0)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }()

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  private init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ width: Int) -> Int64 {
      let value = (0..<width).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[at + $1]) }
      return width == 8 ? Int64(bitPattern: value) : Int64(Int32(truncatingIfNeeded: value))
    }
    /// Counts of the header: isutc, isstd, leap, time, type, char.
    func header(_ at: Int) -> [Int]? {
      guard at + 44 <= bytes.count, bytes[at..<at + 4].elementsEqual("TZif".utf8) else { return nil }
      let counts = (0..<6).map { Int(number(at + 20 + $0 * 4, 4)) }
      return counts.allSatisfy { (0...100_000).contains($0) } ? counts : nil
    }
    func size(_ counts: [Int], _ width: Int) -> Int {
      counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]
    }
    guard bytes.count > 44, bytes[4] >= 0x32, let old = header(0) else { return nil }
    let start = 44 + size(old, 4)
    guard let counts = header(start), counts[4] > 0, start + 44 + size(counts, 8) <= bytes.count else { return nil }
    let base = start + 44
    var times = (0..<counts[3]).map { number(base + $0 * 8, 8) }
    let types = (0..<counts[3]).map { Int(bytes[base + counts[3] * 8 + $0]) }
    let table = (0..<counts[4]).map { number(base + counts[3] * 9 + $0 * 6, 4) }
    guard types.allSatisfy({ $0 < table.count }) else { return nil }
    var offsets = types.map { table[$0] }
    first = table[0]
    let footer = bytes[(base + size(counts, 8))...].filter { $0 != 0x0A }
    if let rule = YearlyRule(String(decoding: footer, as: UTF8.self)) {
      let from = times.last ?? 0
      for year in 1970...2400 {
        for (time, offset) in rule.changes(year) where time > from {
          times.append(time)
          offsets.append(offset)
        }
      }
    }
    self.times = times
    self.offsets = offsets
  }

  private func offset(_ seconds: Int64) -> Int64 {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  func local(_ ticks: Int64) -> Int64 {
    ticks + offset(DateTime.floorDiv(ticks - DateTime.unixEpoch, DateTime.ticksPerSecond)) * DateTime.ticksPerSecond
  }

  /// The UTC time of a local one. A time that the clocks skip is read by
  /// the offset after the jump; of a time that they show twice, the later is taken.
  func utc(_ ticks: Int64) -> Int64 {
    let second = DateTime.floorDiv(ticks - DateTime.unixEpoch, DateTime.ticksPerSecond)
    let before = offset(second - 86_400)
    let after = offset(second + 86_400)
    let late = ticks - after * DateTime.ticksPerSecond
    let early = ticks - before * DateTime.ticksPerSecond
    return local(late) != ticks && local(early) == ticks ? early : late
  }
}

/// The rule for the years after the last listed change: `CET-1CEST,M3.5.0,M10.5.0/3`.
private struct YearlyRule {
  private struct Change {
    var month, week, day, time: Int
    func seconds(_ year: Int) -> Int64 {
      let firstDay = DateTime.days(year: year, month: month, day: 1)
      let weekday = Int((firstDay + 1) % 7)
      var date = (day - weekday + 7) % 7 + (week - 1) * 7
      while date >= DateTime.daysInMonth(year, month) { date -= 7 }
      return (firstDay + Int64(date)) * 86_400 - DateTime.unixEpoch / DateTime.ticksPerSecond + Int64(time)
    }
  }
  private let standard, summer: Int64
  private let begin, end: Change

  init?(_ text: String) {
    let parts = text.split(separator: ",")
    guard parts.count == 3, let begin = Self.change(parts[1]), let end = Self.change(parts[2]) else { return nil }
    var rest = parts[0]
    Self.skipName(&rest)
    guard let standard = Self.time(&rest) else { return nil }
    Self.skipName(&rest)
    self.standard = -Int64(standard)
    summer = Self.time(&rest).map { -Int64($0) } ?? self.standard + 3600
    (self.begin, self.end) = (begin, end)
  }

  func changes(_ year: Int) -> [(Int64, Int64)] {
    [(begin.seconds(year) - standard, summer), (end.seconds(year) - summer, standard)].sorted { $0.0 < $1.0 }
  }

  private static func skipName(_ rest: inout Substring) {
    if rest.first == "<" {
      rest = rest.drop { $0 != ">" }.dropFirst()
    } else {
      rest = rest.drop { $0.isLetter }
    }
  }

  /// `[+-]h[:m[:s]]`
  private static func time(_ rest: inout Substring) -> Int? {
    let head = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ":" || $0 == "+" || $0 == "-") }
    rest = rest.dropFirst(head.count)
    let numbers = head.split(separator: ":").map { Int($0) }
    guard let first = numbers.first ?? nil, abs(first) < 200 else { return nil }
    let smaller = numbers.dropFirst().reduce((0, 60)) { ($0.0 + ($1 ?? 0) % 60 * $0.1, $0.1 == 60 ? 1 : 0) }.0
    return first * 3600 + (head.hasPrefix("-") ? -smaller : smaller)
  }

  private static func change(_ text: Substring) -> Change? {
    guard text.first == "M" else { return nil }
    let halves = text.dropFirst().split(separator: "/")
    let numbers = halves.first?.split(separator: ".").compactMap { Int($0) } ?? []
    guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]), (0...6).contains(numbers[2])
    else { return nil }
    var clock = halves.count > 1 ? halves[1] : "2"
    return Change(month: numbers[0], week: numbers[1], day: numbers[2], time: time(&clock) ?? 7200)
  }
}
