"""Tests of the test host's deliberate misbehaviour, each seen at the level of HTTP."""

import os
import re
import subprocess
import sys
import time
import unittest
import xml.etree.ElementTree as ET

from peerclient import (CONFIG, HERE, IDENTIFY, OPTIMIZE, SOAP, Peer, context_in, enumerate_,
                        fault_code, get, ids, post, pull, request_bytes)


class Misbehaviour(unittest.TestCase):
    """Each personality, seen at the level of HTTP."""

    def one(self, spec, body=None, requests=1):
        """(status, headers, body) of the last of some requests to a host with this personality."""
        with Peer("--class", "Peer_Item=40", "--personality", spec) as peer:
            connection = peer.connect()
            for _ in range(requests):
                connection.request("POST", "/wsman", (body or get(uri=CONFIG)).encode(),
                                   {"Content-Type": SOAP})
                response = connection.getresponse()
                result = response.status, response.headers, response.read()
            connection.close()
            return result

    def raw(self, spec, body=None, limit=1 << 20):
        """All bytes up to the end of the connection (or the limit)."""
        with Peer("--class", "Peer_Item=40", "--personality", spec) as peer, peer.raw() as sock:
            sock.sendall(request_bytes(body or get(uri=CONFIG)))
            data = b""
            while len(data) < limit and (part := sock.recv(65536)):
                data += part
            return data

    def test_not_soap(self):
        for spec, status in (("html", 200), ("not-found", 404), ("html-401", 401)):
            got, headers, data = self.one(spec)
            self.assertEqual((got, data[:9]), (status, b"<!DOCTYPE"))
            self.assertIn("text/html", headers["Content-Type"])
            self.assertEqual("WWW-Authenticate" in headers, spec == "html-401")
        self.assertEqual(self.one("empty")[::2], (200, b""))
        status, headers, _ = self.one("redirect")
        self.assertEqual((status, headers["Location"][-10:]), (302, "/elsewhere"))

    def test_only_the_request_named(self):
        self.assertEqual(self.one("html@2")[1]["Content-Type"], SOAP)
        self.assertIn("text/html", self.one("html@2", requests=2)[1]["Content-Type"])

    def test_cut_off(self):
        self.assertEqual(self.raw("drop-after-request"), b"")
        self.assertEqual(self.raw("drop-after-request=1"), b"")
        for spec in ("truncate", "truncate=1", "truncate-chunked"):
            data = self.raw(spec)
            self.assertTrue(data.startswith(b"HTTP/1.1 200 OK\r\n"), spec)
            self.assertFalse(data.endswith(b"</s:Envelope>"), spec)
        length = int(re.search(rb"Content-Length: (\d+)", self.raw("truncate"))[1])
        self.assertGreater(length, len(self.raw("truncate").partition(b"\r\n\r\n")[2]))

    def test_framing(self):
        status, headers, data = self.one("chunked")
        self.assertEqual((status, headers["Transfer-Encoding"]), (200, "chunked"))
        self.assertTrue(data.endswith(b"</s:Envelope>"))
        data = self.raw("no-length")
        self.assertNotIn(b"Content-Length", data)
        self.assertTrue(data.endswith(b"</s:Envelope>"))
        data = self.raw("connection-close")
        self.assertIn(b"Connection: close\r\n", data)
        self.assertTrue(data.endswith(b"</s:Envelope>"))
        self.assertTrue(self.raw("continue", limit=1).startswith(
            b"HTTP/1.1 100 Continue\r\n\r\n"))

    def test_trailers(self):
        with Peer("--personality", "chunked", "--personality", "connection-close") as peer:
            with peer.raw() as sock:
                sock.sendall(request_bytes(IDENTIFY))
                data = b""
                while part := sock.recv(65536):
                    data += part
        self.assertTrue(data.endswith(b"0\r\nX-Trailer: end\r\n\r\n"))

    def test_too_much(self):
        self.assertGreater(len(self.raw("huge", limit=3 << 20)), 3 << 20)
        data = self.raw("huge-head", limit=1 << 18)
        self.assertNotIn(b"\r\n\r\n", data)
        self.assertGreaterEqual(len(data), 1 << 18)
        with Peer("--personality", "two-replies") as peer, peer.raw() as sock:
            sock.sendall(request_bytes(IDENTIFY))
            data = b""
            while data.count(b"</s:Envelope>") < 2:
                data += sock.recv(65536)
            self.assertEqual(data.count(b"HTTP/1.1 200 OK"), 2)

    def test_time(self):
        begin = time.monotonic()
        self.one("slow=300", IDENTIFY)
        self.assertGreaterEqual(time.monotonic() - begin, 0.3)
        begin = time.monotonic()
        status, _, data = self.one("drip=0.2", IDENTIFY)
        self.assertTrue(status == 200 and data.endswith(b"</s:Envelope>"))
        self.assertGreaterEqual(time.monotonic() - begin, 0.1)
        with Peer("--personality", "stall=2") as peer, peer.raw(timeout=0.4) as sock:
            sock.sendall(request_bytes(IDENTIFY))
            self.assertIn(b"200 OK", sock.recv(65536))
            sock.sendall(request_bytes(IDENTIFY))
            with self.assertRaises(TimeoutError):
                sock.recv(65536)

    def test_xml(self):
        with self.assertRaises(ET.ParseError):
            ET.fromstring(self.one("malformed")[2])
        data = self.one("dtd")[2]
        self.assertIn(b"<!DOCTYPE", data)
        self.assertGreater(len("".join(ET.fromstring(data).itertext())), 800)
        self.assertEqual(self.one("deep")[2].count(b"<d>"), 10000)
        _, headers, data = self.one("utf16")
        self.assertEqual(headers["Content-Type"], SOAP.replace("UTF-8", "UTF-16"))
        self.assertTrue(data.startswith(b"\xff\xfe"))
        ET.fromstring(data.decode("utf-16"))
        wrong = get(uri=CONFIG)
        data = self.one("relates-to", wrong)[2]
        self.assertIn(b"RelatesTo>uuid:00000000-0000-0000-0000-000000000000<", data)

    def test_faults(self):
        named = get(uri=CONFIG, message_id="<a:MessageID>my&amp;id</a:MessageID>")
        status, _, data = self.one("fault-200", named)
        self.assertIn(b"<a:RelatesTo>my&amp;id<", data)
        self.assertEqual((status, fault_code(data)), (200, 0x80338000))
        status, _, data = self.one("fault-no-detail")
        self.assertEqual((status, fault_code(data)), (500, None))
        self.assertNotIn(b"Detail", data)
        status, _, data = self.one("fault-empty")
        self.assertEqual(status, 500)
        self.assertIn(b"<s:Fault/>", data)

    def test_encoding_limit(self):
        with Peer("--class", "Peer_Item=40", "--personality", "encoding-limit=12000") as peer:
            connection = peer.connect()
            wanted = OPTIMIZE + "<w:MaxElements>{}</w:MaxElements>"
            status, data = post(connection, enumerate_(wanted.format(32000)))
            self.assertEqual((status, fault_code(data)), (500, 0x80338048))
            self.assertIn(b"w:EncodingLimit", data)
            status, data = post(connection, enumerate_(wanted.format(5)))
            self.assertEqual((status, len(ids(data))), (200, 5))
            connection.close()

    def test_encoding_limit_after_rows(self):
        with Peer("--class", "Peer_Item=40", "--personality", "encoding-limit=1000@2") as peer:
            connection = peer.connect()
            context = context_in(post(connection, enumerate_())[1])
            self.assertEqual(fault_code(post(connection, pull(context))[1]), 0x80338048)
            self.assertEqual(len(ids(post(connection, pull(context))[1])), 10)
            connection.close()

    def test_contexts(self):
        with Peer("--class", "Peer_Item=40", "--personality", "expire-context=1") as peer:
            connection = peer.connect()
            context = context_in(post(connection, enumerate_())[1])
            status, data = post(connection, pull(context))
            self.assertEqual(status, 200)
            self.assertEqual(fault_code(post(connection, pull(context_in(data)))[1]), 0x8033801B)
            connection.close()
            self.assertEqual(peer.stats()["open_contexts"], 0)

    def test_empty_pull(self):
        with Peer("--class", "Peer_Item=40", "--personality", "empty-pull=2") as peer:
            connection = peer.connect()
            _, data = post(connection, enumerate_())
            seen, sizes = ids(data), []
            while b"EndOfSequence" not in data:
                _, data = post(connection, pull(context_in(data)))
                seen += ids(data)
                sizes.append(len(ids(data)))
            connection.close()
        self.assertEqual(sizes, [10, 0, 10, 10])
        self.assertEqual(seen, list(range(1, 41)))

    def test_unknown_personality_is_refused(self):
        for spec in ("nonsense", "html=1", "slow", "slow=x", "html@0", "truncate=x"):
            done = subprocess.run(
                [sys.executable, "-B", os.path.join(HERE, "wsmanpeer.py"),
                 "--personality", spec], stdin=subprocess.DEVNULL, capture_output=True,
                timeout=10, check=False)
            self.assertEqual(done.returncode, 2, spec)


if __name__ == "__main__":
    unittest.main()
