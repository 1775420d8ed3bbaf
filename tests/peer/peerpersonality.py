"""Deliberate misbehaviour of the test host, chosen with --personality SPEC.

SPEC is NAME, NAME=VALUE, and either with @N at the end: then only the N-th request is served so
(1 is the first POST that was read whole and signed in). The table is in README.md.
"""

import re
import time
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

import peersoap as soap
from peerhost import Wishes, encode

FLAGS = {"html", "not-found", "empty", "html-401", "redirect", "truncate-chunked", "chunked",
         "no-length", "huge", "huge-head", "malformed", "dtd", "deep", "utf16",
         "fault-no-detail", "fault-empty", "fault-200", "connection-close", "continue",
         "relates-to", "two-replies", "empty-post"}
# With --sign-in (peersignin). The first ones act on handshakes, of whatever request: no @N.
HANDSHAKES = {"silent", "odd-401", "one-header-401", "close-after-401", "connection-close-401",
              "close-in-handshake", "token-with-body", "reset-on-authorization",
              "persistent-auth-false", "bare-refusal"}
FLAGS |= HANDSHAKES | {
    "tampered", "tampered-header", "replayed", "reordered", "cut-sealed", "wrong-length",
    "plain-reply", "not-confidential", "forget", "seal-tabs", "seal-order", "seal-crlf-before",
    "seal-crlf-after", "seal-open-end", "seal-space", "seal-case"}
ORDINALS = {"drop-after-request", "truncate", "stall"}  # NAME=N is NAME@N
NUMBERS = {"slow": None, "drip": 1.0, "encoding-limit": None, "expire-context": None,
           "empty-pull": None}  # NAME=NUMBER, with the default where there is one

HTML = (b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>"
        b"<h1>Sign in</h1><br>This page is not a SOAP message.</body></html>")
OTHER_ID = "uuid:00000000-0000-0000-0000-000000000000"
DTD = ('<!DOCTYPE s:Envelope [<!ENTITY a "aaaaaaaaaa">'
       '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>')
DEPTH = 10000


@dataclass
class HttpReply:
    """An HTTP answer before it is framed. `done` comes just before the first byte leaves."""

    status: int
    reason: str
    body: bytes = b""
    content_type: str = ""
    headers: list = field(default_factory=list)
    chunked: bool = False
    done: object = field(default=lambda: None)


class Personalities:
    """The parsed --personality arguments. Raises ValueError for one that is none."""

    def __init__(self, specs):
        self.wanted = {}
        for spec in specs:
            name, value, ordinal = self._read(spec)
            self.wanted.setdefault(name, []).append((ordinal, value))

    @staticmethod
    def _read(spec):
        head, at, ordinal = spec.partition("@")
        name, equals, value = head.partition("=")
        if name in ORDINALS and equals and not at:
            ordinal, at, equals = value, "@", ""
        if at and not (ordinal.isascii() and ordinal.isdigit() and int(ordinal) > 0):
            raise ValueError(f"{spec}: not a request number")
        if name in NUMBERS:
            number = float(value) if equals else NUMBERS[name]
            if number is None or number < 0:
                raise ValueError(f"{spec}: needs a number")
            return name, number, int(ordinal or 0)
        if name not in FLAGS | ORDINALS or equals or (name in HANDSHAKES and at):
            raise ValueError(f"{spec}: no such personality")
        return name, True, int(ordinal or 0)

    def value(self, name, ordinal):
        """The value of a personality for this request, None when it does not apply."""
        for wanted, value in self.wanted.get(name, ()):
            if wanted in (0, ordinal):
                return value
        return None

    def wishes(self, ordinal):
        """What the host itself must do differently."""
        def integer(name):
            value = self.value(name, ordinal)
            return None if value is None else int(value)

        return Wishes(
            charset="UTF-16" if self.value("utf16", ordinal) else "",
            relates_to=OTHER_ID if self.value("relates-to", ordinal) else "",
            encoding_limit=integer("encoding-limit"),
            expire_context=integer("expire-context"), empty_pull=integer("empty-pull"))


def replaced(on, reply, root_url):
    """The HttpReply that goes out instead of `reply`; `on(name)` tells which personalities act."""
    html = "text/html; charset=utf-8"
    for name, status, reason, kind, body in (
            ("html", 200, "OK", html, HTML),
            ("not-found", 404, "Not Found", html, HTML),
            ("html-401", 401, "Unauthorized", html, HTML),
            ("redirect", 302, "Found", html, HTML),
            ("empty", 200, "OK", reply.content_type, b"")):
        if on(name):
            headers = {"html-401": [("WWW-Authenticate", 'Basic realm="WSMAN"')],
                       "redirect": [("Location", root_url + "/elsewhere")]}.get(name, [])
            return HttpReply(status, reason, body, kind, headers, done=reply.done)
    if on("fault-200"):
        reply.body, reply.status, reply.reason = _fault(reply, True), 200, "OK"
    elif on("fault-no-detail"):
        reply.body, reply.status, reply.reason = _fault(reply, False), 500, "Fault"
    elif on("fault-empty"):
        text = soap.envelope(soap.FAULT_ACTIONS["w"], _relates_to(reply), "<s:Fault/>")
        reply.body, reply.status, reply.reason = _encoded(reply, text), 500, "Fault"
    return _respelled(on, reply)


