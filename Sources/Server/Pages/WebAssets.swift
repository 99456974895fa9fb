// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Styles, scripts and pictures that pages load: `Content/web/`.
package struct WebAsset: Sendable {
  package let bytes: [UInt8]
  package let type: String
}

package enum WebAssets {
  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
  ]

  /// What is shipped, by name, and the hash by which browsers know that it has not changed.
  private static let shipped: [String: (asset: WebAsset, hash: String)] = {
    var found: [String: (WebAsset, String)] = [:]
    for suffix in types.keys {
      for file in (try? ContentLibrary().files(under: "web", suffix: "." + suffix)) ?? [] {
        let name = String(file.path.dropFirst("web/".count))
        found[name] = (
          WebAsset(bytes: file.bytes, type: types[suffix] ?? ""), String(JSONDigest(hashing: file.bytes).hex.prefix(12))
        )
      }
    }
    return found
  }()

  /// Where a page finds it. The address changes with the bytes, so that it may be kept for good.
  static func address(_ name: String) -> PageAddress {
    PageAddress("/assets/\(name)", shipped[name].map { [("v", $0.hash)] } ?? [])
  }

  package static func asset(_ name: String) -> WebAsset? { shipped[name]?.asset }
}
