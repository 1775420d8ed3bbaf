"""winrmctl as a script sees it: exit codes, streams, formats, against its demo host and tests/peer."""

import base64
import csv
import io
import json
import os
import pty
import re
import signal
import socket
import stat
import subprocess
import time
import unittest
import xml.etree.ElementTree as ET

from programs import CTL, PASSWORD, Demo, Peer, Room, WithDemo

CONFIG = "{http://schemas.microsoft.com/wbem/wsman/1/config}"
FORMATS = ["text", "tree", "xml", "raw", "json", "jsonl", "csv", "html", "md"]
SERVICES = "wmicimv2/Win32_Service"
CODE = re.compile(r"0x[0-9A-Fa-f]{8}|[a-z]+\.[a-z_]+")


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


class OnDemo(WithDemo):
    def fails(self, code, cause, *words, kind=None):
        """The exit code, the JSON error, and that the text begins with a sentence without codes."""
        got, out, err = self.room.run(*words, "--error-format", "json")
        self.assertEqual(got, code, err)
        error = json.loads(err)
        self.assertEqual(sorted(error), ["cause", "code", "kind", "message", "remedy", "symbol"])
        self.assertEqual(error["cause"], cause)
        if kind:
            self.assertEqual(error["kind"], kind)
        self.assertTrue(error["message"].endswith("."), error["message"])
        got, again, text = self.room.run(*words, "-q")
        self.assertEqual((got, again), (code, out))
        first = text.splitlines()[0]
        self.assertRegex(first, r"^winrmctl: [A-Z].* .*\.$")
        self.assertNotRegex(re.sub(r"\S+/\S+", "", first), CODE)
        return error


