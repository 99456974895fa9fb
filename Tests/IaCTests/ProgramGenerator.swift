// SPDX-License-Identifier: Apache-2.0

/// A small generator of random numbers whose sequence is the same everywhere (SplitMix64).
struct SeededRandom {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ all: [T]) -> T { all[below(all.count)] }
}

/// Writes Terraform programs that plan without a provider: variables of all types, locals, `terraform_data` with count and
/// for_each, modules, and expressions of the whole language. One seed gives one program.
struct ProgramGenerator {
  /// Kinds of values; a sequence is a tuple, list or the like, a table a map or object.
  indirect enum Kind: Equatable {
    case string, number, bool
    case sequence(Kind), table(Kind)
  }

  private var random: SeededRandom
  /// What can be referred to.
  private var names: [(text: String, kind: Kind)] = []
  private var counter = 0

  init(seed: UInt64) { random = SeededRandom(seed) }

  /// The files of a module whose output `r` holds all that it computes.
  ///
  /// - Returns: files by name, and the arguments that its caller gives.
  static func program(seed: UInt64) -> (files: [String: String], arguments: String) {
    var generator = ProgramGenerator(seed: seed)
    return generator.program()
  }

  private mutating func program() -> (files: [String: String], arguments: String) {
    var main = ""
    var arguments = ""
    var results: [String] = []
    for _ in 0..<(2 + random.below(3)) {
      let (declaration, argument, result) = variable()
      main += declaration
      arguments += argument
      results.append(result)
    }
    main += "locals {\n"
    for _ in 0..<(4 + random.below(5)) {
      let kind = anyKind(2)
      let name = fresh("l")
      main += "  \(name) = \(expression(kind, 3))\n"
      names.append(("local.\(name)", kind))
      results.append("local.\(name)")
    }
    main += "}\n"
    for _ in 0..<(1 + random.below(3)) {
      let (text, result) = resource()
      main += text
      results.append(result)
    }
    var files: [String: String] = [:]
    if random.chance(70) {
      let (text, child, result) = moduleCall()
      main += text
      files["child/main.tf"] = child
      results.append(result)
    }
    main += rules(&results)
    main += "output \"r\" {\n  value = {\n"
    for (index, result) in results.enumerated() { main += "    r\(index) = \(result)\n" }
    main += "  }\n}\n"
    files["main.tf"] = main
    return (files, arguments)
  }

  private mutating func fresh(_ prefix: String) -> String {
    counter += 1
    return "\(prefix)\(counter)"
  }

  private mutating func anyKind(_ depth: Int) -> Kind {
    switch random.below(depth > 0 ? 7 : 4) {
    case 0, 1: .string
    case 2: .number
    case 3: .bool
    case 4, 5: .sequence(anyKind(depth - 1))
    default: .table(anyKind(depth - 1))
    }
  }

  // MARK: Blocks

