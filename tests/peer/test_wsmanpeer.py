"""Tests of the test host itself: operations, faults, counts, HTTP and sign-in."""

import hashlib
import http.client
import os
import ssl
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET

from peerclient import (A, CONFIG, DMTF_ITEM, IDENTIFY, ITEM, N, OPTIMIZE, REPLY_TO, S, SOAP, T, W,
                        Peer, basic, context_in, enumerate_, fault_code, get, ids, message, post,
                        pull, release, selectors)


class PeerCase(unittest.TestCase):
    ARGUMENTS = ("--class", "Peer_Item=40", "--class", "Other_Thing=3")

    @classmethod
    def setUpClass(cls):
        cls.peer = Peer(*cls.ARGUMENTS)

    @classmethod
    def tearDownClass(cls):
        cls.peer.__exit__()

    def setUp(self):
        self.connection = self.peer.connect()
        self.addCleanup(self.connection.close)

    def ok(self, body, **headers):
        status, data = post(self.connection, body, **headers)
        self.assertEqual(status, 200, data)
        return data

    def refused(self, code, body, subcode=None):
        status, data = post(self.connection, body)
        self.assertEqual(status, 500, data)
        self.assertEqual(f"0x{fault_code(data) or 0:08X}", f"0x{code:08X}", data)
        if subcode:
            self.assertIn(f"<s:Value>{subcode}</s:Value>".encode(), data)
        return data


class Operations(PeerCase):
    def test_identify_signed_in_or_not(self):
        self.assertIn(b"OS: 10.0.20348 SP: 0.0 Stack: 3.0", self.ok(IDENTIFY))
        anonymous = self.ok(IDENTIFY, WSMANIDENTIFY="unauthenticated")
        self.assertIn(b"OS: 0.0.0 SP: 0.0 Stack: 3.0", anonymous)

    def test_get_instance_in_both_forms(self):
        data = self.ok(get(extra=selectors(ID="7")))
        root = ET.fromstring(data)
        item = root.find(f"{{{S}}}Body/{{{ITEM}}}Peer_Item")
        names = [child.tag.rpartition("}")[2] for child in item]
        self.assertEqual(names, sorted(names))
        self.assertIn("\u6771\u4eac", item.findtext(f"{{{ITEM}}}Text"))
        self.assertIn('<b> & "q" ]]>', item.findtext(f"{{{ITEM}}}Text"))
        self.assertEqual(len(item.findall(f"{{{ITEM}}}Values")), 2)
        nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
        self.assertEqual(item.find(f"{{{ITEM}}}Comment").get(nil), "true")
        self.assertIsNone(item.find(f"{{{ITEM}}}Empty").get(nil))
        keys = selectors(Id="7", __cimnamespace="root/cimv2")
        self.assertEqual(ids(self.ok(get(uri=DMTF_ITEM, extra=keys))), [7])
        self.assertEqual(ids(self.ok(get(uri=ITEM.lower().replace("peer_", "PEER_"),
                                         extra=keys))), [7])

    def test_reply_headers(self):
        data = self.ok(get(uri=CONFIG, message_id="<a:MessageID> Any &lt;Id&gt; </a:MessageID>"))
        root = ET.fromstring(data)
        self.assertEqual(root.findtext(f".//{{{A}}}RelatesTo"), "Any <Id>")
        self.assertEqual(root.findtext(f".//{{{A}}}Action"), T + "/GetResponse")
        self.assertEqual(root.findtext(f".//{{{CONFIG}}}MaxEnvelopeSizekb"), "500")

    def test_utf16(self):
        kind = {"Content-Type": "application/soap+xml;charset=UTF-16"}
        self.connection.request("POST", "/wsman", get(uri=CONFIG).encode("utf-16"), kind)
        response = self.connection.getresponse()
        self.assertEqual(response.headers["Content-Type"], kind["Content-Type"])
        self.assertIn("MaxTimeoutms", response.read().decode("utf-16"))
        self.connection.request("POST", "/wsman", get(uri=CONFIG).encode("utf-16-le"), kind)
        self.assertEqual(fault_code(self.connection.getresponse().read().decode("utf-16")),
                         0x8033802C)

    def test_modes(self):
        mode = "<w:EnumerationMode>{}</w:EnumerationMode>"
        two = OPTIMIZE + "<w:MaxElements>2</w:MaxElements>"
        both = ET.fromstring(self.ok(enumerate_(two + mode.format("EnumerateObjectAndEPR"))))
        items = both.find(f".//{{{W}}}Items")
        self.assertEqual([child.tag for child in items], [f"{{{W}}}Item"] * 2)
        self.assertEqual([child.tag.rpartition("}")[2] for child in items[0]],
                         ["Peer_Item", "EndpointReference"])
        space = selectors(__cimnamespace="root/cimv2")
        epr = self.ok(enumerate_(two + mode.format("EnumerateEPR"), uri=DMTF_ITEM, extra=space))
        self.assertEqual(ids(epr), [])
        self.assertEqual(epr.count(b'<w:Selector Name="__cimnamespace">root/cimv2<'), 2)

    def test_operation_id_gets_a_chunked_reply(self):
        extra = '<p:OperationID s:mustUnderstand="false">uuid:1</p:OperationID>'
        self.connection.request("POST", "/wsman", get(uri=CONFIG, extra=extra).encode(),
                                {"Content-Type": SOAP})
        response = self.connection.getresponse()
        self.assertEqual(response.headers["Transfer-Encoding"], "chunked")
        self.assertIn(b"MaxTimeoutms", response.read())

    def test_not_optimised_then_pull(self):
        first = self.ok(enumerate_(""))
        self.assertNotIn(b"Items>", first)
        second = self.ok(pull(context_in(first), 40))
        self.assertEqual(len(ids(second)), 40)
        self.assertIn(b"<n:EndOfSequence/>", second)
        self.assertEqual(context_in(second), "")

    def test_release_and_context_of_the_last_reply(self):
        first = context_in(self.ok(enumerate_()))
        second = context_in(self.ok(pull(first)))
        self.assertNotEqual(first, second)
        before = self.peer.stats()
        self.ok(release(second))
        after = self.peer.stats()
        self.assertEqual(after["released"], before["released"] + 1)
        self.assertEqual(after["open_contexts"], before["open_contexts"] - 1)
        self.refused(0x8033801B, release(second), "n:InvalidEnumerationContext")
        third = context_in(self.ok(pull(context_in(self.ok(enumerate_())))))
        self.assertEqual(self.peer.stats()["released_previous_context"],
                         before["released_previous_context"])
        self.ok(release(third))

    def test_release_of_the_context_before_is_counted_apart(self):
        first = context_in(self.ok(enumerate_()))
        self.ok(pull(first))
        before = self.peer.stats()["released_previous_context"]
        self.ok(release(first))
        self.assertEqual(self.peer.stats()["released_previous_context"], before + 1)