class Formats(OnDemo):
    def test_every_format_of_the_configuration(self):
        got = {f: self.ok("get", "winrm/config", *self.on, "-f", f) for f in FORMATS}
        self.assertEqual(got["text"], self.ok("get", "winrm/config", *self.on))
        self.assertTrue(got["text"].startswith(b"Config\n    MaxEnvelopeSizekb = 500\n"))
        self.assertIn("├─ MaxEnvelopeSizekb = 500\n".encode(), got["tree"])
        root = ET.fromstring(got["xml"])
        self.assertEqual(root.tag, CONFIG + "Config")
        self.assertEqual(root.find(f"{CONFIG}Service/{CONFIG}MaxConnections").text, "300")
        self.assertIsNotNone(ET.fromstring(got["raw"]).find(f".//{CONFIG}Config"))
        config = json.loads(got["json"])
        self.assertEqual(list(config)[0], "__class")
        self.assertEqual(config["MaxProviderRequests"], 4294967295)
        self.assertIs(config["Service"]["Auth"]["Basic"], True)
        self.assertEqual(config["Client"]["URLPrefix"], "wsman")
        self.assertEqual(json.loads(got["jsonl"]), config)
        self.assertEqual(got["jsonl"].count(b"\n"), 1)
        self.assertTrue(got["csv"].startswith(b"Path,Name,Value,Source\r\n"))
        self.assertNotIn(b"\n", got["csv"].replace(b"\r\n", b""))
        leaves = {row["Path"]: row for row in rows_of(got["csv"])}
        self.assertEqual(leaves["Config/Client/AllowUnencrypted"]["Source"], "GPO")
        self.assertEqual(leaves["Config/Service/MaxConnections"]["Value"], "300")
        self.assertIn(b"<title>winrm/config</title>", got["html"])
        self.assertEqual(got["html"].count(b"<tr><td>"), len(leaves))
        self.assertIn(b"| Config/MaxTimeoutms | MaxTimeoutms | 60000 | |\n", got["md"])

    def test_a_branch_of_the_configuration_is_typed(self):
        service = json.loads(self.ok("get", "winrm/config/service", *self.on, "-f", "json"))
        self.assertEqual(service["MaxConnections"], 300)
        listeners = json.loads(self.ok("enumerate", "winrm/config/listener", *self.on, "-f", "json"))
        self.assertIsInstance(listeners[0]["Port"], int)
        self.assertIs(listeners[0]["Enabled"], True)
        self.assertIsInstance(listeners[0]["ListeningOn"], list)

    def test_what_the_exports_say_open_says_too(self):
        for verb, resource in (("get", "winrm/config"), ("enumerate", "wmicimv2/Win32_LogicalDisk"),
                               ("enumerate", SERVICES)):
            for made in ("xml", "json", "jsonl"):
                with self.subTest(verb=verb, made=made):
                    name = f"{resource.split('/')[-1]}.{made}"
                    self.ok(verb, resource, *self.on, "-f", made, "-o", name)
                    self.assertEqual(stat.S_IMODE(os.stat(self.room.file(name)).st_mode), 0o600)
                    self.assertEqual(self.ok("open", name, "-f", made), self.room.read(name))
        self.ok("get", "winrm/config", *self.on, "-f", "raw", "-o", "config.soap")
        self.assertEqual(self.ok("open", "config.soap"), self.ok("get", "winrm/config", *self.on))
        self.assertEqual(self.ok("open", "config.soap", "-f", "raw"), self.room.read("config.soap"))

    def test_a_trace_is_read_back(self):
        self.ok("get", "winrm/config", *self.on, "--trace", "trace.jsonl")
        rows = rows_of(self.ok("open", "trace.jsonl", "-f", "csv"))
        self.assertEqual([row["Status"] for row in rows], ["200"])
        self.assertIn("GetResponse", rows[0]["Reply"])
        self.assertEqual(stat.S_IMODE(os.stat(self.room.file("trace.jsonl")).st_mode), 0o600)

    def test_rows_of_a_query_name_its_class(self):
        words = ["enumerate", "wmicimv2/*", "--filter", "select Name,State from Win32_Service",
                 *self.on, "--max", "2", "-q"]
        out = self.ok(*words, "-f", "jsonl")
        self.assertEqual([list(json.loads(line)) for line in out.splitlines()],
                         [["__class", "Name", "State"]] * 2)
        self.assertEqual(json.loads(out.splitlines()[0])["__class"], "Win32_Service")
        self.room.write("query.jsonl", out)
        self.assertEqual(self.ok("open", "query.jsonl", "-f", "jsonl"), out)
        table = self.ok(*words, "-f", "csv", "--columns", "__class,Name")
        self.assertEqual(table.split(b"\r\n")[1].split(b",")[0], b"Win32_Service")
        self.assertIn(b"XmlFragment", self.ok(*words, "-f", "xml"))  # as the host wrote it

    def test_rows_in_every_format(self):
        more = ["--columns", "Name,State,ProcessId,Started", "--max", "3"]
        got = {}
        for form in FORMATS:
            if form == "raw":
                continue
            code, got[form], err = self.room.run("enumerate", SERVICES, *self.on, *more, "-f", form)
            self.assertEqual(code, 0, err)
            self.assertIn("stopped at --max 3; there are more", err)
        rows = rows_of(got["csv"])
        self.assertEqual(list(rows[0]), ["Name", "State", "ProcessId", "Started"])
        self.assertEqual(len(rows), 3)
        objects = json.loads(got["json"])
        self.assertEqual([o["Name"] for o in objects], [r["Name"] for r in rows])
        self.assertIsInstance(objects[0]["ProcessId"], int)
        self.assertIs(objects[0]["Started"], False)
        self.assertEqual([json.loads(line) for line in got["jsonl"].splitlines()], objects)
        self.assertEqual(len(ET.fromstring(got["xml"])), 3)
        self.assertEqual(got["text"].count(b"\n"), 5)
        self.assertEqual(got["md"].count(b"\n| "), 5)
        self.assertEqual(got["html"].count(b"<tr><td>"), 3)
        self.assertEqual(got["tree"].count(b"Win32_Service\n"), 3)

    def test_raw_pages_in_a_folder(self):
        self.ok("enumerate", SERVICES, *self.on, "-f", "raw", "-o", "pages")
        names = sorted(os.listdir(self.room.file("pages")))
        self.assertEqual(names[0], "000.xml")
        body = ET.fromstring(self.room.read("pages/000.xml"))
        self.assertTrue(body.tag.endswith("}Envelope"))
        self.assertGreaterEqual(sum(len(rows_of(self.ok("open", "pages/" + n, "-f", "csv")))
                                    for n in names if b"<n:Items" in self.room.read("pages/" + n)
                                    or b":Items>" in self.room.read("pages/" + n)), 100)

    def test_big_numbers_are_exact(self):
        disk = json.loads(self.ok("get", "wmicimv2/Win32_LogicalDisk?DeviceID=P:", *self.on,
                                  "-f", "json"))
        self.assertEqual((disk["Size"], disk["FreeSpace"]), (2**64 - 1, 2**63))
        rows = json.loads(self.ok("enumerate", "wmicimv2/Win32_LogicalDisk", *self.on, "-f", "json"))
        self.assertIn(2**64 - 1, [row["Size"] for row in rows])

    def test_references(self):
        rows = json.loads(self.ok("enumerate", SERVICES, *self.on, "--return", "both", "-f", "json",
                                  "--max", "2"))
        self.assertEqual(sorted(rows[0]), ["epr", "object"])
        self.assertEqual(rows[0]["epr"]["__epr"]["SelectorSet"], {"Name": rows[0]["object"]["Name"]})
        rows = json.loads(self.ok("enumerate", SERVICES, *self.on, "--return", "epr", "-f", "json",
                                  "--max", "2"))
        self.assertEqual([list(row) for row in rows], [["__epr"]] * 2)

    def test_a_query(self):
        rows = rows_of(self.ok("enumerate", "wmicimv2/*", *self.on, "-f", "csv", "--filter",
                               "select Name,State from Win32_Service where State='Running'"))
        self.assertGreater(len(rows), 10)
        self.assertEqual({row["State"] for row in rows}, {"Running"})
        self.assertEqual(list(rows[0]), ["Name", "State"])

    def test_columns_of_other_classes_come_after_those_of_the_schema(self):
        rows = rows_of(self.ok("enumerate", "wmicimv2/CIM_Service", *self.on, "-f", "csv"))
        names = list(rows[0])
        self.assertLess(names.index("SystemName"), names.index("PathName"))
        self.assertTrue(rows[0]["PathName"])

    def test_a_column_that_no_row_has(self):
        code, out, err = self.room.run("enumerate", "wmicimv2/Win32_Share", *self.on, "-f", "csv",
                                       "--columns", "Nmae,Name")
        self.assertEqual(code, 0)
        self.assertTrue(out.startswith(b"Nmae,Name\r\n,"))
        self.assertEqual(err, "winrmctl: no row has a property Nmae\n")

    def test_names_and_schema(self):
        self.assertIn(b"root/cimv2\n", self.ok("namespaces", *self.on))
        classes = [row["Name"] for row in rows_of(self.ok("classes", *self.on, "-f", "csv"))]
        self.assertIn("Win32_Service", classes)
        self.assertNotIn("MSFT_NetAdapter", classes)
        self.assertIn(b"MSFT_NetAdapter", self.ok("classes", "root/StandardCimv2", *self.on))
        schema = self.ok("schema", "Win32_LogicalDisk", *self.on)
        self.assertIn(b"        Name = FreeSpace\n        Type = uint64\n", schema)
        self.assertEqual(ET.fromstring(self.ok("schema", SERVICES, *self.on, "-f", "xml")).tag,
                         "CLASS")

    def test_identify_and_the_way_of_sign_in(self):
        code, out, err = self.room.run("identify", "-r", self.demo.hello["url"], "--pin",
                                       self.demo.hello["pin"], "-v")
        self.assertEqual(code, 0, err)
        self.assertIn(b"ProductVendor = Microsoft Corporation", out)
        self.assertIn("No sign-in.", err)
        code, out, err = self.room.run("identify", *self.on, "-v")
        self.assertRegex(err, r"https://127.0.0.1:\d+/wsman: Signed in as demo by Basic. TLS 1\.[23] ")
        self.assertIn("accepted by its pin", err)

    def test_utf8_in_the_c_locale(self):
        out = self.ok("enumerate", "wmicimv2/Win32_LogicalDisk", *self.on, "-f", "tree")
        self.assertIn("├─".encode(), out)
        out = self.ok("enumerate", "wmicimv2/Demo_Item", *self.on, "--max", "3", "-f", "csv")
        self.assertIn("Düsseldorf".encode(), out)


