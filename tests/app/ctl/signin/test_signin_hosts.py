"""Signing in to hosts that do it in their own way, and to hosts that cheat.

Each line of the tables is one host; winrmctl asks it with Kerberos and with NTLM.
"""

import json
import unittest

from relay import Relay
from signin import (EXIT_AUTHENTICATION, EXIT_NOT_OURS, RAW_WORDS, Counted, Desk, Host, Realm,
                    got_the_item, side_by_side)

ALL = ("enumerate", "wmicimv2/Peer_Item", "-f", "jsonl", "--max-envelope", "100")
ITEMS = 1500  # more than one page of 100 KiB
EXIT_PARTIAL = 8

# Personalities under which everything works as ever.
HANDSHAKES = ["one-header-401", "odd-401", "one-header-401 odd-401", "close-after-401",
              "connection-close-401", "silent", "token-with-body", "reset-on-authorization",
              "bare-refusal"]
SEALS = ["seal-tabs", "seal-order", "seal-case", "seal-crlf-before", "seal-crlf-after",
         "seal-open-end", "seal-space", "seal-tabs seal-order seal-crlf-after", "utf16",
         "chunked", "drip=0.1"]
# Personality -> (causes with Kerberos, with NTLM; None: works). The reply must not be shown.
CHEATS = {"tampered": (["seal.broken"], ["seal.broken"]),
          "tampered-header": (["seal.broken"], ["seal.broken", "seal.order"]),
          "reordered": (["seal.order"], ["seal.order"]),
          "cut-sealed": (["seal.malformed"], ["seal.malformed"]),
          "wrong-length": (["seal.malformed"], ["seal.malformed"]),
          "plain-reply": (["seal.missing"], ["seal.missing"]),
          "not-confidential": (["seal.broken", "seal.malformed"], None)}


class Asking(unittest.TestCase):
    """A realm, a desk, and what is held of each run."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        cls.desk = Desk(cls.realm)
        cls.addClassCleanup(cls.desk.close)
        cls.ways = {"kerberos": cls.desk.ticket(), "ntlm": cls.desk.ntlm(),
                    "negotiate": cls.desk.password()}

    def host(self, personalities, *words, **more):
        specs = [word for spec in personalities.split() for word in ("--personality", spec)]
        return Host(self.realm, *specs, *words, **more)

    def hold(self, outcomes):
        """Fails with all complaints of a list of lists."""
        self.assertEqual([one for some in outcomes for one in some], [])

    def expect(self, name, host, auth, counts, code=0, causes=(), **more):
        """Runs winrmctl once; the complaints about it."""
        with Counted(host, self.realm) as counted:
            outcome = self.desk.run(host, auth, more.pop("way", self.ways[auth]), **more)
        what = f"{name} {auth}"
        wrong = [f"{what}: {key} is {counted[key]}, not {value}"
                 for key, value in counts.items() if counted[key] != value]
        if outcome.code != code:
            wrong.append(f"{what}: exit {outcome.code}, not {code}: {outcome}")
        if causes and outcome.cause not in causes:
            wrong.append(f"{what}: not {causes}: {outcome}")
        if code == 0 and not more and not got_the_item(outcome):
            wrong.append(f"{what}: {outcome.out}")
        if code not in (0, EXIT_PARTIAL) and outcome.out:
            wrong.append(f"{what}: shows {outcome.out}")
        wrong += [f"{what}: says {word}" for word in RAW_WORDS if word in outcome.err]
        return wrong


class Hosts(Asking):
    """Who may sign in, and how the host says so."""

    def test_handshakes(self):
        def ask(personalities, tls):
            with self.host(personalities, tls=tls) as host:
                wrong = []
                for auth in self.ways:
                    wrong += self.expect(f"{personalities} tls={tls}", host, auth,
                                         {"handshakes": 1, "signed_in": 1, "clear_bodies": 0})
                return wrong
        self.hold(side_by_side(*(lambda p=p, t=t: ask(p, t)
                                 for t in (False, True) for p in HANDSHAKES)))

    def test_user_names(self):
        """The forms that NTLM takes; bob's password serves the local account."""
        secret = self.realm.passwords["bob"]
        forms = {"EXAMPLE\\bob": "EXAMPLE\\bob", "PEERHOST\\local": "PEERHOST\\local",
                 ".\\local": "local", "local": "local"}
        with self.host("") as host:
            for form, user in forms.items():
                with self.subTest(form=form):
                    way = self.desk.ntlm(form, secret)
                    self.hold([self.expect(form, host, "ntlm", {"ntlm_passwords": 1}, way=way)])
                    users = host.counts()["users"]
                    self.assertTrue(any(name.endswith(user) for name in users), users)

    def test_refused_password(self):
        def ask(personalities, auth):
            with self.host(personalities) as host:
                return self.expect(personalities, host, auth,
                                   {"ntlm_passwords": 1, "signed_in": 0, "clear_bodies": 0,
                                    "basic_passwords": 0}, EXIT_AUTHENTICATION,
                                   ["auth.rejected"],
                                   way=self.desk.ntlm(password="not the password"))
        self.hold(side_by_side(*(lambda p=p, a=a: ask(p, a)
                                 for a, names in (("ntlm", HANDSHAKES), ("negotiate", [""]))
                                 for p in names)))

    def test_not_offered(self):
        def ask(personalities):
            with self.host(personalities, schemes="basic,credssp") as host:
                return [one for auth in self.ways
                        for one in self.expect("not offered " + personalities, host, auth,
                                               {"ntlm_passwords": 0, "basic_passwords": 0,
                                                "clear_bodies": 0}, EXIT_AUTHENTICATION,
                                               ["auth.not_offered"])]
        self.hold(side_by_side(*(lambda p=p: ask(p) for p in (
            "", "one-header-401", "odd-401", "one-header-401 odd-401", "connection-close-401"))))

    def test_closes_in_the_handshake(self):
        with self.host("close-in-handshake") as host:
            self.hold([self.expect("closes", host, "kerberos", {"signed_in": 1}),
                       self.expect("closes", host, "ntlm", {"signed_in": 0}, EXIT_AUTHENTICATION,
                                   ["auth.closed"])])

    def test_channel_binding(self):
        """The binding takes the digest of the certificate's signature."""
        with self.host("", "--channel-binding", "strict", "--cert-digest", "sha512",
                       tls=True) as host:
            self.hold([self.expect("sha512", host, auth, {"bound": 1}) for auth in self.ways])

    def test_somebody_in_between(self):
        """The person accepted the wrong certificate, but the sign-in is bound to the right one."""
        with self.host("", "--channel-binding", "relaxed", tls=True) as host, \
                Relay(host, self.desk.room.path) as relay:
            for auth in self.ways:
                with Counted(host, self.realm) as counted:
                    outcome = self.desk.run(relay, auth, self.ways[auth])
                self.assertEqual((outcome.code, outcome.out), (EXIT_AUTHENTICATION, b""))
                self.assertIn(outcome.cause, ("auth.rejected", "auth.failed"))
                self.assertEqual([word for word in RAW_WORDS if word in outcome.err], [])
                self.assertEqual((counted["signed_in"], counted["clear_bodies"]), (0, 0))


