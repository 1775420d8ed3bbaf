#!/usr/bin/env python3
"""A strict WS-Management host on 127.0.0.1 for tests; README.md tells how it is used."""

import argparse
import base64
import hashlib
import hmac
import json
import os
import select
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import threading

import peersoap as soap
from peerhost import Host
from peerpersonality import HttpReply, Personalities, deliver, replaced

MAX_HEAD = 64 * 1024
SEAL_OVERHEAD = 2048  # part headers, boundaries and signature of a sealed body
SYSTEM_PYTHON = "/usr/bin/python3"  # has python3-gssapi
CONTENT_TYPES = {f"application/soap+xml;charset={charset}": charset
                 for charset in ("UTF-8", "UTF-16")}
REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found",
           405: "Method Not Allowed", 411: "Length Required", 413: "Content Too Large",
           415: "Unsupported Media Type", 417: "Expectation Failed", 500: "Internal Server Error"}


class Refusal(Exception):
    """A request that is not even looked into: an HTTP 4xx whose body names the reason."""

    def __init__(self, status, why, close=True):
        super().__init__(why)
        self.status = status
        self.close = close


class Request:
    def __init__(self, method, path, headers):
        self.method = method
        self.path = path
        self.headers = headers  # lower-case name -> value
        self.body = b""
        self.charset = "UTF-8"


def read_head(stream):
    """The next Request without its body, None at the end of the connection."""
    line = stream.readline(MAX_HEAD)
    if not line:
        return None
    lines, size = [line], len(line)
    while lines[-1] != b"\r\n":
        if not lines[-1].endswith(b"\r\n"):
            raise Refusal(400, "A header line does not end in CR LF, or the head is over 64 KiB.")
        lines.append(stream.readline(MAX_HEAD))
        size += len(lines[-1])
        if size > MAX_HEAD or not lines[-1]:
            raise Refusal(400, "The head is cut off or over 64 KiB.")
    parts = lines[0].decode("latin-1").rstrip("\r\n").split(" ")
    if len(parts) != 3 or parts[2] != "HTTP/1.1":
        raise Refusal(400, "The request line is not one of HTTP/1.1.")
    return Request(parts[0], parts[1], read_headers(lines[1:-1]))


def read_headers(lines):
    headers = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or not name or name != name.strip():
            raise Refusal(400, f"Not a header line: {name[:40]!r}.")
        if name.lower() in headers:
            raise Refusal(400, f"{name} is given twice.")
        headers[name.lower()] = value.strip()
    if "host" not in headers:
        raise Refusal(400, "Host is missing.")
    return headers


def read_body(stream, request, overhead=0):
    """Fills in body and charset of a POST, or refuses it before reading a byte of the body."""
    headers = request.headers
    if "transfer-encoding" in headers:
        raise Refusal(411, "Transfer-Encoding is refused: a request carries Content-Length.")
    if "expect" in headers:
        raise Refusal(417, "Expect is refused.")
    length = headers.get("content-length")
    if length is None:
        raise Refusal(411, "Content-Length is missing.")
    if not (length.isascii() and length.isdigit() and len(length) < 12):
        raise Refusal(400, "Content-Length is not a number.")
    if int(length) > soap.SERVER_ENVELOPE + overhead:
        raise Refusal(413, "The request is larger than MaxEnvelopeSizekb allows.")
    request.body = stream.read(int(length))
    return len(request.body) == int(length)


def check_content_type(request):
    kind = request.headers.get("content-type")
    if kind not in CONTENT_TYPES:
        raise Refusal(415, f"Content-Type must be exactly application/soap+xml;charset=UTF-8 "
                           f"(or UTF-16), not {kind!r}.", close=False)
    request.charset = CONTENT_TYPES[kind]


