"""Which addresses we call, and what becomes of a call."""

import datetime
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.core.outside import Outside, Refused, Unreachable, is_public

REFUSED = {
    "http": ("http://example.com/", "not_https"),
    "file": ("file:///etc/passwd", "not_an_address"),
    "gopher": ("gopher://example.com:443/_x", "not_an_address"),
    "ftp": ("ftp://example.com/", "not_an_address"),
    "javascript": ("javascript:alert(1)", "not_an_address"),
    "data": ("data:text/plain,hi", "not_an_address"),
    "no scheme": ("//example.com/", "not_an_address"),
    "no host": ("https:///path", "not_an_address"),
    "empty": ("", "letters"),
    "user": ("https://user@example.com/", "credentials"),
    "user and password": ("https://user:pw@example.com/", "credentials"),
    "host as user": ("https://example.com@127.0.0.1/", "credentials"),
    "at at": ("https://a@b@example.com/", "credentials"),
    "backslash": ("https://example.com\\@127.0.0.1/", "letters"),
    "CRLF": ("https://example.com/\r\nX: y", "letters"),
    "LF": ("https://example.com/\nx", "letters"),
    "tab": ("https://exam\tple.com/", "letters"),
    "space": ("https://example.com/ x", "letters"),
    "NUL": ("https://example.com/\x00", "letters"),
    "wide digits": ("https://１２７.0.0.1/", "letters"),
    "circled letters": ("https://ⓔxample.com/", "letters"),
    "ideographic stop": ("https://127。0。0。1/", "letters"),
    "percent in host": ("https://127%2e0.0.1/", "not_an_address"),
    "fragment": ("https://example.com/#@127.0.0.1", "not_an_address"),
    "port 22": ("https://example.com:22/", "port"),
    "port 80": ("https://example.com:80/", "port"),
    "port 6379": ("https://example.com:6379/", "port"),
    "port 0": ("https://example.com:0/", "not_an_address"),
    "port 65536": ("https://example.com:65536/", "not_an_address"),
    "port words": ("https://example.com:https/", "not_an_address"),
    "localhost": ("https://localhost/", "host"),
    "localhost stop": ("https://localhost./", "host"),
    "sub localhost": ("https://x.localhost/", "private_address"),
    "local": ("https://printer.local/", "private_address"),
    "internal": ("https://metadata.google.internal/", "private_address"),
    "one word": ("https://intranet/", "host"),
    "stop at the end": ("https://example.com./", "host"),
    "loopback": ("https://127.0.0.1/", "private_address"),
    "loopback elsewhere": ("https://127.1.2.3/", "private_address"),
    "short loopback": ("https://127.1/", "host"),
    "decimal": ("https://2130706433/", "host"),
    "octal": ("https://0177.0.0.1/", "host"),
    "hex": ("https://0x7f000001/", "host"),
    "hex parts": ("https://0x7f.0.0.0x1/", "host"),
    "zero": ("https://0.0.0.0/", "private_address"),
    "one zero": ("https://0/", "host"),
    "ten": ("https://10.0.0.1/", "private_address"),
    "172": ("https://172.31.255.255/", "private_address"),
    "192": ("https://192.168.1.1/", "private_address"),
    "shared": ("https://100.100.100.200/", "private_address"),
    "metadata": ("https://169.254.169.254/latest/meta-data/", "private_address"),
    "cloud host": ("https://168.63.129.16/", "private_address"),
    "group": ("https://224.0.0.1/", "private_address"),
    "broadcast": ("https://255.255.255.255/", "private_address"),
    "reserved": ("https://240.0.0.1/", "private_address"),
    "documentation": ("https://203.0.113.9/", "private_address"),
    "loopback 6": ("https://[::1]/", "private_address"),
    "unspecified 6": ("https://[::]/", "private_address"),
    "mapped": ("https://[::ffff:127.0.0.1]/", "private_address"),
    "mapped public": ("https://[::ffff:8.8.8.8]/", "private_address"),
    "compatible": ("https://[::127.0.0.1]/", "private_address"),
    "NAT64": ("https://[64:ff9b::7f00:1]/", "private_address"),
    "6to4": ("https://[2002:7f00:1::]/", "private_address"),
    "Teredo": ("https://[2001::1]/", "private_address"),
    "unique local": ("https://[fd00:ec2::254]/", "private_address"),
    "link local 6": ("https://[fe80::1]/", "private_address"),
    "zone": ("https://[fe80::1%25eth0]/", "not_an_address"),
    "group 6": ("https://[ff02::1]/", "private_address"),
    "broken 6": ("https://[::1/", "not_an_address"),
    "too long": ("https://example.com/" + "x" * 1000, "too_long"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_addresses_that_are_never_called(name: str) -> None:
    url, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        Outside(resolve=lambda host, port: ["8.8.8.8"]).check(url)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://example.com",
        "https://hooks.example.com:8443/a/b?x=1&y=%20",
        "https://EXAMPLE.com/",
        "https://xn--fiqs8s.example.cn/hook",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://example.com:443/@x",
        "https://a-b.c1.example.org/~x/",
        "https://oapi.example.com/robot/send?access_token=abc",
    ],
)
def test_addresses_that_may_be_called(url: str) -> None:
    Outside().check(url)


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["fe80::1"], ["x"]],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(found: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        Outside(resolve=lambda host, port: found).post("https://example.com/", b"", {})
    assert refused.value.code == "private_address"


def test_public_addresses() -> None:
    assert all(is_public(a) for a in ("1.1.1.1", "223.5.5.5", "2400:3200::1"))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                try:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)
        if self.path == "/cut":
            self.connection.close()
            return
        self.send_response(302 if self.path == "/away" else 429 if self.path == "/wait" else 200)
        if self.path == "/away":
            self.send_header("Location", "/big")
        if self.path == "/wait":
            self.send_header("Retry-After", "7")
        answer = b"y" * 200_000 if self.path == "/big" else body
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def test_what_comes_back(port: int) -> None:
    way = Outside(frozenset({f"127.0.0.1:{port}"}), seconds=1)
    at = f"http://127.0.0.1:{port}"
    assert way.post(f"{at}/", b"hello", {}).body == b"hello"
    assert len(way.post(f"{at}/big", b"", {}).body) == 65536
    assert way.post(f"{at}/away", b"", {}).status == 302
    assert (way.post(f"{at}/wait", b"", {}).status, way.post(f"{at}/wait", b"", {}).retry_after) == (429, 7)
    began = time.monotonic()
    with pytest.raises(Unreachable) as slow:
        way.post(f"{at}/drip", b"", {})
    assert (slow.value.code, time.monotonic() - began < 2) == ("timeout", True)
    with pytest.raises(Unreachable) as cut:
        way.post(f"{at}/cut", b"", {})
    assert cut.value.code == "connection"
    with pytest.raises(Refused):
        Outside().post(f"{at}/", b"", {})


