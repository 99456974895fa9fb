// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file mapped into memory for reading.
///
/// Safe to share: the mapping is never written to and lives until the last reference is gone. Extents are not changed
/// after they are made; they are replaced by new files.
final class MappedFile: @unchecked Sendable {
  /// Whoever reads these keeps the file: they are gone with its last reference.
  let bytes: UnsafeRawBufferPointer
  /// The file that this is a part of and whose memory it reads.
  private let whole: MappedFile?

  /// A part of a file as a file of its own.
  init(_ range: Range<Int>, of whole: MappedFile) {
    bytes = UnsafeRawBufferPointer(rebasing: whole.bytes[range])
    self.whole = whole
  }

  init(path: String) throws(KQLError) {
    whole = nil
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw KQLError(.data, "\(path) cannot be opened") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw KQLError(.data, "\(path) cannot be read") }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), address != MAP_FAILED else {
      throw KQLError(.data, "\(path) cannot be mapped into memory")
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  /// Lets go of the memory of a part that was read and is not read again; it would be read from the file anew.
  func release(_ range: Range<Int>) {
    let page = 4096
    let start = range.lowerBound / page * page
    guard let address = bytes.baseAddress, start < range.upperBound else { return }
    madvise(UnsafeMutableRawPointer(mutating: address + start), range.upperBound - start, MADV_DONTNEED)
  }

  deinit {
    if whole == nil, let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
  }
}