class Peer:
    """What all connections share: the host, the users, the misbehaviour, the count of requests."""

    def __init__(self, host, users, personalities):
        self.host = host
        self.users = users  # name -> password, empty when nobody needs to sign in
        self.personalities = personalities
        self.root_url = ""
        self.acceptor = None  # peersignin.Acceptor with --sign-in
        self.lock = threading.Lock()
        self.ordinal = 0

    def next_ordinal(self):
        with self.lock:
            self.ordinal += 1
            return self.ordinal

    def user_of(self, request):
        """(user name or "", whether it may go on)."""
        header = request.headers.get("authorization")
        if header is None:
            return "", not self.users
        scheme, _, text = header.partition(" ")
        try:
            name, _, password = base64.b64decode(text, validate=True).decode().partition(":")
        except ValueError:
            return "", not self.users
        if not self.users:
            return name, True
        return name, scheme.lower() == "basic" and self.check_basic(name, password)

    def check_basic(self, name, password):
        right = hmac.compare_digest(self.users.get(name, "").encode(), password.encode())
        return right and name in self.users


class Connection:
    """One client connection, served in a thread of its own."""

    def __init__(self, peer, sock):
        self.peer = peer
        self.sock = sock
        self.counted = False
        self.sign_in = None
        if peer.acceptor is not None:
            self.sign_in = peer.sign_in(lambda name: peer.personalities.value(name, 0))

    # For peerpersonality ----------------------------------------------------------------------

    def send(self, data):
        self.sock.sendall(data)

    def alive(self):
        readable, _, _ = select.select([self.sock], [], [], 0)
        return not readable

    def wait_closed(self):
        """Returns when the client closes (or sends what it should not)."""
        select.select([self.sock], [], [])

    # Serving ----------------------------------------------------------------------------------

    def serve(self, tls):
        try:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None and not self.handshake(tls):
                return
            with self.sock.makefile("rb") as stream:
                while self.exchange(stream):
                    pass
        except OSError:
            pass  # the client is gone, as clients under test may be
        finally:
            self.sock.close()

    def handshake(self, tls):
        try:
            self.sock = tls.wrap_socket(self.sock, server_side=True)
            return True
        except OSError:
            self.peer.host.count("tls_failures")
            return False

    def exchange(self, stream):
        """One request and its answer; False when the connection ends after it."""
        try:
            request = read_head(stream)
            if request is None:
                return False
            if request.method == "GET" and request.path == "/stats":
                return self.stats()
            if not self.counted:
                self.counted = True
                self.peer.host.count("connections")
            keep = self.post(stream, request)
            if keep and request.headers.get("connection", "").lower() == "close":
                return self.finish()
            return keep
        except Refusal as refusal:
            self.peer.host.count("http_refused")
            extra = [("Connection", "close")] if refusal.close else []
            reply = HttpReply(refusal.status, REASONS[refusal.status],
                              str(refusal).encode(), "text/plain;charset=UTF-8", extra)
            deliver(self, lambda name: None, reply)
            return self.finish() if refusal.close else True

    def stats(self):
        stats = self.peer.host.stats()
        if self.peer.acceptor is not None:
            stats["sign_in"] = self.peer.acceptor.stats()
        body = json.dumps(stats, indent=1).encode() + b"\n"
        return deliver(self, lambda name: None,
                       HttpReply(200, "OK", body, "application/json"))

    def post(self, stream, request):
        if request.path != "/wsman":
            self.peer.host.count("other_paths")
            raise Refusal(404, "The only resource here is /wsman.")
        if request.method != "POST":
            raise Refusal(405, "The only method here is POST.")
        if not read_body(stream, request, SEAL_OVERHEAD if self.sign_in else 0):
            return False
        anonymous = request.headers.get("wsmanidentify", "").lower() == "unauthenticated"
        if self.sign_in is not None:
            return self.signed_post(request, anonymous)
        if not request.body and self.peer.personalities.value("empty-post", 0):
            return deliver(self, lambda name: None, HttpReply(200, "OK"))
        self.peer.host.count_body(request.body)
        check_content_type(request)
        user, allowed = self.peer.user_of(request)
        if not allowed and not (anonymous and "authorization" not in request.headers
                                and self.peer.host.is_identify(request.body, request.charset)):
            return self.unauthorized("authorization" in request.headers)
        return self.answer(request, user, anonymous)

    def signed_post(self, request, anonymous):
        """As post() with --sign-in, where a body may be sealed."""
        judgement = self.sign_in.judge(request, anonymous and self.peer.host.is_identify(
            request.body, request.charset))
        if judgement is not None:
            return self.pronounce(judgement)
        if len(request.body) > soap.SERVER_ENVELOPE:
            raise Refusal(413, "The request is larger than MaxEnvelopeSizekb allows.")
        self.peer.host.count_body(request.body)
        check_content_type(request)
        return self.answer(request, self.sign_in.user, anonymous)

    def pronounce(self, judgement):
        if judgement.reply is None:
            self.wait_closed()
            return False
        deliver(self, lambda name: None, judgement.reply)
        return True if judgement.keep else self.finish()

    def unauthorized(self, refused):
        self.peer.host.count("authorizations_refused" if refused else "unauthorized")
        challenge = [("WWW-Authenticate", 'Basic realm="WSMAN"')]
        return deliver(self, lambda name: None, HttpReply(401, REASONS[401], headers=challenge))

    def answer(self, request, user, anonymous):
        ordinal = self.peer.next_ordinal()
        personalities = self.peer.personalities
        if self.sign_in is not None and personalities.value("forget", ordinal):
            return self.pronounce(self.sign_in.refuse_later())
        answer = self.peer.host.answer(request.body, request.charset, user, anonymous,
                                       personalities.wishes(ordinal))
        reply = HttpReply(answer.status, REASONS[answer.status], answer.body,
                          f"application/soap+xml;charset={answer.charset}",
                          chunked=answer.chunked, done=answer.done)

        def on(name):
            return personalities.value(name, ordinal)

        reply = replaced(on, reply, self.peer.root_url)
        if self.sign_in is not None:
            reply = self.sign_in.protect(reply, on)
        if deliver(self, on, reply):
            return True
        return self.finish(clean=on("no-length") or on("connection-close"))

    def finish(self, clean=True):
        """Ends the connection; `clean` says so to the client and waits a moment for its end."""
        if clean:
            self.sock.settimeout(1)
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock = self.sock.unwrap()
            self.sock.shutdown(socket.SHUT_WR)
            while self.sock.recv(65536):
                pass
        return False