class SoapFaults(PeerCase):
    def test_envelope(self):
        self.refused(0x80338043, "<s:Envelope")
        self.refused(0x80338043, "<html/>")
        dtd = '<!DOCTYPE x [<!ENTITY a "b">]>'
        self.refused(0x80338043, dtd + get(uri=CONFIG))
        old = "http://schemas.xmlsoap.org/soap/envelope/"
        self.refused(0x8033800D, get(uri=CONFIG).replace(S, old), "s:VersionMismatch")
        self.refused(0x8033802C, get(uri=CONFIG).replace("PT60", "\u00e9").encode("latin-1"))

    def test_required_headers(self):
        for name in ("to", "action", "message_id", "reply_to"):
            with self.subTest(name):
                self.refused(0x80338011, get(uri=CONFIG, **{name: ""}),
                             "a:MessageInformationHeaderRequired")
        self.refused(0x8033803B, get(uri=""))
        self.refused(0x8033800F, get(message_id="<a:MessageID/>"))
        self.refused(0x8033800F, get(message_id=f"<a:MessageID>{'i' * 2049}</a:MessageID>"))
        elsewhere = "<a:ReplyTo><a:Address>http://example.com/</a:Address></a:ReplyTo>"
        self.refused(0x80338076, get(reply_to=elsewhere), "w:UnsupportedFeature")

    def test_header_rules(self):
        for name in ("w:Locale", "p:DataLocale"):
            wrong = f'<{name} xml:lang="en-US" s:mustUnderstand="true"/>'
            data = self.refused(0x80338087, get(locale=wrong), "w:UnsupportedFeature")
            self.assertIn(f"faultDetail/{name[2:]}<".encode(), data)
        self.refused(0x8033800F, get(extra=REPLY_TO), "a:InvalidMessageInformationHeader")
        self.refused(0x8033805F, get(extra="<w:SelectorSet><w:Selector Name='Id'>1</w:Selector>"
                                     "<w:Selector Name='ID'>1</w:Selector></w:SelectorSet>"))
        data = self.refused(0x80338010, get(extra='<q:New xmlns:q="urn:q" '
                                            's:mustUnderstand="true"/>'), "s:MustUnderstand")
        self.assertIn(b'qname="q:New"', data)
        self.ok(get(uri=CONFIG, extra='<q:New xmlns:q="urn:q"/>'))
        self.refused(0x80338077, get(extra='<w:FragmentTransfer s:mustUnderstand="true">Id'
                                     "</w:FragmentTransfer>"))

    def test_limits(self):
        self.refused(0x80338035, get(size="8191"), "w:EncodingLimit")
        self.refused(0x8033800F, get(size="many"))
        for wrong in ("60", "PT", "P", "PT60", "T60S"):
            with self.subTest(wrong):
                self.refused(0x80338081, get(
                    timeout=f"<w:OperationTimeout>{wrong}</w:OperationTimeout>"))
        self.refused(0x8033800C, get(timeout="<w:OperationTimeout>PT0.4S</w:OperationTimeout>"))
        self.ok(get(uri=CONFIG, timeout="<w:OperationTimeout>P1DT2M</w:OperationTimeout>"))

    def test_resources(self):
        unknown = ITEM.replace("Peer_Item", "No_Such")
        for uri in (unknown, "winrm/config", CONFIG + "/nothing", DMTF_ITEM):
            with self.subTest(uri):
                data = self.refused(0x80338000, enumerate_(uri=uri), "a:DestinationUnreachable")
                self.assertIn(b"faultDetail/InvalidResourceURI<", data)
        self.refused(0x8033813B, get(extra=selectors(Id="1", __cimnamespace="root/other")))
        self.refused(0x803380FA, get())
        self.refused(0x8033805B, get(extra=selectors(Name="1")))
        self.refused(0x8033805D, get(extra=selectors(Id="one")))
        self.refused(0x8033811A, get(extra=selectors(Id="41")))
        self.refused(0x80338108, enumerate_(extra=selectors(Id="1")))
        self.refused(0x80338013, message(T + "/Put", "<q/>"), "a:ActionNotSupported")
        self.refused(0x80338013, enumerate_(uri=CONFIG))
        option = '<w:OptionSet><w:Option Name="O" MustComply="true"/></w:OptionSet>'
        self.refused(0x80338039, get(uri=CONFIG, extra=option), "w:InvalidOptions")
        self.refused(0x80338027, get(body="<q/>"))


