"""winrmctl without a host: open, explain, profiles, the terminal; and its man page and completion."""

import concurrent.futures
import json
import os
import pty
import re
import subprocess
import unittest

from programs import CTL, SOURCE, TESTS, Room

MESSAGES = os.path.join(TESTS, "data", "messages")
GOLDEN = os.path.join(TESTS, "data", "ctl")
FORMATS = ["text", "tree", "xml", "json", "jsonl", "csv", "html", "md"]


class InARoom(unittest.TestCase):
    def setUp(self):
        self.room = Room()
        self.addCleanup(self.room.close)

    def ok(self, *words, stdin=b""):
        code, out, err = self.room.run(*words, stdin=stdin)
        self.assertEqual(code, 0, err)
        return out

    def on_a_terminal(self, *words):
        """What a terminal is sent, standard error included."""
        main, other = pty.openpty()
        process = self.room.start(*words, stdout=other, stderr=other)
        os.close(other)
        seen = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        os.close(main)
        process.wait(30)
        return process.returncode, seen


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "r": "\r", "n": "\n"}.get(m[1], m[1]), text)


class Open(InARoom):
    def summaries(self, folder):
        """Holds each file against EXPECT.tsv; how many."""
        with open(os.path.join(folder, "EXPECT.tsv"), encoding="utf-8", newline="\n") as source:
            lines = source.read().rstrip("\n").split("\n")
        names = lines[0].split("\t")
        rows = [dict(zip(names, map(unescaped, line.split("\t")))) for line in lines[1:]]
        # Looking for leaks at the end of each of a thousand processes would take most of the time; other tests do it.
        env = dict(self.room.env, ASAN_OPTIONS="detect_leaks=0")

        def ask(row):
            return subprocess.run([CTL, "open", "--summary", os.path.join(folder, row["file"])],
                                  capture_output=True, env=env, timeout=60)

        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            answers = list(pool.map(ask, rows))
        for row, done in zip(rows, answers):
            said = json.loads(done.stdout)
            wrong = {name: (said.get(name, "missing"), row[name]) for name in names
                     if name not in ("file", "samples") and not self.same(name, said, row[name])}
            self.assertEqual(wrong, {}, row["file"])
            broken = row["well_formed"] != "yes" and not row["file"].endswith(".http")
            self.assertEqual(done.returncode, 7 if broken else 0, row["file"])
        return len(rows)

    @staticmethod
    def same(name, said, expected):
        value = said.get(name, "missing")
        if name == "well_formed" and expected.startswith("no"):
            return str(value).startswith("no")
        return value is None if expected == "-" else value == expected

    def test_summary_of_our_messages(self):
        self.assertEqual(self.summaries(MESSAGES), 20)

    def test_summary_of_the_corpus(self):
        folder = os.environ.get("WSMAN_CORPUS") or os.path.join(SOURCE, "..", "shared", "corpus")
        if not os.path.isdir(folder):
            self.skipTest("no WSMAN_CORPUS")
        self.assertGreater(self.summaries(folder), 0)

    def test_golden_files(self):
        for source in ("hostile.xml", "hostile-rows.xml"):
            for form in FORMATS:
                with self.subTest(source=source, form=form):
                    with open(os.path.join(GOLDEN, f"{source}.{form}.golden"), "rb") as file:
                        golden = file.read()
                    code, out, err = self.room.run("open", os.path.join(GOLDEN, source), "-f", form)
                    self.assertEqual((code, err), (0, ""))
                    self.assertEqual(out.replace(GOLDEN.encode(), b""), golden)

    def test_terminal_gets_no_control_characters(self):
        self.room.write("esc.json", json.dumps([{"__class": "C", "A": "x\x1b[2J\x07\u202ey\x9b"}]))
        for form in FORMATS:
            code, seen = self.on_a_terminal("open", "esc.json", "-f", form)
            self.assertEqual(code, 0)
            text = seen.decode()
            for bad in "\x1b\x07\u202e\x9b":
                self.assertNotIn(bad, text, form)
        code, seen = self.on_a_terminal("open", "no\x1b[31mfile")
        self.assertEqual(code, 9)
        self.assertNotIn(b"\x1b[31", seen)

    def test_a_fault_is_done_and_others_are_not_ours(self):
        self.assertIn(b"Fault", self.ok("open", os.path.join(MESSAGES, "fault-nested.xml")))
        for content in (b" \n", b"hello", b"<a><b></a>", b"{\"a\":", b"\x00\x01\x02",
                        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 300):
            self.room.write("other", content)
            code, out, err = self.room.run("open", "other")
            self.assertEqual((code, out), (7, b""), content)
            self.assertRegex(err, r"^winrmctl: [A-Z]")
        self.assertEqual(self.room.run("open", "missing")[0], 9)
        self.assertEqual(self.ok("open", "-", stdin=b'{"__class":"A","B":1}'), b"A\n    B = 1\n")

    def test_no_rows_are_opened_as_none(self):
        for empty in (b"", b"[]\n", b"[\n]\n", b"Name,State\r\n", b"Name\r\n"):
            self.room.write("none", empty)
            self.assertEqual(self.ok("open", "none", "-f", "json"), b"[]\n", empty)
            self.assertEqual(self.ok("open", "none", "-f", "jsonl"), b"", empty)

    def trace(self):
        """Three exchanges with two hosts: an answer, a fault, and none."""
        with open(os.path.join(MESSAGES, "fault-nested.xml"), encoding="utf-8") as file:
            fault = file.read()
        with open(os.path.join(MESSAGES, "config.xml"), encoding="utf-8") as file:
            config = file.read()
        entries = [("a.example.com", "2026-02-03T04:05:06.007Z", config, {}),
                   ("b.example.com", "2026-02-03T04:05:05.000Z", fault, {"status": 500}),
                   ("a.example.com", "2026-02-03T04:05:07.000Z", "",
                    {"kind": 2, "cause": "net.refused", "message": "refused"})]
        lines = [json.dumps({"format": "winrm-console-trace", "id": number, "host": host,
                             "started": started, "replyBody": reply, **more})
                 for number, (host, started, reply, more) in enumerate(entries, 1)]
        return self.room.write("trace.jsonl", "\n".join(lines) + "\n"), config, fault

    def test_summary_of_a_trace(self):
        path = self.trace()[0]
        self.assertEqual(self.ok("open", "--summary", path),
                         b'{"kind":"trace","exchanges":3,"hosts":["a.example.com","b.example.com"],'
                         b'"first":"2026-02-03T04:05:05.000Z","last":"2026-02-03T04:05:07.000Z",'
                         b'"faults":1,"failed":1}\n')

    def test_replies_of_a_trace(self):
        path, config, fault = self.trace()
        for words in ([], ["-o", "-"]):
            code, out, err = self.room.run("open", path, "-f", "raw", *words)
            self.assertEqual((code, out), (1, b""), err)
            self.assertIn("name a folder with -o", err)
        self.ok("open", path, "-f", "raw", "-o", "replies")
        self.assertEqual(sorted(os.listdir(self.room.file("replies"))), ["000.xml", "001.xml"])
        self.assertEqual(self.room.read("replies/000.xml").decode(), config)
        self.assertEqual(self.room.read("replies/001.xml").decode(), fault)
        self.assertEqual(self.room.run("open", path, "-f", "raw", "-o", "replies")[0], 9)

    def test_messages_are_opened_for_what_they_carry(self):
        out = self.ok("open", os.path.join(MESSAGES, "config.xml"))
        self.assertTrue(out.startswith(b"Config\n"), out)
        rows = self.ok("open", os.path.join(MESSAGES, "pull-last.xml"), "-f", "jsonl")
        self.assertEqual(json.loads(rows.splitlines()[0])["__class"], "C")


