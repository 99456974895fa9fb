// SPDX-License-Identifier: Apache-2.0
package import Content

/// Evaluates CloudFormation templates, and what SAM and the CDK make of their own, into resources.
///
///     let templates = try CloudFormation(content)
///     if let estate = templates.evaluate(bytes, path: "stack.yaml") { ... }
package struct CloudFormation: Sendable {
  /// Nested stacks below one another.
  static let nestingLimit = 10

  let identities: ResourceIdentities
  let merges: Merges

  package init(_ content: ContentLibrary) throws(ContentError) {
    identities = try ResourceIdentities(content)
    merges = try Merges(content, folder: "mappings/cloudformation")
  }

  /// What a run is told from outside.
  package struct Options: Sendable {
    /// Values of parameters of the outermost template.
    package var parameters: [String: String] = [:]
    package var region = "us-east-1"
    package init() {}
  }

  /// - Parameters:
  ///   - shown: the path of a nested template as people are to be told.
  ///   - read: gives the bytes of a file beside the template; nil where there is none or it lies outside.
  /// - Returns: nil where the document is no template.
  package func evaluate(
    _ root: CodeNode, path: String, options: Options = Options(), shown: @escaping (String) -> String = { $0 },
    read: @escaping (String) -> [UInt8]?
  ) -> CodeEstate? {
    guard Template.isTemplate(root) else { return nil }
    var estate = CodeEstate()
    let given = options.parameters.mapValues { CodeNode(.string($0), at: root.place) }
    var run = Run(self, options, shown, read)
    let resources = run.stack(root, path: path, name: "stack", given: given, prefix: "", chain: []).resources
    estate.resources = merges.merged(resources)
    estate.gaps = run.gaps
    estate.errors = run.errors
    return estate
  }

  /// The state of one evaluation.
  struct Run {
    let owner: CloudFormation
    let options: Options
    let shown: (String) -> String
    let read: (String) -> [UInt8]?
    var gaps: [CodeGap] = []
    var errors: [CodeError] = []

    init(
      _ owner: CloudFormation, _ options: Options, _ shown: @escaping (String) -> String,
      _ read: @escaping (String) -> [UInt8]?
    ) {
      self.shown = shown
      self.owner = owner
      self.options = options
      self.read = read
    }

    /// Resources and outputs of one template and of those nested in it.
    mutating func stack(
      _ root: CodeNode, path: String, name: String, given: [String: CodeNode], prefix: String, chain: [CodePlace]
    ) -> (resources: [CodeResource], outputs: [String: CodeNode]) {
      let template: Template
      do {
        var parsed = try Template(root, path: path)
        if parsed.isServerless { parsed = try Template(Serverless.expanded(parsed), path: path) }
        template = parsed
      } catch {
        errors.append(error)
        return ([], [:])
      }
      for macro in template.transforms where !macro.hasPrefix("AWS::Serverless-") && macro != "AWS::LanguageExtensions"
      {
        gaps.append(CodeGap(.function, macro, "macros run when the stack is deployed", at: root.place))
      }
      let context = StackContext(region: options.region, stack: name)
      let stack = Stack(template, context, owner.identities, given: given)
      for parameter in template.parameters {
        guard let unknown = stack.reference(parameter.key, at: parameter.place)?.unknown else { continue }
        gaps.append(CodeGap(.variable, parameter.key, unknown.reason, at: parameter.place))
      }

      var members: [CodeMember] = []
      for member in template.resources {
        if member.key.hasPrefix("Fn::ForEach::") {
          members += stack.loop(member, 0) { [$0] }
        } else {
          members.append(member)
        }
      }
      var made: [CodeResource] = []
      // Nested stacks first: others may refer to their outputs.
      for member in members where Self.isNested(member.node) {
        guard isWanted(member, stack) else { continue }
        let inner = nested(member, stack, path: path, prefix: prefix, chain: chain)
        stack.nested[member.key] = inner.outputs
        made += inner.resources
      }
      for member in members where !Self.isNested(member.node) && isWanted(member, stack) {
        if let resource = resource(member, stack, prefix: prefix, chain: chain) { made.append(resource) }
      }
      var outputs: [String: CodeNode] = [:]
      for member in template.outputs {
        if let value = member.node["Value"] { outputs[member.key] = stack.resolve(value) }
      }
      return (made, outputs)
    }

    private static func isNested(_ node: CodeNode) -> Bool {
      node["Type"]?.string == "AWS::CloudFormation::Stack" || node["Type"]?.string == "AWS::Serverless::Application"
    }

    /// Whether the resource is made; one whose condition is open is judged as if it were.
    private func isWanted(_ member: CodeMember, _ stack: Stack) -> Bool {
      guard let name = member.node["Condition"]?.string else { return true }
      if case .known(false) = stack.condition(name, at: member.place) { return false }
      return true
    }

    private mutating func nested(
      _ member: CodeMember, _ outer: Stack, path: String, prefix: String, chain: [CodePlace]
    ) -> (resources: [CodeResource], outputs: [String: CodeNode]) {
      let properties = member.node["Properties"].flatMap { outer.resolve($0) }
      let location = (properties?["TemplateURL"] ?? properties?["Location"])?.string
      guard chain.count < CloudFormation.nestingLimit else {
        errors.append(CodeError("stacks are nested deeper than \(CloudFormation.nestingLimit)", at: member.place))
        return ([], [:])
      }
      guard let location, !location.contains("://"), let bytes = read(CodePath.join(path, location)) else {
        gaps.append(
          CodeGap(
            .module, member.key, "the template '\(location ?? "?")' is not in the scanned folder", at: member.place))
        return ([], [:])
      }
      let file = CodePath.join(path, location)
      let root: CodeNode
      do {
        root = try CodeText.read(bytes, path: shown(file))
      } catch {
        errors.append(error)
        return ([], [:])
      }
      var given: [String: CodeNode] = [:]
      for parameter in properties?["Parameters"]?.members ?? [] { given[parameter.key] = parameter.node }
      return stack(
        root, path: file, name: member.key, given: given, prefix: "\(prefix)\(member.key).",
        chain: chain + [member.place])
    }

    private mutating func resource(
      _ member: CodeMember, _ stack: Stack, prefix: String, chain: [CodePlace]
    ) -> CodeResource? {
      guard let type = member.node["Type"]?.string, type.contains("::") else {
        errors.append(CodeError("the resource '\(member.key)' has no type", at: member.place))
        return nil
      }
      let written = member.node["Properties"] ?? CodeNode(.map([]), at: member.place)
      var properties = stack.resolve(written) ?? CodeNode(.map([]), at: member.place)
      if properties.isNull { properties = CodeNode(.map([]), at: written.place) }
      let name = stack.name(of: member.key)
      let arn = owner.identities.arn(name, type: type, stack.context)
      if let identity = owner.identities[type] {
        for (key, value) in [(identity.name, name), (identity.arnIn, arn)] {
          guard let key, properties[key] == nil || properties[key]?.unknown != nil else { continue }
          properties.set([key], CodeNode(.string(value), at: member.place))
        }
      }
      var handles = [name, arn]
      if let text = stack.reference(member.key, at: member.place)?.string, !handles.contains(text) {
        handles.append(text)
      }
      var body = CodeNode(.map([]), at: member.place)
      body.set(["properties"], properties)
      body.set(["name"], CodeNode(.string(name), at: member.place))
      body.set(["location"], CodeNode(.string(stack.context.region), at: member.place))
      body.set(["subscriptionId"], CodeNode(.string(stack.context.account), at: member.place))
      if let tags = properties["Tags"] { body.set(["tags"], Self.tags(tags)) }
      var resource = CodeResource(
        source: .cloudformation, address: "\(prefix)\(type).\(member.key)", type: type.lowercased(), cloud: "aws",
        id: arn, handles: handles, place: member.place, chain: chain, body: body)
      resource.settled = owner.merges.settled(of: resource.type)
      resource.metadata = member.node["Metadata"]
      return resource
    }

    /// `[{Key, Value}]` or `{key: value}` as a bag.
    private static func tags(_ node: CodeNode) -> CodeNode {
      guard case .list(let items) = node.value else { return node }
      let members = items.compactMap { item -> CodeMember? in
        guard let key = item["Key"]?.scalar, let value = item["Value"] else { return nil }
        return CodeMember(key, value, at: item.place)
      }
      return CodeNode(.map(members), at: node.place)
    }
  }
}

