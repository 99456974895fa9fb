// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON
internal import KQL

enum DigestFunctions {
  enum Kind: String, CaseIterable {
    case md5, sha1, sha256, sha512

    func digest(_ bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .md5: Array(Insecure.MD5.hash(data: bytes))
      case .sha1: Array(Insecure.SHA1.hash(data: bytes))
      case .sha256: Array(SHA256.hash(data: bytes))
      case .sha512: Array(SHA512.hash(data: bytes))
      }
    }
  }

  static let all: [String: Function] = {
    var table: [String: Function] = [
      "uuid": FunctionTable.unpredictable("uuid", .string),
      "bcrypt": FunctionTable.unpredictable("bcrypt", .string),
      "rsadecrypt": FunctionTable.unpredictable("rsadecrypt", .string),
      "uuidv5": Function(.string, .string, returns: .string) { args, _ throws(FunctionFailure) in
        let (space, name) = (try StringFunctions.string(args[0]), try StringFunctions.string(args[1]))
        guard let prefix = namespace(space) else {
          throw FunctionFailure("the namespace must be dns, url, oid, x500 or a UUID")
        }
        // RFC 9562, version 5
        var bytes = Array(Kind.sha1.digest(prefix + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = JSONDigest.hex(bytes)
        var parts: [Substring] = []
        var rest = hex[...]
        for count in [8, 4, 4, 4, 12] {
          parts.append(rest.prefix(count))
          rest = rest.dropFirst(count)
        }
        return Value(parts.joined(separator: "-"))
      },
    ]
    for kind in Kind.allCases {
      table[kind.rawValue] = Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
        Value(JSONDigest.hex(kind.digest(Array(try StringFunctions.string(args[0]).utf8))))
      }
      table["file" + kind.rawValue] = Function(.string, returns: .string) { args, context throws(FunctionFailure) in
        Value(JSONDigest.hex(kind.digest(try FileFunctions.read(args[0], context))))
      }
    }
    for kind in [Kind.sha256, .sha512] {
      table["base64" + kind.rawValue] = Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
        Value(Base64.encode(kind.digest(Array(try StringFunctions.string(args[0]).utf8))))
      }
      table["filebase64" + kind.rawValue] = Function(.string, returns: .string) {
        args, context throws(FunctionFailure) in
        Value(Base64.encode(kind.digest(try FileFunctions.read(args[0], context))))
      }
    }
    return table
  }()

  /// The bytes of a namespace: those of RFC 9562, appendix A, by name.
  private static func namespace(_ name: String) -> [UInt8]? {
    let known = ["dns": "0", "url": "1", "oid": "2", "x500": "4"]
    let text = known[name].map { "6ba7b81\($0)-9dad-11d1-80b4-00c04fd430c8" } ?? name
    let digits = text.utf8.filter { $0 != 0x2D }
    guard digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for at in stride(from: 0, to: 32, by: 2) {
      guard let byte = UInt8(String(decoding: digits[at..<(at + 2)], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

extension FunctionTable {
  /// A function whose result hangs on the time, on chance or on secrets.
  static func unpredictable(_ name: String, _ type: ValueType) -> Function {
    Function(rest: Parameter(need: .anything, allowsNull: true), returns: type) { args, _ in
      .unknown(type, [Reference(.function, "\(name)()")] + args.flatMap(\.sources))
    }
  }
}
