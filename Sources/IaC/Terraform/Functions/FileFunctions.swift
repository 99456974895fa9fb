// SPDX-License-Identifier: Apache-2.0
internal import KQL

enum FileFunctions {
  static let all: [String: Function] = [
    "file": Function(.string, returns: .string) { args, context throws(FunctionFailure) in
      Value(try text(args[0], context))
    },
    "filebase64": Function(.string, returns: .string) { args, context throws(FunctionFailure) in
      Value(Base64.encode(try read(args[0], context)))
    },
    "fileexists": Function(.string, returns: .bool) { args, context throws(FunctionFailure) in
      guard let files = context.resolver?.files else { throw FunctionFailure("no files can be read here") }
      return Value(try files.exists(try StringFunctions.string(args[0])))
    },
    "fileset": Function(.string, .string, returns: .set(.string)) { args, context throws(FunctionFailure) in
      guard let files = context.resolver?.files else { throw FunctionFailure("no files can be read here") }
      let names = try files.matching(try StringFunctions.string(args[1]), in: try StringFunctions.string(args[0]))
      return .set(names.map { Value($0) }, of: .string)
    },
    "abspath": Function(.string, returns: .string) { args, context throws(FunctionFailure) in
      guard let files = context.resolver?.files else { throw FunctionFailure("no files can be read here") }
      return Value(files.absolute(try StringFunctions.string(args[0])))
    },
    // The home folder of whoever applies the code.
    "pathexpand": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      let path = try StringFunctions.string(args[0])
      return path.hasPrefix("~") ? .unknown(.string, [Reference(.function, "pathexpand()")]) : Value(path)
    },
    "basename": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      let path = try StringFunctions.string(args[0])
      if path.isEmpty { return Value(".") }
      return Value(path.split(separator: "/").last.map { String($0) } ?? "/")
    },
    "dirname": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      let path = try StringFunctions.string(args[0])
      guard let slash = path.lastIndex(of: "/") else { return Value(".") }
      return Value(FilePaths.clean(String(path[...slash])))
    },
    "templatefile": Function(.string, .raw, returns: .any) { args, context throws(FunctionFailure) in
      let path = try StringFunctions.string(args[0])
      return try template(Array(try text(args[0], context).utf8), path, args[1], context)
    },
    "templatestring": Function(.string, .raw, returns: .any) { args, context throws(FunctionFailure) in
      try template(Array(try StringFunctions.string(args[0]).utf8), "templatestring()", args[1], context)
    },
  ]

  static func read(_ path: Value, _ context: FunctionContext) throws(FunctionFailure) -> [UInt8] {
    guard let files = context.resolver?.files else { throw FunctionFailure("no files can be read here") }
    return try files.read(try StringFunctions.string(path))
  }

  private static func text(_ path: Value, _ context: FunctionContext) throws(FunctionFailure) -> String {
    guard let text = String(validating: try read(path, context), as: UTF8.self) else {
      throw FunctionFailure("the file is no UTF-8 text; filebase64() reads others")
    }
    return text
  }

  private static func template(
    _ bytes: [UInt8], _ path: String, _ variables: Value, _ context: FunctionContext
  ) throws(FunctionFailure) -> Value {
    guard let members = variables.members else {
      if !variables.isWhollyKnown { return .unknown(.any, variables.sources) }
      throw FunctionFailure("the variables must be a map or object")
    }
    do throws(Diagnostic) {
      let expression = try Parser.template(bytes, file: context.resolver?.number(ofFile: path) ?? 0)
      var scope = Scope.empty
      scope.resolver = context.resolver.map { TemplateResolver($0) }
      scope.names = members.entries.map { ($0.key, $0.value) }
      return try context.evaluator.with(scope).value(expression).marked(variables.isSensitive)
    } catch {
      throw FunctionFailure(
        "in the template, \(error.place.map { "line \($0.line): " } ?? "")\(error.message)", code: error.code)
    }
  }

  /// Within a template only its own variables can be referred to.
  private final class TemplateResolver: ReferenceResolver {
    private let outer: any ReferenceResolver

    init(_ outer: any ReferenceResolver) { self.outer = outer }

    var files: FileAccess { outer.files }
    var budget: Budget { outer.budget }
    func number(ofFile path: String) -> UInt32 { outer.number(ofFile: path) }
    func note(functionNotEvaluated name: String, at place: Place) { outer.note(functionNotEvaluated: name, at: place) }

    func resolve(
      _ root: String, _ steps: [Expression.Step], at place: Place
    ) throws(Diagnostic) -> (value: Value, used: Int) {
      throw Diagnostic(.undeclared, "the variable '\(root)' is not passed to the template", at: place)
    }
  }
}
