// SPDX-License-Identifier: Apache-2.0
import FuzzDriver

@testable import IaC

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One folder in memory's file system that every input is written to; with `PLUMB_FUZZ_RUN` set, what parses is evaluated.
private let folder: String? = {
  guard getenv("PLUMB_FUZZ_RUN") != nil else { return nil }
  var template = Array("/dev/shm/plumb-fuzz-XXXXXX".utf8CString)
  guard let made = mkdtemp(&template) else { return nil }
  return String(cString: made)
}()

/// The first byte says what the rest is: native syntax, JSON syntax, a template, a plan or a state.
private func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let all = [UInt8](UnsafeBufferPointer(start: data, count: count))
  guard let kind = all.first else { return 0 }
  let bytes = Array(all.dropFirst())
  DeepStack.run {
    var files = SourceFiles()
    switch kind {
    case UInt8(ascii: "j"): _ = JSONBodies.parse(bytes, file: 0)
    case UInt8(ascii: "t"): _ = try? Parser.template(bytes, file: 0)
    case UInt8(ascii: "p"): _ = try? TerraformPlan.read(bytes, path: "p", files: &files)
    case UInt8(ascii: "s"): _ = try? TerraformState.read(bytes, path: "s", files: &files)
    default: _ = Parser.file(bytes, file: 0)
    }
  }
  guard let folder, let file = fopen("\(folder)/\(kind == UInt8(ascii: "j") ? "a.tf.json" : "a.tf")", "w") else {
    return 0
  }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
  _ = try? TerraformRun.scan(folder)
  unlink("\(folder)/a.tf")
  unlink("\(folder)/a.tf.json")
  return 0
}

fuzz(test)
