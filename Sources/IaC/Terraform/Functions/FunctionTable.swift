// SPDX-License-Identifier: Apache-2.0

/// Why a function cannot give a value.
struct FunctionFailure: Error {
  let message: String
  var code = Diagnostic.Code.evaluation

  init(_ message: String, code: Diagnostic.Code = .evaluation) {
    self.message = message
    self.code = code
  }
}

/// One argument of a function.
struct Parameter: Sendable {
  enum Need: Sendable {
    /// The value itself must be known for the function to be evaluated.
    case known
    /// All parts of it must be.
    case whollyKnown
    /// The function looks at unknown values itself.
    case anything
  }

  var type = ValueType.any
  var need = Need.known
  var allowsNull = false
  /// Whether the function sees marks; otherwise they are taken off and the result is marked as a whole.
  var keepsMarks = false

  static let string = Parameter(type: .string)
  static let number = Parameter(type: .number)
  static let bool = Parameter(type: .bool)
  /// Any value whose own kind is known.
  static let any = Parameter()
  /// Any value of which all is known.
  static let whole = Parameter(need: .whollyKnown)
  /// Any value whatever.
  static let raw = Parameter(need: .anything, allowsNull: true, keepsMarks: true)
  /// A collection that the function goes through, marks of elements and all.
  static let open = Parameter(keepsMarks: true)

  static func list(_ element: ValueType, _ need: Need = .whollyKnown) -> Parameter {
    Parameter(type: .list(element), need: need)
  }
}

/// What a function works with besides its arguments.
struct FunctionContext {
  let place: Place
  let evaluator: Evaluator

  var resolver: (any ReferenceResolver)? { evaluator.scope.resolver }
}

struct Function: Sendable {
  typealias Body = @Sendable ([Value], FunctionContext) throws(FunctionFailure) -> Value

  let parameters: [Parameter]
  let rest: Parameter?
  /// How many of the parameters may be left out.
  let optional: Int
  /// The type of the result, as far as it does not hang on the arguments.
  let returns: ValueType
  let body: Body

  init(
    _ parameters: Parameter..., rest: Parameter? = nil, optional: Int = 0, returns: ValueType,
    body: @escaping Body
  ) {
    self.parameters = parameters
    self.rest = rest
    self.optional = optional
    self.returns = returns
    self.body = body
  }
}

enum FunctionTable {
  /// Every function by name; `try` and `can` are the evaluator's own.
  static let all: [String: Function] = {
    var table: [String: Function] = [:]
    for family in [
      NumericFunctions.all, StringFunctions.all, FormatFunctions.all, CollectionFunctions.all, SetFunctions.all,
      EncodingFunctions.all, DigestFunctions.all, DateFunctions.all, NetworkFunctions.all, FileFunctions.all,
      TypeFunctions.all,
    ] {
      table.merge(family) { first, _ in first }
    }
    return table
  }()

  static func call(
    _ name: String, _ arguments: [Value], _ place: Place, _ evaluator: Evaluator
  ) throws(Diagnostic) -> Value {
    let plain = name.hasPrefix("core::") ? String(name.dropFirst(6)) : name
    guard let function = all[plain] else {
      if name.hasPrefix("provider::") {
        evaluator.scope.resolver?.note(functionNotEvaluated: name, at: place)
        return .unknown(.any, [Reference(.function, "\(name)()")] + arguments.flatMap(\.sources))
      }
      let hint = Diagnostic.suggestion(plain, Array(all.keys) + ["try", "can"])
      throw Diagnostic(.undeclared, "there is no function '\(name)'\(hint)", at: place)
    }
    do throws(FunctionFailure) {
      return try apply(function, arguments, FunctionContext(place: place, evaluator: evaluator))
    } catch {
      throw Diagnostic(error.code, "\(name)(): \(error.message)", at: place)
    }
  }

  private static func apply(
    _ function: Function, _ arguments: [Value], _ context: FunctionContext
  ) throws(FunctionFailure) -> Value {
    let least = function.parameters.count - function.optional
    guard arguments.count >= least, function.rest != nil || arguments.count <= function.parameters.count else {
      let wanted =
        function.rest != nil
        ? "at least \(least)"
        : least == function.parameters.count
          ? "\(least)" : "\(least) to \(function.parameters.count)"
      throw FunctionFailure("takes \(wanted) arguments, not \(arguments.count)")
    }
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    var marked = false
    var unknown: [Reference]?
    for (index, argument) in arguments.enumerated() {
      guard let parameter = index < function.parameters.count ? function.parameters[index] : function.rest else {
        break
      }
      var value = argument
      if !parameter.keepsMarks, value.isSensitiveWithin {
        value = value.unmarked
        marked = true
      }
      if value.isNull, !parameter.allowsNull {
        throw FunctionFailure("argument \(index + 1) must not be null")
      }
      do {
        value = try value.converted(to: parameter.type)
      } catch {
        throw FunctionFailure("argument \(index + 1): \(error.text)")
      }
      switch parameter.need {
      case .anything: break
      case .known:
        var isOpen = false
        if case .object(_, .some) = value.content { isOpen = true }
        if !value.isKnown || isOpen { unknown = (unknown ?? []) + value.sources }
      case .whollyKnown: if !value.isWhollyKnown { unknown = (unknown ?? []) + value.sources }
      }
      if parameter.keepsMarks, unknown != nil { marked = marked || value.isSensitive }
      values.append(value)
    }
    if let unknown { return Value.unknown(function.returns, unknown).marked(marked) }
    return try function.body(values, context).marked(marked)
  }
}
