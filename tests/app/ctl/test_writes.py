"""winrmctl changing things: put, create, delete, invoke, against its demo host and tests/peer."""

import json
import os
import unittest
import xml.etree.ElementTree as ET

from programs import Peer, Room, WithDemo

WINRS = "winrm/config/winrs"
LISTENER = "winrm/config/listener?Address=IP:192.0.2.7+Transport=HTTP"
MAPPING = "winrm/config/service/certmapping"


class Writes(WithDemo):
    def fails(self, code, cause, *words, stdin=b""):
        got, out, err = self.room.run(*words, "--error-format", "json", stdin=stdin)
        self.assertEqual((got, out), (code, b""), err)
        error = json.loads(err)
        self.assertEqual(error["cause"], cause, err)
        return error

    def winrs(self):
        return json.loads(self.ok("get", WINRS, *self.on, "-f", "json"))

    def test_put_changes_what_is_named(self):
        before = self.winrs()
        code, out, err = self.room.run("put", WINRS, "MaxProcessesPerShell=40", *self.on, "-f", "json")
        self.assertEqual(code, 0, err)
        self.assertIn("whole instances", err)
        after = json.loads(out)
        self.assertEqual(after, {**before, "MaxProcessesPerShell": 40})
        self.assertEqual(self.winrs(), after)
        self.assertEqual(self.room.run("put", WINRS, "MaxProcessesPerShell=41", *self.on, "-q")[2], "")

    def test_put_in_every_format(self):
        for form in ("text", "tree", "xml", "raw", "jsonl", "csv", "html", "md"):
            with self.subTest(form=form):
                out = self.ok("put", WINRS, "MaxProcessesPerShell=31", *self.on, "-f", form)
                self.assertIn(b"MaxProcessesPerShell", out)
                self.assertIn(b"31", out)

    def test_put_of_a_path_and_of_a_file(self):
        self.ok("put", "winrm/config/service", "Auth/Basic=true", "MaxConnections=299", *self.on)
        service = json.loads(self.ok("get", "winrm/config/service", *self.on, "-f", "json"))
        self.assertEqual(service["MaxConnections"], 299)
        self.room.write("number", "42")
        self.ok("put", WINRS, "MaxProcessesPerShell=@number", *self.on)
        self.assertEqual(self.winrs()["MaxProcessesPerShell"], 42)
        self.ok("put", WINRS, "MaxProcessesPerShell=@-", *self.on, stdin=b"43")
        self.assertEqual(self.winrs()["MaxProcessesPerShell"], 43)
        with open(self.demo.hello["passwordFile"], "rb") as source:
            password = source.readline()
        self.ok("put", WINRS, "MaxProcessesPerShell=@-", *self.demo.words(password_file=None),
                "--password-stdin", stdin=password + b"44")
        self.assertEqual(self.winrs()["MaxProcessesPerShell"], 44)

    def test_put_of_an_xml_body(self):
        body = self.ok("get", WINRS, *self.on, "-f", "xml")
        root = ET.fromstring(body)
        next(e for e in root.iter() if e.tag.endswith("}MaxProcessesPerShell")).text = "37"
        self.room.write("winrs.xml", ET.tostring(root))
        self.ok("put", WINRS, "--input", "winrs.xml", *self.on)
        self.assertEqual(self.winrs()["MaxProcessesPerShell"], 37)
        self.ok("put", WINRS, "--input", "winrs.xml", "MaxProcessesPerShell=38", *self.on)
        self.assertEqual(self.winrs()["MaxProcessesPerShell"], 38)

    def test_what_would_be_lost_is_refused(self):
        before = self.ok("get", "winrm/config/client", *self.on)
        for words in (["put", "winrm/config/client", "Auth=1"],
                      ["put", "winrm/config", "Client=1"],
                      ["put", WINRS, "AllowRemoteShellAccess=x\x1by"],
                      ["invoke", "a b", "wmicimv2/Win32_Process"],
                      ["invoke", "a><x", "wmicimv2/Win32_Process"]):
            with self.subTest(words=words):
                self.fails(1, "local.usage", *words, *self.on)
        self.assertEqual(self.ok("get", "winrm/config/client", *self.on), before)

    def test_links_and_pipes_are_written_through(self):
        self.room.write("target", "old")
        os.symlink(self.room.file("target"), self.room.file("link"))
        self.assertEqual(self.room.run("get", WINRS, *self.on, "-o", "link")[0], 9)
        self.ok("get", WINRS, *self.on, "-o", "link", "--force")
        self.assertTrue(os.path.islink(self.room.file("link")))
        self.assertIn(b"MaxProcessesPerShell", self.room.read("target"))
        os.mkfifo(self.room.file("pipe"))
        reader = os.open(self.room.file("pipe"), os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.ok("get", WINRS, *self.on, "-o", "pipe", "--force")
        self.assertIn(b"MaxProcessesPerShell", os.read(reader, 65536))
        self.assertFalse(os.path.exists(self.room.file("pipe.partial")))

    def test_a_wrong_value_is_the_hosts_to_refuse(self):
        before = self.winrs()
        error = self.fails(5, "fault.generic", "put", WINRS, "MaxProcessesPerShell=many", *self.on)
        self.assertEqual(error["kind"], "fault")
        self.assertNotIn("maybeExecuted", error)
        self.assertEqual(self.winrs(), before)

    def test_a_listener_comes_and_goes(self):
        out = self.ok("create", LISTENER, "Port=5999", *self.on, "-f", "json")
        created = json.loads(out)["__epr"]
        self.assertEqual(created["SelectorSet"], {"Address": "IP:192.0.2.7", "Transport": "HTTP"})
        self.assertTrue(created["ResourceURI"].endswith("/config/listener"), created)
        made = json.loads(self.ok("get", LISTENER, *self.on, "-f", "json"))
        self.assertEqual(made["Port"], 5999)
        self.assertEqual(self.ok("delete", LISTENER, *self.on), b"")
        self.assertEqual(self.room.run("get", LISTENER, *self.on)[0], 5)
        self.assertEqual(self.room.run("delete", LISTENER, *self.on)[0], 5)

    def test_what_create_prints_is_a_resource(self):
        made = self.ok("create", LISTENER, "Port=5998", *self.on).decode().rstrip("\n")
        self.assertEqual(made.lower(),
                         "winrm/config/listener?address=ip:192.0.2.7+transport=http")
        self.assertEqual(json.loads(self.ok("get", made, *self.on, "-f", "json"))["Port"], 5998)
        self.assertEqual(self.ok("delete", made, *self.on), b"")
        name = 'two words, a + and "quotes" 100%'
        made = self.ok("create", "wmicimv2/Win32_Environment", "Name=" + name,
                       "UserName=<SYSTEM>", "VariableValue=1", *self.on, "-f", "text")
        made = made.decode().splitlines()[0]
        got = json.loads(self.ok("get", made, *self.on, "-f", "json"))
        self.assertEqual((got["Name"], got["VariableValue"]), (name, "1"))
        self.assertEqual(self.ok("delete", made, *self.on), b"")

    def test_an_option_that_must_be_complied_with(self):
        error = self.fails(5, "fault.generic", "get", WINRS, "--option", "Unheard=1!", *self.on)
        self.assertEqual(error["code"], "0x80338039")
        self.ok("get", WINRS, "--option", "Unheard=1", *self.on)

    def test_whole_instances_are_told_of_once_written(self):
        note = "this host takes whole instances"
        code, _, err = self.room.run("put", WINRS, "MaxProcessesPerShell=33", *self.on)
        self.assertEqual((code, err.count(note)), (0, 1), err)
        for words in (["NoSuchSetting/Deeper=1"], ["MaxProcessesPerShell=many"]):
            code, _, err = self.room.run("put", WINRS, *words, *self.on)
            self.assertNotEqual(code, 0)
            self.assertNotIn(note, err)

    def test_read_only_is_refused_before_a_byte_leaves(self):
        nobody = ["-r", "https://127.0.0.1:9", "-u", "x", "--password-file",
                  self.demo.hello["passwordFile"], "-a", "basic", "--readonly"]
        for words in (["put", WINRS, "MaxProcessesPerShell=1"], ["create", LISTENER],
                      ["put", WINRS, "--fragment", "MaxProcessesPerShell", "MaxProcessesPerShell=1"],
                      ["put", "wmicimv2/Win32_Service?Name=Spooler", "StartMode=Manual"],
                      ["delete", LISTENER],
                      ["invoke", "StopService", "wmicimv2/Win32_Service?Name=Spooler", "a=1"]):
            with self.subTest(words=words):
                self.fails(1, "options.read_only", *words, *nobody)
        self.ok("get", WINRS, *self.on, "--readonly")

    def test_a_profile_can_be_read_only(self):
        self.ok("profiles", "add", "safe", "-r", "https://127.0.0.1:9", "-u", "x", "--readonly",
                "--save-password", "ask")
        self.fails(1, "options.read_only", "put", WINRS, "MaxProcessesPerShell=1", "-p", "safe",
                   "--password-file", self.demo.hello["passwordFile"], "-a", "basic")

    def test_words_that_are_wrong(self):
        for words in (["put", WINRS], ["put"], ["put", WINRS, "novalue"], ["put", WINRS, "=1"],
                      ["create"], ["delete", LISTENER, "a=b"], ["delete", LISTENER, "--input", "x"],
                      ["invoke"], ["invoke", "StopService"], ["delete", LISTENER, "--fragment", "x"],
                      ["create", MAPPING + "?Issuer=x", "Password=secret"],
                      ["put", WINRS, "MaxProcessesPerShell[=1"]):
            with self.subTest(words=words):
                self.fails(1, "local.usage", *words, *self.on)
        self.fails(9, "local.file", "put", WINRS, "a=@none", *self.on)
        self.room.write("open", "hunter2\n")
        os.chmod(self.room.file("open"), 0o644)
        self.fails(9, "local.password_file_mode", "create", MAPPING + "?Issuer=x", "Password=@open",
                   *self.on)
        self.room.write("broken.xml", "<a><b></a>")
        self.fails(1, "local.usage", "put", WINRS, "--input", "broken.xml", *self.on)

    def test_nothing_is_changed_where_the_answer_has_no_place(self):
        before = self.winrs()
        self.fails(9, "local.file", "put", WINRS, "MaxProcessesPerShell=12", *self.on,
                   "-o", "no/such/folder/x")
        self.assertEqual(self.winrs(), before)
        self.room.write("there", "before")
        self.fails(9, "local.file_exists", "put", WINRS, "MaxProcessesPerShell=12", *self.on,
                   "-o", "there")
        self.assertEqual(self.winrs(), before)
        self.assertEqual(self.room.read("there"), b"before")


class LostAnswers(unittest.TestCase):
    def test_what_may_have_been_done_is_said(self):
        room = Room()
        self.addCleanup(room.close)
        with Peer(room, "--personality", "stall") as peer:
            words = ["delete", LISTENER, *peer.words, "--timeout", "0.5"]
            code, out, err = room.run(*words, "--error-format", "json")
            self.assertEqual((code, out), (6, b""), err)
            self.assertIs(json.loads(err)["maybeExecuted"], True)
            self.assertIn("may have carried the request out", room.run(*words)[2])


if __name__ == "__main__":
    unittest.main()
