// SPDX-License-Identifier: Apache-2.0
package import Content

/// Evaluates all code of a folder, whatever it is written in.
package struct CodeReader: Sendable {
  private let templates: CloudFormation
  let terraformMappings: TerraformMappings

  package init(_ content: ContentLibrary) throws(ContentError) {
    templates = try CloudFormation(content)
    terraformMappings = try TerraformMappings(content)
  }

  package func evaluate(
    _ folder: CodeFolder, options: CloudFormation.Options = .init(), terraform: TerraformOptions = .init()
  ) -> CodeEstate {
    var estate = evaluate(folder.files, shown: folder.shown, options: options) { folder.read($0) }
    let other = self.terraform(folder, options: terraform, region: options.region)
    estate.resources += other.resources
    estate.gaps += other.gaps
    estate.errors += other.errors
    return estate
  }

  /// - Parameters:
  ///   - files: paths below one folder.
  ///   - shown: the path of a file as people are to be told.
  ///   - read: the bytes of a file of the folder; nil where there is none.
  package func evaluate(
    _ files: [String], shown: @escaping (String) -> String, options: CloudFormation.Options = .init(),
    read: @escaping (String) -> [UInt8]?
  ) -> CodeEstate {
    var estate = CodeEstate()
    var roots: [(file: String, node: CodeNode)] = []
    for file in files where Self.mayBeTemplate(file) && !Self.isTerraform(file) {
      guard let bytes = read(file) else { continue }
      if file.hasSuffix(".json"), let plan = plan(bytes, path: shown(file), region: options.region) {
        estate.resources += plan.resources
        estate.gaps += plan.gaps
        estate.errors += plan.errors
        continue
      }
      guard Self.looksLikeTemplate(bytes) else { continue }
      do throws(CodeError) {
        roots.append((file, try CodeText.read(bytes, path: shown(file))))
      } catch {
        estate.errors.append(error)
      }
    }
    estate.gaps += Self.unread(files, shown)
    // A template that another one deploys is judged with the values it is given there.
    var calls: [String: [String]] = [:]
    for (file, node) in roots {
      for resource in node["Resources"]?.members ?? [] {
        let type = resource.node["Type"]?.string
        guard type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application" else { continue }
        let properties = resource.node["Properties"]
        guard let url = (properties?["TemplateURL"] ?? properties?["Location"])?.string else { continue }
        calls[file, default: []].append(CodePath.join(file, url))
      }
    }
    let nested = Set(calls.values.joined())
    var reached: Set<String> = []
    func reach(_ start: String) {
      var open = [start]
      while let file = open.popLast() {
        if reached.insert(file).inserted { open += calls[file] ?? [] }
      }
    }
    for (file, _) in roots where !nested.contains(file) { reach(file) }
    for (file, node) in roots where !nested.contains(file) || !reached.contains(file) {
      // Of templates that deploy each other in a circle the first stands for all.
      reach(file)
      let made =
        templates.evaluate(node, path: file, options: options, shown: shown, read: read)
        ?? ARMTemplates.evaluate(node, path: file, parameters: options.parameters, shown: shown, read: read)
      guard let made else { continue }
      estate.resources += made.resources
      estate.gaps += made.gaps
      estate.errors += made.errors
    }
    return estate
  }

  /// Code that lies in the folder and is not judged, told once for each language.
  private static func unread(_ files: [String], _ shown: (String) -> String) -> [CodeGap] {
    let languages = [
      (name: "Bicep", suffixes: [".bicep"], reason: "compile it with 'bicep build' and scan what comes of it")
    ]
    return languages.compactMap { language in
      let files = files.filter { file in language.suffixes.contains { file.hasSuffix($0) } }
      guard let first = files.first else { return nil }
      let count = files.count == 1 ? "1 file" : "\(files.count) files"
      return CodeGap(
        .file, "\(count) of \(language.name)", language.reason,
        at: CodePlace(path: shown(first), line: 1, column: 1))
    }
  }

  private static func mayBeTemplate(_ file: String) -> Bool {
    [".yaml", ".yml", ".json", ".template", ".cfn"].contains { file.hasSuffix($0) }
  }

  private static func looksLikeTemplate(_ bytes: [UInt8]) -> Bool {
    [Array("Resources".utf8), Array("eploymentTemplate.json".utf8)].contains { bytes.firstRange(of: $0) != nil }
  }
}