class Explain(InARoom):
    def test_codes(self):
        first = self.ok("explain", "0x80338000")
        for same in ("2150858752", "-2144108544", "80338000", "ERROR_WSMAN_RESOURCE_NOT_FOUND"):
            self.assertEqual(self.ok("explain", same), first)
        facts = json.loads(self.ok("explain", "0x80070005", "-f", "json"))
        self.assertEqual(facts[0]["symbol"], "ERROR_ACCESS_DENIED")

    def test_causes(self):
        """Whatever --error-format json calls a cause can be asked about."""
        text = self.ok("explain", "krb.clock_skew").decode()
        self.assertTrue(text.startswith("krb.clock_skew\n  "), text)
        with open(os.path.join(SOURCE, "resources", "errors", "causes.json"), encoding="utf-8") as file:
            causes = json.load(file)
        for entry in causes if isinstance(causes, list) else causes["causes"]:
            with self.subTest(entry["id"]):
                facts = json.loads(self.ok("explain", entry["id"], "-f", "json"))[-1]
                self.assertEqual((facts["group"], facts["symbol"]), ("cause", entry["id"]))
                self.assertTrue(facts["meaning"])
                self.assertNotIn("%1", json.dumps(facts))

    def test_every_code_of_the_catalogue(self):
        with open(os.path.join(SOURCE, "resources", "errors", "codes.json"), encoding="utf-8") as f:
            codes = json.load(f)
        entries = next(v for v in codes.values() if isinstance(v, list)) if isinstance(
            codes, dict) else codes
        self.assertGreater(len(entries), 300)
        for entry in entries[::25]:
            self.assertIn(entry["symbol"].encode(), self.ok("explain", entry["symbol"]))


