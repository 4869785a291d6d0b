import Docket
import Testing

@testable import DocketParsers

@Suite struct SealedMailTests {
  @Test("what CMS signed becomes a member, with either way of writing lengths")
  func signed() throws {
    for file in [Self.signed, Self.streamed] {
      let (output, summary) = try read(Base64Text.decode(file.utf8), name: "letter.txt.p7m")
      #expect(summary.mediaType == "application/pkcs7-mime")
      #expect(output.members.map(\.name) == ["letter.txt"])
      // A part of a mail is a mail once it has the header that says so.
      #expect(String(decoding: output.members[0].bytes, as: UTF8.self).hasSuffix("\r\n\r\nThe signed text.\r\n"))
      #expect(summary.findings.map(\.code) == ["file-signed"])
    }
  }

  @Test("text in Base64 is taken for what it stands for")
  func armoured() throws {
    let armoured = Array("-----BEGIN PKCS7-----\n\(Self.signed)\n-----END PKCS7-----\n".utf8)
    #expect(try read(armoured).output.members.count == 1)
    #expect(try read(Array(Self.signed.utf8), name: "a.xml.p7m").output.members.map(\.name) == ["a.xml"])
  }

  @Test("encrypted content and lone signatures fail with what to do")
  func codes() {
    #expect(code(reading: Base64Text.decode(Self.encrypted.utf8)) == .contentEncrypted)
    #expect(code(reading: Base64Text.decode(Self.detached.utf8)) == .signatureAlone)
    #expect(
      code(reading: Array("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n".utf8))
        == .contentEncrypted)
    #expect(code(reading: Array(Base64Text.decode(Self.signed.utf8).prefix(40))) == .unknownFormat)
  }

  @Test("a mail signed and sealed in one is read")
  func opaque() throws {
    let (output, summary) = try read(Self.mail("application/pkcs7-mime; smime-type=signed-data", Self.signed))
    #expect(text(of: summary).text == "The signed text.\n")
    #expect(text(of: summary).headers.contains { $0.name == "subject" && $0.value == "Sealed" })
    #expect(output.members.isEmpty)
    #expect(summary.findings.map(\.code) == ["mail-signed"])
  }

  @Test("an encrypted mail fails with what to do")
  func envelope() {
    #expect(
      code(reading: Self.mail("application/pkcs7-mime; smime-type=enveloped-data", Self.encrypted)) == .contentEncrypted
    )
    let pgp = """
      From: a@example.org
      To: b@example.org
      Subject: Sealed
      Content-Type: multipart/encrypted; boundary=x

      --x
      Content-Type: application/pgp-encrypted

      Version: 1
      --x
      Content-Type: application/octet-stream

      -----BEGIN PGP MESSAGE-----
      --x--

      """
    #expect(code(reading: Array(pgp.utf8)) == .contentEncrypted)
    let inline =
      "From: a@example.org\nTo: b@example.org\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"
    #expect(code(reading: Array(inline.utf8)) == .contentEncrypted)
  }

  @Test("of a text signed by PGP the text is read")
  func clearSigned() throws {
    let mail = """
      From: a@example.org
      To: b@example.org

      -----BEGIN PGP SIGNED MESSAGE-----
      Hash: SHA256

      The order:
      - - ten chairs
      -----BEGIN PGP SIGNATURE-----

      iQEz
      -----END PGP SIGNATURE-----

      """
    let (_, summary) = try read(Array(mail.utf8))
    #expect(text(of: summary).text == "The order:\n- ten chairs\n")
    #expect(summary.findings.map(\.code) == ["mail-signed"])
  }

  @Test("a signature beside the mail is no document")
  func besides() throws {
    let mail = """
      From: a@example.org
      To: b@example.org
      Content-Type: multipart/signed; boundary=x

      --x
      Content-Type: text/plain

      Hello.
      --x
      Content-Type: application/pkcs7-signature; name=smime.p7s

      xx
      --x--

      """
    let (output, summary) = try read(Array(mail.utf8))
    #expect(output.members.isEmpty)
    #expect(text(of: summary).text.trimmed == "Hello.")
  }

  private static func mail(_ type: String, _ content: String) -> [UInt8] {
    Array(
      """
      From: a@example.org
      To: b@example.org
      Subject: Sealed
      MIME-Version: 1.0
      Content-Type: \(type); name=smime.p7m
      Content-Transfer-Encoding: base64

      \(content)

      """.utf8)
  }

  private static let signed = """
    MIICHwYJKoZIhvcNAQcCoIICEDCCAgwCAQExDzANBglghkgBZQMEAgEFADA9BgkqhkiG9w0BBwGgMAQuQ29udGVudC1UeXBlOiB0ZXh0L3Bs\
    YWluDQoNClRoZSBzaWduZWQgdGV4dC4NCjGCAbUwggGxAgEBMCQwDDEKMAgGA1UEAwwBeAIUBazPrjS/qD8f8yOfqtVZdMRhKuMwDQYJYIZI\
    AWUDBAIBBQCggeQwGAYJKoZIhvcNAQkDMQsGCSqGSIb3DQEHATAcBgkqhkiG9w0BCQUxDxcNMjYxMTI4MDMwNTIwWjAvBgkqhkiG9w0BCQQx\
    IgQgI1s6CEjPBYxL6jgSsrpd9UczGW1DMV0VrDqglsn+iXgweQYJKoZIhvcNAQkPMWwwajALBglghkgBZQMEASowCwYJYIZIAWUDBAEWMAsG\
    CWCGSAFlAwQBAjAKBggqhkiG9w0DBzAOBggqhkiG9w0DAgICAIAwDQYIKoZIhvcNAwICAUAwBwYFKw4DAgcwDQYIKoZIhvcNAwICASgwDQYJ\
    KoZIhvcNAQEBBQAEgYA2qhrqS/6y7+sOGPbmbRFp4TgWIGWTiVm9k644rhukTCAyw9SkA5vpPjnbPCRfA/Hc5qox+GZxlv28j6D2oZykeg1j\
    xe0NGc0Wjzr/0KtUYYF7TiRNsOjwmJZKd3OO27PzClkR+b7Yp7UP34dPU0IFI/eN/IO5RCWuGQRYX+Tlgg==
    """
  private static let streamed = """
    MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgAQuQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoN\
    ClRoZSBzaWduZWQgdGV4dC4NCgAAAAAAADGCAbMwggGvAgEBMCQwDDEKMAgGA1UEAwwBeAIUBazPrjS/qD8f8yOfqtVZdMRhKuMwCwYJYIZI\
    AWUDBAIBoIHkMBgGCSqGSIb3DQEJAzELBgkqhkiG9w0BBwEwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyODAzMDUyMVowLwYJKoZIhvcNAQkEMSIE\
    ICNbOghIzwWMS+o4ErK6XfVHMxltQzFdFaw6oJbJ/ol4MHkGCSqGSIb3DQEJDzFsMGowCwYJYIZIAWUDBAEqMAsGCWCGSAFlAwQBFjALBglg\
    hkgBZQMEAQIwCgYIKoZIhvcNAwcwDgYIKoZIhvcNAwICAgCAMA0GCCqGSIb3DQMCAgFAMAcGBSsOAwIHMA0GCCqGSIb3DQMCAgEoMA0GCSqG\
    SIb3DQEBAQUABIGAoqKLPJnEose87aAhZyQKdzDyjxrcPl95aqz4xDGa5hv1jPSpskMqt+qSYyxC1pq1kcwyyOB2x4dHyDD1JXU/Jt3Uj8eE\
    pQjpzA2KpC+PslhOX8iqJKshdTT79k/GN6tP8wkstvXuEzVV58LELI0ysRy20ZL9VVOi9d/M9OT0CAoAAAAAAAA=
    """
  private static let encrypted = """
    MIIBLAYJKoZIhvcNAQcDoIIBHTCCARkCAQAxgb4wgbsCAQAwJDAMMQowCAYDVQQDDAF4AhQFrM+uNL+oPx/zI5+q1Vl0xGEq4zANBgkqhkiG\
    9w0BAQEFAASBgDM7edMN8G6UdSpsdf5MwdpE+mMjfYNvZAFLlbUcxUKv4Sh+ym0Dh2hvOtnzf0KfCJcuptU0uk9210aj6UdZhJqCgreTsIKW\
    Dr/yqq5uL9vy+imkiWANF5sfEqNz0tXk93CGa0GPFOAYwoX2Z+sLQKQWEmUoY1eF3TKFz2YFyMByMFMGCSqGSIb3DQEHATAUBggqhkiG9w0D\
    BwQI0EHRE99BS8+AMB/yNvA+RbsypIwxB1VWrUbC4qMWqYjhX/lng9YSQuWUisCdnfaSrV1kMiuRdwRjZg==
    """
  private static let detached = """
    MIIB7QYJKoZIhvcNAQcCoIIB3jCCAdoCAQExDzANBglghkgBZQMEAgEFADALBgkqhkiG9w0BBwExggG1MIIBsQIBATAkMAwxCjAIBgNVBAMM\
    AXgCFAWsz640v6g/H/Mjn6rVWXTEYSrjMA0GCWCGSAFlAwQCAQUAoIHkMBgGCSqGSIb3DQEJAzELBgkqhkiG9w0BBwEwHAYJKoZIhvcNAQkF\
    MQ8XDTI2MTEyODAzMDUyMVowLwYJKoZIhvcNAQkEMSIEICNbOghIzwWMS+o4ErK6XfVHMxltQzFdFaw6oJbJ/ol4MHkGCSqGSIb3DQEJDzFs\
    MGowCwYJYIZIAWUDBAEqMAsGCWCGSAFlAwQBFjALBglghkgBZQMEAQIwCgYIKoZIhvcNAwcwDgYIKoZIhvcNAwICAgCAMA0GCCqGSIb3DQMC\
    AgFAMAcGBSsOAwIHMA0GCCqGSIb3DQMCAgEoMA0GCSqGSIb3DQEBAQUABIGAoqKLPJnEose87aAhZyQKdzDyjxrcPl95aqz4xDGa5hv1jPSp\
    skMqt+qSYyxC1pq1kcwyyOB2x4dHyDD1JXU/Jt3Uj8eEpQjpzA2KpC+PslhOX8iqJKshdTT79k/GN6tP8wkstvXuEzVV58LELI0ysRy20ZL9\
    VVOi9d/M9OT0CAo=
    """
}
