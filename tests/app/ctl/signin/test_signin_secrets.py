"""No secret is left behind: after every scenario of signing in, outputs, traces, settings, argv and
environment are searched for the passwords in all their forms."""

import base64
import glob
import os
import subprocess
import unittest

from secretsearch import Search, Watch
from signin import CTL, ITEM, Desk, Host, Realm, Room, Way, side_by_side


class Secrets(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        cls.desk = Desk(cls.realm)
        cls.addClassCleanup(cls.desk.close)
        for name in ("TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            cls.desk.room.env[name] = cls.desk.room.file(name.lower())
            os.mkdir(cls.desk.room.env[name])
        cls.wrong = "Wr0ng " + os.urandom(9).hex()
        secrets = {**cls.realm.passwords, "wrong": cls.wrong}
        cls.search = Search(secrets)
        cls.files = 0

    def scenarios(self):
        """name -> (personalities, schemes, tls, auth, way, words)"""
        desk, windows = self.desk, "negotiate,kerberos,basic"
        right, ntlm = desk.password(), desk.ntlm()
        table = {}
        for tls in (False, True):
            at = "https" if tls else "http"
            table[f"kerberos {at}"] = ("", windows, tls, "kerberos", right, ())
            table[f"ntlm {at}"] = ("", windows, tls, "ntlm", ntlm, ())
            table[f"negotiate wrong {at}"] = ("", windows, tls, "negotiate",
                                              desk.password(password=self.wrong), ())
            table[f"ntlm wrong {at}"] = ("", windows, tls, "ntlm",
                                         desk.ntlm(password=self.wrong), ())
        table["basic"] = ("", "basic", True, "basic", Way("alice", self.wrong), ())
        table["basic in the clear"] = ("", "basic", False, "basic",
                                       Way("alice", self.wrong), ("--no-encryption",))
        table["not offered"] = ("", "basic", False, "negotiate", ntlm, ())
        table["expired"] = ("", windows, False, "kerberos",
                            desk.password("expired@EXAMPLE.COM"), ())
        table["tampered"] = ("tampered", windows, False, "ntlm", ntlm, ())
        table["plain reply"] = ("plain-reply", windows, False, "kerberos", right, ())
        table["no answer"] = ("stall", windows, False, "ntlm", ntlm, ("--timeout", "0.5"))
        table["html"] = ("html", windows, True, "ntlm", ntlm, ())
        table["redirect"] = ("redirect", windows, True, "kerberos", right, ())
        table["closes"] = ("close-in-handshake", windows, False, "ntlm", ntlm, ())
        table["slow"] = ("slow=700", windows, False, "ntlm", ntlm, ())
        table["ticket"] = ("", windows, False, "kerberos", desk.ticket(), ())
        return table

    def play(self, name, personalities, schemes, tls, auth, way, extra):
        """Runs one scenario twice, with text and JSON errors; the complaints."""
        specs = [word for spec in personalities.split() for word in ("--personality", spec)]
        found = []
        with Host(self.realm, *specs, schemes=schemes, tls=tls) as host:
            for form in ("text", "json"):
                trace = f"trace-{name.replace(' ', '-')}-{form}.jsonl"
                verb = ("identify",) if "stall" in specs else ITEM  # waits once only
                words = self.desk.words(host, auth, way, verb,
                                        [*extra, "-v", "--trace", trace, "--error-format", form])
                found += self.run_once(f"{name} {form}", way, words)
        return found

    def run_once(self, name, way, words):
        process = subprocess.Popen(
            [CTL, *words], cwd=self.desk.room.path, env=self.desk.environment(way),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True)
        watch = Watch(process)
        out, err = process.communicate(timeout=120)
        found = self.search.in_bytes(f"{name} stdout", out)
        found += self.search.in_bytes(f"{name} stderr", err)
        seen = watch.finish()
        self.assertIn(b"--trace", seen["cmdline"], name)  # the watch did see the process
        for what, data in seen.items():
            found += self.search.in_bytes(f"{name} {what}", data)
        return found

    def in_folders(self):
        found, count = self.search.in_folder(self.desk.room.path,
                                             lambda name: name.startswith("password-"))
        return found, count

    def test_scenarios(self):
        complaints = side_by_side(*(lambda n=n, s=s: self.play(n, *s)
                                    for n, s in self.scenarios().items()))
        found, count = self.in_folders()
        self.assertEqual([one for some in complaints for one in some] + found, [])
        traces = glob.glob(self.desk.room.file("trace-*"))
        self.assertEqual(len(traces), 2 * len(self.scenarios()))
        self.assertGreaterEqual(count, len(traces))

    def test_profiles(self):
        """A profile that is added, used, shown and exported keeps no password in a file."""
        room = self.desk.room
        with Host(self.realm) as host:
            secret = room.write("password-of-profile", self.wrong + "\n")
            found = []
            for words in (["profiles", "add", "lab", "-r", host.url, "-a", "ntlm", "-u",
                           "EXAMPLE\\alice", "--password-file", secret],
                          ["profiles", "show", "lab"], ["profiles", "export"],
                          [*ITEM, "-p", "lab", "--password-file", secret]):
                code, out, err = room.run(*words)
                found += self.search.in_bytes(" ".join(words), out + err.encode())
            self.assertEqual(code, 4, err)
        files, count = self.in_folders()
        self.assertEqual(found + files, [])
        self.assertGreater(count, 0)


class Itself(unittest.TestCase):
    """The search finds what is planted."""

    SECRET = "Pl4nted <&\\ ünd " + "0123"

    def test_forms(self):
        search = Search({"planted": self.SECRET})
        leaks = [self.SECRET.encode(), self.SECRET.encode("utf-16-le"),
                 self.SECRET.encode().hex().encode(),
                 base64.b64encode(f"EXAMPLE\\alice:{self.SECRET}".encode()),
                 base64.b64encode(b"x" + self.SECRET.encode("utf-16-le") + b"yz"),
                 b"Authorization: Negotiate TlRMTVNTUAADAAAA"]
        for leak in leaks:
            with self.subTest(leak=leak):
                self.assertTrue(search.in_bytes("here", b"before " + leak + b" after"))
        self.assertEqual(search.in_bytes("here", b"nothing of the kind"), [])

    def test_files_and_processes(self):
        realm_free = Search({"planted": self.SECRET})
        room = Room()
        self.addCleanup(room.close)
        room.write("log", "user alice, " + self.SECRET)
        room.write("password-1", self.SECRET)
        found, count = realm_free.in_folder(room.path, lambda name: name.startswith("password-"))
        self.assertEqual((count, len(found) > 0), (1, True))
        with subprocess.Popen(["sleep", "0.5"], env={**os.environ, "X": self.SECRET}) as process:
            seen = Watch(process).finish()
        self.assertTrue(realm_free.in_bytes("environ", seen["environ"]))


if __name__ == "__main__":
    unittest.main()
