// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// Which service and operation a request is for.
struct AWSRoute: Sendable {
  /// The protocol in which it was asked, and so must be answered.
  var style: WireProtocol
  var signingName: String
  var service: ServiceModel?
  /// What the operation was called, for messages.
  var name: String
  var operation: AWSCatalog.Operation?
  /// The fields of a form.
  var fields: [(name: String, value: String)] = []
  /// What stands for the holes of the operation's path.
  var labels: [String: String] = [:]
}

extension AWSTwin {
  func route(_ request: TwinRequest) -> AWSRoute {
    let signingName = AWSKeys.scope(of: request)?.service ?? Self.unsignedService(request)
    let operations = catalog.operations[signingName] ?? []
    if let target = request.header("x-amz-target") {
      let name = target.split(separator: ".").last.map(String.init) ?? target
      let found = operations.first { "\($0.service.targetPrefix ?? "").\($0.model.name)" == target }
      return AWSRoute(
        style: .json, signingName: signingName, service: found?.service ?? operations.first?.service, name: name,
        operation: found)
    }
    let isForm = request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") == true
    if isForm || request.parameter("Action") != nil {
      let fields = URLText.pairs(String(decoding: request.body, as: UTF8.self)) + request.query
      let action = fields.first { $0.name == "Action" }?.value ?? ""
      let version = fields.first { $0.name == "Version" }?.value
      let same = operations.filter { version == nil || $0.service.apiVersion == version }
      let found = same.first { $0.model.name == action && Self.isForm($0) && $0.service.service == signingName }
      let operation = found ?? same.first { $0.model.name == action && Self.isForm($0) }
      let service = operation?.service ?? same.first(where: Self.isForm)?.service
      return AWSRoute(
        style: signingName == "ec2" ? .ec2 : .query, signingName: signingName, service: service, name: action,
        operation: operation, fields: fields)
    }
    return rest(request, signingName, operations)
  }

  private static func isForm(_ operation: AWSCatalog.Operation) -> Bool {
    operation.service.wireProtocol == .query || operation.service.wireProtocol == .ec2
  }

  /// The service of a request that nobody signed: only signing in is asked so.
  private static func unsignedService(_ request: TwinRequest) -> String {
    request.header("x-amz-target") != nil ? "cognito-identity" : "sts"
  }

  // MARK: Paths

  private func rest(_ request: TwinRequest, _ signingName: String, _ operations: [AWSCatalog.Operation]) -> AWSRoute {
    let path = signingName == "s3" ? Self.pathStyle(request) : request.rawPath
    let segments = path.split(separator: "/").map { URLText.decoded($0) }
    var best: (operation: AWSCatalog.Operation, labels: [String: String], score: Int)?
    for operation in operations {
      let wire = operation.service.wireProtocol
      guard wire == .restJSON || wire == .restXML, Self.method(operation.model.method, suits: request.method),
        let (labels, score) = Self.match(operation.model.uri, segments, request.query),
        score > best?.score ?? -1
      else { continue }
      best = (operation, labels, score)
    }
    // What S3 is asked of a bucket stands in the query: what is not known there is another operation.
    if signingName == "s3", let found = best {
      let known = found.operation.model.uri.split(separator: "?").dropFirst().first.map(String.init) ?? ""
      let asked = request.query.filter {
        $0.value.isEmpty && !$0.name.hasPrefix("x-amz-") && !Self.plain.contains($0.name)
      }
      if asked.contains(where: { !URLText.pairs(known).map(\.name).contains($0.name) }) { best = nil }
    }
    let service =
      best?.operation.service ?? operations.first { $0.service.service == signingName }?.service
      ?? operations.first?.service
    let style: WireProtocol = service?.wireProtocol == .restXML || signingName == "s3" ? .restXML : .restJSON
    return AWSRoute(
      style: style, signingName: signingName, service: service, name: "\(request.method) \(path)",
      operation: best?.operation, labels: best?.labels ?? [:])
  }

  /// Parameters of S3's lists that may be empty.
  private static let plain: Set<String> = [
    "prefix", "delimiter", "marker", "continuation-token", "start-after", "key-marker", "version-id-marker",
  ]

  private static func method(_ wanted: String, suits given: String) -> Bool { wanted == given }

  /// A bucket that is named by the host, put into the path.
  private static func pathStyle(_ request: TwinRequest) -> String {
    guard let host = request.base.firstRange(of: "://").map({ request.base[$0.upperBound...].prefix { $0 != ":" } }),
      !host.allSatisfy({ $0.isNumber || $0 == "." }), host != "localhost", !host.hasPrefix("s3."),
      !host.hasPrefix("s3-"),
      request.header("x-amz-account-id") == nil
    else { return request.rawPath }
    var bucket = host
    for end in [".localhost", ".amazonaws.com", ".amazonaws.com.cn"] where bucket.hasSuffix(end) {
      bucket = bucket.dropLast(end.count)
    }
    guard bucket != host else { return request.rawPath }
    if let service = bucket.firstRange(of: ".s3.") ?? bucket.firstRange(of: ".s3-") {
      bucket = bucket[..<service.lowerBound]
    }
    if bucket.hasSuffix(".s3") { bucket = bucket.dropLast(3) }
    return "/\(bucket)\(request.rawPath)"
  }

  /// What stands for the holes of a path, and how closely it fits.
  private static func match(
    _ uri: String, _ segments: [String], _ query: [(name: String, value: String)]
  ) -> (labels: [String: String], score: Int)? {
    let sides = uri.split(separator: "?", maxSplits: 1)
    let template = (sides.first ?? "").split(separator: "/")
    var labels: [String: String] = [:]
    var score = 0
    for (index, part) in template.enumerated() {
      if part.hasPrefix("{"), part.hasSuffix("+}") {
        guard index < segments.count else { return nil }
        let tail = template.count - index - 1
        guard segments.count - tail > index else { return nil }
        labels[String(part.dropFirst().dropLast(2))] = segments[index..<(segments.count - tail)].joined(separator: "/")
        guard segments.suffix(tail).elementsEqual(template.suffix(tail).map(String.init)) else { return nil }
        return matchQuery(sides, query, labels, score)
      }
      guard index < segments.count else { return nil }
      if part.hasPrefix("{"), part.hasSuffix("}") {
        labels[String(part.dropFirst().dropLast())] = segments[index]
        score += 1
      } else if part == segments[index] {
        score += 10
      } else {
        return nil
      }
    }
    guard template.count == segments.count else { return nil }
    return matchQuery(sides, query, labels, score)
  }

  private static func matchQuery(
    _ sides: [Substring], _ query: [(name: String, value: String)], _ labels: [String: String], _ score: Int
  ) -> (labels: [String: String], score: Int)? {
    guard sides.count == 2 else { return (labels, score) }
    let constants = URLText.pairs(sides[1])
    for (name, value) in constants {
      guard query.contains(where: { $0.name == name && (value.isEmpty || $0.value == value) }) else { return nil }
    }
    return (labels, score + 5 * constants.count)
  }
}