# Start and end --------------------------------------------------------------------------------


def make_certificate(folder, digest="sha256"):
    """A self-signed certificate for 127.0.0.1 and localhost in `folder`: (cert, key) files."""
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-" + digest, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key, "-out", cert],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    return cert, key


def tls_context(arguments):
    """(SSLContext, "sha256:HEX" of the leaf, channel binding with --sign-in); without --tls None
    thrice."""
    if not arguments.tls:
        return None, None, None
    with tempfile.TemporaryDirectory() as folder:
        cert, key = arguments.cert, arguments.key
        if not cert:
            cert, key = make_certificate(folder, arguments.cert_digest)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        binding = certificate_binding(cert) if arguments.sign_in else None
        return context, pin_of(cert), binding


def pin_of(cert):
    """"sha256:HEX" of the first certificate in a PEM file."""
    with open(cert, encoding="ascii") as file:
        text = file.read()
    begin = text.index("-----BEGIN CERTIFICATE-----")
    end = text.index("-----END CERTIFICATE-----") + len("-----END CERTIFICATE-----")
    return "sha256:" + hashlib.sha256(ssl.PEM_cert_to_DER_cert(text[begin:end])).hexdigest()


def certificate_binding(cert):
    from peerauth import certificate_binding as binding_of
    return binding_of(cert)


def make_acceptor(arguments, peer, binding):
    import peerauth
    import peersignin
    peerauth.set_environment(arguments.krb5_conf, arguments.keytab, arguments.ntlm_users)
    peer.sign_in = lambda on: peersignin.SignIn(peer.acceptor, on)
    acceptor = peersignin.Acceptor(
        arguments.sign_in, set(arguments.mechanisms), arguments.tls, arguments.channel_binding,
        arguments.allow_unencrypted, peer.check_basic)
    acceptor.binding = binding
    return acceptor


