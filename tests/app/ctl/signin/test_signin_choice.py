"""Which way winrmctl takes where several are possible, and which it never takes."""

import unittest

from signin import EXIT_AUTHENTICATION, Counted, Desk, Host, Realm, Way, got_the_item

EXIT_USAGE = 1


class Choice(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        cls.desk = Desk(cls.realm)
        cls.addClassCleanup(cls.desk.close)
        cls.basic = cls.desk.room.write("password-basic", cls.realm.passwords["alice"] + "\n")

    def host(self, *words, **more):
        host = Host(self.realm, *words, **more)
        self.addCleanup(host.__exit__)
        return host

    def basic_host(self, **more):
        return self.host("--user", "alice", "--password-file", self.basic, schemes="basic", **more)

    def gets_in(self, host, auth, way, *words, **counts):
        with Counted(host, self.realm) as counted:
            outcome = self.desk.run(host, auth, way, extra=["-v", *words])
        self.assertTrue(got_the_item(outcome), outcome)
        self.assertEqual({name: counted[name] for name in counts}, counts, outcome.err)
        return outcome.err

    def stays_out(self, code, cause, host, auth, way, *words, **counts):
        with Counted(host, self.realm) as counted:
            outcome = self.desk.run(host, auth, way, extra=words)
        self.assertEqual((outcome.code, outcome.out), (code, b""), outcome.err)
        self.assertEqual(outcome.cause, cause, outcome.err)
        self.assertEqual({name: counted[name] for name in counts}, counts, outcome.err)

    # Between Kerberos and NTLM ----------------------------------------------------------------

    def without_kdc(self):
        """A way to sign in as alice where Kerberos is set up and its KDC is not there."""
        down = Realm(start=False)
        self.addCleanup(down.close)
        return self.desk.password("EXAMPLE\\alice", config=down.krb5_conf)

    def test_ntlm_where_kerberos_cannot_be(self):
        said = self.gets_in(self.host(), "negotiate", self.without_kdc(), ntlm_passwords=1,
                            signed_in=1)
        self.assertIn("Kerberos was not possible", said)

    def test_ntlm_where_the_service_is_unknown(self):
        nobody = Realm(services=())
        self.addCleanup(nobody.close)
        host = Host(nobody)
        self.addCleanup(host.__exit__)
        outcome = self.desk.run(host, "negotiate",
                                Way("EXAMPLE\\alice", nobody.passwords["alice"],
                                    config=nobody.krb5_conf))
        self.assertTrue(got_the_item(outcome), outcome)
        self.assertEqual(host.counts()["kinds"], {"Negotiate/ntlm": 1})

    def test_kerberos_alone_stays_alone(self):
        self.stays_out(EXIT_AUTHENTICATION, "krb.kdc_unreachable", self.host(), "kerberos",
                       self.without_kdc(), ntlm_passwords=0)

    def test_host_without_kerberos(self):
        """There is a ticket, but the host takes NTLM only. Who allows both gets in with NTLM and is
        told so."""
        host = self.host("--mechanisms", "ntlm", schemes="negotiate")
        said = self.gets_in(host, "negotiate", self.desk.password(), ntlm_passwords=1)
        self.assertIn("by NTLM", said)
        self.stays_out(EXIT_AUTHENTICATION, "auth.rejected", host, "kerberos",
                       self.desk.password(), ntlm_passwords=0, clear_bodies=0)

    def test_schemes_apart(self):
        """-a kerberos gets in whether the host calls it Kerberos or Negotiate."""
        for schemes in ("kerberos", "negotiate"):
            with self.subTest(schemes=schemes):
                self.gets_in(self.host("--mechanisms", "kerberos", schemes=schemes), "kerberos",
                             self.desk.ticket(), signed_in=1, clear_bodies=0)

    # Automatic --------------------------------------------------------------------------------

    def test_automatic_kerberos(self):
        for tls in (False, True):
            for way in (self.desk.password(), self.desk.ticket("alice", "alice@EXAMPLE.COM")):
                with self.subTest(tls=tls, way=way.user):
                    said = self.gets_in(self.host(tls=tls), "auto", way, signed_in=1,
                                        clear_bodies=0, ntlm_passwords=0)
                    self.assertIn("by Kerberos", said)

    def test_automatic_ntlm(self):
        self.gets_in(self.host(tls=True), "auto", self.desk.ntlm(), ntlm_passwords=1)
        host = self.host()
        self.stays_out(EXIT_USAGE, "auth.unverified_host", host, "auto", self.desk.ntlm(),
                       ntlm_passwords=0, basic_passwords=0, clear_bodies=0)
        said = self.gets_in(host, "auto", self.desk.ntlm(), "--unverified-host",
                            ntlm_passwords=1)
        self.assertIn("proved nothing", said)

    def test_automatic_basic_only_over_tls(self):
        way = Way("alice", self.realm.passwords["alice"], config=self.desk.no_realm)
        self.gets_in(self.basic_host(tls=True), "auto", way, handshakes=0, refused=0)
        for words in ([], ["--unverified-host"]):
            with self.subTest(words=words):
                host = self.basic_host()
                with Counted(host, self.realm) as counted:
                    outcome = self.desk.run(host, "auto", way, extra=words)
                self.assertIn(outcome.code, (EXIT_USAGE, EXIT_AUTHENTICATION))
                self.assertEqual((counted["basic_passwords"], counted["clear_bodies"]), (0, 0))

    def test_consent_on_the_command_line(self):
        """An explicit http:// with -a ntlm agrees to a host that proves nothing, and hears so."""
        outcome = self.desk.run(self.host(), "ntlm", self.desk.ntlm(), form="text")
        self.assertTrue(got_the_item(outcome), outcome)
        self.assertIn("prove", outcome.err)


if __name__ == "__main__":
    unittest.main()
