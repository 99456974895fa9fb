// SPDX-License-Identifier: Apache-2.0

enum FormatFunctions {
  static let all: [String: Function] = [
    "format": Function(.string, rest: argument, returns: .string) { args, _ throws(FunctionFailure) in
      try format(try StringFunctions.string(args[0]), Array(args.dropFirst()))
    },
    "formatlist": Function(.string, rest: argument, returns: .list(.string)) { args, _ throws(FunctionFailure) in
      let text = try StringFunctions.string(args[0])
      var count: Int?
      for arg in args.dropFirst() {
        if let unknown = arg.unknown {
          switch unknown.type {
          case .list, .set, .tuple, .any: return .unknown(.list(.string), args.flatMap(\.sources))
          default: continue
          }
        }
        guard let elements = arg.elements else { continue }
        if let count, count != elements.count {
          throw FunctionFailure("the lists have \(count) and \(elements.count) elements; they must be as long")
        }
        count = elements.count
      }
      var formatted: [Value] = []
      for index in 0..<(count ?? 1) {
        formatted.append(try format(text, args.dropFirst().map { $0.elements.map { $0[index] } ?? $0 }))
      }
      return Value(.list(formatted, of: .string))
    },
  ]

  private static let argument = Parameter(need: .anything, allowsNull: true)

  /// One `%` of a format: flags, width, precision, the argument it takes and its letter.
  private struct Verb {
    var sharp = false
    var zero = false
    var minus = false
    var plus = false
    var space = false
    var width: Int?
    var precision: Int?
    var letter: Unicode.Scalar = "v"

    func padded(_ text: String) -> String {
      let missing = (width ?? 0) - text.count
      guard missing > 0 else { return text }
      if minus { return text + String(repeating: " ", count: missing) }
      return String(repeating: zero ? "0" : " ", count: missing) + text
    }

    /// A number's digits with its sign; zeros go between them.
    func padded(number text: String) -> String {
      var digits = Substring(text)
      var sign = ""
      if digits.first == "-" {
        sign = "-"
        digits = digits.dropFirst()
      } else if plus {
        sign = "+"
      } else if space {
        sign = " "
      }
      let missing = (width ?? 0) - digits.count - sign.count
      guard missing > 0 else { return sign + digits }
      if minus { return sign + digits + String(repeating: " ", count: missing) }
      if zero { return sign + String(repeating: "0", count: missing) + digits }
      return String(repeating: " ", count: missing) + sign + digits
    }
  }

  static func format(_ text: String, _ arguments: [Value]) throws(FunctionFailure) -> Value {
    var output = TemplateOutput()
    let scalars = Array(text.unicodeScalars)
    var at = 0
    var next = 0
    var used = 0
    while at < scalars.count {
      guard scalars[at] == "%" else {
        var plain = String.UnicodeScalarView()
        while at < scalars.count, scalars[at] != "%" {
          plain.append(scalars[at])
          at += 1
        }
        output.append(String(plain))
        continue
      }
      at += 1
      var verb = Verb()
      flags: while at < scalars.count {
        switch scalars[at] {
        case "#": verb.sharp = true
        case "0": verb.zero = true
        case "-": verb.minus = true
        case "+": verb.plus = true
        case " ": verb.space = true
        default: break flags
        }
        at += 1
      }
      func digits() -> Int? {
        var value: Int?
        while at < scalars.count,
          let digit = scalars[at].properties.numericType.map({ _ in scalars[at].value &- 0x30 }),
          digit < 10, (value ?? 0) < 100_000
        {
          value = (value ?? 0) * 10 + Int(digit)
          at += 1
        }
        return value
      }
      verb.width = digits()
      if at < scalars.count, scalars[at] == "." {
        at += 1
        verb.precision = digits() ?? 0
      }
      guard (verb.width ?? 0) < 100_000, (verb.precision ?? 0) < 100_000 else {
        throw FunctionFailure("the width is too large")
      }
      if at < scalars.count, scalars[at] == "[" {
        at += 1
        guard let index = digits(), index > 0, at < scalars.count, scalars[at] == "]" else {
          throw FunctionFailure("'%[' needs the number of an argument and ']'")
        }
        at += 1
        next = index - 1
      }
      guard at < scalars.count else { throw FunctionFailure("the format ends within a '%'") }
      verb.letter = scalars[at]
      at += 1
      if verb.letter == "%" {
        output.append("%")
        continue
      }
      guard arguments.indices.contains(next) else {
        throw FunctionFailure("not enough arguments: '%\(verb.letter)' takes argument \(next + 1)")
      }
      let argument = arguments[next]
      next += 1
      used = max(used, next)
      if !argument.isWhollyKnown {
        output.append(.unknown(.string, argument.sources, twin: argument.unknown?.twin))
      } else {
        output.append(try write(argument, verb))
      }
    }
    guard used >= arguments.count else {
      throw FunctionFailure("too many arguments: the format uses \(used) of \(arguments.count)")
    }
    return output.value
  }

  private static func write(_ argument: Value, _ verb: Verb) throws(FunctionFailure) -> String {
    func convert(_ type: ValueType) throws(FunctionFailure) -> Value {
      do {
        let converted = try argument.converted(to: type)
        if !converted.isNull { return converted }
      } catch {
        throw FunctionFailure("'%\(verb.letter)': \(error.text)")
      }
      throw FunctionFailure("'%\(verb.letter)' takes no null")
    }
    switch verb.letter {
    case "v":
      if !verb.sharp, let string = argument.string { return verb.padded(string) }
      if !verb.sharp, let number = argument.number { return verb.padded(number.general(digits: nil)) }
      return verb.padded(argument.jsonEncoded)
    case "t":
      return try convert(.bool).bool == true ? "true" : "false"
    case "s", "q":
      var string = try StringFunctions.string(try convert(.string))
      if let precision = verb.precision { string = String(string.prefix(precision)) }
      return verb.padded(verb.letter == "q" ? Value(string).jsonEncoded : string)
    case "b", "d", "o", "x", "X", "e", "E", "f", "F", "g", "G":
      return try write(try NumericFunctions.number(try convert(.number)), verb)
    default: throw FunctionFailure("there is no '%\(verb.letter)'")
    }
  }

  private static func write(_ number: Number, _ verb: Verb) throws(FunctionFailure) -> String {
    let bases: [Unicode.Scalar: UInt32] = ["b": 2, "d": 10, "o": 8, "x": 16, "X": 16]
    if let base = bases[verb.letter] {
      guard number.isInteger else { throw FunctionFailure("'%\(verb.letter)' takes a whole number") }
      var digits = String(decoding: number.naturalPart.digits(base: base), as: UTF8.self)
      if verb.letter == "X" { digits = digits.uppercased() }
      if let precision = verb.precision, digits.count < precision {
        digits = String(repeating: "0", count: precision - digits.count) + digits
      }
      if verb.sharp {
        let prefixes: [Unicode.Scalar: String] = ["b": "0b", "o": "0", "x": "0x", "X": "0X"]
        digits = (prefixes[verb.letter] ?? "") + digits
      }
      return verb.padded(number: number.sign < 0 ? "-" + digits : digits)
    }
    let text =
      switch verb.letter {
      case "e", "E": number.scientific(decimals: verb.precision ?? 6)
      case "f", "F": number.fixed(decimals: verb.precision ?? 6)
      default: number.general(digits: verb.precision)
      }
    let isCapital = verb.letter == "E" || verb.letter == "G"
    return verb.padded(number: isCapital ? text.uppercased() : text)
  }
}