class Failures(OnDemo):
    def test_wrong_password(self):
        wrong = self.room.write("wrong", "not it\n")
        self.fails(4, "auth.rejected", "get", "winrm/config",
                   *self.demo.words(password_file=wrong), kind="authentication")

    def test_unpinned_certificate_says_its_pin(self):
        error = self.fails(3, "tls.self_signed", "get", "winrm/config", *self.demo.words(pin=None),
                           kind="certificate")
        self.assertIn(self.demo.hello["pin"], error["remedy"])
        self.fails(3, "tls.pin_mismatch", "get", "winrm/config",
                   *self.demo.words(pin="sha256:" + "0" * 64))

    def test_closed_port(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self.fails(2, "net.refused", "get", "winrm/config",
                   *self.demo.words(r=f"https://127.0.0.1:{port}"), kind="connection")

    def test_nothing_is_written_before_the_first_row(self):
        words = ["enumerate", SERVICES, *self.demo.words(pin=None), "-q", "-f", "json"]
        code, out, _ = self.room.run(*words)
        self.assertEqual((code, out), (3, b""))
        code, out, _ = self.room.run(*words, "-o", "never.json")
        self.assertEqual([n for n in os.listdir(self.room.path) if n.startswith("never")], [])

    def test_unknown_resource(self):
        error = self.fails(5, "fault.unknown_resource", "get", "http://example.com/nothing", *self.on,
                           kind="fault")
        self.assertEqual((error["code"], error["symbol"]),
                         ("0x80338000", "ERROR_WSMAN_RESOURCE_NOT_FOUND"))
        self.fails(5, "fault.unknown_resource", "enumerate", "wmicimv2/Win32_Nothing", *self.on)

    def test_usage(self):
        for remote in ("https://", "https://[::1", "ftp://host", "https://user:pw@host",
                       "https://host:99999", "https://a b"):
            with self.subTest(remote=remote):
                self.fails(1, "local.usage", "get", "winrm/config", *self.demo.words(r=remote))
        for words in (["get", "winrm/config"], ["frobnicate"], ["identify", "--nonsense"], [],
                      ["get", "winrm/config", *self.on, "-f", "yaml"], ["get", *self.on],
                      ["enumerate", SERVICES, *self.on, "--max", "1.5"],
                      ["get", "winrm/config", *self.on, "-a", "digest"],
                      ["get", "winrm/config", *self.on, "--pin", "sha256:12"],
                      ["get", "winrm/config", "-p", "x", *self.on], ["explain", "WBEM_E_NOTHING"],
                      ["get", "winrm/config", "-r"]):
            with self.subTest(words=words):
                if words[-1:] == ["-r"]:
                    self.assertEqual(self.room.run(*words)[0], 1)
                else:
                    self.fails(1, "local.usage", *words)

    def test_no_password_and_nobody_to_ask(self):
        self.fails(1, "local.no_password", "get", "winrm/config",
                   *self.demo.words(password_file=None))

    def test_clear_text_needs_a_word(self):
        self.fails(1, "options.clear_text", "get", "winrm/config",
                   *self.demo.words(r="http://127.0.0.1:5985", pin=None, a="basic"))

    def test_ntlm_over_http_needs_a_word(self):
        for a in (None, "auto"):
            self.fails(1, "auth.unverified_host", "get", "winrm/config",
                       *self.demo.words(r="http://127.0.0.1:5985", pin=None, a=a))

    def test_tickets_are_for_names(self):
        for r in ("http://192.0.2.1", "https://192.0.2.1", "[2001:db8::1]"):
            self.fails(4, "krb.address", "get", "winrm/config",
                       *self.demo.words(r=r, pin=None, a="kerberos"))

    def test_password_file_of_others(self):
        mine = self.room.write("password", "x\n", 0o640)
        self.fails(9, "local.password_file_mode", "get", "winrm/config",
                   *self.demo.words(password_file=mine), kind="local")
        self.fails(9, "local.file", "get", "winrm/config",
                   *self.demo.words(password_file=self.room.file("none")))
        os.mkfifo(self.room.file("pipe"), 0o600)
        self.fails(9, "local.password_file_mode", "get", "winrm/config",
                   *self.demo.words(password_file=self.room.file("pipe")))

    def test_password_from_standard_input(self):
        with open(self.demo.hello["passwordFile"], "rb") as source:
            password = source.readline().rstrip(b"\r\n")
        words = ["get", "winrm/config", *self.demo.words(password_file=None), "--password-stdin"]
        for given in (password, password + b"\n", password + b"\r\nmore\n"):
            self.assertEqual(self.room.run(*words, stdin=given)[0], 0)
        self.assertEqual(self.room.run(*words, stdin=password + b" \n")[0], 4)

    def test_an_existing_file_is_left(self):
        for words in (["get", "winrm/config"], ["enumerate", SERVICES]):
            path = self.room.write("there", "before")
            self.fails(9, "local.file_exists", *words, *self.on, "-o", path)
            self.assertEqual(self.room.read("there"), b"before")
            self.ok(*words, *self.on, "-o", path, "--force")
            self.assertNotEqual(self.room.read("there"), b"before")

    def test_a_full_disk(self):
        for words in (["get", "winrm/config"], ["enumerate", SERVICES, "-f", "csv"]):
            with open("/dev/full", "wb") as full:
                process = self.room.start(*words, *self.on, stdout=full)
                _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 9, err)
            self.assertIn(b"no room left", err)

    def test_a_reader_that_leaves(self):
        for form in ("csv", "json", "text"):
            process = self.room.start("enumerate", "wmicimv2/Demo_Item", *self.on, "-f", form)
            process.stdout.readline()
            process.stdout.close()
            err = process.stderr.read()
            process.stderr.close()
            self.assertEqual((process.wait(60), err), (0, b""))

    def test_classes_that_do_not_fit_one_table(self):
        words = ["enumerate", "wmicimv2/CIM_LogicalElement", "--allow-costly", "-q", *self.on]
        error = self.fails(8, "export.format", *words, "-f", "csv")
        self.assertIn("column", error["message"])
        self.assertIn("--columns", error["remedy"])
        self.ok(*words, "-f", "csv", "--columns", "__class,Caption")
        self.ok(*words, "-f", "jsonl")

    def test_later_options_are_not_known_yet(self):
        for verb in ("run", "shells", "subscribe", "diagnose"):
            self.assertEqual(self.room.run(verb)[0], 1)
        self.assertNotIn(b"diagnose", self.ok("--help"))


