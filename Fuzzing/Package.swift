// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Run with Fuzzing/fuzz.sh, which says what it takes. Sources/JSON, KQL, IaC and so on are links to the modules themselves,
// so that they are built with the coverage that libFuzzer steers by. gold breaks on what the sanitizers leave: lld links.
let fuzzed: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"]),
]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]

let package = Package(
  name: "fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(
      name: "JSON", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: fuzzed),
    .target(
      name: "KQL", dependencies: ["JSON", .product(name: "Crypto", package: "swift-crypto")], swiftSettings: fuzzed),
    .target(name: "CContent"),
    .target(
      name: "Content", dependencies: ["JSON", "CContent", .product(name: "Yams", package: "Yams")],
      swiftSettings: fuzzed),
    .target(
      name: "IaC", dependencies: ["JSON", "KQL", "Content", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: fuzzed),
    .target(name: "FuzzDriver"),
    .executableTarget(
      name: "FuzzQuery", dependencies: ["FuzzDriver", "KQL"], swiftSettings: fuzzed, linkerSettings: linked),
    .executableTarget(
      name: "FuzzExtent", dependencies: ["FuzzDriver", "JSON", "KQL"], swiftSettings: fuzzed, linkerSettings: linked),
    .executableTarget(
      name: "FuzzTerraform", dependencies: ["FuzzDriver", "IaC"], swiftSettings: fuzzed, linkerSettings: linked),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
