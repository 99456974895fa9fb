// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import Content
import JSON
import Specs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ConnectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect", abstract: "Checks credentials and prints the permissions that are needed.",
    discussion: """
      Examples:
        plumb connect aws
        plumb connect aws --profile audit
        plumb connect aws --print-policy > policy.json
        plumb connect aws --print-policy --form cloudformation > role.json
        plumb connect azure --print-policy --form bicep > role.bicep
        plumb connect gcp --print-policy --form terraform > role.tf
      """)
  @OptionGroup var store: StoreOptions
  @Argument(help: "The cloud: aws, azure or gcp.") var cloud: String
  @Option(help: "The profile of ~/.aws/config to use.") var profile: String?
  @OptionGroup(title: "Azure and Google Cloud") var others: CloudArguments
  @Flag(
    help: """
      Print the least-privilege policy or role of a scan and do nothing else. Where AWS's limit of 6,144 characters asks \
      for several policies, each has a line.
      """)
  var printPolicy = false
  @Option(help: "The role as json, terraform, bicep (Azure) or cloudformation (AWS).") var form: CloudRole.Form = .json

  func run() async throws {
    _ = try Cloud.check([cloud], verb: "connect to")
    let settings = try store.settings()
    let content = try store.library(settings)
    if printPolicy { return Terminal.write(try policy(content)) }
    let answer: String
    let environment = ProcessInfo.processInfo.environment
    switch cloud {
    case "azure":
      let collector = try await AzureCollector(
        content: content, environment: environment, endpoint: others.azureEndpoint, authorities: others.caFile)
      let names = collector.subscriptions.map { "  \($0.id)  \($0.name)\n" }.joined()
      answer = "Connected to tenant \(collector.tenant), subscriptions: \(collector.subscriptions.count)\n" + names
      await collector.shutdown()
    case "gcp":
      let collector = try await GoogleCollector(
        content: content, environment: environment, scope: others.scope, endpoint: others.gcpEndpoint,
        authorities: others.caFile)
      answer = "Connected to \(collector.account)\n"
      await collector.shutdown()
    default:
      let collector = try await AWSCollector(
        content: content, environment: environment, profile: profile ?? settings.profile,
        authorities: others.caFile)
      answer = "Connected to account \(collector.identity.account) as \(collector.identity.arn)\n"
      await collector.shutdown()
    }
    Terminal.write(Array(answer.utf8))
  }

  private func policy(_ content: ContentLibrary) throws -> [UInt8] {
    let text: String?
    let takes: String
    switch cloud {
    case "azure":
      text = CloudRole.azure(try RESTSpec.all(in: content, cloud: "azure"), form)
      takes = "Azure takes json, terraform or bicep"
    case "gcp":
      text = CloudRole.google(try RESTSpec.all(in: content, cloud: "gcp"), form)
      takes = "Google Cloud takes json or terraform"
    default:
      text = CloudRole.aws(try CollectorSpec.all(in: content), form)
      takes = "AWS takes json, terraform or cloudformation"
    }
    guard let text else { throw UsageError("--form \(form.rawValue): \(takes)") }
    return Array(text.utf8)
  }
}

extension CloudRole.Form: ExpressibleByArgument {}