def _respelled(on, reply):
    if on("malformed"):
        _replace(reply, "</s:Body>", "</s:Bodi>")
    if on("dtd"):
        _replace(reply, "<s:Envelope", DTD + "<s:Envelope")
        _replace(reply, "<s:Body>", "<s:Body><entity>&c;</entity>")
    if on("deep"):
        _replace(reply, "<s:Body>", "<s:Body>" + "<d>" * DEPTH + "</d>" * DEPTH)
    return reply


def _charset(reply):
    return "UTF-16" if reply.content_type.endswith("UTF-16") else "UTF-8"


def _encoded(reply, text):
    return encode(text, _charset(reply))


def _fault(reply, with_detail):
    fault = soap.Fault(0x80338000)
    return _encoded(reply, soap.fault_envelope(fault, _relates_to(reply), with_detail))


def _relates_to(reply):
    codec = "utf-16" if _charset(reply) == "UTF-16" else "utf-8"
    found = re.search("<a:RelatesTo>(.*?)</a:RelatesTo>", reply.body.decode(codec), re.DOTALL)
    return unescape(found[1]) if found else ""


def _replace(reply, old, new):
    charset = _charset(reply)
    reply.body = reply.body.replace(encode(old, charset, mark=False),
                                    encode(new, charset, mark=False), 1)


def deliver(connection, on, reply):
    """Sends `reply` with the framing the personalities ask for; True to keep the connection.

    `connection` offers send(bytes), wait_closed() and alive(); OSError ends the connection.
    """
    time.sleep((on("slow") or 0) / 1000)
    if on("stall"):
        connection.wait_closed()
    reply.done()
    if on("stall") or on("drop-after-request"):
        return False
    if on("continue"):
        connection.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    if on("huge-head"):
        return _flood(connection, b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"a" * 1000 + b"\r\n")
    if on("huge"):
        start = head(reply, [("Transfer-Encoding", "chunked")])
        return _flood(connection, start, b"10000\r\n" + b" " * 0x10000 + b"\r\n")
    return _framed(connection, on, reply)


def _framed(connection, on, reply):
    half = reply.body[:len(reply.body) // 2]
    if on("truncate"):
        connection.send(head(reply, [("Content-Length", str(len(reply.body)))]) + half)
        return False
    if on("truncate-chunked"):
        connection.send(head(reply, [("Transfer-Encoding", "chunked")])
                        + b"%x\r\n" % len(reply.body) + half)
        return False
    if on("no-length"):
        connection.send(head(reply, [("Connection", "close")]) + reply.body)
        return False
    keep = not on("connection-close")
    extra = [] if keep else [("Connection", "close")]
    if on("chunked") or reply.chunked:
        data = head(reply, [("Transfer-Encoding", "chunked")] + extra)
        data += b"".join(_chunks(reply.body, 1 if reply.chunked else 7))
        data += b"0\r\nX-Trailer: end\r\n\r\n" if on("chunked") else b"0\r\n\r\n"
    else:
        data = head(reply, [("Content-Length", str(len(reply.body)))] + extra) + reply.body
    if on("two-replies"):
        data += data
    pause = on("drip")
    if pause is None:
        connection.send(data)
    else:
        for k in range(len(data)):
            connection.send(data[k:k + 1])
            time.sleep(pause / 1000)
    return keep


def head(reply, framing):
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}"]
    if reply.content_type:
        lines.append(f"Content-Type: {reply.content_type}")
    lines += [f"{name}: {value}" for name, value in reply.headers + framing]
    return "\r\n".join(lines + ["", ""]).encode("latin-1")


def _chunks(body, count):
    """The body in `count` or a few more chunks; several are cut at odd places on purpose."""
    size = max(1, -(-len(body) // count))
    for k in range(0, len(body), size):
        part = body[k:k + size]
        yield b"%X%s\r\n%s\r\n" % (len(part), b";note=x" if count > 1 else b"", part)


def _flood(connection, start, block):
    """Sends without end, until the client has had enough."""
    connection.send(start)
    while connection.alive():
        connection.send(block)
    return False
