"""The private realm gives and refuses tickets as a domain would."""

import json
import os
import subprocess
import sys
import unittest

from realm import Realm, tool

HERE = os.path.dirname(os.path.abspath(__file__))


def klist(realm, cache, *words):
    return subprocess.run([tool("klist"), *words, "-c", cache], env=realm.environment(),
                          capture_output=True, text=True, check=True).stdout


class Tickets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)

    def refused(self, who, words):
        with self.assertRaisesRegex(RuntimeError, words):
            self.realm.kinit(who)

    def service_ticket(self, cache, service="HTTP/localhost"):
        done = subprocess.run([tool("kvno"), service], env=self.realm.environment(cache),
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def test_given(self):
        cache = self.realm.kinit("alice")
        self.assertIn("alice@EXAMPLE.COM", klist(self.realm, cache))
        for service in ("HTTP", "WSMAN", "host"):
            self.assertEqual(self.service_ticket(cache, service + "/localhost"), (0, ""))
        self.assertIn("not found in Kerberos", self.service_ticket(cache, "FTP/localhost")[1])

    def test_refused(self):
        self.refused("disabled", "revoked")
        self.refused("gone", "expired")
        self.refused("expired", "password")

    def test_wrong_password_is_counted(self):
        right, before = self.realm.passwords["bob"], self.realm.counts()
        self.realm.passwords["bob"] = "wrong"
        try:
            self.refused("bob", "Password incorrect")
        finally:
            self.realm.passwords["bob"] = right
        self.assertEqual(self.realm.counts()["refusedPasswords"], before["refusedPasswords"] + 1)


class Faults(unittest.TestCase):
    def test_stopped_and_other_clock(self):
        with Realm() as realm:
            realm.stop()
            with self.assertRaisesRegex(RuntimeError, "Cannot contact any KDC"):
                realm.kinit()
            realm.start(shift="-1h")
            cache = realm.kinit(shift="-1h")
            done = subprocess.run([tool("kvno"), "HTTP/localhost"], env=realm.environment(cache),
                                  capture_output=True, text=True, check=False)
            self.assertIn("Clock skew too great", done.stderr)

    def test_encryption_types(self):
        with Realm("EXAMPLE.NET", enctypes="aes256-cts-hmac-sha384-192") as realm:
            self.assertIn("aes256-cts-hmac-sha384-192", klist(realm, realm.kinit(), "-e"))
            other = realm.config("other.conf", enctypes="aes128-cts-hmac-sha1-96")
            done = subprocess.run([tool("kinit"), "alice"], input=b"x\n", capture_output=True,
                                  env=realm.environment(config=other), check=False)
            self.assertIn(b"no support for encryption type", done.stderr)


class Program(unittest.TestCase):
    def test_commands(self):
        lines = [{"command": "kinit", "who": "bob"}, {"command": "nonsense"},
                 {"command": "counts"}, {"command": "stop"}, {"command": "kinit"}]
        done = subprocess.run(
            [sys.executable, "-B", os.path.join(HERE, "realm.py"), "--ticket", "alice",
             "--services", ""], capture_output=True, check=True, timeout=60, text=True,
            input="".join(json.dumps(line) + "\n" for line in lines))
        facts, bob, nonsense, counts, stop, late = map(json.loads, done.stdout.splitlines())
        self.assertEqual((facts["realm"], list(facts["caches"])), ("EXAMPLE.COM", ["alice"]))
        self.assertTrue(bob["cache"].startswith(facts["folder"]))
        self.assertEqual((list(nonsense), stop), (["error"], {}))
        self.assertEqual(counts["tickets"], 2)
        self.assertIn("Cannot contact", late["error"])
        self.assertFalse(os.path.exists(facts["folder"]))


if __name__ == "__main__":
    unittest.main()