class EnumerationFaults(PeerCase):
    def test_names_in_the_wrong_namespace(self):
        self.refused(0x80338041, enumerate_("<n:MaxElements>10</n:MaxElements>"),
                     "w:SchemaValidationError")
        self.refused(0x80338041, enumerate_("<n:OptimizeEnumeration/>"))
        context = context_in(self.ok(enumerate_()))
        self.refused(0x80338041, pull(context, 0, "<w:MaxElements>10</w:MaxElements>"))
        wrong = pull(context).replace("n:EnumerationContext", "w:EnumerationContext")
        self.refused(0x80338041, wrong)
        self.refused(0x80338027, pull(context).replace("n:Pull>", "w:Pull>"))
        self.refused(0x80338041, release(context).replace("n:Enum", "w:Enum"))
        self.ok(pull(context))

    def test_enumerate_parameters(self):
        self.refused(0x80338041, enumerate_("<w:MaxElements>0</w:MaxElements>"))
        self.refused(0x80338041, enumerate_(OPTIMIZE * 2))
        self.refused(0x80338086, enumerate_("<w:EnumerationMode>All</w:EnumerationMode>"))
        self.refused(0x80338068, enumerate_("<n:Expires>PT1M</n:Expires>"))
        self.refused(0x80338018, enumerate_('<w:Filter Dialect="urn:q">x</w:Filter>'),
                     "n:FilteringNotSupported")

    def test_pull_that_differs_from_its_enumerate(self):
        context = context_in(self.ok(enumerate_()))
        self.refused(0x803381AD, pull(context, 11))
        self.refused(0x803381AD, pull(context, 0))
        self.refused(0x803381AD, pull(context, size="153600"))
        self.refused(0x803381AD, pull(context, size="8192"))
        self.assertEqual(ids(self.ok(pull(context))), list(range(11, 21)))

    def test_contexts(self):
        self.refused(0x8033801B, pull("uuid:none"), "n:InvalidEnumerationContext")
        self.refused(0x8033801B, pull(""))
        first = context_in(self.ok(enumerate_()))
        second = context_in(self.ok(pull(first)))
        self.refused(0x8033801B, pull(first))
        other = ITEM.replace("Peer_Item", "Other_Thing")
        self.refused(0x8033801B, pull(second, uri=other))
        self.ok(release(second))
        self.refused(0x8033801B, pull(second))

    def test_second_pull_in_flight(self):
        with Peer("--class", "Peer_Item=40", "--personality", "slow=600@2") as peer:
            self.connection = peer.connect()
            other = peer.connect()
            context = context_in(self.ok(enumerate_()))
            other.request("POST", "/wsman", pull(context).encode(), {"Content-Type": SOAP})
            while not peer.stats()["actions"].get(N + "/Pull"):
                time.sleep(0.01)
            self.refused(0x80338006, pull(context), "w:Concurrency")
            self.assertEqual(len(ids(other.getresponse().read())), 10)
            self.assertEqual(peer.stats()["max_pulls_in_flight"], 2)
            other.close()
            self.connection.close()


