"""The sign-in of one connection: 401s, handshakes, sealed bodies, and the hosts that do it oddly.

A context belongs to its connection, as on Windows: after the handshake requests carry no
Authorization. Over http every body must be sealed; over TLS it may be plain.
"""

import base64
import collections
import threading

import peerauth
import peerseal
from peerpersonality import HttpReply

SPELLING = {"negotiate": "Negotiate", "kerberos": "Kerberos", "credssp": "CredSSP",
            "basic": 'Basic realm="WSMAN"'}
NAMES = ("handshakes", "signed_in", "refused", "challenged", "ntlm_passwords", "basic_passwords",
         "clear_bodies", "clear_refused", "sealed_bodies", "unsealable", "bound", "delegated",
         "max_bodies_per_handshake")


class Acceptor:
    """What the connections share: settings and counts. schemes: names in SPELLING, in the order of
    the 401; check_basic(name, password) judges a password."""

    def __init__(self, schemes, mechanisms, tls, policy, allow_clear, check_basic):
        self.schemes = schemes
        self.mechanisms = mechanisms
        self.tls = tls
        self.binding = None  # application_data of this host's certificate
        self.policy = policy
        self.allow_clear = allow_clear
        self.check_basic = check_basic
        self.counts = collections.Counter()
        self.kinds = collections.Counter()  # "Negotiate/ntlm" -> how often signed in
        self.users = collections.Counter()
        self.lock = threading.Lock()

    def count(self, name, amount=1):
        with self.lock:
            self.counts[name] += amount

    def note(self, context):
        """A handshake that came to its end."""
        with self.lock:
            self.counts["signed_in"] += 1
            self.counts["bound"] += context.bound
            self.counts["delegated"] += context.delegated
            self.kinds[f"{context.scheme}/{context.mechanism}"] += 1
            self.users[context.user] += 1

    def note_bodies(self, amount):
        with self.lock:
            self.counts["max_bodies_per_handshake"] = max(
                self.counts["max_bodies_per_handshake"], amount)

    def stats(self):
        with self.lock:
            return {**{name: self.counts[name] for name in NAMES}, "kinds": dict(self.kinds),
                    "users": dict(self.users)}


class Judgement:
    """What becomes of a request that is not served: an answer, or none at all."""

    def __init__(self, reply=None, keep=True):
        self.reply = reply  # None: silence
        self.keep = keep