def need_gssapi():
    """Goes on under the system's Python if this one has no GSSAPI."""
    try:
        import gssapi  # noqa: F401
    except ImportError:
        if os.path.realpath(sys.executable) == os.path.realpath(SYSTEM_PYTHON):
            raise
        os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, "-B", *sys.argv])


def read_users(names, files):
    users = {}
    for name, path in zip(names, files):
        with open(path, encoding="utf-8") as file:
            users[name] = file.read().removesuffix("\n")
    return users


def parse_class(text):
    name, equals, count = text.partition("=")
    if not name.isidentifier() or not name.isascii() or not equals or not count.isdigit():
        raise argparse.ArgumentTypeError(f"{text}: not NAME=COUNT")
    return name, int(count)


def words_of(*known):
    """An argument type: some of `known`, commas between."""
    def parse(text):
        words = [word for word in text.lower().split(",") if word]
        if not set(words) <= set(known):
            raise argparse.ArgumentTypeError(f"{text}: only {', '.join(known)}")
        return words
    return parse


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--cert", metavar="FILE")
    parser.add_argument("--key", metavar="FILE")
    parser.add_argument("--user", action="append", default=[], metavar="NAME")
    parser.add_argument("--password-file", action="append", default=[], metavar="FILE",
                        help="one for each --user, in the same order")
    parser.add_argument("--class", dest="classes", action="append", default=[],
                        type=parse_class, metavar="NAME=COUNT")
    parser.add_argument("--vendor", default="Microsoft Corporation", metavar="TEXT",
                        help="what Identify tells")
    parser.add_argument("--sign-in", default=[], type=words_of(
        "negotiate", "kerberos", "basic", "credssp"), metavar="SCHEME,...",
        help="in the order of the 401; CredSSP is offered and always refused")
    parser.add_argument("--mechanisms", default=["kerberos", "ntlm"], metavar="NAME,...",
                        type=words_of("kerberos", "ntlm"), help="inside Negotiate")
    parser.add_argument("--krb5-conf", default="", metavar="FILE")
    parser.add_argument("--keytab", default="", metavar="FILE")
    parser.add_argument("--ntlm-users", default="", metavar="FILE")
    parser.add_argument("--channel-binding", choices=("none", "relaxed", "strict"),
                        default="relaxed")
    parser.add_argument("--cert-digest", default="sha256", help="of the certificate made here")
    parser.add_argument("--allow-unencrypted", action="store_true")
    parser.add_argument("--personality", action="append", default=[], metavar="SPEC")
    arguments = parser.parse_args()
    if len(arguments.user) != len(arguments.password_file):
        parser.error("each --user needs its --password-file")
    if bool(arguments.cert) != bool(arguments.key):
        parser.error("--cert and --key go together")
    try:
        arguments.personality = Personalities(arguments.personality)
    except ValueError as error:
        parser.error(str(error))
    return arguments


def watch_stdin():
    """Ends the program when a pipe or terminal on stdin ends; /dev/null and files don't count."""
    mode = os.fstat(0).st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(0):
        while os.read(0, 4096):
            pass
        os._exit(0)


def main():
    arguments = parse_arguments()
    if arguments.sign_in:
        need_gssapi()
    tls, pin, binding = tls_context(arguments)
    classes = dict(arguments.classes) or {"Peer_Item": 100}
    peer = Peer(Host(classes, arguments.vendor), read_users(arguments.user, arguments.password_file),
                arguments.personality)
    if arguments.sign_in:
        peer.acceptor = make_acceptor(arguments, peer, binding)
    listener = socket.create_server(("127.0.0.1", arguments.port), backlog=128)
    port = listener.getsockname()[1]
    name = "localhost" if arguments.sign_in else "127.0.0.1"  # tickets are issued for names
    peer.root_url = f"{'https' if tls else 'http'}://{name}:{port}"
    hello = {"url": peer.root_url + "/wsman", "port": port}
    if pin:
        hello["pin"] = pin
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(json.dumps(hello), flush=True)
    threading.Thread(target=watch_stdin, daemon=True).start()
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=Connection(peer, sock).serve, args=(tls,), daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
