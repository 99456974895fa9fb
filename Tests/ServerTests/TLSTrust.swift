// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOSSL
import Twin

/// A certificate for this machine in files of a folder of its own, and whom clients have to trust for it.
struct TLSTrust: Sendable {
  let certificate: String
  let key: String
  let configuration: TLSConfiguration

  init(in folder: String) throws {
    let authority = try Authority()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    (certificate, key) = (folder + "/cert.pem", folder + "/key.pem")
    try authority.certificatePEM.write(toFile: certificate, atomically: true, encoding: .utf8)
    try authority.keyPEM.write(toFile: key, atomically: true, encoding: .utf8)
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(
      try NIOSSLCertificate.fromPEMBytes(Array(authority.authorityPEM.utf8)))
    self.configuration = configuration
  }
}
