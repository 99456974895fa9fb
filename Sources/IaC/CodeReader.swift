// SPDX-License-Identifier: Apache-2.0
package import Content

/// Evaluates all code of a folder, whatever it is written in.
package struct CodeReader: Sendable {
  private let templates: CloudFormation

  package init(_ content: ContentLibrary) throws(ContentError) {
    templates = try CloudFormation(content)
  }

  package func evaluate(_ folder: CodeFolder, options: CloudFormation.Options = .init()) -> CodeEstate {
    var estate = CodeEstate()
    var nested: Set<String> = []
    var roots: [(file: String, node: CodeNode)] = []
    for file in folder.files where Self.mayBeTemplate(file) {
      guard let bytes = folder.read(file), Self.looksLikeTemplate(bytes) else { continue }
      do throws(CodeError) {
        roots.append((file, try CodeText.read(bytes, path: folder.shown(file))))
      } catch {
        estate.errors.append(error)
      }
    }
    // A template that another one deploys is judged with the values it is given there.
    for (file, node) in roots {
      for resource in node["Resources"]?.members ?? [] {
        let properties = resource.node["Properties"]
        guard let url = (properties?["TemplateURL"] ?? properties?["Location"])?.string else { continue }
        nested.insert(CodePath.join(file, url))
      }
    }
    for (file, node) in roots where !nested.contains(file) {
      let made =
        templates.evaluate(node, path: file, options: options) { folder.read($0) }
        ?? ARMTemplates.evaluate(node, path: file, parameters: options.parameters) { folder.read($0) }
      guard let made else { continue }
      estate.resources += made.resources
      estate.gaps += made.gaps
      estate.errors += made.errors
    }
    return estate
  }

  private static func mayBeTemplate(_ file: String) -> Bool {
    [".yaml", ".yml", ".json", ".template", ".cfn"].contains { file.hasSuffix($0) }
  }

  private static func looksLikeTemplate(_ bytes: [UInt8]) -> Bool {
    [Array("Resources".utf8), Array("eploymentTemplate.json".utf8)].contains { bytes.firstRange(of: $0) != nil }
  }
}