class Prompt(OnDemo):
    """The password is asked for on the terminal, without echo."""

    def asked(self, answer):
        words = ["identify", *self.demo.words(password_file=None)]
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(CTL, [CTL, *words], self.room.env)
        seen = b""
        answered = False
        while True:
            try:
                seen += os.read(terminal, 4096)
            except OSError:
                break
            if not answered and b"Password of demo on 127.0.0.1" in seen:
                answered = True
                os.write(terminal, answer)
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen

    def test_right_wrong_and_interrupted(self):
        with open(self.demo.hello["passwordFile"], "rb") as source:
            password = source.readline().rstrip(b"\n")
        code, seen = self.asked(password + b"\n")
        self.assertEqual(code, 0, seen)
        self.assertNotIn(password, seen)
        self.assertEqual(self.asked(b"wrong\n")[0], 4)
        self.assertEqual(self.asked(b"\x03")[0], 130)


class DemoHost(unittest.TestCase):
    def test_first_line_and_end(self):
        room = Room()
        self.addCleanup(room.close)
        demo = Demo(room, "--tls", "--items", "10")
        self.assertTrue(demo.first_line.endswith(b"\n"))
        self.assertEqual(sorted(demo.hello), ["passwordFile", "pin", "url", "user"])
        self.assertRegex(demo.hello["pin"], "^sha256:[0-9a-f]{64}$")
        secret = demo.hello["passwordFile"]
        self.assertEqual(stat.S_IMODE(os.stat(secret).st_mode), 0o600)
        self.assertEqual(demo.stop(), 0)
        self.assertFalse(os.path.exists(secret))
        plain = Demo(room, "--password-file", room.file("kept"))
        self.assertIsNone(plain.hello["pin"])
        self.assertTrue(plain.hello["url"].startswith("http://127.0.0.1:"))
        code, _, err = room.run("get", "winrm/config", "-r", plain.hello["url"], "-u",
                                plain.hello["user"], "--password-file", room.file("kept"), "-a",
                                "basic", "--no-encryption")
        self.assertEqual(code, 0, err)
        plain.stop()
        self.assertTrue(os.path.exists(room.file("kept")))


