"""winrmctl signs in to Apache's mod_auth_gssapi, whose authors never saw it."""

import json
import types
import unittest

from signin import EXIT_AUTHENTICATION, Desk, Realm, got_the_item
from apache import Apache

ITEMS = 1500


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        cls.apache = Apache(cls.realm, "--class", f"Peer_Item={ITEMS}")
        cls.addClassCleanup(cls.apache.close)
        cls.desk = Desk(cls.realm)
        cls.addClassCleanup(cls.desk.close)

    def run_on(self, path, auth, way, **more):
        host = types.SimpleNamespace(url=f"https://localhost:{self.apache.port}{path}", tls=True,
                                     hello={"pin": self.apache.pin})
        return self.desk.run(host, auth, way, **more)

    def ways(self):
        """name -> (path, auth, way)"""
        return {"kerberos ticket": ("/wsman", "kerberos", self.desk.ticket()),
                "kerberos password": ("/wsman", "kerberos", self.desk.password()),
                "negotiate ticket": ("/wsman", "negotiate", self.desk.ticket()),
                "negotiate kerberos": ("/wsman", "negotiate", self.desk.password()),
                "negotiate ntlm": ("/ntlm", "negotiate", self.desk.ntlm()),
                "ntlm": ("/ntlm", "ntlm", self.desk.ntlm())}

    def test_one_item(self):
        for name, (path, auth, way) in self.ways().items():
            with self.subTest(way=name):
                outcome = self.run_on(path, auth, way)
                self.assertTrue(got_the_item(outcome), f"{outcome}\n{self.apache.errors()}")

    def test_many_requests(self):
        for name in ("kerberos ticket", "ntlm"):
            with self.subTest(way=name):
                outcome = self.run_on(*self.ways()[name],
                                      verb=("enumerate", "wmicimv2/Peer_Item", "-f", "jsonl",
                                            "--max-envelope", "100"))
                self.assertEqual(outcome.code, 0, f"{outcome.err}\n{self.apache.errors()}")
                self.assertEqual([int(json.loads(line)["Id"]) for line in outcome.out.splitlines()],
                                 list(range(1, ITEMS + 1)))

    def test_refused(self):
        before = self.apache.stats()["actions"]
        for path, auth, way, cause in (
                ("/ntlm", "ntlm", self.desk.ntlm(password="wrong"), "auth.rejected"),
                ("/ntlm", "ntlm", self.desk.ntlm("EXAMPLE\\nobody", "wrong"), "auth.rejected"),
                ("/wsman", "kerberos", self.desk.password(password="wrong"),
                 "krb.wrong_password")):
            with self.subTest(path=path, user=way.user):
                outcome = self.run_on(path, auth, way)
                self.assertEqual((outcome.code, outcome.out), (EXIT_AUTHENTICATION, b""))
                self.assertEqual(outcome.cause, cause)
        self.assertEqual(self.apache.stats()["actions"], before)


if __name__ == "__main__":
    unittest.main()
