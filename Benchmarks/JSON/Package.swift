// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Run with: swift run -c release --package-path Benchmarks/JSON
// Sources/JSON is a link to the module itself, so that its `package` names are in reach.
let package = Package(
  name: "json-benchmark",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
  targets: [
    .target(name: "JSON", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
    .executableTarget(name: "JSONBenchmark", dependencies: ["JSON"]),
  ],
  swiftLanguageModes: [.v6]
)