class Enumerating(unittest.TestCase):
    COUNT = 10001

    def run_all(self, count, size):
        with Peer("--class", f"Peer_Item={self.COUNT}") as peer:
            connection = peer.connect()
            seen, pages = [], 0
            _, data = post(connection, enumerate_(
                OPTIMIZE + f"<w:MaxElements>{count}</w:MaxElements>", size=size))
            while True:
                pages += 1
                seen += ids(data)
                self.assertLessEqual(len(data), int(size))
                if b"EndOfSequence/>" in data:
                    break
                status, data = post(connection, pull(context_in(data), count, size=size))
                self.assertEqual(status, 200, data)
            connection.close()
            stats = peer.stats()
        self.assertEqual(seen, list(range(1, self.COUNT + 1)))
        self.assertEqual(stats["requests"], pages)
        self.assertEqual(stats["actions"], {N + "/Enumerate": 1, N + "/Pull": pages - 1})
        self.assertEqual(sum(stats["bodies"].values()), pages)
        for name in ("duplicates", "open_contexts", "released", "message_ids_repeated"):
            self.assertEqual(stats[name], 0, name)
        self.assertEqual((stats["connections"], stats["max_pulls_in_flight"]), (1, 1))
        return pages

    def test_limited_by_envelope_size(self):
        self.assertGreater(self.run_all(32000, "512000"), 10)

    def test_limited_by_elements(self):
        self.assertEqual(self.run_all(100, "512000"), 101)

    def test_limited_by_a_small_envelope(self):
        self.assertGreater(self.run_all(32000, "153600"), 30)


