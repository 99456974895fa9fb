// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Stops a running query from another thread: `cancel()` once, and the query ends with an error soon after.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  package init() {}
  package func cancel() { flag.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// How far a query is in the tables that it reads, for whoever waits.
package final class QueryProgress: Sendable {
  private let parts = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let rows = Atomic<Int>(0)
  package init() {}

  /// Blocks of tables read, blocks of the tables that were begun, and rows read.
  package var state: (read: Int, parts: Int, rows: Int) {
    (read.load(ordering: .relaxed), parts.load(ordering: .relaxed), rows.load(ordering: .relaxed))
  }

  func begin(parts: Int) { self.parts.add(parts, ordering: .relaxed) }

  func read(rows: Int) {
    self.rows.add(rows, ordering: .relaxed)
    read.add(1, ordering: .relaxed)
  }
}

/// What all evaluation of one run of a query shares: when it has to end, and how much it may hold.
package final class QueryRun: Sendable {
  /// The run that this thread works for; `Workers` hand it on. Loops deep in a kernel ask it whether to go on, so that
  /// no signature between the operator and the loop has to pass it down.
  @TaskLocal static var current: QueryRun?

  let maxRows: Int
  let maxBytes: Int
  let progress: QueryProgress?
  private let deadline: ContinuousClock.Instant?
  private let cancellation: Cancellation?
  private let held = Atomic<Int>(0)
  private let hasFailed = Atomic<Bool>(false)
  private let failure = Mutex<KQLError?>(nil)

  init(
    maxRows: Int, maxBytes: Int, timeLimit: Duration?, cancellation: Cancellation?, progress: QueryProgress?
  ) {
    self.maxRows = maxRows
    self.maxBytes = maxBytes
    self.progress = progress
    self.cancellation = cancellation
    deadline = timeLimit.map { ContinuousClock.now.advanced(by: $0) }
  }

  /// Ends the run at its next check, for code that cannot throw.
  func fail(_ error: KQLError) {
    failure.withLock { $0 = $0 ?? error }
    hasFailed.store(true, ordering: .releasing)
  }

  /// Throws when the query or its task was cancelled, its time has run out, or it has failed.
  func check() throws(KQLError) {
    if hasFailed.load(ordering: .acquiring), let failure = failure.withLock({ $0 }) { throw failure }
    // Workers run outside the task, so they see the cancellation only.
    if cancellation?.isCancelled == true || Task.isCancelled { throw KQLError(.cancelled, "the query was cancelled") }
    if let deadline, ContinuousClock.now > deadline {
      throw KQLError(.limit, "the query ran longer than its time limit")
    }
  }

  func check(rows: Int) throws(KQLError) {
    guard rows <= maxRows else {
      throw KQLError(.limit, "the query makes more than \(maxRows) rows; filter earlier or raise the limit")
    }
  }

  fileprivate func take(_ bytes: Int, for holder: MemoryHolder) throws(KQLError) {
    let (sum, overflow) = held.load(ordering: .relaxed).addingReportingOverflow(bytes)
    guard !overflow, sum <= maxBytes else {
      let wanted = overflow ? Int.max : sum
      throw KQLError(
        .limit,
        "\(holder.rawValue) needs \(Self.size(wanted)), more than the query may hold (\(Self.size(maxBytes))); "
          + "\(holder.mend), or raise the memory limit")
    }
    held.add(bytes, ordering: .relaxed)
  }

  fileprivate func giveBack(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }

  private static func size(_ bytes: Int) -> String {
    let units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
  }

  /// Half of what the machine, or the container the process is in, has.
  package static let sensibleBytes: Int = {
    var bytes = max(1 << 30, Int(sysconf(Int32(_SC_PHYS_PAGES)))) &* max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
    if let file = fopen("/sys/fs/cgroup/memory.max", "r") {
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 64)
      // "max" where there is no bound.
      if fgets(&line, Int32(line.count), file) != nil, let bound = Int(exactly: strtoll(line, nil, 10)), bound > 0 {
        bytes = min(bytes, bound)
      }
    }
    return bytes / 2
  }()
}

/// Who holds memory for a query, and what helps where it is too much.
enum MemoryHolder: String, Sendable {
  case rows = "keeping all rows at once"
  case sort, join, summarize, union, range, partition, materialize
  case mvExpand = "mv-expand"
  case mvApply = "mv-apply"
  case series = "make-series"
  case cells = "a function"
  case graph = "graph-match"
  case step = "an operator that needs all rows at once"

