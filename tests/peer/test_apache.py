"""Apache as the host: the same client that signs in to the test host signs in there."""

import os
import types
import unittest

import peerclient
from apache import Apache
from peerclient import get
from realm import Realm
from signinclient import NTLM, Client, password_credentials


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.realm = Realm()
        cls.addClassCleanup(cls.realm.close)
        cls.apache = Apache(cls.realm)
        cls.addClassCleanup(cls.apache.close)
        os.environ.update({name: value for name, value in
                           cls.realm.environment(cls.realm.kinit()).items()
                           if name.startswith("KRB5")})

    def client(self, path, **more):
        client = Client(types.SimpleNamespace(tls=True, port=self.apache.port), **more)
        self.addCleanup(client.close)
        client.path = path
        return client

    def items(self, client, token):
        """The second of two Gets must need no Authorization."""
        ids = []
        for number, first in ((1, token), (2, None)):
            body = get(extra=peerclient.selectors(Id=number)).encode()
            status, _, reply = client.send(body, token=first)
            self.assertEqual(status, 200, self.apache.errors())
            ids += peerclient.ids(reply)
        return ids

    def test_kerberos(self):
        client = self.client("/wsman")
        self.assertEqual(self.items(client, client.gss.step(None)), [1, 2])

    def test_ntlm(self):
        creds = password_credentials("EXAMPLE\\alice", self.realm.passwords["alice"], NTLM)
        client = self.client("/ntlm", creds=creds)
        status, headers, _ = client.send(token=client.gss.step(None))
        self.assertEqual(status, 401)
        token = client.gss.step(client.token_in(headers))
        self.assertEqual(self.items(client, token), [1, 2])

    def test_refused(self):
        creds = password_credentials("EXAMPLE\\alice", "wrong", NTLM)
        client = self.client("/ntlm", creds=creds)
        status, headers, _ = client.send(token=client.gss.step(None))
        status, headers, _ = client.send(token=client.gss.step(client.token_in(headers)))
        self.assertEqual(status, 401)


if __name__ == "__main__":
    unittest.main()
