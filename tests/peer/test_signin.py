"""The sign-in of the strict test host, asked by a GSSAPI client. Needs /usr/bin/python3."""

import os
import pathlib
import unittest

from gssapi import exceptions

import peerclient
import peerseal
from peerclient import IDENTIFY, get
from realm import Realm
from signinclient import KERBEROS, NTLM, SPNEGO, Client, Host, certificate_binding
from signinclient import password_credentials as password_of

CAPTURES = os.environ.get("WSMAN_CAPTURES") or os.path.join(
    peerclient.HERE, "..", "..", "..", "shared", "captures")
ALICE = "EXAMPLE\\alice"


def item(number=1):
    return get(extra=peerclient.selectors(Id=number))


class WithRealm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        os.environ.update({name: value for name, value in
                           cls.realm.environment(cls.realm.kinit()).items()
                           if name.startswith("KRB5")})

    def host(self, *words, **more):
        host = Host(self.realm, *words, **more)
        self.addCleanup(host.__exit__)
        return host

    def client(self, host, *words, **more):
        client = Client(host, *words, **more)
        self.addCleanup(client.close)
        return client

    def ntlm(self, password=None, user=ALICE):
        return password_of(user, password or self.realm.passwords["alice"], NTLM)


class Handshakes(WithRealm):
    def ways(self):
        """name -> arguments of Client."""
        return {"Negotiate/kerberos": {}, "Kerberos/kerberos": {"scheme": "Kerberos",
                                                                "outer": KERBEROS},
                "Negotiate/ntlm": {"creds": self.ntlm()},
                "raw": {"outer": NTLM, "creds": self.ntlm()}}

    def test_sealed(self):
        for codec in ("utf-8", "utf-16"):
            host = self.host()
            for name, more in self.ways().items():
                with self.subTest(way=name, codec=codec):
                    client = self.client(host, **more)
                    self.assertEqual(client.sign_in(), 200)
                    for number in (1, 2, 3):
                        status, reply = client.ask(item(number), codec)
                        self.assertEqual(status, 200)
                        self.assertIn(f"<p:Id>{number}</p:Id>".encode(codec)[2:-1], reply)
            counts = host.counts()
            self.assertEqual(counts["kinds"], {"Negotiate/kerberos": 1, "Kerberos/kerberos": 1,
                                               "Negotiate/ntlm": 2})
            self.assertEqual((counts["handshakes"], counts["sealed_bodies"]), (4, 12))
            self.assertEqual((counts["clear_bodies"], counts["ntlm_passwords"]), (0, 2))
            self.assertEqual(counts["max_bodies_per_handshake"], 3)

    def test_plain_over_tls(self):
        host = self.host(tls=True)
        for name, more in self.ways().items():
            with self.subTest(way=name):
                client = self.client(host, **more)
                self.assertEqual(client.sign_in(), 200)
                self.assertEqual(client.send(item().encode())[0], 200)
                self.assertEqual(client.ask(item())[0], 200)

    def test_token_and_body_together(self):
        host = self.host(tls=True)
        client = self.client(host)
        status, headers, body = client.send(item().encode(), token=client.gss.step(None))
        self.assertEqual((status, peerclient.ids(body)), (200, [1]))
        self.assertIn("Negotiate ", headers["WWW-Authenticate"])

    def test_local_account(self):
        host = self.host()
        client = self.client(host, creds=self.ntlm(self.realm.passwords["bob"],
                                                   "PEERHOST\\local"))
        self.assertEqual(client.sign_in(), 200)
        self.assertEqual(list(host.counts()["users"]), ["PEERHOST\\local"])

    def test_refused(self):
        host = self.host("--personality", "bare-refusal",
                         schemes="negotiate,kerberos,basic,credssp")
        self.assertEqual(self.client(host, creds=self.ntlm("wrong")).sign_in(), 401)
        counts = host.counts()
        self.assertEqual((counts["refused"], counts["ntlm_passwords"]), (1, 1))
        client = self.client(self.host(), creds=self.ntlm("wrong"))
        self.assertRaises(exceptions.GSSError, client.sign_in)  # SPNEGO's refusal in the 401
        self.assertEqual(client.legs[-1][0], 401)
        status, headers, body = self.client(host).send()
        self.assertEqual((status, body), (401, b""))
        self.assertEqual(headers.get_all("WWW-Authenticate"),
                         ["Negotiate", "Kerberos", 'Basic realm="WSMAN"', "CredSSP"])

    def test_mechanism_not_allowed(self):
        host = self.host("--mechanisms", "kerberos", schemes="negotiate")
        self.assertEqual(self.client(host).sign_in(), 200)
        for outer in (SPNEGO, NTLM):
            client = self.client(host, outer=outer, creds=self.ntlm())
            with self.subTest(outer=outer):
                try:
                    self.assertEqual(client.sign_in(), 401)
                except exceptions.GSSError:
                    pass  # SPNEGO: the host's token says so
        self.assertEqual(host.counts()["kinds"], {"Negotiate/kerberos": 1})


