// SPDX-License-Identifier: Apache-2.0

/// Paths that nobody may ask for: what a role that lacks a permission meets.
package struct Denials: Sendable {
  private let prefixes: [String]

  /// - Parameter prefixes: of paths, in any case.
  package init(_ prefixes: [String]) { self.prefixes = prefixes.map { $0.lowercased() } }

  /// The handler, with a refusal in front of it.
  package func guarding(
    _ handler: @escaping @Sendable (TwinRequest) -> TwinAnswer, refusal: @escaping @Sendable (TwinRequest) -> TwinAnswer
  ) -> @Sendable (TwinRequest) -> TwinAnswer {
    guard !prefixes.isEmpty else { return handler }
    let prefixes = prefixes
    return { request in
      let path = request.path.lowercased()
      return prefixes.contains(where: path.hasPrefix) ? refusal(request) : handler(request)
    }
  }
}

extension AzureTwin {
  /// What somebody without the permission for a request is told.
  package static func denial(_ request: TwinRequest) -> TwinAnswer {
    .azure(
      403, "AuthorizationFailed",
      "The client does not have authorization to perform action '\(request.method)' over scope '\(request.path)'.")
  }
}

extension GoogleTwin {
  /// What somebody without the permission for a request is told.
  package static func denial(_ request: TwinRequest) -> TwinAnswer {
    .google(403, "PERMISSION_DENIED", "The caller does not have permission to \(request.method) \(request.path).")
  }
}
