"""The security contexts of the test host: GSSAPI's acceptor side of SPNEGO, Kerberos and NTLM.

Needs Debian's python3-gssapi, thus /usr/bin/python3. Keys come from KRB5_CONFIG, KRB5_KTNAME and
NTLM_USER_FILE.
"""

import os
import re
import subprocess

import gssapi
from gssapi import raw

KERBEROS = gssapi.OID.from_int_seq("1.2.840.113554.1.2.2")
NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
SPNEGO = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")
MECHANISMS = {"kerberos": KERBEROS, "ntlm": NTLM}
NTLM_SIGNATURE = b"NTLMSSP\0"
NTLM_HEADER = 16
CHANNEL_BOUND = 0x800  # GSS_C_CHANNEL_BOUND_FLAG: the initiator sent bindings and they are ours
DELEGATED = 0x1


class Refused(Exception):
    """The context came to nothing; `token` is what the client may be told, perhaps None."""

    def __init__(self, why, token=None):
        super().__init__(why)
        self.token = token


def set_environment(krb5_conf="", keytab="", ntlm_users=""):
    """Must come before the first context. The replay cache is a file beside the keytab."""
    for name, value in (("KRB5_CONFIG", krb5_conf), ("KRB5_KTNAME", keytab),
                        ("NTLM_USER_FILE", ntlm_users)):
        if value:
            os.environ[name] = value
    if keytab:
        cache = os.path.join(os.path.dirname(os.path.abspath(keytab)), "rcache")
        os.environ["KRB5RCACHENAME"] = "file2:" + cache
    os.environ.update(NETBIOS_COMPUTER_NAME="PEERHOST", NETBIOS_DOMAIN_NAME="EXAMPLE")


def certificate_binding(pem_file):
    """application_data of tls-server-end-point (RFC 5929) for a certificate; None if there is no
    digest in its signature."""
    def openssl(*words, data=None):
        return subprocess.run(["openssl", "x509", *words], input=data, check=True,
                              capture_output=True).stdout
    text = openssl("-in", pem_file, "-noout", "-text").decode()
    name = re.search(r"Signature Algorithm: (\S+)", text)[1].lower()
    found = re.search(r"sha(256|384|512|1)|md5", name)
    if not found:
        return None
    digest = "sha256" if found[0] in ("sha1", "md5") else found[0]
    der = openssl("-in", pem_file, "-outform", "DER")
    value = subprocess.run(["openssl", "dgst", "-binary", "-" + digest], input=der, check=True,
                           capture_output=True).stdout
    return b"tls-server-end-point:" + value


def offers_password(token):
    """Whether a token holds an NTLM AUTHENTICATE message, raw or inside SPNEGO."""
    return NTLM_SIGNATURE + b"\3\0\0\0" in token


class Context:
    """One acceptor. scheme: of HTTP; mechanisms: subset of MECHANISMS' names; binding:
    application_data or None; policy: "none", "relaxed" or "strict" about the client's binding."""

    def __init__(self, scheme, mechanisms, binding, policy):
        self.scheme = scheme
        self.mechanisms = mechanisms if scheme == "Negotiate" else {"kerberos"}
        self.policy = "none" if binding is None else policy
        creds = None
        if scheme == "Negotiate" and len(self.mechanisms) == 1:
            kinds = [MECHANISMS[name] for name in self.mechanisms]
            creds = gssapi.Credentials(usage="accept", mechs=[SPNEGO, *kinds])
            raw.set_neg_mechs(creds, kinds)
        bindings = None
        if self.policy != "none":
            bindings = raw.ChannelBindings(application_data=binding)
        self.gss = gssapi.SecurityContext(usage="accept", creds=creds, channel_bindings=bindings)
        self.gss.__DEFER_STEP_ERRORS__ = False

    def step(self, token):
        """The answer to a token, perhaps empty. Raises Refused."""
        self._check_form(token)
        try:
            answer = self.gss.step(token) or b""
        except gssapi.exceptions.GSSError as error:
            raise Refused(str(error), getattr(error, "token", None)) from error
        if self.complete and self.mechanism not in self.mechanisms:
            raise Refused(f"{self.mechanism} is not for {self.scheme} here")
        if self.complete and self.policy == "strict" and not self.bound:
            raise Refused("no channel binding")
        return answer

    def _check_form(self, token):
        if not token:
            raise Refused("an empty token")
        is_ntlm = token.startswith(NTLM_SIGNATURE)
        if self.scheme == "Kerberos" and bytes(KERBEROS) not in token[:32]:
            raise Refused("no Kerberos token under the scheme Kerberos")
        if is_ntlm and "ntlm" not in self.mechanisms:
            raise Refused("NTLM is not allowed")

    complete = property(lambda self: self.gss.complete)
    bound = property(lambda self: bool(int(self.gss.actual_flags) & CHANNEL_BOUND))
    delegated = property(lambda self: bool(int(self.gss.actual_flags) & DELEGATED))
    user = property(lambda self: str(self.gss.initiator_name).rstrip("\0"))  # gss-ntlmssp's NUL

    @property
    def mechanism(self):
        return "ntlm" if self.gss.mech == NTLM else "kerberos"

    def open(self, header, data):
        """The plain message. Raises Refused for a changed, repeated or misplaced one."""
        try:
            plain = raw.unwrap(self.gss, header + data)
        except gssapi.exceptions.GSSError as error:
            raise Refused(str(error)) from error
        if not plain.encrypted:
            raise Refused("signed, but not encrypted")
        return plain.message

    def seal(self, plain, confidential=True):
        """(header, data, Length) of a message."""
        if self.mechanism == "ntlm":
            whole = raw.wrap(self.gss, plain, confidential).message
            return whole[:NTLM_HEADER], whole[NTLM_HEADER:], len(plain)
        kinds = raw.IOVBufferType
        if not confidential:
            whole = raw.wrap(self.gss, plain, False).message
            return whole[:16], whole[16:], len(whole) - 16
        iov = raw.IOV(kinds.header, plain, kinds.padding, std_layout=False)
        raw.wrap_iov(self.gss, iov, True)
        padding = iov[2].value or b""
        return iov[0].value, iov[1].value + padding, len(plain) + len(padding)