  /// A variable, the argument that gives it a value where one is given, and what reads it.
  private mutating func variable() -> (String, String, String) {
    let name = fresh("v")
    let forms: [(type: String, values: [String], kind: Kind?)] = [
      ("string", ["\"abc\"", "5", "true", "\"x y\""], .string),
      ("number", ["3", "\"4.5\"", "0.25", "-7"], .number),
      ("bool", ["true", "\"false\""], .bool),
      ("list(string)", ["[\"a\", 1, true]", "[]", "toset([\"z\", \"b\"])"], .sequence(.string)),
      ("list(number)", ["[1, \"2\", 3.5]", "[7]"], .sequence(.number)),
      ("set(string)", ["[\"b\", \"a\", \"b\"]", "[\"q\"]"], nil),
      ("map(number)", ["{ a = 1, b = \"2\" }", "{}"], .table(.number)),
      ("map(string)", ["{ z = 1, y = \"q\" }"], .table(.string)),
      ("any", ["[1, \"a\"]", "{ a = [true] }", "\"s\""], nil),
      ("tuple([string, number])", ["[1, \"2\"]", "[\"a\", 3]"], nil),
      (
        "object({ a = string, b = optional(number, 5), c = optional(list(string), [\"x\"]), d = optional(object({ e = optional(bool, true), f = optional(string) }), {}) })",
        ["{ a = 1 }", "{ a = \"q\", b = null, z = 1 }", "{ a = \"q\", c = [1], d = { e = \"false\" } }"], nil
      ),
      (
        "list(object({ name = string, port = optional(number, 80), tags = optional(map(string), {}) }))",
        ["[{ name = \"a\" }, { name = 2, port = \"443\", tags = { k = 1 } }]", "[]"], nil
      ),
      (
        "map(object({ size = number, on = optional(bool) }))",
        ["{ x = { size = \"1\" }, y = { size = 2, on = true } }", "{ \"k k\" = { size = 3, on = null } }"], nil
      ),
    ]
    let form = random.pick(forms)
    var text = "variable \"\(name)\" {\n  type = \(form.type)\n"
    // A default is a literal: no functions.
    if random.chance(70) { text += "  default = \(random.pick(form.values.filter { !$0.contains("(") }))\n" }
    if random.chance(20) { text += "  nullable = false\n" }
    text += "}\n"
    let argument = !text.contains("default") || random.chance(60) ? "  \(name) = \(random.pick(form.values))\n" : ""
    if let kind = form.kind { names.append(("var.\(name)", kind)) }
    return (text, argument, "var.\(name)")
  }

  private mutating func resource() -> (String, String) {
    let name = fresh("t")
    let address = "terraform_data.\(name)"
    let kind = anyKind(1)
    switch random.below(3) {
    case 0:
      let text = "resource \"terraform_data\" \"\(name)\" {\n  input = \(expression(kind, 2))\n}\n"
      return (text, "\(address).input")
    case 1:
      names.append(("count.index", .number))
      let value = expression(kind, 2)
      names.removeLast()
      let text =
        "resource \"terraform_data\" \"\(name)\" {\n  count = \(random.below(4))\n  input = { i = count.index, v = \(value) }\n}\n"
      return (
        text,
        random.pick([
          "\(address)[*].input", "length(\(address))", "[for x in \(address) : x.input.i]",
          "try(\(address)[1].input.v, null)",
        ])
      )
    default:
      let each = random.chance(50) ? "toset(\(literalStrings()))" : "{ for s in \(literalStrings()) : s => length(s) }"
      names += [("each.key", .string), ("\"${each.value}\"", .string)]
      let value = expression(kind, 2)
      names.removeLast(2)
      let text =
        "resource \"terraform_data\" \"\(name)\" {\n  for_each = \(each)\n  input = { k = each.key, v = \(value) }\n}\n"
      return (
        text,
        random.pick([
          "{ for k, x in \(address) : k => x.input }", "keys(\(address))", "values(\(address))[*].input.k",
          "{ for k, x in \(address) : upper(k) => x.input.v }",
        ])
      )
    }
  }

  private mutating func moduleCall() -> (String, String, String) {
    let name = fresh("m")
    var text = "module \"\(name)\" {\n  source = \"./child\"\n"
    let form = random.below(3)
    switch form {
    case 0: break
    case 1:
      text += "  count = \(random.below(3))\n"
      names.append(("count.index", .number))
    default:
      text += "  for_each = toset(\(literalStrings()))\n"
      names.append(("each.value", .string))
    }
    text += "  name = \(expression(.string, 2))\n  items = \(expression(.sequence(.string), 2))\n"
    if form > 0 { names.removeLast() }
    text += "}\n"
    var inner = ProgramGenerator(seed: random.next())
    inner.names = [("var.name", .string), ("var.items", .sequence(.string))]
    let child = """
      variable "name" { type = string }
      variable "items" {
        type    = list(string)
        default = []
      }
      locals {
        n = length(var.items)
        m = \(inner.expression(.table(.number), 3))
      }
      resource "terraform_data" "x" {
        count = min(local.n, 3)
        input = "${coalesce(var.name, "null")}-${coalesce(var.items[count.index], "null")}"
      }
      output "name" { value = \(inner.expression(.string, 2)) }
      output "all" { value = { n = local.n, m = local.m, x = terraform_data.x[*].input, s = \(inner.expression(.bool, 2)) } }

      """
    let address = "module.\(name)"
    let result =
      switch form {
      case 0: "[\(address).name, \(address).all]"
      case 1: random.pick(["\(address)[*].all", "[for x in \(address) : x.name]", "try(\(address)[0].all.m, {})"])
      default:
        random.pick(["{ for k, x in \(address) : k => x.all }", "values(\(address))[*].name", "length(\(address))"])
      }
    return (text, child, result)
  }

  /// What dynamic blocks are made of: nested loops flattened and keyed.
  private mutating func rules(_ results: inout [String]) -> String {
    let name = fresh("rules")
    let groups = (0..<(1 + random.below(3))).map { group in
      let ports = (0..<random.below(4)).map { _ in String(20 + random.below(5)) }.joined(separator: ", ")
      return "g\(group) = [\(ports)]"
    }
    results.append("local.\(name)")
    results.append("local.\(name)_by")
    return """
      locals {
        \(name) = flatten([for g, ports in { \(groups.joined(separator: ", ")) } : [
          for i, p in ports : { group = g, port = p, open = p == 22\(random.chance(50) ? ", cidr = cidrsubnet(\"10.0.0.0/8\", 8, p)" : "") }
          if p \(random.pick([">", "<", "!="])) 22 || i == 0
        ]])
        \(name)_by = { for r in local.\(name) : "${r.group}-${r.port}" => r... }
      }

      """
  }

  private mutating func literalStrings() -> String {
    let all = ["a", "b", "cc", "x-1", "Q", "é", "two words"]
    let chosen = (0..<(1 + random.below(3))).map { _ in random.pick(all) }
    return "[" + Set(chosen).sorted().map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }

  // MARK: Expressions

  private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    let known = names.filter { $0.kind == kind }
    if !known.isEmpty, random.chance(35) { return random.pick(known).text }
    if depth > 0, random.chance(12) {
      let (a, b) = (expression(kind, depth - 1), expression(kind, depth - 1))
      return "(\(expression(.bool, depth - 1)) ? \(a) : \(b))"
    }
    if depth > 0, random.chance(6) { return "try(\(expression(kind, depth - 1)), \(expression(kind, 0)))" }
    switch kind {
    case .string: return string(depth)
    case .number: return number(depth)
    case .bool: return bool(depth)
    case .sequence(let element): return sequence(element, depth)
    case .table(let element): return table(element, depth)
    }
  }

