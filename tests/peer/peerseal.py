"""Sealed bodies as they travel over http (MS-WSMV 2.2.9.1), read strictly and written in any style.

The layout is no valid MIME: no blank line after part headers, no line break after the sealed bytes.
"""

import re
from dataclasses import dataclass

BOUNDARY = b"--Encrypted Boundary"
PROTOCOLS = {"Negotiate": "application/HTTP-SPNEGO-session-encrypted",
             "Kerberos": "application/HTTP-Kerberos-session-encrypted"}
MAX_HEADER = 4096  # bytes that the prefix may count
ORIGINAL = re.compile(rb"type=application/soap\+xml;charset=(UTF-8|UTF-16);Length=([0-9]{1,9})")


class NotSealed(ValueError):
    """Bytes that are no sealed message; the text names the first thing that is wrong."""


@dataclass
class Sealed:
    """header is what the 4-byte prefix counts; length is that of the plain message."""

    charset: str
    header: bytes
    data: bytes
    length: int


def content_type(scheme):
    return (f'multipart/encrypted;protocol="{PROTOCOLS[scheme]}";'
            'boundary="Encrypted Boundary"')


def read(scheme, body):
    """The Sealed in a request's body. Part headers may have a TAB before them, all of them or none,
    nothing else may differ."""
    lines, at = [], 0
    for _ in range(5):
        end = body.find(b"\r\n", at)
        if not 0 <= end < at + 512:
            raise NotSealed("the part headers are cut off")
        lines.append(body[at:end])
        at = end + 2
    tabs = {line.startswith(b"\t") for line in (lines[1], lines[2], lines[4])}
    if len(tabs) != 1:
        raise NotSealed("some part headers begin with a TAB and some do not")
    if tabs == {True}:
        lines = [line.removeprefix(b"\t") for line in lines]
    found = ORIGINAL.fullmatch(lines[2].removeprefix(b"OriginalContent: "))
    wanted = [BOUNDARY, b"Content-Type: " + PROTOCOLS[scheme].encode(), lines[2], BOUNDARY,
              b"Content-Type: application/octet-stream"]
    if lines != wanted or not lines[2].startswith(b"OriginalContent: ") or not found:
        raise NotSealed("the part headers are not the ones of this scheme")
    return _parts(body[at:], found[1].decode(), int(found[2]))


def _parts(rest, charset, length):
    size = int.from_bytes(rest[:4], "little")
    if len(rest) < 4 or not 0 < size <= MAX_HEADER:
        raise NotSealed("the header length is not between 1 and 4096")
    header, data = rest[4:4 + size], rest[4 + size:4 + size + length]
    if len(header) != size or len(data) != length:
        raise NotSealed("the sealed data is shorter than Length says")
    if rest[4 + size + length:] != BOUNDARY + b"--\r\n":
        raise NotSealed("the last boundary does not follow the data")
    return Sealed(charset, header, data, length)


def write(scheme, sealed, on=lambda name: None):
    """The body of a reply. Styles, each on its own or with others: `seal-tabs`, `seal-order`
    (OriginalContent first), `seal-crlf-before`, `seal-crlf-after` (one more each),
    `seal-open-end` (neither dashes nor CRLF at the end), `seal-space` (after the dashes),
    `seal-case` (header names in another case)."""
    headers = [b"Content-Type: " + PROTOCOLS[scheme].encode(),
               b"OriginalContent: type=application/soap+xml;charset=%s;Length=%d"
               % (sealed.charset.encode(), sealed.length)]
    if on("seal-order"):
        headers.reverse()
    lead = b"\t" if on("seal-tabs") else b""
    boundary = b"-- Encrypted Boundary" if on("seal-space") else BOUNDARY
    octets = b"Content-Type: application/octet-stream"
    if on("seal-case"):
        headers = [line.split(b":")[0].upper() + b":" + line.split(b":", 1)[1]
                   for line in headers]
        octets = octets.lower()
    lines = [boundary, *(lead + line for line in headers), boundary, lead + octets]
    tail = boundary if on("seal-open-end") else boundary + b"--\r\n"
    return (b"".join(line + b"\r\n" for line in lines)
            + len(sealed.header).to_bytes(4, "little") + sealed.header + sealed.data
            + (b"\r\n" if on("seal-crlf-before") else b"") + tail
            + (b"\r\n" if on("seal-crlf-after") else b""))
