// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import SwiftASN1
internal import X509

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A certificate authority of the twin's own and a certificate of it for this machine. Its key is never written down: with
/// the process ends its power to vouch.
package struct Authority: Sendable {
  /// The authority's certificate, for clients to trust.
  package let authorityPEM: String
  package let certificatePEM: String
  package let keyPEM: String

  /// - Parameter names: further host names that the certificate is for.
  package init(names: [String] = []) throws {
    let now = Date()
    let until = now.addingTimeInterval(30 * 86400)
    let authorityKey = P256.Signing.PrivateKey()
    let issuer = try DistinguishedName { CommonName("Plumbline twin") }
    let authority = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(authorityKey.publicKey),
      notValidBefore: now.addingTimeInterval(-300), notValidAfter: until, issuer: issuer, subject: issuer,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        SubjectKeyIdentifier(hash: Certificate.PublicKey(authorityKey.publicKey))
      }, issuerPrivateKey: .init(authorityKey))
    let key = P256.Signing.PrivateKey()
    let hosts = (["localhost"] + names).map { GeneralName.dnsName($0) }
    let loopback = [
      GeneralName.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
      GeneralName.ipAddress(ASN1OctetString(contentBytes: [UInt8](repeating: 0, count: 15) + [1])),
    ]
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
      notValidBefore: now.addingTimeInterval(-300), notValidAfter: until, issuer: issuer,
      subject: try DistinguishedName { CommonName("localhost") }, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(hosts + loopback)
        AuthorityKeyIdentifier(
          keyIdentifier: SubjectKeyIdentifier(hash: Certificate.PublicKey(authorityKey.publicKey)).keyIdentifier)
      }, issuerPrivateKey: .init(authorityKey))
    authorityPEM = try authority.serializeAsPEM().pemString + "\n"
    certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
    keyPEM = key.pemRepresentation
  }
}