  fileprivate var mend: String {
    switch self {
    case .rows, .step, .union, .cells: "filter earlier, or project the columns that are needed"
    case .sort: "use top or take a part, filter earlier, or project the columns that are needed"
    case .join: "filter or summarize its sides before it, or project the columns that are needed"
    case .summarize: "filter earlier, group by fewer values, or give make_list and make_set a limit"
    case .range: "take a longer step"
    case .partition, .mvApply: "filter earlier"
    case .materialize: "filter or summarize what is kept"
    case .mvExpand: "filter before it, project the columns that are needed, or give it a limit"
    case .series: "take a longer step, or group by fewer values"
    case .graph: "bound the length of the paths, or filter the nodes and edges"
    }
  }
}

/// Bytes that an operator holds, given back when it ends.
final class Holding: Sendable {
  private let run: QueryRun
  private let holder: MemoryHolder
  private let bytes = Atomic<Int>(0)

  init(_ run: QueryRun, _ holder: MemoryHolder, _ bytes: Int = 0) throws(KQLError) {
    self.run = run
    self.holder = holder
    try grow(by: bytes)
  }

  /// Asked before the memory is allocated.
  func grow(by more: Int) throws(KQLError) {
    try run.take(more, for: holder)
    bytes.add(more, ordering: .relaxed)
  }

  /// For what grows by itself: the bytes that it has come to. Not from several threads at once.
  func set(to total: Int) throws(KQLError) {
    let more = total - bytes.load(ordering: .relaxed)
    if more > 0 {
      try grow(by: more)
    } else {
      run.giveBack(-more)
      bytes.add(more, ordering: .relaxed)
    }
  }

  /// Ends the holding; the last use keeps it until here.
  func release() { run.giveBack(bytes.exchange(0, ordering: .relaxed)) }

  deinit { release() }
}

/// Counts the steps of a long loop and asks now and then whether the query is to end.
struct Checkpoint {
  private let run: QueryRun?
  private let interval: Int
  private var left: Int

  init(every interval: Int = 4096) {
    run = QueryRun.current
    self.interval = interval
    left = interval
  }

  @inline(__always) mutating func step() throws(KQLError) {
    left &-= 1
    if left <= 0 { try look() }
  }

  private mutating func look() throws(KQLError) {
    left = interval
    try run?.check()
  }

  /// For loops that cannot throw: whether to go on. What comes of a loop that was left does not matter, as a run that
  /// is over ends with an error.
  @inline(__always) mutating func goesOn() -> Bool {
    left &-= 1
    return left > 0 || !isOver()
  }

  private mutating func isOver() -> Bool {
    do {
      try look()
      return false
    } catch {
      left = 0
      return true
    }
  }
}

extension Column {
  /// Bytes of the cells. Pools and documents are shared by many columns and count once (`addShared`).
  var cellBytes: Int {
    switch self {
    case .bool(let column): column.values.count / 4
    case .int(let column): column.values.count * 4
    case .long(let column), .datetime(let column), .timespan(let column): column.values.count * 8
    case .real(let column), .decimal(let column): column.values.count * 8
    case .string(let column), .guid(let column): column.codes.count * 4
    case .dynamic(let column): column.count * 8
    }
  }
}

/// Sizes of batches: texts and documents that several share count once.
struct BatchSizes {
  private var seen: Set<ObjectIdentifier> = []

  /// Bytes that the batch takes beside those added before.
  mutating func add(_ batch: Batch) -> Int {
    var bytes = 0
    for column in batch.columns {
      bytes += column.cellBytes
      switch column {
      case .string(let strings), .guid(let strings):
        if seen.insert(ObjectIdentifier(strings.pool)).inserted { bytes += strings.pool.heldBytes }
      // Values of an extent that were not put together are the extent's.
      case .dynamic(let values) where values.form == nil:
        for document in values.documents where seen.insert(ObjectIdentifier(document)).inserted {
          bytes += document.heldBytes
        }
      default: break
      }
    }
    return bytes
  }
}

extension Batch {
  /// Bytes of the cells with what they share.
  var heldBytes: Int {
    var sizes = BatchSizes()
    return sizes.add(self)
  }

  /// Bytes of the cells of a row.
  var rowBytes: Int { columns.reduce(0) { $0 + ($1.count == 0 ? 0 : $1.cellBytes / $1.count + 1) } }
}