def certificate(folder: Path, host: str) -> Path:
    """A key and a certificate that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / f"{host}.pem"
    path.write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    return path


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    path = certificate(tmp_path, "hooks.example.com")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], path
    server.shutdown()


def outside(host: str, port: int, trusted: Path | None, asked: list[str] | None = None) -> Outside:
    def resolve(name: str, _port: int) -> list[str]:
        (asked if asked is not None else []).append(name)
        return ["127.0.0.1"]

    return Outside(
        frozenset({f"{host}:{port}"}), resolve, 1, lambda: ssl.create_default_context(cafile=trusted)
    )


def test_over_tls_the_name_is_asked_once_and_proved(tls: tuple[int, Path]) -> None:
    port, path = tls
    asked: list[str] = []
    at = f"hooks.example.com:{port}"
    assert outside("hooks.example.com", port, path, asked).post(f"https://{at}/", b"hi", {}).body == b"hi"
    assert asked == ["hooks.example.com"]
    for host, trusted in (("hooks.example.com", None), ("other.example.com", path)):
        with pytest.raises(Unreachable) as fault:
            outside(host, port, trusted).post(f"https://{host}:{port}/", b"hi", {})
        assert fault.value.code == "certificate"
    with pytest.raises(Unreachable) as fault:
        outside("hooks.example.com", port, path).post(f"https://{at}/drip", b"", {})
    assert fault.value.code == "timeout"


def test_whoever_says_nothing_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for scheme in ("http", "https"):
            began = time.monotonic()
            with pytest.raises(Unreachable) as fault:
                outside("a.example.com", port, None).post(f"{scheme}://a.example.com:{port}/", b"", {})
            assert fault.value.code == "timeout"
            assert time.monotonic() - began < 2
