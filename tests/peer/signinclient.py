"""A client that signs in to the test host: GSSAPI's initiator side, for the tests beside this file.

It opens sealed replies by cutting where the spec says, not with peerseal's reader.
"""

import base64
import http.client
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.request

import gssapi
from gssapi import raw

import peerseal
from peerauth import KERBEROS, NTLM, SPNEGO, certificate_binding
from peerclient import HERE, SOAP

FLAGS = 0x3e  # mutual, replay, sequence, confidentiality, integrity
NO_CHECK = ssl._create_unverified_context()  # certificates here are made for one test


class Host:
    """wsmanpeer.py with --sign-in, keys and users of `realm`."""

    def __init__(self, realm, *words, schemes="negotiate,kerberos,basic", tls=False, shift=()):
        command = [*shift, sys.executable, "-B", os.path.join(HERE, "wsmanpeer.py"),
                   "--sign-in", schemes, "--krb5-conf", realm.krb5_conf, "--keytab",
                   realm.keytab, "--ntlm-users", realm.ntlm_users, *words]
        self.process = subprocess.Popen(command + (["--tls"] if tls else []),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = json.loads(self.process.stdout.readline())
        self.tls = tls
        self.port = self.hello["port"]
        self.url = self.hello["url"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def stats(self):
        url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/stats"
        with urllib.request.urlopen(url, context=NO_CHECK if self.tls else None,
                                    timeout=20) as reply:
            return json.loads(reply.read())

    def counts(self):
        return self.stats()["sign_in"]


def password_credentials(user, password, mech):
    """For SPNEGO with one mechanism inside, or for raw NTLM (the same serve both)."""
    name = gssapi.Name(user, gssapi.NameType.user)
    creds = raw.acquire_cred_with_password(name, password.encode(), mechs=[SPNEGO, mech],
                                           usage="initiate").creds
    raw.set_neg_mechs(creds, [mech])
    return creds


class Client:
    """One connection. `outer` is the mechanism of the tokens: SPNEGO, or KERBEROS, NTLM raw."""

    def __init__(self, host, scheme="Negotiate", outer=SPNEGO, creds=None, binding=None):
        self.host = host
        self.scheme = scheme
        self.path = "/wsman"
        kind = http.client.HTTPSConnection if host.tls else http.client.HTTPConnection
        more = {"context": NO_CHECK} if host.tls else {}
        self.http = kind("127.0.0.1", host.port, timeout=20, **more)
        bindings = raw.ChannelBindings(application_data=binding) if binding else None
        self.gss = gssapi.SecurityContext(
            name=gssapi.Name("HTTP@localhost", gssapi.NameType.hostbased_service), mech=outer,
            usage="initiate", flags=FLAGS, creds=creds, channel_bindings=bindings)
        self.gss.__DEFER_STEP_ERRORS__ = False
        self.legs = []  # (status, token) of each answer

    def close(self):
        self.http.close()

    def send(self, body=b"", kind=SOAP, token=None, **headers):
        """(status, headers, body) of one POST."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            headers["Authorization"] = f"{self.scheme} {base64.b64encode(token).decode()}"
        if body:
            headers["Content-Type"] = kind
        self.http.request("POST", self.path, body, headers)
        reply = self.http.getresponse()
        return reply.status, reply.headers, reply.read()

    def sign_in(self):
        """The status of the last leg."""
        token = self.gss.step(None)
        while True:
            status, headers, body = self.send(token=token)
            answer = self.token_in(headers)
            self.legs.append((status, answer))
            if status == 200 or (status == 401 and not answer):
                assert status == 401 or body in (b"", b"Signed in.\n")
                if answer and not self.gss.complete:
                    self.gss.step(answer)
                return status
            token = self.gss.step(answer)

    def sealed(self, text, codec="utf-8", on=lambda name: None):
        """The sealed body for a message."""
        plain = text.encode("utf-16") if codec == "utf-16" else text.encode()
        if self.gss.mech == NTLM:
            whole = raw.wrap(self.gss, plain, True).message
            header, data = whole[:16], whole[16:]
        else:
            kinds = raw.IOVBufferType
            iov = raw.IOV(kinds.header, plain, kinds.padding, std_layout=False)
            raw.wrap_iov(self.gss, iov, True)
            header, data = iov[0].value, iov[1].value
        return peerseal.write(self.scheme, peerseal.Sealed(codec.upper(), header, data,
                                                           len(plain)), on)

    def ask(self, text, codec="utf-8"):
        """(status, plain reply) of a sealed request."""
        status, headers, body = self.send(self.sealed(text, codec),
                                          peerseal.content_type(self.scheme))
        if not headers.get("Content-Type", "").startswith("multipart/encrypted"):
            return status, body
        return status, self.opened(body)

    def opened(self, body):
        length = int(re.search(rb"Length=(\d+)", body)[1])
        start = body.lower().index(b"octet-stream\r\n") + len(b"octet-stream\r\n")
        size = int.from_bytes(body[start:start + 4], "little")
        plain = raw.unwrap(self.gss, body[start + 4:start + 4 + size + length]).message
        assert len(plain) == length
        return plain

    def token_in(self, headers):
        for text in headers.get_all("WWW-Authenticate", []):
            name, _, token = text.partition(" ")
            if name == self.scheme and token:
                return base64.b64decode(token)
        return b""
