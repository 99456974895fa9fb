// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

// Imports go down this list only; docs/architecture.md says what each room is for.
let package = Package(
  name: "plumbline",
  products: [.executable(name: "plumb", targets: ["plumb"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    .target(name: "JSON", dependencies: [crypto], swiftSettings: settings),
    .target(name: "KQL", dependencies: ["JSON", crypto], swiftSettings: settings),
    .target(name: "Charts", dependencies: ["JSON", "KQL"], swiftSettings: settings),
    .target(name: "ARMLanguage", dependencies: ["JSON", crypto], swiftSettings: settings),
    .target(name: "CContent"),
    .target(
      name: "Content", dependencies: ["JSON", "CContent", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "IaC", dependencies: ["JSON", "KQL", "ARMLanguage", "Content", crypto], swiftSettings: settings),
    .target(name: "Specs", dependencies: ["JSON", "Content", crypto], swiftSettings: settings),
    .target(
      name: "Inventory", dependencies: ["JSON", "KQL", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .target(
      name: "Collectors",
      dependencies: [
        "JSON", "Content", "Specs", "Inventory", crypto, logging,
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: settings),
    .target(
      name: "Posture",
      dependencies: [
        "JSON", "KQL", "ARMLanguage", "Content", "Inventory", crypto, .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .target(
      name: "Twin",
      dependencies: [
        "JSON", "KQL", "Content", "Specs", "Inventory", crypto, logging,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: settings),
    .target(
      name: "Server",
      dependencies: [
        "JSON", "KQL", "Charts", "Content", "Inventory", "Posture", "IaC", crypto, logging,
        .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdHTTP2", package: "hummingbird"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "plumb",
      dependencies: [
        "JSON", "KQL", "Charts", "Content", "Specs", "Inventory", "Collectors", "IaC", "Posture", "Twin", "Server",
        logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "IaCTests", dependencies: ["IaC", "Content", "JSON"], exclude: ["recorded"], swiftSettings: settings),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
    .testTarget(name: "KQLTests", dependencies: ["KQL", "JSON"], swiftSettings: settings),
    .testTarget(
      name: "InventoryTests",
      dependencies: ["Inventory", "KQL", "JSON", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    .testTarget(
      name: "CollectorsTests",
      dependencies: [
        "Collectors", "Content", "Specs", "Inventory", "JSON",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PostureTests", dependencies: ["Posture", "Content", "Inventory", "KQL", "JSON"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["plumb", "JSON", "KQL", "Content", "Twin"], swiftSettings: settings),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server", "Content", "Inventory", "JSON", "KQL", "Posture", "Twin", logging,
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .testTarget(name: "ARMLanguageTests", dependencies: ["ARMLanguage", "JSON"], swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "plumb", "ARMLanguage", "KQL", "JSON", "Content", "IaC", "Inventory", "Posture",
      ],
      exclude: ["pinned"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