  private mutating func string(_ depth: Int) -> String {
    guard depth > 0 else {
      return random.pick([
        "\"abc\"", "\"\"", "\"Hello World\"", "\"a-b_c\"", "\"é日\"", "\"x<y>&z\"", "\"a\\\"b\\\\\"", "\"10.0.0.0/16\"",
      ])
    }
    let d = depth - 1
    switch random.below(24) {
    case 0: return "\"\(random.pick(["p-", "", "é"]))${\(expression(.string, d))}-${\(expression(.number, d))}\""
    case 1: return "upper(\(expression(.string, d)))"
    case 2: return "join(\"\(random.pick([",", "-", ""]))\", \(expression(.sequence(.string), d)))"
    case 3:
      return "format(\"%s|%v|%5.2f\", \(expression(.string, d)), \(expression(.bool, d)), \(expression(.number, d)))"
    case 4: return "jsonencode(\(expression(anyKind(1), d)))"
    case 5: return "try(\(expression(.sequence(.string), d))[\(random.below(3))], \"none\")"
    case 6: return "lookup(\(expression(.table(.string), d)), \"\(random.pick(["a", "k", "zz"]))\", \"dflt\")"
    case 7: return "replace(\(expression(.string, d)), \"\(random.pick(["a", "/[a-c]+/", "-"]))\", \"_\")"
    case 8: return "substr(\(expression(.string, d)), \(random.below(3)), \(random.below(5)))"
    case 9: return "trimspace(\" ${\(expression(.string, d))} \")"
    case 10: return "title(lower(\(expression(.string, d))))"
    case 11:
      return
        "\(random.pick(["md5", "sha256", "base64encode", "strrev", "urlencode", "sha1"]))(\(expression(.string, d)))"
    case 12: return "coalesce(\(expression(.string, d)), \"z\")"
    case 13: return "tostring(\(expression(random.pick([.number, .bool, .string]), d)))"
    case 14: return "\"%{ if \(expression(.bool, d)) }yes ${\(expression(.string, d))}%{ else }no%{ endif }\""
    case 15: return "\"%{ for x in \(expression(.sequence(.string), d)) ~} [${x}] %{ endfor ~}\""
    case 16: return "try(regex(\"[a-z]+\", \(expression(.string, d))), \"nomatch\")"
    case 17:
      return "element(concat([\(expression(.string, d))], \(expression(.sequence(.string), d))), \(random.below(4)))"
    case 18: return "yamlencode(\(expression(anyKind(1), d)))"
    case 19: return "try(one(\(expression(.sequence(.string), d))), \"many\")"
    case 20: return "(\(heredoc(d)))"
    case 21: return "cidrhost(cidrsubnet(\"10.0.0.0/8\", 8, \(random.below(256))), \(random.below(100)))"
    case 22: return "trimsuffix(trimprefix(\(expression(.string, d)), \"a\"), \"c\")"
    default: return "\(expression(.table(.string), d)) == {} ? \"e\" : \"f\""
    }
  }

