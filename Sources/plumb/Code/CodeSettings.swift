// SPDX-License-Identifier: Apache-2.0
import Content
import Posture

/// The section `code` of a configuration.
///
///     code:
///       failOn: high
///       exclude: ["examples/**"]
///       skip:
///         - {check: aws.s3.mfa-delete, reason: no root user signs in}
struct CodeSettings {
  struct Skip {
    /// An id of ours, which may have `*` in it, or another tool's.
    let check: String
    let reason: String
    /// `plumb.yaml:4`
    let place: String
  }

  var failOn: Severity?
  var exclude: [String] = []
  var skip: [Skip] = []

  init() {}

  init(_ node: ContentNode) throws(ContentError) {
    try node.allow(["failOn", "exclude", "skip"])
    failOn = try node.optional("failOn")?.choice()
    exclude = try node.optional("exclude")?.texts ?? []
    for node in try node.optional("skip")?.elements ?? [] {
      try node.allow(["check", "reason"])
      let reason = try node.require("reason")
      guard try reason.text.contains(where: { !$0.isWhitespace }) else {
        throw reason.error("'reason' is empty; say why the check is skipped")
      }
      skip.append(
        Skip(
          check: try node.require("check").text, reason: try reason.text,
          place: "\(node.location.path):\(node.location.line ?? 1)"))
    }
  }
}
