// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// AWS over an estate: every service at one base, in the protocol of each.
///
/// The collector's specs tell what documents are made of; the twin runs them backwards. What an operation answers is made
/// from the documents whenever it is asked, so that what was written is seen at once.
package struct AWSTwin: Sendable {
  let catalog: AWSCatalog
  let index: AWSIndex
  let accounts: AWSAccounts
  let unread: AWSUnread
  let keys: AWSKeys

  package init(estate: TwinEstate, catalog: AWSCatalog, keys: AWSKeys) {
    self.catalog = catalog
    accounts = AWSAccounts(estate)
    unread = AWSUnread(estate.unread)
    index = AWSIndex(estate, home: accounts.home)
    self.keys = keys
  }

  var estate: TwinEstate { index.estate }

  package func answer(_ request: TwinRequest) -> TwinAnswer {
    let route = route(request)
    let caller: AWSCaller
    switch keys.caller(of: request, accounts) {
    case .success(let known): caller = known
    case .failure(let refusal):
      guard route.operation?.model.isUnsigned == true, request.header("authorization") == nil else {
        return error(refusal, route)
      }
      caller = accounts.anonymous
    }
    guard let operation = route.operation else {
      return error(.unknownOperation(route.style, route.signingName, route.name), route)
    }
    do throws(AWSError) {
      let input = try input(of: request, route, operation)
      let place = AWSPlace(
        partition: accounts.partition(of: caller.account), account: caller.account, region: caller.region)
      if operation.service.service == "s3control", let asked = input["AccountId"]?.scalarText, asked != caller.account {
        throw AWSError(403, "AccessDenied", "Access Denied")
      }
      if let own = try own(operation, input, caller, place) { return encoded(own, operation, route) }
      if let writes = catalog.writes[operation.key] {
        let answer = try index.exclusively { () throws(AWSError) in try write(operation, writes, input, place) }
        return encoded(answer, operation, route)
      }
      return encoded(try read(operation, input, place), operation, route)
    } catch {
      return self.error(error, route)
    }
  }

  private func encoded(_ output: JSONDraft, _ operation: AWSCatalog.Operation, _ route: AWSRoute) -> TwinAnswer {
    AnswerEncoder(
      service: operation.service, operation: operation.model, style: route.style, requestID: Self.requestID()
    ).encode(output)
  }

  private func input(
    of request: TwinRequest, _ route: AWSRoute, _ operation: AWSCatalog.Operation
  ) throws(AWSError) -> JSONDraft {
    let decoder = RequestDecoder(service: operation.service, operation: operation.model)
    do throws(RequestDecoder.Malformed) {
      switch route.style {
      case .query, .ec2: return try decoder.form(route.fields)
      case .json: return try decoder.json(request.body)
      case .restJSON, .restXML: return try decoder.rest(request, labels: route.labels)
      }
    } catch {
      let code = operation.service.wireProtocol == .restXML ? "MalformedXML" : "SerializationException"
      throw AWSError(400, code, error.message)
    }
  }

  static func requestID() -> String { UUID().uuidString.lowercased() }

  static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}

/// An error as AWS answers it, in whichever protocol was spoken.
struct AWSError: Error {
  let status: Int
  let code: String
  let message: String
  /// As an error of a service that once spoke the query protocol names it besides.
  var queryCode: String?
  /// Whether it says that the resource asked about does not exist, which another use of the operation may know.
  var isMissing = false

  init(_ status: Int, _ code: String, _ message: String, queryCode: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.queryCode = queryCode
  }

  static func unknownOperation(_ style: WireProtocol, _ signingName: String, _ name: String) -> AWSError {
    switch style {
    case .query, .ec2: AWSError(400, "InvalidAction", "The action \(name) is not valid for this web service.")
    case .restXML where signingName == "s3":
      AWSError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    case .restXML, .restJSON: AWSError(404, "UnknownOperationException", "There is no such operation.")
    case .json: AWSError(400, "UnknownOperationException", "There is no operation \(name).")
    }
  }
}

extension AWSTwin {
  /// An error document in the protocol that the client spoke.
  func error(_ error: AWSError, _ route: AWSRoute) -> TwinAnswer {
    let id = Self.requestID()
    var xml = XMLWriter()
    func problem() {
      xml.open("Error")
      if route.style == .query { xml.element("Type", error.status < 500 ? "Sender" : "Receiver") }
      xml.element("Code", error.code)
      xml.element("Message", error.message)
    }
    var answer = TwinAnswer(status: error.status)
    switch route.style {
    case .query:
      xml.open("ErrorResponse")
      problem()
      xml.close("Error")
      xml.element("RequestId", id)
      xml.close("ErrorResponse")
    case .ec2:
      xml.open("Response")
      xml.open("Errors")
      problem()
      xml.close("Error")
      xml.close("Errors")
      xml.element("RequestID", id)
      xml.close("Response")
    case .restXML where route.signingName == "s3":
      problem()
      xml.element("RequestId", id)
      xml.close("Error")
    case .restXML:
      xml.open("ErrorResponse")
      problem()
      xml.close("Error")
      xml.element("RequestId", id)
      xml.close("ErrorResponse")
    case .json, .restJSON:
      answer = TwinAnswer(
        status: error.status,
        json: .object([("__type", .string(error.code)), ("message", .string(error.message))]),
        headers: [("x-amzn-requestid", id), ("x-amzn-errortype", error.code)])
      if let code = error.queryCode { answer.headers.append(("x-amzn-query-error", "\(code);Sender")) }
      return answer
    }
    answer.headers = [("x-amz-request-id", id), ("content-type", "text/xml")]
    answer.body = xml.bytes
    return answer
  }

  /// How AWS says that something went wrong on purpose.
  package func fault(_ kind: Faults.Kind, _ request: TwinRequest) -> TwinAnswer? {
    let route = route(request)
    var kind = kind
    // Only keys of a session run out by themselves.
    if kind == .expired, request.header("x-twin-fault") == nil, request.header("x-amz-security-token") == nil {
      kind = .unavailable
    }
    switch kind {
    case .throttle:
      return switch route.style {
      case .ec2: error(AWSError(503, "RequestLimitExceeded", "Request limit exceeded."), route)
      case .query: error(AWSError(400, "Throttling", "Rate exceeded"), route)
      case .restXML where route.signingName == "s3":
        error(AWSError(503, "SlowDown", "Please reduce your request rate."), route)
      case .restXML: error(AWSError(400, "Throttling", "Rate exceeded"), route)
      case .json: error(AWSError(400, "ThrottlingException", "Rate exceeded"), route)
      case .restJSON: error(AWSError(429, "TooManyRequestsException", "Rate exceeded"), route)
      }
    case .unavailable: return error(AWSError(503, "ServiceUnavailable", "The service is unavailable."), route)
    case .expired:
      let status = route.style == .restXML ? 400 : 403
      let code = route.style == .json || route.style == .restJSON ? "ExpiredTokenException" : "ExpiredToken"
      return error(AWSError(status, code, "The security token included in the request is expired"), route)
    case .cut, .slow: return nil
    }
  }
}
