// SPDX-License-Identifier: Apache-2.0

/// Functions that ask a service of Microsoft's about the rows they are given. Queries that call them bind, with the
/// columns that the documentation of each lists; a run says that there is no such service here.
extension Binder {
  static let enrichments: [String: Schema] = [
    "FileProfile": [
      Field("SHA1", .string), Field("SHA256", .string), Field("MD5", .string), Field("FileSize", .int),
      Field("GlobalPrevalence", .int), Field("GlobalFirstSeen", .datetime), Field("GlobalLastSeen", .datetime),
      Field("Signer", .string), Field("Issuer", .string), Field("SignerHash", .string),
      Field("IsCertificateValid", .bool), Field("IsRootSignerMicrosoft", .bool), Field("SignatureState", .string),
      Field("IsExecutable", .bool), Field("ThreatName", .string), Field("Publisher", .string),
      Field("SoftwareName", .string), Field("ProfileAvailability", .string),
    ],
    "DeviceFromIP": [Field("IP", .string), Field("DeviceId", .string)],
    "SeenBy": [Field("DeviceId", .string)],
    "AssignedIPAddresses": [
      Field("Timestamp", .datetime), Field("IPAddress", .string), Field("IPType", .string),
      Field("NetworkAdapterType", .string), Field("ConnectedNetworks", .int),
    ],
  ]

  /// The rows of `input` with the columns that the function adds to those that are there.
  func enriched(_ input: BoundQuery, _ name: String, _ range: Range<Int>) -> BoundQuery {
    let added = (Self.enrichments[name] ?? []).filter { field in !input.schema.contains { $0.name == field.name } }
    var result = input
    result.schema += added
    let text = bytes
    result.plan = .step(
      .project(
        input.plan,
        input.schema.enumerated().map { .column($0, $1.type) } + added.map { .literal(Scalar.null($0.type)) }),
      name: name
    ) { _, _ in
      throw KQLError(.notSupported, "\(name)() asks a service, which Plumbline does not", range, in: text)
    }
    return result
  }
}