class AgainstThePeer(unittest.TestCase):
    def setUp(self):
        self.room = Room()
        self.addCleanup(self.room.close)

    def test_html_instead_of_soap(self):
        with Peer(self.room, "--personality", "html") as peer:
            code, out, err = self.room.run("get", "winrm/config", *peer.words,
                                           "--error-format", "json")
            self.assertEqual((code, out), (7, b""), err)
            self.assertEqual(json.loads(err.splitlines()[-1])["cause"], "http.html")
            err = self.room.run("get", "winrm/config", *peer.words, "-q")[2]
            self.assertRegex(err.splitlines()[0], r"^winrmctl: [A-Z][^0-9]*\S+ .*\.$")

    def test_other_replies_that_are_not_ours(self):
        for personality, code in (("empty", 7), ("not-found", 7), ("redirect", 7), ("malformed", 7),
                                  ("dtd", 7), ("deep", 7), ("truncate", 7), ("html-401", 4),
                                  ("fault-200", 5), ("relates-to", 7)):
            with self.subTest(personality=personality), \
                    Peer(self.room, "--personality", personality) as peer:
                got, out, err = self.room.run("get", "winrm/config", *peer.words)
                self.assertEqual((got, out), (code, b""), err)

    def test_ten_thousand_and_one(self):
        for form in ("csv", "jsonl"):
            with self.subTest(form=form), Peer(self.room, "--class", "Peer_Item=10001") as peer:
                code, out, err = self.room.run("enumerate", "wmicimv2/Peer_Item", *peer.words,
                                               "-f", form, "-q")
                self.assertEqual((code, err), (0, ""))
                ids = ([row["Id"] for row in rows_of(out)] if form == "csv"
                       else [json.loads(line)["Id"] for line in out.splitlines()])
                self.assertEqual(len(ids), 10001)
                self.assertEqual({int(i) for i in ids}, set(range(1, 10002)))
                stats = peer.stats()
                self.assertEqual(stats["duplicates"], 0)
                self.assertEqual(stats["message_ids_repeated"], 0)
                self.assertLessEqual(stats["max_pulls_in_flight"], 1)
                self.assertEqual(stats["open_contexts"], 0)

    def interrupt(self, process, peer):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        deadline = time.monotonic() + 10
        while peer.stats()["open_contexts"] and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(peer.stats()["open_contexts"], 0)
        return process.returncode, out, err.decode()

    def test_interrupt_without_rows(self):
        with Peer(self.room, "--personality", "stall") as peer:
            process = self.room.start("enumerate", "wmicimv2/Peer_Item", *peer.words, "-f", "csv")
            while not peer.stats()["requests"]:
                time.sleep(0.05)
            code, out, _ = self.interrupt(process, peer)
            self.assertEqual((code, out), (130, b""))

    def test_interrupt_with_rows(self):
        with Peer(self.room, "--class", "Peer_Item=200000", "--personality", "slow=100") as peer:
            process = self.room.start("enumerate", "wmicimv2/Peer_Item", *peer.words, "-f", "json",
                                      "-o", "items.json")
            partial = self.room.file("items.json.partial")
            while not (os.path.exists(partial) and os.path.getsize(partial)):
                time.sleep(0.02)
            code, _, err = self.interrupt(process, peer)
            self.assertEqual(code, 8, err)
            self.assertIn("items.json.partial", err)
            self.assertRegex(err, "stopped after [0-9]+ rows")
            self.assertFalse(os.path.exists(self.room.file("items.json")))
            rows = json.loads(self.room.read("items.json.partial"))
            self.assertEqual([row["Id"] for row in rows],
                             [type(rows[0]["Id"])(i + 1) for i in range(len(rows))])

    def test_max_and_a_closed_pipe_release(self):
        with Peer(self.room, "--class", "Peer_Item=200000") as peer:
            code, out, err = self.room.run("enumerate", "wmicimv2/Peer_Item", *peer.words,
                                           "-f", "csv", "--max", "7")
            self.assertEqual((code, len(rows_of(out))), (0, 7), err)
            self.assertEqual(peer.stats()["open_contexts"], 0)
            process = self.room.start("enumerate", "wmicimv2/Peer_Item", *peer.words, "-f", "csv")
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.wait(60), 0)
            process.stderr.close()
            self.assertEqual(peer.stats()["open_contexts"], 0)

    def test_the_password_appears_nowhere(self):
        for personality in ([], ["--personality", "html-401"], ["--personality", "stall"]):
            with self.subTest(personality=personality), Peer(self.room, *personality) as peer:
                if os.path.exists(self.room.file("trace")):
                    os.remove(self.room.file("trace"))
                process = self.room.start("get", "winrm/config", *peer.words, "-v", "--trace",
                                          "trace", "--timeout", "0.5")
                with open(f"/proc/{process.pid}/cmdline", "rb") as line:
                    seen = line.read()
                with open(f"/proc/{process.pid}/environ", "rb") as line:
                    seen += line.read()
                out, err = process.communicate(timeout=60)
                seen += out + err + self.room.read("trace")
                for secret in (PASSWORD.encode(), "Grüße".encode(), b"two words",
                               base64.b64encode(f"müller:{PASSWORD}".encode())):
                    self.assertNotIn(secret, seen)
                self.assertEqual(process.returncode, 6 if "stall" in personality else
                                 4 if personality else 0, err)


class Libraries(unittest.TestCase):
    def test_neither_gui_nor_keychain_is_linked(self):
        linked = subprocess.run(["ldd", CTL], capture_output=True, text=True, check=True).stdout
        self.assertIn("libQt6Core", linked)
        for word in ("Gui", "Widgets", "DBus", "keychain"):
            self.assertNotIn(word.lower(), linked.lower())


if __name__ == "__main__":
    unittest.main()
