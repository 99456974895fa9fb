// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import Content

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a collector read.
struct Collected: Sendable {
  /// The account, tenant or organisation that stands for the whole.
  let account: String
  let calls: Int
  /// What to tell besides.
  var notes: [String] = []
}

/// Options of a scan that concern Azure or Google Cloud.
struct CloudArguments: ParsableArguments {
  @Option(help: "A base from whose /metadata/endpoints all of Azure's are learned. Default: PLUMB_AZURE_ENDPOINT.")
  var azureEndpoint: String?
  @Option(help: "The base of every Google API. Default: PLUMB_GCP_ENDPOINT, else Google's own hosts.")
  var gcpEndpoint: String?
  @Option(help: "The number of the organisation of Google Cloud to read.") var gcpOrganization: String?
  @Option(help: "The number of the folder of Google Cloud to read.") var gcpFolder: String?
  @Option(help: "The id of a project of Google Cloud to read; may be given again.") var gcpProject: [String] = []
  @Option(help: "A file of certificates, in PEM, to trust besides the system's. Default: PLUMB_CA_FILE.")
  var caFile: String?

  var scope: GoogleScope {
    var scope = GoogleScope()
    scope.organization = gcpOrganization
    scope.folder = gcpFolder
    scope.projects = gcpProject
    return scope
  }

  func azure(_ content: ContentLibrary, _ sink: CollectionSink) async throws -> Collected {
    let collector = try await AzureCollector(
      content: content, environment: ProcessInfo.processInfo.environment, endpoint: azureEndpoint, authorities: caFile)
    do {
      try await collector.scan(AzureScanOptions(), into: sink)
    } catch {
      await collector.shutdown()
      throw error
    }
    await collector.shutdown()
    return Collected(account: collector.tenant, calls: collector.callCount)
  }

  func google(_ content: ContentLibrary, _ sink: CollectionSink) async throws -> Collected {
    let collector = try await GoogleCollector(
      content: content, environment: ProcessInfo.processInfo.environment, scope: scope, endpoint: gcpEndpoint,
      authorities: caFile)
    do {
      try await collector.scan(GoogleScanOptions(), into: sink)
    } catch {
      await collector.shutdown()
      throw error
    }
    await collector.shutdown()
    return Collected(account: collector.account, calls: collector.callCount)
  }
}