class Seals(Asking):
    """How messages are sealed once somebody is signed in."""

    def test_seals(self):
        def ask(personalities):
            with self.host(personalities) as host:
                return [one for auth in ("kerberos", "ntlm")
                        for one in self.expect(personalities, host, auth,
                                               {"handshakes": 1, "clear_bodies": 0})]
        self.hold(side_by_side(*(lambda p=p: ask(p) for p in SEALS)))

    def test_several_requests_one_handshake(self):
        with self.host("", "--class", f"Peer_Item={ITEMS}") as host:
            for auth in self.ways:
                with self.subTest(auth=auth), Counted(host, self.realm) as counted:
                    outcome = self.desk.run(host, auth, self.ways[auth], ALL)
                    self.assertEqual(outcome.code, 0, outcome.err)
                    self.assertEqual([int(json.loads(line)["Id"])
                                      for line in outcome.out.splitlines()],
                                     list(range(1, ITEMS + 1)))
                self.assertEqual(counted["handshakes"], 1)
                self.assertGreater(counted["sealed_bodies"], 2)

    def test_sign_in_for_each_request(self):
        with self.host("persistent-auth-false", "--class", f"Peer_Item={ITEMS}") as host:
            for auth in ("kerberos", "ntlm"):
                with self.subTest(auth=auth), Counted(host, self.realm) as counted:
                    outcome = self.desk.run(host, auth, self.ways[auth], ALL)
                    self.assertEqual(outcome.code, 0, outcome.err)
                    self.assertEqual(len(outcome.out.splitlines()), ITEMS)
                self.assertEqual(counted["signed_in"], counted["sealed_bodies"])
                self.assertGreater(counted["sealed_bodies"], 2)
                self.assertEqual(counted["clear_bodies"], 0)

    def test_forgotten(self):
        """A 401 in mid-session: what was refused was not carried out, so it is sent once more on a
        new sign-in, or the rows so far are kept and the end is said."""
        for auth in ("kerberos", "ntlm"):
            with self.subTest(auth=auth), \
                    self.host("forget@2", "--class", f"Peer_Item={ITEMS}") as host:
                outcome = self.desk.run(host, auth, self.ways[auth], ALL)
                counts = host.counts()
                self.assertIn(outcome.code, (0, EXIT_PARTIAL), outcome.err)
                rows = [int(json.loads(line)["Id"]) for line in outcome.out.splitlines()]
                self.assertEqual(rows, list(range(1, len(rows) + 1)))
                self.assertEqual(len(rows) == ITEMS, outcome.code == 0)
                self.assertLessEqual(counts["signed_in"], 2)
                self.assertEqual(counts["clear_bodies"], 0)

    def test_cheats(self):
        def ask(personality):
            kerberos, ntlm = CHEATS[personality]
            with self.host(personality) as host:
                wrong = self.expect(personality, host, "kerberos", {"clear_bodies": 0},
                                    EXIT_NOT_OURS, kerberos)
                if ntlm:
                    wrong += self.expect(personality, host, "ntlm", {"clear_bodies": 0},
                                         EXIT_NOT_OURS, ntlm)
                return wrong
        self.hold(side_by_side(*(lambda p=p: ask(p) for p in CHEATS)))

    def test_cheats_later(self):
        """The reply after the first rows is bad: those are kept, nothing of it is shown."""
        def ask(personality, auth, causes):
            with self.host(personality + "@3", "--class", f"Peer_Item={ITEMS}") as host:
                wrong = self.expect(personality, host, auth, {"clear_bodies": 0}, EXIT_PARTIAL,
                                    causes, verb=ALL)
                stats = host.counts()
                if stats["sealed_bodies"] > 3 and stats["handshakes"] < 2:
                    wrong.append(f"{personality} {auth}: goes on with a broken context")
                return wrong
        self.hold(side_by_side(*(lambda p=p, a=a, c=c: ask(p, a, c) for p, c in (
            ("replayed", ["seal.order", "seal.broken"]), ("tampered", ["seal.broken"]),
            ("plain-reply", ["seal.missing"])) for a in ("kerberos", "ntlm"))))


if __name__ == "__main__":
    unittest.main()
