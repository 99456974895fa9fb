// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What is typed on the terminal, key by key: the terminal neither echoes nor sends signals while this lives.
final class TerminalKeys: Sendable {
  enum Key {
    case character(Character)
    /// A control character by its code: 3 is Ctrl-C.
    case control(UInt8)
    case enter, backspace, delete, left, right, up, down, home, end, other
  }

  private let saved: termios
  /// Bytes that came while no line was read.
  private let pending = Mutex<[UInt8]>([])

  /// nil where standard input is no terminal.
  init?() {
    var state = termios()
    guard tcgetattr(STDIN_FILENO, &state) == 0 else { return nil }
    saved = state
    state.c_iflag &= ~tcflag_t(ICRNL | IXON | INLCR)
    state.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    withUnsafeMutableBytes(of: &state.c_cc) { bytes in
      bytes[Int(VMIN)] = 1
      bytes[Int(VTIME)] = 0
    }
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &state) == 0 else { return nil }
  }

  deinit { restore() }

  /// Gives the terminal back as it was.
  func restore() {
    var state = saved
    tcsetattr(STDIN_FILENO, TCSADRAIN, &state)
  }

  /// Runs `body` while another thread reads the keys: `interrupt` is called at each Ctrl-C with how many there were; other
  /// keys wait for the next line.
  func watching<Result>(_ interrupt: @escaping @Sendable (Int) -> Void, _ body: () throws -> Result) rethrows -> Result
  {
    let isDone = Flag()
    let typed = Typed()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      var count = 0
      while !isDone.isSet {
        guard let byte = Self.byte(wait: 20) else { continue }
        if byte == 0x03 {
          count += 1
          interrupt(count)
        } else {
          typed.bytes.withLock { $0.append(byte) }
        }
      }
    }
    defer {
      isDone.set()
      group.wait()
      let bytes = typed.bytes.withLock { $0 }
      pending.withLock { $0 += bytes }
    }
    return try body()
  }

  private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    func set() { value.store(true, ordering: .releasing) }
    var isSet: Bool { value.load(ordering: .acquiring) }
  }

  private final class Typed: Sendable { let bytes = Mutex<[UInt8]>([]) }

  /// The next key, or nil where the terminal is gone.
  func next() -> Key? {
    guard let byte = byte() else { return nil }
    switch byte {
    case 0x0D, 0x0A: return .enter
    case 0x7F, 0x08: return .backspace
    case 0x1B: return escape()
    case 0..<0x20: return .control(byte)
    case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
    default:
      // The length of a UTF-8 sequence is in its first byte.
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      var bytes = [byte]
      while bytes.count < length, let more = self.byte() { bytes.append(more) }
      return String(decoding: bytes, as: UTF8.self).first.map { .character($0) } ?? .other
    }
  }

  private func escape() -> Key {
    guard let second = byte(orNilAfter: 50), second == 0x5B || second == 0x4F else { return .other }
    var parameters: [UInt8] = []
    while let byte = byte(orNilAfter: 50), parameters.count < 16 {
      guard (0x40...0x7E).contains(byte) else {
        parameters.append(byte)
        continue
      }
      switch (byte, parameters.first) {
      case (0x41, _): return .up
      case (0x42, _): return .down
      case (0x43, _): return .right
      case (0x44, _): return .left
      case (0x48, _), (0x7E, 0x31), (0x7E, 0x37): return .home
      case (0x46, _), (0x7E, 0x34), (0x7E, 0x38): return .end
      case (0x7E, 0x33): return .delete
      default: return .other
      }
    }
    return .other
  }

  private func byte() -> UInt8? {
    if let byte = waiting() { return byte }
    while true {
      var byte: UInt8 = 0
      let count = read(STDIN_FILENO, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }

  private func byte(orNilAfter milliseconds: Int32) -> UInt8? { waiting() ?? Self.byte(wait: milliseconds) }

  private func waiting() -> UInt8? { pending.withLock { $0.isEmpty ? nil : $0.removeFirst() } }

  private static func byte(wait milliseconds: Int32) -> UInt8? {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0, descriptor.revents & Int16(POLLIN) != 0 else {
      // A terminal that has gone away is always ready.
      if descriptor.revents != 0 { usleep(20_000) }
      return nil
    }
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}
