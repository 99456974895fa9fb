// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import Specs

/// A group of regions with its own names: the public cloud, China, the US government's.
package struct AWSPartition: Sendable, Equatable {
  package let id: String
  package let dnsSuffix: String
  /// Where questions go that concern the account as a whole.
  package let homeRegion: String

  package static let aws = AWSPartition(id: "aws", dnsSuffix: "amazonaws.com", homeRegion: "us-east-1")
  package static let china = AWSPartition(id: "aws-cn", dnsSuffix: "amazonaws.com.cn", homeRegion: "cn-north-1")
  package static let government = AWSPartition(
    id: "aws-us-gov", dnsSuffix: "amazonaws.com", homeRegion: "us-gov-west-1")

  package init(id: String, dnsSuffix: String, homeRegion: String) {
    self.id = id
    self.dnsSuffix = dnsSuffix
    self.homeRegion = homeRegion
  }

  /// The partition a region belongs to.
  package init(region: String) {
    self = region.hasPrefix("cn-") ? .china : region.hasPrefix("us-gov-") ? .government : .aws
  }
}

extension AWSPartition {
  /// The partition that an ARN names.
  ///
  /// - Parameters:
  ///   - arn: the caller's, `arn:PARTITION:…`.
  ///   - region: where the caller works; tells what the ARN does not.
  package init(arn: String, region: String) {
    let parts = arn.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    let own = AWSPartition(region: region)
    guard parts.count == 3, parts[0] == "arn", !parts[1].isEmpty, parts[1] != own.id else {
      self = own
      return
    }
    let known = [AWSPartition.aws, .china, .government].first { $0.id == parts[1] }
    self = known ?? AWSPartition(id: String(parts[1]), dnsSuffix: own.dnsSuffix, homeRegion: region)
  }
}

/// Where a call goes and in whose name it is signed.
struct AWSEndpoint: Sendable, Equatable {
  var scheme: String
  /// Host and port.
  var host: String
  /// A path that precedes the operation's; empty or without a slash at its end.
  var basePath: String
  var signingRegion: String
  /// Given by the user: no host prefixes, path-style buckets.
  var isCustom: Bool
  /// Whether the tables know the service in that region.
  var isListed: Bool
}

/// Finds endpoints: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `endpoint_url`, the tables.
package struct AWSEndpoints: Sendable {
  private let general: String?
  private let perService: [String: String]

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - profileURL: `endpoint_url` of the profile.
  package init(environment: [String: String], profileURL: String? = nil) {
    let ignored = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
    let given = environment["AWS_ENDPOINT_URL"].flatMap { $0.isEmpty ? nil : $0 }
    general = ignored ? nil : given ?? profileURL
    var perService: [String: String] = [:]
    let prefix = "AWS_ENDPOINT_URL_"
    if !ignored {
      for (name, value) in environment where name.hasPrefix(prefix) && !value.isEmpty {
        perService[String(name.dropFirst(prefix.count)).uppercased()] = value
      }
    }
    self.perService = perService
  }

  /// - Parameter service: the service's facts.
  /// - Throws: ``AWSFailure`` where a given URL is none.
  func resolve(_ service: ServiceModel, region: String) throws(AWSFailure) -> AWSEndpoint {
    let partition = AWSPartition(region: region)
    let table = service.endpoints[partition.id]
    let signingRegion = table?.globalRegion ?? region
    let name = service.serviceID.uppercased().map { $0 == " " || $0 == "-" ? "_" : $0 }
    if let url = perService[String(name)] ?? general {
      return try Self.parse(url, signingRegion: signingRegion)
    }
    let host =
      table?.globalHost ?? table?.hosts[region] ?? "\(service.endpointPrefix).\(region).\(partition.dnsSuffix)"
    return AWSEndpoint(
      scheme: "https", host: host, basePath: "", signingRegion: signingRegion, isCustom: false,
      isListed: table?.globalHost != nil || table?.regions.contains(region) == true)
  }

  static func parse(_ url: String, signingRegion: String) throws(AWSFailure) -> AWSEndpoint {
    let scheme = url.hasPrefix("http://") ? "http" : url.hasPrefix("https://") ? "https" : ""
    let rest = url.dropFirst(scheme.count + 3)
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !scheme.isEmpty, !host.isEmpty, !host.contains("@"), !host.contains(" ") else {
      throw AWSFailure(
        reason: .error, code: "InvalidEndpoint",
        message: "'\(rest.contains("@") ? "…" : url)' is not an endpoint URL (http://HOST:PORT)")
    }
    var path = String(rest.dropFirst(host.count).prefix { $0 != "?" && $0 != "#" })
    while path.hasSuffix("/") { path.removeLast() }
    return AWSEndpoint(
      scheme: scheme, host: String(host), basePath: path, signingRegion: signingRegion, isCustom: true, isListed: true)
  }
}
