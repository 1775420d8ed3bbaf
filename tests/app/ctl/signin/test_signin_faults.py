"""Seeded faults of Kerberos: each has a cause, a sentence and exit 4, and GSSAPI's own words never
come through."""

import signal
import socket
import subprocess
import sys
import time
import types
import unittest

from signin import (CTL, EXIT_AUTHENTICATION, RAW_WORDS, Desk, Host, Realm, Way, side_by_side,
                    tool)


def elsewhere(host, name):
    """The same host under another name."""
    return types.SimpleNamespace(url=host.url.replace("localhost", name), tls=host.tls,
                                 hello=host.hello)


class Faults(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.realm = self.make_realm()
        self.desk = Desk(self.realm)
        self.addCleanup(self.desk.close)
        self.host = self.make_host(self.realm)

    def make_realm(self, *words, **more):
        realm = Realm(*words, **more)
        self.addCleanup(realm.close)
        return realm

    def make_host(self, realm, *words, **more):
        host = Host(realm, *words, **more)
        self.addCleanup(host.__exit__)
        return host

    def other_desk(self, realm):
        desk = Desk(realm)
        self.addCleanup(desk.close)
        return desk

    def faults(self):
        """name -> (cause, run())"""
        desk, realm = self.desk, self.realm
        nobody = self.make_realm(services=())
        foreign = self.make_realm(foreign_keys=True)
        down = self.make_realm(start=False)
        strict = realm.config("strict.conf", enctypes="aes256-cts-hmac-sha384-192")
        broken = desk.room.write("broken.conf", "[libdefaults\n default_realm = {{{\n")
        expired = realm.expired_ticket()
        # The KDC's clock is an hour behind: its tickets are good here, its requests too new.
        slow = self.make_realm(shift="-1h")
        skewed = slow.kinit(shift="-1h")

        def run(way, desk=desk, host=self.host, auth="kerberos", **more):
            return lambda: desk.run(host, auth, way, **more)

        def elsewhere_run(other, way):
            return run(way, desk=self.other_desk(other), host=self.make_host(other))

        return {
            "no ticket": ("krb.no_ticket", run(Way())),
            "expired ticket": ("krb.ticket_expired", run(Way(cache=expired))),
            "wrong realm": ("krb.realm_unknown", run(Way("alice@NOWHERE.EXAMPLE", "x"))),
            "unknown service": ("krb.service_unknown",
                                elsewhere_run(nobody, Way("alice@EXAMPLE.COM",
                                                          nobody.passwords["alice"]))),
            "clock skew": ("krb.clock_skew", elsewhere_run(slow, Way(cache=skewed))),
            "KDC down": ("krb.kdc_unreachable",
                         elsewhere_run(down, Way("alice@EXAMPLE.COM", "x"))),
            "address": ("krb.address", run(desk.password(),
                                           host=elsewhere(self.host, "127.0.0.1"))),
            "wrong password": ("krb.wrong_password", run(Way("alice@EXAMPLE.COM", "x"))),
            "encryption type": ("krb.encryption_type",
                                run(desk.password()._replace(config=strict))),
            "somebody else's ticket": ("krb.foreign_ticket", run(desk.ticket("bob", "alice"))),
            # Beyond the ten.
            "expired password": ("krb.password_expired", run(desk.password("expired@EXAMPLE.COM"))),
            "disabled account": ("krb.account_locked", run(desk.password("disabled@EXAMPLE.COM"))),
            "unknown user": ("krb.user_unknown", run(Way("nobody@EXAMPLE.COM", "x"))),
            "host has another key": ("krb.service_key",
                                     elsewhere_run(foreign, Way("alice@EXAMPLE.COM",
                                                                foreign.passwords["alice"]))),
            "broken krb5.conf": ("krb.configuration",
                                 run(desk.password()._replace(config=broken)))}

    def complaints(self, name, cause, outcome):
        wrong = []
        error = outcome.error or {}
        if outcome.code != EXIT_AUTHENTICATION or outcome.out:
            wrong.append(f"exit {outcome.code}, {outcome.out!r}")
        if error.get("cause") != cause:
            wrong.append(f"not {cause}")
        if not error.get("message", "").endswith(".") or not error.get("remedy"):
            wrong.append("no sentence, or no remedy")
        wrong += [f"says {word}" for word in RAW_WORDS if word in outcome.err]
        return [f"{name}: {one}: {outcome.err}" for one in wrong]

    def test_all(self):
        faults = self.faults()
        outcomes = side_by_side(*(run for _, run in faults.values()))
        wrong, sentences = [], set()
        for (name, (cause, _)), outcome in zip(faults.items(), outcomes):
            wrong += self.complaints(name, cause, outcome)
            message = (outcome.error or {}).get("message", "")
            print(f"{name:24} {cause:22} {message}", file=sys.stderr)
            sentences.add(message)
        self.assertEqual(wrong, [])
        self.assertEqual(len(sentences), len(faults))
        self.assertEqual(self.host.counts()["signed_in"], 0)

    def test_clock_of_the_host(self):
        """KDC and client agree, the host's clock does not: the host's own answer says so."""
        for shift in ("-1h", "+1h"):
            host = self.make_host(self.realm, shift=[tool("faketime"), "-f", shift])
            for auth in ("kerberos", "negotiate"):
                with self.subTest(shift=shift, auth=auth):
                    outcome = self.desk.run(host, auth, self.desk.ticket())
                    self.assertEqual(self.complaints(auth, "krb.clock_skew", outcome), [])

    def test_silent_kdc(self):
        """A KDC that takes the connection and says nothing: Ctrl+C ends it at once."""
        with socket.create_server(("127.0.0.1", 0)) as kdc:
            conf = self.realm.config("silent.conf", port=kdc.getsockname()[1])
            way = self.desk.password()._replace(config=conf)
            process = subprocess.Popen(
                [CTL, *self.desk.words(self.host, "kerberos", way)], cwd=self.desk.room.path,
                env=self.desk.environment(way), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            kdc.settimeout(30)
            asked, _ = kdc.accept()
            self.addCleanup(asked.close)
            begin = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            self.assertEqual((process.returncode, out), (130, b""), err)
            self.assertLess(time.monotonic() - begin, 5)

    def test_other_service_names(self):
        """A KDC that knows WSMAN/host or host/host only is as good."""
        for service in ("WSMAN", "host"):
            with self.subTest(service=service):
                realm = self.make_realm(services=(service,))
                desk, host = self.other_desk(realm), self.make_host(realm)
                outcome = desk.run(host, "kerberos", desk.ticket(), extra=["-v"])
                self.assertEqual(outcome.code, 0, outcome.err)
                self.assertIn(f"{service}/localhost", outcome.err)

    def test_words_about_the_ticket(self):
        outcome = self.desk.run(self.host, "kerberos", self.desk.ticket(), extra=["-v"])
        for word in ("alice@EXAMPLE.COM", "HTTP/localhost", "Kerberos AES256"):
            self.assertIn(word, outcome.err)

    def test_delegation_only_when_asked(self):
        for extra, expected in (([], 0), (["--delegate"], 1)):
            before = self.host.counts()["delegated"]
            outcome = self.desk.run(self.host, "kerberos", self.desk.ticket(), extra=extra)
            self.assertEqual(outcome.code, 0, outcome.err)
            self.assertEqual(self.host.counts()["delegated"] - before, expected)

    def test_no_ticket_file_is_touched(self):
        way = self.desk.password()
        cache = self.realm.kinit("bob")
        with open(cache, "rb") as file:
            before = file.read()
        for cache_of_run in ("", cache):
            outcome = self.desk.run(self.host, "kerberos", way._replace(cache=cache_of_run))
            self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("alice@EXAMPLE.COM", self.host.counts()["users"])
        with open(cache, "rb") as file:
            self.assertEqual(file.read(), before)
        with self.assertRaises(FileNotFoundError):
            open(self.realm.file("cc-none"), "rb").close()


if __name__ == "__main__":
    unittest.main()
