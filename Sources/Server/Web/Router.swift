// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON

/// Finds the endpoint of a request. A word in the path goes before a parameter, a parameter before the rest of the path.
struct Router: Sendable {
  private final class Node: Sendable {
    let words: [String: Node]
    let parameter: Node?
    let rest: Node?
    /// Of the paths that end here, with the names of their parameters in order.
    let ends: [(endpoint: Endpoint, names: [String])]

    init(_ routes: [Route]) {
      ends = routes.filter(\.steps.isEmpty).map { ($0.endpoint, $0.names) }
      var words: [String: [Route]] = [:]
      var (parameters, rests) = ([Route](), [Route]())
      for var route in routes {
        switch route.steps.popFirst() {
        case .word(let word): words[word, default: []].append(route)
        case .parameter(let name):
          route.names.append(name)
          parameters.append(route)
        case .rest(let name):
          route.names.append(name)
          rests.append(route)
        case nil: break
        }
      }
      self.words = words.mapValues { Node($0) }
      parameter = parameters.isEmpty ? nil : Node(parameters)
      rest = rests.isEmpty ? nil : Node(rests)
    }

    func find(_ segments: ArraySlice<String>, _ values: [String]) -> (node: Node, values: [String])? {
      guard let first = segments.first else { return ends.isEmpty ? nil : (self, values) }
      let others = segments.dropFirst()
      if let found = words[first.lowercased()]?.find(others, values) { return found }
      if !first.isEmpty, let found = parameter?.find(others, values + [first]) { return found }
      return rest.map { ($0, values + [segments.joined(separator: "/")]) }
    }
  }

  private enum Step: Sendable { case word(String), parameter(String), rest(String) }

  private struct Route {
    var steps: ArraySlice<Step>
    let endpoint: Endpoint
    var names: [String] = []
  }

  enum Match {
    case endpoint(Endpoint, [String: String])
    /// The path is known with these methods only.
    case otherMethods([HTTPRequest.Method])
    case nothing
  }

  private let root: Node
  let endpoints: [Endpoint]

  init(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
    root = Node(
      endpoints.map { endpoint in
        let steps = endpoint.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
          guard part.hasPrefix("{") else { return Step.word(part.lowercased()) }
          let name = part.dropFirst().dropLast()
          return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(String(name))
        }
        return Route(steps: steps[...], endpoint: endpoint)
      })
  }

  /// - Parameter path: as it was sent, without the query. Words are compared without case, as the clouds' clients expect.
  func find(_ method: HTTPRequest.Method, _ path: some StringProtocol) -> Match {
    guard path.hasPrefix("/") else { return .nothing }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { URLText.decoded($0) }
    guard let (node, values) = root.find(segments[...], []) else { return .nothing }
    // What GET would answer with, without its body, is the answer to HEAD.
    let wanted = method == .head ? HTTPRequest.Method.get : method
    guard let (endpoint, names) = node.ends.first(where: { $0.endpoint.method == wanted }) else {
      return .otherMethods(node.ends.map(\.endpoint.method))
    }
    return .endpoint(endpoint, Dictionary(zip(names, values), uniquingKeysWith: { $1 }))
  }
}