class Bindings(WithRealm):
    def outcome(self, host, binding, **more):
        client = self.client(host, binding=binding, **more)
        try:
            return client.sign_in()
        except exceptions.GSSError:
            return client.legs[-1][0]

    def test_policies(self):
        cert, key = self.certificate()
        right, wrong = certificate_binding(cert), b"tls-server-end-point:" + bytes(48)
        self.assertEqual(len(right), len(wrong))  # SHA-384
        for policy, expected in (("none", (200, 200, 200)), ("relaxed", (200, 200, 401)),
                                 ("strict", (200, 401, 401))):
            host = self.host("--channel-binding", policy, "--cert", cert, "--key", key, tls=True)
            for more in ({}, {"scheme": "Kerberos", "outer": KERBEROS}, {"creds": self.ntlm()}):
                with self.subTest(policy=policy, more=more):
                    self.assertEqual(expected, tuple(self.outcome(host, binding, **more)
                                                     for binding in (right, None, wrong)))
            self.assertEqual(host.counts()["bound"], 0 if policy == "none" else 3)

    def certificate(self):
        from wsmanpeer import make_certificate
        return make_certificate(self.realm.folder, "sha384")


class Strictness(WithRealm):
    def signed_in(self, *personalities, **more):
        words = [word for spec in personalities for word in ("--personality", spec)]
        host = self.host(*words, **more)
        client = self.client(host)
        self.assertEqual(client.sign_in(), 200)
        return host, client

    def test_clear_body(self):
        host, client = self.signed_in()
        self.assertEqual(client.send(item().encode())[0], 400)
        stranger = self.client(host)
        self.assertEqual(stranger.send(item().encode())[0], 401)
        self.assertEqual(stranger.send(IDENTIFY.encode(), WSMANIDENTIFY="unauthenticated")[0],
                         200)
        counts = host.counts()
        self.assertEqual((counts["clear_bodies"], counts["clear_refused"]), (3, 1))

    def test_unsealable(self):
        for change in ("seal-crlf-before", "seal-crlf-after", "seal-open-end", "seal-order",
                       "seal-case", "seal-space"):
            with self.subTest(change=change):
                host, client = self.signed_in()
                body = client.sealed(item(), on=lambda name, c=change: name == c)
                self.assertEqual(client.send(body, peerseal.content_type("Negotiate"))[0], 400)
                self.assertEqual(host.counts()["unsealable"], 1)
        host, client = self.signed_in()
        body = bytearray(client.sealed(item()))
        body[-30] ^= 1
        self.assertEqual(client.send(bytes(body), peerseal.content_type("Negotiate"))[0], 400)
        host, client = self.signed_in()
        body = client.sealed(item())
        kind = peerseal.content_type("Negotiate")
        self.assertEqual([client.send(body, kind)[0] for _ in "12"], [200, 400])

    def test_tabs_are_read(self):
        _, client = self.signed_in()
        body = client.sealed(item(), on=lambda name: name == "seal-tabs")
        self.assertEqual(client.send(body, peerseal.content_type("Negotiate"))[0], 200)

    def test_spoiled_replies(self):
        for spec in ("tampered", "tampered-header", "replayed@2", "reordered", "cut-sealed"):
            with self.subTest(spec=spec):
                _, client = self.signed_in(spec)
                if "@2" in spec:
                    client.ask(item())
                with self.assertRaises((exceptions.GSSError, AssertionError)):
                    client.ask(item())
        _, client = self.signed_in("plain-reply")
        status, headers, _ = client.send(client.sealed(item()),
                                         peerseal.content_type("Negotiate"))
        self.assertEqual((status, headers["Content-Type"]), (200, peerclient.SOAP))

    def test_odd_401(self):
        host = self.host("--personality", "odd-401", "--personality", "one-header-401",
                         "--personality", "connection-close-401")
        _, headers, _ = self.client(host).send()
        self.assertEqual(headers["WWW-Authenticate"],
                         'Basic realm="WSMAN", kERBEROS, nEGOTIATE')
        self.assertEqual(headers["Connection"], "close")

    def test_forgetful(self):
        host, client = self.signed_in("forget@2")
        self.assertEqual([client.ask(item())[0] for _ in "12"], [200, 401])
        host, client = self.signed_in("persistent-auth-false", tls=True)
        self.assertEqual([client.send(item().encode())[0] for _ in "12"], [200, 401])
        host, client = self.signed_in("reset-on-authorization")
        self.assertEqual(client.send(token=b"again")[0], 401)
        self.assertEqual(host.counts()["signed_in"], 1)


class Recorded(unittest.TestCase):
    """What recorded clients sent is what this host reads."""

    def test_sealed_requests(self):
        folder = pathlib.Path(CAPTURES, "omi")
        if not folder.is_dir():
            self.skipTest("WSMAN_CAPTURES names no recorded messages")
        seen = 0
        for path in sorted(folder.glob("**/*-req.http")):
            head, _, body = path.read_bytes().partition(b"\r\n\r\n")
            schemes = [name for name, kind in peerseal.PROTOCOLS.items()
                       if b"protocol=\"" + kind.encode() in head]
            if not schemes or "enc-nocharset" in str(path):
                continue
            with self.subTest(path=str(path)):
                sealed = peerseal.read(schemes[0], body)
                self.assertIn(len(sealed.header), (16, 60))
                self.assertEqual(peerseal.write(schemes[0], sealed,
                                                lambda name: name == "seal-tabs"
                                                and b"\n\tContent" in body), body)
            seen += 1
        self.assertGreater(seen, 50)


if __name__ == "__main__":
    unittest.main()