class Profiles(InARoom):
    def test_without_a_keychain(self):
        secret = self.room.write("pw", "not to be kept\n")
        code, _, err = self.room.run("profiles", "add", "lab host", "-r", "https://lab.example.com",
                                     "-u", "müller", "--folder", "Lab", "--tags", "a,b",
                                     "--color", "#3355aa", "--password-file", secret)
        self.assertEqual(code, 0, err)
        rows = [json.loads(line) for line in
                self.ok("profiles", "list", "-f", "jsonl").splitlines()]
        self.assertEqual([(r["Name"], r["Folder"], r["Tags"]) for r in rows],
                         [("lab host", "Lab", "a,b")])
        self.assertEqual(self.ok("profiles", "list", "-f", "csv", "--columns", "Tags,Name"),
                         b'Tags,Name\r\n"a,b",lab host\r\n')
        shown = json.loads(self.ok("profiles", "show", "lab host", "-f", "json"))
        self.assertEqual((shown["Url"], shown["UserName"], shown["Password"]),
                         ("https://lab.example.com:5986/wsman", "müller", "ask"))
        self.assertEqual(self.room.run("profiles", "add", "lab host", "-r", "h")[0], 1)
        self.ok("profiles", "edit", "lab host", "--name", "renamed", "-r", "other.example.com:1234")
        self.assertIn(b"other.example.com:1234", self.ok("profiles", "show", "renamed"))
        self.assertEqual(self.room.run("profiles", "show", "lab host")[0], 9)
        exported = self.ok("profiles", "export")
        self.room.write("profiles.json", exported)
        self.ok("profiles", "remove", "renamed")
        self.assertEqual(self.ok("profiles", "list", "-f", "jsonl"), b"")
        self.ok("profiles", "import", "profiles.json")
        self.assertIn(b"renamed", self.ok("profiles", "list"))
        kept = exported
        for folder, _, files in os.walk(self.room.file("config")):
            for name in files:
                with open(os.path.join(folder, name), "rb") as source:
                    kept += source.read()
        self.assertNotIn(b"not to be kept", kept)
        code, _, err = self.room.run("get", "winrm/config", "-p", "renamed")
        self.assertEqual(code, 1, err)  # no password and nobody to ask

    def test_of_other_programs(self):
        self.room.write("hosts.ini", "[web]\nweb[1:2].example.com ansible_password=hunter2\n"
                                     "[web:vars]\nansible_connection=winrm\n[other]\nlin\n")
        code, out, err = self.room.run("profiles", "import", "hosts.ini")
        self.assertEqual((code, out), (0, b""), err)
        self.assertIn("2 profiles imported", err)
        self.assertIn("lin: not a Windows host: ssh", err)
        self.assertNotIn("hunter2", err)
        rows = [json.loads(line) for line in
                self.ok("profiles", "list", "-f", "jsonl").splitlines()]
        self.assertEqual([(r["Name"], r["Folder"]) for r in rows],
                         [("web1.example.com", "web"), ("web2.example.com", "web")])
        self.room.write("notes.txt", "nothing of ours\n")
        self.assertEqual(self.room.run("profiles", "import", "notes.txt")[0], 9)

    def test_usage(self):
        for words in ([], ["list", "more"], ["show"], ["add"], ["add", "x"], ["nonsense"]):
            self.assertEqual(self.room.run("profiles", *words)[0], 1, words)
        self.assertEqual(self.room.run("profiles", "show", "nobody")[0], 9)
        self.assertEqual(self.room.run("profiles", "import", "missing")[0], 9)


class Manual(InARoom):
    def options(self):
        """What the program reads, from its own table."""
        with open(os.path.join(SOURCE, "app", "ctl", "arguments.cpp"), encoding="utf-8") as source:
            names = re.findall(r'u"(--?[a-z][a-z0-9-]*)"_s(?=[,}])', source.read())
        return sorted(set(names))

    def test_every_option_is_told(self):
        options = self.options()
        self.assertGreater(len(options), 45)
        with open(os.path.join(SOURCE, "resources/man/winrmctl.1"), encoding="utf-8") as source:
            manual = source.read().replace("\\-", "-")
        with open(os.path.join(SOURCE, "resources/completion/winrmctl.bash"),
                  encoding="utf-8") as source:
            completion = source.read()
        for name, text in (("help", self.ok("--help").decode()), ("manual", manual),
                           ("completion", completion)):
            told = set(re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", text))
            self.assertEqual([o for o in options if o not in told], [], name)

    def test_exit_codes_are_told(self):
        with open(os.path.join(SOURCE, "resources/man/winrmctl.1"), encoding="utf-8") as source:
            status = source.read().split(".SH EXIT STATUS")[1].split(".SH")[0]
        self.assertEqual(re.findall(r"^\.B (\d+)$", status, re.M),
                         ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "130"])

    def test_man_has_nothing_to_warn_of(self):
        for page in ("winrmctl.1", "winrm-console.1"):
            done = subprocess.run(["man", "--warnings", "-l", "-E", "UTF-8",
                                   os.path.join(SOURCE, "resources", "man", page)],
                                  capture_output=True, text=True,
                                  env=dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="80"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)
            self.assertIn("EXIT STATUS" if page == "winrmctl.1" else "FILES", done.stdout)


if __name__ == "__main__":
    unittest.main()