extension Stack {
  /// The name that a resource of the template goes by: what its name property says, else its logical id.
  func name(of logicalId: String) -> String {
    guard let property = types[logicalId].flatMap({ identities[$0]?.name }), !naming.contains(logicalId),
      let written = template.resources.first(where: { $0.key == logicalId })?.node["Properties"]?[property]
    else { return logicalId }
    naming.insert(logicalId)
    defer { naming.remove(logicalId) }
    return resolve(written)?.scalar ?? logicalId
  }
}

/// Paths inside the scanned folder, with `/` between their parts.
enum CodePath {
  /// `other` as seen from the file at `path`: `a/b.yaml` and `../c.yaml` give `c.yaml`. What leads out of the folder
  /// keeps its `..`, which readers refuse.
  static func join(_ path: String, _ other: String) -> String {
    var parts = other.hasPrefix("/") ? [] : path.split(separator: "/").dropLast().map(String.init)
    for part in other.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        if parts.isEmpty || parts.last == ".." { parts.append("..") } else { parts.removeLast() }
      default: parts.append(String(part))
      }
    }
    return (other.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

/// A file of structured text.
enum CodeText {
  /// Reads JSON or YAML, whichever the text is.
  static func read(_ bytes: [UInt8], path: String) throws(CodeError) -> CodeNode {
    let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 < 0x80 }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    return isJSON ? try CodeJSON.read(bytes, path: path) : try CodeYAML.read(bytes, path: path)
  }
}
