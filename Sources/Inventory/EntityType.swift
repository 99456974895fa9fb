// SPDX-License-Identifier: Apache-2.0

/// Names of types as Defender for Cloud's custom recommendations have them in `Identifiers.Type`.
///
///     aws::ec2::securitygroup           ec2.securitygroup
///     compute.googleapis.com/firewall   compute.firewalls
///     microsoft.storage/storageaccounts microsoft.storage/storageaccounts
package enum EntityType {
  private static let google = ".googleapis.com/"

  /// - Parameter type: a type of `resources`, in lower case.
  package static func name(of type: String) -> String {
    if type.hasPrefix("aws::") {
      return type.dropFirst(5).split(separator: ":").joined(separator: ".")
    }
    guard let range = type.firstRange(of: google) else { return type }
    return type[..<range.lowerBound] + "." + plural(type[range.upperBound...])
  }

  /// The types of `resources` that a name may stand for, one for each cloud.
  package static func types(of name: String) -> [String] {
    let name = name.lowercased()
    var types = [name]
    let parts = name.split(separator: ".", maxSplits: 1)
    if parts.count == 2 {
      types.append("aws::\(parts[0])::" + parts[1].replacing(".", with: "::"))
      types += singulars(parts[1]).map { parts[0] + google + $0 }
    } else {
      types.append("aws::::" + name)
    }
    return types.filter { Self.name(of: $0) == name }
  }

  private static func plural(_ word: Substring) -> String {
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return word.dropLast() + "ies"
    }
    if ["ss", "x", "ch", "sh"].contains(where: word.hasSuffix) { return word + "es" }
    return word.hasSuffix("s") ? String(word) : word + "s"
  }

  /// What a plural may be of, the likeliest first.
  private static func singulars(_ word: Substring) -> [String] {
    var words: [String] = []
    if word.hasSuffix("ies") { words.append(word.dropLast(3) + "y") }
    if word.hasSuffix("es") { words.append(String(word.dropLast(2))) }
    if word.hasSuffix("s") { words.append(String(word.dropLast())) }
    return words + [String(word)]
  }
}
