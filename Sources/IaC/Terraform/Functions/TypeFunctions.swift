// SPDX-License-Identifier: Apache-2.0

enum TypeFunctions {
  static let all: [String: Function] = [
    "tostring": conversion(.string),
    "tonumber": conversion(.number),
    "tobool": conversion(.bool),
    "tolist": conversion(.list(.any)),
    "toset": conversion(.set(.any)),
    "tomap": conversion(.map(.any)),
    "sensitive": Function(.raw, returns: .any) { args, _ in args[0].marked() },
    "nonsensitive": Function(.raw, returns: .any) { args, _ in Value(args[0].content) },
    "issensitive": Function(.raw, returns: .bool) { args, _ in
      if args[0].isSensitive { return Value(true) }
      // An unknown value may turn out to be sensitive.
      return args[0].isKnown ? Value(false) : .unknown(.bool, args[0].sources)
    },
    "ephemeralasnull": Function(.raw, returns: .any) { args, _ in args[0] },
    "type": Function(.raw, returns: .any) { args, context in
      context.resolver?.note(functionNotEvaluated: "type", at: context.place)
      return .unknown(.any, [Reference(.function, "type()")])
    },
  ]

  private static func conversion(_ type: ValueType) -> Function {
    Function(.raw, returns: type) { args, _ throws(FunctionFailure) in
      do throws(ConversionFailure) {
        return try args[0].converted(to: type)
      } catch {
        throw FunctionFailure(error.text)
      }
    }
  }
}