class Http(PeerCase):
    def refused_head(self, status, word, head, body=b""):
        with self.peer.raw() as sock:
            sock.sendall(head.replace("\n", "\r\n").encode() + body)
            answer = b""
            while part := sock.recv(65536):
                answer += part
        self.assertEqual(int(answer.split(b" ")[1]), status, answer)
        self.assertIn(word.encode(), answer.partition(b"\r\n\r\n")[2])

    def test_strict_requests(self):
        start = f"POST /wsman HTTP/1.1\nHost: x\nContent-Type: {SOAP}\n"
        self.refused_head(411, "Transfer-Encoding", start + "Transfer-Encoding: chunked\n\n")
        self.refused_head(417, "Expect", start + "Content-Length: 3\nExpect: 100-continue\n\n")
        self.refused_head(411, "Content-Length", start + "\n")
        self.refused_head(400, "Content-Length", start + "Content-Length: +3\n\n")
        self.refused_head(400, "twice", start + "Content-Length: 3\nContent-Length: 3\n\n")
        self.refused_head(413, "MaxEnvelopeSizekb", start + "Content-Length: 512001\n\n")
        self.refused_head(400, "Host", "POST /wsman HTTP/1.1\nContent-Length: 0\n\n")
        self.refused_head(400, "HTTP/1.1", "POST /wsman HTTP/1.0\nHost: x\n\n")
        self.refused_head(404, "/wsman", "POST /other HTTP/1.1\nHost: x\n\n")
        self.refused_head(405, "POST", "GET /wsman HTTP/1.1\nHost: x\n\n")
        self.refused_head(400, "64 KiB", "POST /wsman HTTP/1.1\n" + "A: b\n" * 20000)

    def test_content_type_is_exact(self):
        for wrong in ("text/xml", "application/soap+xml", "application/soap+xml; charset=UTF-8",
                      "application/soap+xml;charset=utf-8"):
            status, data = post(self.connection, IDENTIFY, Content_Type=wrong)
            self.assertEqual(status, 415)
            self.assertIn(b"Content-Type", data)
        self.ok(IDENTIFY)  # on the same connection

    def test_repeated_bodies_and_ids_are_counted(self):
        before = self.peer.stats()
        again = get(uri=CONFIG)
        for body in (again, again, IDENTIFY, IDENTIFY, get(uri=CONFIG)):
            self.ok(body)
        after = self.peer.stats()
        for name in ("duplicates", "message_ids_repeated"):
            self.assertEqual(after[name] - before[name], 1, name)
        self.assertEqual(after["bodies"][hashlib.sha256(again.encode()).hexdigest()], 2)
        self.assertEqual(after["connections"] - before["connections"], 1)

    def test_ends_with_its_stdin(self):
        with Peer() as peer:
            pass
        self.assertEqual(peer.status, 0)

    def test_ends_on_sigterm(self):
        with Peer() as peer:
            peer.process.terminate()
            self.assertEqual(peer.process.wait(10), 0)


class SigningIn(unittest.TestCase):
    def test_basic(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "password")
            with open(path, "w", encoding="utf-8") as file:
                file.write("p\u00e4ss:word \n")
            users = [part for name in ("\u00fcser", "second")
                     for part in ("--user", name, "--password-file", path)]
            with Peer("--class", "Peer_Item=40", *users) as peer:
                self.check(peer, basic("\u00fcser", "p\u00e4ss:word "),
                           basic("second", "p\u00e4ss:word "))

    def check(self, peer, right, second):
        connection = peer.connect()
        for headers in ({}, basic("\u00fcser", "wrong"), basic("nobody", ""),
                        {"Authorization": "Basic !"}):
            connection.request("POST", "/wsman", get(uri=CONFIG).encode(),
                               {"Content-Type": SOAP, **headers})
            response = connection.getresponse()
            self.assertEqual((response.status, response.read()), (401, b""))
            self.assertEqual(response.headers["WWW-Authenticate"], 'Basic realm="WSMAN"')
        self.assertEqual(post(connection, IDENTIFY)[0], 401)
        data = post(connection, IDENTIFY, WSMANIDENTIFY="unauthenticated")[1]
        self.assertIn(b"OS: 0.0.0", data)
        self.assertEqual(post(connection, get(uri=CONFIG), WSMANIDENTIFY="unauthenticated")[0],
                         401)
        self.assertIn(b"SecurityProfileName", post(connection, IDENTIFY, **right)[1])
        context = context_in(post(connection, enumerate_(), **right)[1])
        self.assertEqual(fault_code(post(connection, pull(context), **second)[1]), 0x8033801B)
        self.assertEqual(post(connection, pull(context), **right)[0], 200)
        connection.close()
        stats = peer.stats()
        self.assertEqual((stats["authorizations_refused"], stats["unauthorized"]), (3, 3))

    def test_tls_with_its_own_certificate(self):
        with Peer("--tls") as peer:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", peer.port, context=context,
                                                     timeout=10)
            self.assertIn(b"Stack: 3.0", post(connection, IDENTIFY)[1])
            leaf = hashlib.sha256(connection.sock.getpeercert(True)).hexdigest()
            self.assertEqual(peer.hello["pin"], "sha256:" + leaf)
            self.assertTrue(peer.hello["url"].startswith("https://"))
            connection.close()
            with self.assertRaises(ssl.SSLError):
                ssl.create_default_context().wrap_socket(peer.raw(), server_hostname="localhost")


if __name__ == "__main__":
    unittest.main()
