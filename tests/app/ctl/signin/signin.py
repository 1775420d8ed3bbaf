"""Runs winrmctl against real KDCs and hosts, for the tests beside this file.

Needs /usr/bin/python3 (python3-gssapi) and what tests/packages.txt lists; nothing is skipped.
"""

import collections
import concurrent.futures
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CTL_TESTS = os.path.dirname(HERE)
TESTS = os.path.dirname(os.path.dirname(CTL_TESTS))
sys.path[:0] = [CTL_TESTS, os.path.join(TESTS, "peer")]

# pylint: disable=wrong-import-position
from programs import CTL, Room  # noqa: E402
from realm import Realm, tool  # noqa: E402,F401
from signinclient import Host  # noqa: E402,F401

ITEM = ("get", "wmicimv2/Peer_Item?Id=7", "-f", "json")
EXIT_AUTHENTICATION = 4
EXIT_NOT_OURS = 7
# What a person must never be shown of GSSAPI's own words.
RAW_WORDS = ("GSS failure", "Unspecified", "Minor code", "minor code", "e-text")
# A computer outside any domain.
NO_REALM = "[libdefaults]\n dns_lookup_kdc = false\n dns_lookup_realm = false\n"



class Outcome(collections.namedtuple("Outcome", "code out err error")):
    """Of one run of winrmctl; `error` is the JSON error, None without one."""

    cause = property(lambda self: (self.error or {}).get("cause"))

    def __str__(self):
        words = self.error["cause"] if self.error else self.err
        return f"exit {self.code}, {len(self.out)} bytes, {words}"


Way = collections.namedtuple("Way", "user password cache config", defaults=("", None, "", ""))


class Desk:
    """Where winrmctl is run: a folder, a realm, and the ways to sign in."""

    def __init__(self, realm):
        self.realm = realm
        self.room = Room()
        self.no_realm = self.room.write("no-realm.conf", NO_REALM)
        self.started = 0

    def close(self):
        self.room.close()

    def ticket(self, who="alice", user="", **more):
        return Way(user, None, self.realm.kinit(who, **more))

    def password(self, user="alice@EXAMPLE.COM", password=None, **more):
        """The right password of a user unless another is given."""
        if password is None:
            password = self.realm.passwords[user.split("\\")[-1].split("@")[0]]
        return Way(user, password, **more)

    def ntlm(self, user="EXAMPLE\\alice", password=None):
        """As from a computer that knows no realm, so that nothing but NTLM is possible."""
        return self.password(user, password, config=self.no_realm)

    def words(self, host, auth, way, verb=ITEM, extra=()):
        words = [*verb, "-r", host.url, "-a", auth]
        if host.tls:
            words += ["--pin", host.hello["pin"]]
        if way.user:
            words += ["-u", way.user]
        if way.password is not None:
            self.started += 1
            words += ["--password-file",
                      self.room.write(f"password-{self.started}-{id(words)}",
                                      way.password.encode() + b"\n")]
        return [*words, *extra]

    def environment(self, way):
        env = self.realm.environment(way.cache, way.config)
        return {**env, **{name: value for name, value in self.room.env.items()
                          if not name.startswith(("KRB5", "NTLM"))}}

    def run(self, host, auth, way, verb=ITEM, extra=(), form="json"):
        words = self.words(host, auth, way, verb, extra)
        done = subprocess.run([CTL, *words, "--error-format", form], cwd=self.room.path,
                              env=self.environment(way), timeout=120, capture_output=True,
                              stdin=subprocess.DEVNULL, start_new_session=True)
        err = done.stderr.decode()
        objects = [line for line in err.splitlines() if line.startswith("{")]
        return Outcome(done.returncode, done.stdout, err,
                       json.loads(objects[-1]) if objects else None)


class Counted:
    """What a host and the KDC counted during one `with`."""

    def __init__(self, host, realm):
        self.host, self.realm = host, realm

    def _now(self):
        stats = {name: value for name, value in self.host.counts().items()
                 if isinstance(value, int)}
        kdc = {"kdc_" + name: value for name, value in self.realm.counts().items()}
        return {**stats, **kdc}

    def __enter__(self):
        self.before = self._now()
        return self

    def __exit__(self, *_):
        after = self._now()
        self.by = {name: after[name] - self.before[name] for name in after}

    def __getitem__(self, name):
        return self.by[name]


def side_by_side(*jobs):
    """Runs callables in threads of their own, two at a time; their results in order."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


def got_the_item(outcome):
    return outcome.code == 0 and json.loads(outcome.out).get("Id") == "7"  # no type in the reply
