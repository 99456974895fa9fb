// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Connecting over TLS and through a proxy, as a user sets it up.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct NetworkTests {
  /// A certificate of its own, TLS before moto, and a proxy that is asked to connect: `front.py UPSTREAM FOLDER`.
  private static let front = """
    import asyncio, datetime, os, ssl, sys, urllib.parse
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    upstream, folder = urllib.parse.urlparse(sys.argv[1]), sys.argv[2]
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "aws.test")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.DNSName("aws.test")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256()))
    with open(f"{folder}/ca.pem", "wb") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
    with open(f"{folder}/key.pem", "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()))

    async def pump(reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

    async def relay(reader, writer, host, port):
        other_reader, other_writer = await asyncio.open_connection(host, port)
        await asyncio.gather(pump(reader, other_writer), pump(other_reader, writer))

    async def plain(reader, writer):
        await relay(reader, writer, upstream.hostname, upstream.port)

    async def main():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/ca.pem", f"{folder}/key.pem")
        tls = await asyncio.start_server(plain, "127.0.0.1", 0, ssl=context)
        tls_port = tls.sockets[0].getsockname()[1]

        async def connect(reader, writer):
            head = (await reader.readuntil(b"\\r\\n\\r\\n")).decode()
            with open(f"{folder}/proxy.log", "a") as log:
                log.write(head.splitlines()[0] + "\\n")
            writer.write(b"HTTP/1.1 200 Connected\\r\\n\\r\\n")
            await relay(reader, writer, "127.0.0.1", tls_port)

        proxy = await asyncio.start_server(connect, "127.0.0.1", 0)
        with open(f"{folder}/ports.new", "w") as file:
            print(tls_port, proxy.sockets[0].getsockname()[1], file=file)
        os.rename(f"{folder}/ports.new", f"{folder}/ports")
        await asyncio.gather(tls.serve_forever(), proxy.serve_forever())

    asyncio.run(main())
    """

  private static let script = """
    "$PYTHON" "$WORK/front.py" "$AWS_ENDPOINT_URL" "$WORK" &
    front=$!
    # What a test starts has TERM blocked.
    trap 'kill -KILL $front' EXIT
    while [ ! -s "$WORK/ports" ]; do sleep 0.05; done
    read tls proxy < "$WORK/ports"
    connect() {
      name=$1; shift
      code=0
      env "$@" "$PLUMB" connect aws > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      echo $code > "$WORK/$name.code"
    }
    here=AWS_ENDPOINT_URL=https://localhost:$tls
    mkdir -p "$WORK/.aws"
    printf '[profile firm]\\nca_bundle = %s\\n' "$WORK/ca.pem" > "$WORK/.aws/config"
    head -c 200 "$WORK/ca.pem" > "$WORK/half.pem"
    connect unknown $here
    connect bundle $here AWS_CA_BUNDLE="$WORK/ca.pem"
    connect profile $here AWS_PROFILE=firm
    connect half $here AWS_CA_BUNDLE="$WORK/half.pem"
    connect proxied AWS_ENDPOINT_URL=https://aws.test AWS_CA_BUNDLE="$WORK/ca.pem" HTTPS_PROXY=http://127.0.0.1:$proxy
    connect spared $here AWS_CA_BUNDLE="$WORK/ca.pem" HTTPS_PROXY=http://127.0.0.1:$proxy
    connect dead AWS_ENDPOINT_URL=https://aws.test HTTPS_PROXY=http://me:hidden@127.0.0.1:9
    """

  private static let outcome = Result { try MotoRun(script, tools: ["front.py": front]) }

  private func outcome() throws -> MotoRun {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000))")
    return run
  }

  @Test(arguments: ["bundle", "profile", "proxied", "spared"])
  func connectsOverTLS(_ name: String) throws {
    let run = try outcome()
    #expect(run["\(name).out"].hasPrefix("Connected to account 123456789012"), "\(run["\(name).err"])")
    #expect(run["\(name).code"] == "0")
  }

  @Test func onlyWhatIsNotOfThisMachineGoesThroughTheProxy() throws {
    #expect(try outcome().lines("proxy.log") == ["CONNECT aws.test:443 HTTP/1.1"])
  }

  @Test(arguments: [
    ("unknown", "the server's certificate cannot be verified"), ("half", "the file of authorities cannot be used"),
    ("dead", "through the proxy 127.0.0.1:9: connection refused"),
  ])
  func whatDoesNotConnectSaysWhy(_ name: String, _ part: String) throws {
    let run = try outcome()
    #expect(run["\(name).code"] == "2")
    #expect(run["\(name).err"].contains(part), "\(run["\(name).err"])")
    #expect(!run["\(name).err"].contains("hidden"))
  }
}
