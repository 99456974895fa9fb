// SPDX-License-Identifier: Apache-2.0

/// A block with its arguments evaluated.
package struct EvaluatedBlock: Sendable {
  package struct Argument: Sendable {
    package let name: String
    package let value: Value
    /// Where the name stands.
    package let place: Place
    /// What the value was evaluated from.
    package let expression: Expression?
  }

  package struct Nested: Sendable {
    package let type: String
    package let block: EvaluatedBlock
  }

  package var arguments: [Argument] = []
  package var blocks: [Nested] = []
  package let place: Place
  /// Whether it is not known how many of this block there are, if any: it stands for them, with unknown values where
  /// they differ.
  package var isIndeterminate = false

  package init(place: Place) { self.place = place }

  package func argument(_ name: String) -> Argument? { arguments.first { $0.name == name } }
  package func value(_ name: String) -> Value? { argument(name)?.value }
  package func blocks(_ type: String) -> [EvaluatedBlock] { blocks.filter { $0.type == type }.map(\.block) }

  /// Arguments and nested blocks as one object; a type of block becomes a tuple, as references see it.
  ///
  /// - Parameter reference: what attributes belong to that are not there; nil where there can be no others.
  package func object(_ reference: Reference?) -> Value {
    // What others made of a name is told apart by whose name it is.
    var pairs = arguments.map { argument -> (String, Value) in
      guard let reference, let unknown = argument.value.unknown else { return (argument.name, argument.value) }
      let read = unknown.read(from: reference.adding(".\(argument.name)"))
      return (argument.name, Value(.unknown(read), isSensitive: argument.value.isSensitive))
    }
    var types: [String] = []
    for nested in blocks where !types.contains(nested.type) { types.append(nested.type) }
    for type in types {
      let all = blocks(type)
      if all.contains(where: \.isIndeterminate) {
        let elements = all.map { $0.object(nil) }
        pairs.append(
          (
            type,
            .unknown(.any, elements.flatMap(\.sources) + (reference.map { [$0] } ?? []), twin: .elements(elements))
          ))
        continue
      }
      let elements = all.enumerated().map { index, block in
        block.object(reference?.adding(".\(type)[\(index)]"))
      }
      pairs.append((type, Value(tuple: elements)))
    }
    return Value(.object(Members(pairs), rest: reference))
  }

  /// Where the part of an argument stands that a path leads to, as near as the code tells: within literal objects and
  /// lists each part has a place of its own.
  package func place(of path: [Expression.Step]) -> Place {
    guard case .attribute(let name) = path.first else { return place }
    if let argument = argument(name) {
      guard let expression = argument.expression, path.count > 1 else { return argument.place }
      return Self.place(path.dropFirst(), in: expression) ?? argument.place
    }
    let nested = blocks(name)
    var index = 0
    var rest = path.dropFirst()
    if case .index(let number) = rest.first {
      index = number
      rest = rest.dropFirst()
    }
    guard nested.indices.contains(index) else { return place }
    return rest.isEmpty ? nested[index].place : nested[index].place(of: Array(rest))
  }

  private static func place(_ path: ArraySlice<Expression.Step>, in expression: Expression) -> Place? {
    guard let step = path.first else { return expression.place }
    switch (expression, step) {
    case (.parentheses(let inner, _), _), (.wrapped(let inner, _), _): return place(path, in: inner)
    case (.call(let name, let arguments, _, _), _) where name == "jsonencode" || name == "merge":
      for argument in arguments.reversed() {
        if let found = place(path, in: argument) { return found }
      }
      return nil
    case (.tuple(let elements, _), .index(let index)):
      return elements.indices.contains(index)
        ? place(path.dropFirst(), in: elements[index]) ?? elements[index].place : nil
    case (.object(let items, _), .attribute(let key)), (.object(let items, _), .key(let key)):
      guard let item = items.first(where: { ($0.key.keyword ?? $0.key.literalString) == key }) else { return nil }
      guard path.count > 1 else { return item.place }
      return place(path.dropFirst(), in: item.value) ?? item.place
    default: return nil
    }
  }
}

/// Which of the instances of a resource or module.
package enum InstanceKey: Sendable, Hashable {
  case none
  case index(Int)
  case key(String)
  /// It hangs on an unknown value which instances there are: this one stands for them.
  case unknown

  package var text: String {
    switch self {
    case .none: ""
    case .index(let index): "[\(index)]"
    case .key(let key): "[\(key.goQuoted)]"
    case .unknown: "[?]"
    }
  }
}

/// A provider's configuration.
package struct ProviderConfiguration: Sendable {
  package let name: String
  package let alias: String?
  package let body: EvaluatedBlock

  /// Tags that AWS's provider gives to every resource; what labels Google's gives.
  package var defaultTags: Value? {
    body.blocks("default_tags").first?.value("tags") ?? body.value("default_labels")
  }
}

/// One instance of a resource or data source.
package struct EvaluatedResource: Sendable {
  package enum Mode: String, Sendable { case managed, data, ephemeral }

  /// `module.net["eu"].aws_subnet.a[0]`
  package let address: String
  /// The folder of the root module, relative to the scanned folder; the file for plans and states.
  package let root: String
  package let mode: Mode
  package let type: String
  package let name: String
  package let key: InstanceKey
  /// The address of the module that it stands in; empty for the root.
  package let module: String
  package let body: EvaluatedBlock
  package let provider: ProviderConfiguration?
  /// Where its block begins.
  package let place: Place
  /// Where the modules are called that it stands in, from the root down.
  package let callChain: [Place]
  /// Whether it, or a module around it, is there at all hangs on an unknown value, or which instances there are.
  package let isIndeterminate: Bool
  /// `lifecycle { ignore_changes }`: paths, or `*` for all.
  package let ignoredChanges: [String]

  /// The values of its arguments; what is not there is unknown, being the provider's to say.
  package var value: Value { body.object(Reference(mode == .managed ? .resource : .data, address)) }
}

/// What a run could not evaluate, for the coverage report.
package struct TerraformCoverage: Sendable {
  package struct ModuleCall: Sendable, Hashable {
    package let address: String
    package let source: String
    package let reason: String
    package let place: Place
  }
  package struct MissingVariable: Sendable, Hashable {
    package let root: String
    package let name: String
    package let place: Place
  }
  package struct FunctionCall: Sendable, Hashable {
    package let name: String
    package let place: Place
  }

  package var modulesNotExpanded: [ModuleCall] = []
  package var variablesWithoutValue: [MissingVariable] = []
  package var functionsNotEvaluated: [FunctionCall] = []
  /// Folders whose modules nobody calls, each evaluated on its own.
  package var roots: [String] = []
  package var filesRead = 0
}

/// `moved`, `import` and `removed` blocks: what they say of a resource's identity.
package struct IdentityChange: Sendable {
  package enum Kind: String, Sendable { case moved, imported, removed }
  package let kind: Kind
  package let from: String?
  package let to: String?
  /// The id of what is imported.
  package let id: Value?
  package let place: Place
}

/// One root module, evaluated.
package struct EvaluatedRoot: Sendable {
  package let folder: String
  package var resources: [EvaluatedResource] = []
  package var outputs: [(name: String, value: Value)] = []
  package var identityChanges: [IdentityChange] = []
}

/// All that a run found.
package struct TerraformResult: Sendable {
  package var roots: [EvaluatedRoot] = []
  package var diagnostics: [Diagnostic] = []
  package var coverage = TerraformCoverage()
  package var files = SourceFiles()
}
