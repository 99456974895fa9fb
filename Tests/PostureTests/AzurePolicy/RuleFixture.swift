// SPDX-License-Identifier: Apache-2.0
import Content
import JSON

@testable import Posture

/// Short ways to write a rule, a resource, and what comes of them.
enum RuleFixture {
  static let aliases = try? AliasCatalog.embedded(ContentLibrary())

  static func value(_ text: String) throws -> JSONValue { try JSONDocument.parse(text).root }

  /// A definition with this `if`; paths into the document serve as fields.
  static func compile(
    if condition: String, then: String = #"{"effect": "audit"}"#, parameters: String = "{}",
    given: [String: String] = [:], allowsPaths: Bool = true, aliases: AliasCatalog? = nil
  ) throws -> CompiledPolicy {
    let text = #"{"parameters": \#(parameters), "policyRule": {"if": \#(condition), "then": \#(then)}}"#
    let definition = try PolicyDefinition.read(value(text), file: "rule.json")
    var options = PolicyCompiler.Options()
    options.allowsPaths = allowsPaths
    let compiler = PolicyCompiler(aliases: aliases ?? Self.aliases ?? .convention, options: options)
    return try compiler.compile(definition, parameters: given.mapValues { try value($0) })
  }

  static func context() throws -> PolicyContext {
    var context = PolicyContext()
    context.resourceGroup = try value(#"{"name": "rg", "location": "westeurope", "tags": {"env": "prod"}}"#)
    context.subscription = try value(#"{"subscriptionId": "s1"}"#)
    context.requestContext = try value(#"{"apiVersion": "2024-01-01"}"#)
    context.now = 1_700_000_000
    return context
  }

  static func verdict(
    _ condition: String, _ resource: String, parameters: String = "{}", given: [String: String] = [:]
  ) throws -> PolicyVerdict {
    let policy = try compile(if: condition, parameters: parameters, given: given)
    return try PolicyEvaluator(context: context()).judge(policy, PolicySubject(value(resource))).verdict
  }
}