  private mutating func heredoc(_ depth: Int) -> String {
    """
    <<-EOT
        first ${\(expression(.string, depth))}
          second
      %{ for i in range(\(random.below(3))) ~}
      item ${i}
      %{ endfor ~}

        last
      EOT

    """
  }

  private mutating func number(_ depth: Int) -> String {
    guard depth > 0 else {
      return random.pick(["0", "1", "2.5", "10", "1000000", "-3", "0.1", "7e2", "123456789.987654321"])
    }
    let d = depth - 1
    switch random.below(14) {
    case 0, 1: return "(\(expression(.number, d)) \(random.pick(["+", "-", "*"])) \(expression(.number, d)))"
    case 2: return "(\(expression(.number, d)) / \(random.pick(["2", "3", "0.7", "-4"])))"
    case 3: return "(\(expression(.number, d)) % \(random.pick(["2", "3", "0.7", "-4"])))"
    case 4: return "length(\(expression(random.pick([.string, .sequence(.string), .table(.number)]), d)))"
    case 5: return "\(random.pick(["max", "min"]))(\(expression(.number, d)), \(expression(.number, d)))"
    case 6: return "\(random.pick(["floor", "ceil", "abs", "signum"]))(\(expression(.number, d)))"
    case 7: return "sum(concat([1], \(expression(.sequence(.number), d))))"
    case 8: return "try(\(expression(.sequence(.number), d))[\(random.below(3))], -1)"
    case 9: return "parseint(\"\(random.pick(["ff", "10", "7"]))\", 16)"
    case 10: return "try(tonumber(\(expression(.string, d))), 99)"
    case 11: return "-(\(expression(.number, d)))"
    case 12: return "pow(\(random.below(5)), \(random.below(4)))"
    default: return "try(index(\(expression(.sequence(.string), d)), \"a\"), -1)"
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["true", "false"]) }
    let d = depth - 1
    switch random.below(11) {
    case 0:
      return "(\(expression(.number, d)) \(random.pick(["<", ">", "<=", ">=", "==", "!="])) \(expression(.number, d)))"
    case 1: return "(\(expression(.string, d)) \(random.pick(["==", "!="])) \(expression(.string, d)))"
    case 2: return "(\(expression(.bool, d)) \(random.pick(["&&", "||"])) \(expression(.bool, d)))"
    case 3: return "!\(expression(.bool, d))"
    case 4: return "contains(\(expression(.sequence(.string), d)), \"a\")"
    case 5: return "can(\(expression(.sequence(.number), d))[0])"
    case 6: return "\(random.pick(["startswith", "endswith", "strcontains"]))(\(expression(.string, d)), \"a\")"
    case 7: return "\(random.pick(["alltrue", "anytrue"]))(\(expression(.sequence(.bool), d)))"
    case 8: return "issensitive(\(random.pick(["sensitive", ""]))(\(expression(.string, d))))"
    case 9: return "(\(expression(.sequence(.number), d)) == \(expression(.sequence(.number), d)))"
    default: return "can(tonumber(\(expression(.string, d))))"
    }
  }

  private mutating func sequence(_ element: Kind, _ depth: Int) -> String {
    guard depth > 0 else {
      return "[" + (0..<random.below(4)).map { _ in expression(element, 0) }.joined(separator: ", ") + "]"
    }
    let d = depth - 1
    switch random.below(14) {
    case 0, 1:
      return "[" + (0..<(1 + random.below(3))).map { _ in expression(element, d) }.joined(separator: ", ") + "]"
    case 2: return "tolist(\(expression(.sequence(element), d)))"
    case 3:
      let source = expression(.sequence(.string), d)
      let x = fresh("x")
      names.append((x, .string))
      defer { names.removeLast() }
      return
        "[for \(x) in \(source) : \(expression(element, d))\(random.chance(40) ? " if \(expression(.bool, d))" : "")]"
    case 4:
      let source = expression(.table(.number), d)
      let (k, v) = (fresh("k"), fresh("v"))
      names += [(k, .string), (v, .number)]
      defer { names.removeLast(2) }
      return "[for \(k), \(v) in \(source) : \(expression(element, d))]"
    case 5: return "concat(\(expression(.sequence(element), d)), \(expression(.sequence(element), d)))"
    case 6: return "reverse(\(expression(.sequence(element), d)))"
    case 7: return "values(\(expression(.table(element), d)))"
    case 8: return "flatten([\(expression(.sequence(element), d)), [\(expression(.sequence(element), d))]])"
    case 9: return "try(slice(\(expression(.sequence(element), d)), 0, \(1 + random.below(2))), [])"
    case 10:
      return "[{ a = \(expression(element, d)) }, { a = \(expression(element, d)) }]\(random.pick(["[*]", ".*"])).a"
    case 11:
      return element == .string
        ? "distinct(\(expression(.sequence(.string), d)))" : "tolist([\(expression(element, d))])"
    case 12:
      switch element {
      case .string: return random.pick(["sort", "compact", "distinct"]) + "(\(expression(.sequence(.string), d)))"
      case .number: return "range(\(random.below(5)))"
      default: return "[\(expression(element, d))]"
      }
    default:
      switch element {
      case .string:
        return random.pick([
          "keys(\(expression(.table(.bool), d)))", "split(\",\", \(expression(.string, d)))",
          "formatlist(\"<%s>\", \(expression(.sequence(.string), d)))",
          "tolist(toset(\(expression(.sequence(.string), d))))",
        ])
      case .number: return "[for s in \(expression(.sequence(.string), d)) : length(s)]"
      default: return "[\(expression(element, d))]"
      }
    }
  }

  private mutating func table(_ element: Kind, _ depth: Int) -> String {
    let keys = ["a", "b", "k", "\"x y\"", "zz"]
    guard depth > 0 else { return "{ \(random.pick(keys)) = \(expression(element, 0)) }" }
    let d = depth - 1
    switch random.below(8) {
    case 0, 1:
      let pairs = (0..<random.below(4)).map { _ in "\(random.pick(keys)) = \(expression(element, d))" }
      return "{ \(pairs.joined(separator: ", ")) }"
    case 2: return "merge(\(expression(.table(element), d)), \(expression(.table(element), d)))"
    case 3: return "tomap(\(expression(.table(element), d)))"
    case 4: return "zipmap([\"p\", \"q\"], [\(expression(element, d)), \(expression(element, d))])"
    case 5:
      let source = expression(.sequence(.string), d)
      let x = fresh("x")
      names.append((x, .string))
      defer { names.removeLast() }
      return "{ for i\(x), \(x) in distinct(\(source)) : \"${i\(x)}-${\(x)}\" => \(expression(element, d)) }"
    case 6:
      let source = expression(.table(element), d)
      let (k, v) = (fresh("k"), fresh("v"))
      names += [(k, .string), (v, element)]
      defer { names.removeLast(2) }
      return
        "{ for \(k), \(v) in \(source) : upper(\(k)) => \(v)\(random.chance(30) ? " if \(expression(.bool, d))" : "") }"
    default: return "{ (\(expression(.string, d))) = \(expression(element, d)) }"
    }
  }
}