class SignIn:
    """The state of one connection. `on(name)` tells which personalities act."""

    def __init__(self, acceptor, on):
        self.acceptor = acceptor
        self.on = on
        self.context = None
        self.user = ""
        self.established = False
        self.sealing = False  # the request that is served now came sealed
        self.charset = "UTF-8"
        self.bodies = 0
        self.final_headers = []  # the last token, when it goes out with the reply to a body
        self.sealed_before = None  # the reply before this one, for the replay

    # Requests ---------------------------------------------------------------------------------

    def judge(self, request, anonymous):
        """None when `request` may be served: its body is plain then. Else the Judgement."""
        self.sealing = False
        self._count_clear(request)
        header = request.headers.get("authorization")
        if header is not None:
            judgement = self._authorization(header, request)
        elif anonymous:
            return None
        elif self.established:
            judgement = None
        elif self.on("silent"):
            return Judgement()
        else:
            self.acceptor.count("challenged")
            judgement = self._unauthorized()
        return judgement or self._plain(request)

    def forget(self):
        self.context, self.established, self.user, self.bodies = None, False, "", 0

    def refuse_later(self):
        """The context is forgotten in mid-session; returns the 401."""
        self.forget()
        return self._unauthorized()

    def _count_clear(self, request):
        kind = request.headers.get("content-type", "")
        if request.body and not self.acceptor.tls and not kind.startswith("multipart/encrypted"):
            self.acceptor.count("clear_bodies")

    def _authorization(self, header, request):
        name, _, text = header.partition(" ")
        scheme = name.lower()
        if self.established and self.on("reset-on-authorization"):
            self.forget()
            return self._unauthorized()
        if scheme == "basic" and scheme in self.acceptor.schemes:
            return self._basic(text)
        if scheme not in ("negotiate", "kerberos") or scheme not in self.acceptor.schemes:
            self.forget()
            return self._unauthorized()
        try:
            token = base64.b64decode(text.strip(), validate=True)
        except ValueError:
            return Judgement(HttpReply(400, "Bad Request"), keep=False)
        if self.context is None or self.established or self.context.scheme.lower() != scheme:
            self.forget()
            self.context = peerauth.Context(SPELLING[scheme], self.acceptor.mechanisms,
                                            self.acceptor.binding, self.acceptor.policy)
            self.acceptor.count("handshakes")
        return self._leg(token, request)

    def _basic(self, text):
        self.acceptor.count("basic_passwords")
        try:
            name, _, password = base64.b64decode(text, validate=True).decode().partition(":")
        except ValueError:
            name, password = "", ""
        if self.acceptor.check_basic(name, password):
            self.user = name
            return None
        self.acceptor.count("refused")
        return self._unauthorized()

    def _leg(self, token, request):
        if peerauth.offers_password(token):
            self.acceptor.count("ntlm_passwords")
        scheme = self.context.scheme
        try:
            answer = self.context.step(token)
        except peerauth.Refused as refused:
            self.acceptor.count("refused")
            self.forget()
            return self._unauthorized(scheme, refused.token)
        challenge = [("WWW-Authenticate", f"{scheme} {base64.b64encode(answer).decode()}")]
        if not self.context.complete:
            keep = not self.on("close-in-handshake")
            return Judgement(HttpReply(401, "Unauthorized", headers=challenge), keep)
        self.acceptor.note(self.context)
        self.established, self.user = True, self.context.user
        if request.body:
            self.final_headers = challenge if answer else []
            return None
        reply = HttpReply(200, "OK", headers=challenge if answer else [])
        if self.on("token-with-body"):
            reply.body, reply.content_type = b"Signed in.\n", "text/plain;charset=UTF-8"
        return Judgement(reply)

    def _unauthorized(self, scheme="", token=None):
        texts = [SPELLING[name] for name in self.acceptor.schemes]
        if token and not self.on("bare-refusal"):
            with_token = f"{scheme} {base64.b64encode(token).decode()}"
            texts = [with_token if text == scheme else text for text in texts]
        if self.on("odd-401"):
            texts = [text.swapcase() if " " not in text else text for text in reversed(texts)]
        if self.on("one-header-401"):
            texts = [", ".join(texts)]
        headers = [("wWw-authenticate" if self.on("odd-401") else "WWW-Authenticate", text)
                   for text in texts]
        keep = not (self.on("close-after-401") or self.on("connection-close-401"))
        if self.on("connection-close-401"):
            headers.append(("Connection", "close"))
        return Judgement(HttpReply(401, "Unauthorized", headers=headers), keep)

    def _plain(self, request):
        """Opens a sealed body in place; None, or the Judgement on one that is not as it must be."""
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            return self._open(request, kind)
        if self.established and not self.acceptor.tls and not self.acceptor.allow_clear:
            self.acceptor.count("clear_refused")
            return self._bad(b"A body that is not sealed is refused over http.")
        return None

    def _open(self, request, kind):
        try:
            if not self.established or kind != peerseal.content_type(self.context.scheme):
                raise peerseal.NotSealed("not the Content-Type of this connection's scheme")
            sealed = peerseal.read(self.context.scheme, request.body)
            request.body = self.context.open(sealed.header, sealed.data)
        except (peerseal.NotSealed, peerauth.Refused) as error:
            self.acceptor.count("unsealable")
            self.forget()
            return self._bad(str(error).encode())
        request.headers["content-type"] = f"application/soap+xml;charset={sealed.charset}"
        self.sealing = True
        self.bodies += 1
        self.acceptor.count("sealed_bodies")
        self.acceptor.note_bodies(self.bodies)
        return None

    @staticmethod
    def _bad(why):
        return Judgement(HttpReply(400, "Bad Request", why + b"\n", "text/plain;charset=UTF-8"),
                         keep=False)

    # Replies ----------------------------------------------------------------------------------

    def protect(self, reply, on):
        """Seals a reply in place, and spoils it as the personalities wish."""
        reply.headers = reply.headers + self.final_headers
        self.final_headers = []
        if self.on("persistent-auth-false"):
            reply.headers.append(("Persistent-Auth", "false"))
        if self.sealing and reply.content_type.startswith("application/soap+xml") \
                and not on("plain-reply"):
            self._seal(reply, on)
        if self.on("persistent-auth-false"):
            self.forget()
        return reply

    def _seal(self, reply, on):
        charset = reply.content_type.partition("charset=")[2]
        if on("reordered"):
            self.context.seal(b"another message that is never sent")
        header, data, length = self.context.seal(reply.body, not on("not-confidential"))
        fresh = (header, data, length)
        if on("replayed") and self.sealed_before:
            header, data, length = self.sealed_before
        self.sealed_before = fresh
        if on("tampered"):
            middle = len(data) // 2
            data = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:]
        if on("tampered-header"):
            header = header[:-1] + bytes([header[-1] ^ 1])
        if on("cut-sealed"):
            data = data[:len(data) // 2]
        if on("wrong-length"):
            length += 100
        scheme = self.context.scheme
        sealed = peerseal.Sealed(charset, header, data, length)
        reply.body = peerseal.write(scheme, sealed, on)
        reply.content_type = peerseal.content_type(scheme)
