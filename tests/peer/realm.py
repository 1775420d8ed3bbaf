#!/usr/bin/env python3
"""A private MIT Kerberos realm on 127.0.0.1, in a folder of its own; nothing under /etc is read.

As a module: `with Realm() as realm: ... realm.environment("alice") ...`. As a program it prints
one JSON object, then obeys one JSON object a line on stdin (README.md); the end of stdin or
SIGTERM ends it. Needs krb5-kdc, krb5-admin-server and krb5-user, and faketime for other clocks.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

SERVICES = ("HTTP", "WSMAN", "host")
SYSTEM_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
# Who there is in each realm: name -> what kadmin is told beside the password.
PEOPLE = {"alice": "", "bob": "", "expired": "-pwexpire yesterday",
          "disabled": "-allow_tix", "gone": "-expire yesterday"}


def tool(name):
    """Path of a program of the Kerberos packages, which ordinary users may not have in PATH."""
    path = shutil.which(name, path=SYSTEM_PATH)
    if path is None:
        raise FileNotFoundError(f"{name} is missing: install what tests/packages.txt lists.")
    return path


def free_port():
    """A port that is free for TCP and UDP on 127.0.0.1."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
                return tcp.getsockname()[1]
            except OSError:
                continue


# Runs a command until stdin ends, be it that whoever started it was killed. Its own group, since
# faketime has a child.
WATCHED = '"$@" & exec >/dev/null 2>&1; read -r _; trap "" TERM; kill -TERM 0; wait'


def watched(command, **more):
    """A Popen of a server that ends with this program, however that ends, or with unwatch()."""
    return subprocess.Popen(["sh", "-c", WATCHED, "sh", *command], stdin=subprocess.PIPE,
                            stdout=subprocess.DEVNULL, start_new_session=True, **more)


def unwatch(process):
    process.stdin.close()
    process.wait(20)


def at(shift):
    """The words before a command that make its clock differ: "" or "+1h", "-10m" ..."""
    return [tool("faketime"), "-f", shift] if shift else []


class Realm:
    """A realm with its KDC running. `passwords` has everybody's; two realms share none.

    services: classes NAME of NAME/localhost that the KDC knows and the keytab can open.
    foreign_keys: the keytab has other keys than the KDC, as if the names belonged to another
        account. enctypes: of the KDC's keys. life: longest ticket. shift: the KDC's clock.
    """

    def __init__(self, name="EXAMPLE.COM", services=SERVICES, host="localhost", enctypes="",
                 life="10h", shift="", foreign_keys=False, start=True):
        self.name = name
        self.host = host
        self.life = life
        self.enctypes = enctypes
        self.shift = shift
        self._folder = tempfile.TemporaryDirectory(prefix="realm-")
        self.folder = self._folder.name
        self.port = free_port()
        self.passwords = {who: f"{who} {secrets.token_urlsafe(12)}" for who in PEOPLE}
        self.process = None
        self.log = []  # lines of the KDC
        self._lock = threading.Condition()
        self.keytab = self.file("keytab")
        self.ntlm_users = self.file("ntlm-users")
        self.krb5_conf = self.config("krb5.conf")
        self.kdc_profile = self._write("kdc.conf", self._kdc_conf())
        self._write_ntlm_users()
        self._create(services, foreign_keys)
        if start:
            self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.stop()
        self._folder.cleanup()

    def file(self, name):
        return os.path.join(self.folder, name)

    def _write(self, name, text):
        path = self.file(name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(text)
        return path

    # Configuration ----------------------------------------------------------------------------

    def config(self, name, enctypes="", realm="", port=0, others=(), host_realm="", **libdefaults):
        """Writes a krb5.conf for clients and hosts and returns its path.

        realm: default realm, if another; port: of the KDC, if another; others: Realms known
        too; host_realm: whose host `localhost` is; libdefaults: further lines of that section.
        """
        lines = {"default_realm": realm or self.name, "dns_canonicalize_hostname": "false",
                 "rdns": "false", "dns_lookup_kdc": "false", "dns_lookup_realm": "false",
                 "udp_preference_limit": "1", "forwardable": "true", "qualify_shortname": '""',
                 "ticket_lifetime": self.life, **libdefaults}
        if enctypes or self.enctypes:
            lines["permitted_enctypes"] = enctypes or self.enctypes
        text = "[libdefaults]\n" + "".join(f" {k} = {v}\n" for k, v in lines.items())
        text += "[realms]\n"
        for known, its_port in [(self.name, port or self.port),
                                *((other.name, other.port) for other in others)]:
            text += f" {known} = {{\n  kdc = 127.0.0.1:{its_port}\n }}\n"
        text += f"[domain_realm]\n {self.host} = {host_realm or self.name}\n"
        return self._write(name, text)

    def _kdc_conf(self):
        enctypes = self.enctypes or "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96"
        kinds = " ".join(f"{kind}:normal" for kind in enctypes.split())
        return (f"[kdcdefaults]\n kdc_listen = 127.0.0.1:{self.port}\n"
                f" kdc_tcp_listen = 127.0.0.1:{self.port}\n"
                f"[realms]\n {self.name} = {{\n  database_name = {self.file('principal')}\n"
                f"  key_stash_file = {self.file('stash')}\n  acl_file = {self.file('acl')}\n"
                f"  max_life = {self.life}\n  max_renewable_life = 7d\n"
                f"  supported_enctypes = {kinds}\n  default_principal_flags = +preauth\n }}\n"
                f"[logging]\n kdc = STDERR\n default = FILE:{self.file('log')}\n")

    def _write_ntlm_users(self):
        """What gss-ntlmssp's acceptor reads: domain members and one local account."""
        domain = self.name.split(".")[0]
        lines = [f"{name}:{who}:{self.passwords[who]}" for who in ("alice", "bob")
                 for name in (domain, self.name)]  # a domain has a short name and one of the DNS
        lines.append(f"PEERHOST:local:{self.passwords['bob']}")
        self._write("ntlm-users", "\n".join(lines) + "\n")

    def _create(self, services, foreign_keys):
        env = self.admin_environment()
        master = secrets.token_hex(16)
        subprocess.run([tool("kdb5_util"), "-r", self.name, "create", "-s", "-W"], env=env,
                       input=f"{master}\n{master}\n".encode(), check=True, capture_output=True)
        lines = [f'addprinc {options} -pw "{self.passwords[who]}" {who}'
                 for who, options in PEOPLE.items()]
        for service in services:
            lines.append(f"addprinc -randkey {service}/{self.host}")
            lines.append(f"ktadd -q -k {self.keytab} {service}/{self.host}")
            if foreign_keys:
                lines.append(f"cpw -randkey {service}/{self.host}")
                lines.append(f"modprinc -kvno 2 {service}/{self.host}")  # as in the keytab
        self.kadmin(*lines)

    def kadmin(self, *lines):
        """Runs kadmin commands on the database. Passwords go over stdin, never on argv."""
        done = subprocess.run([tool("kadmin.local"), "-r", self.name], check=True,
                              input="".join(line + "\n" for line in lines).encode(),
                              env=self.admin_environment(), capture_output=True)
        if b"while " in done.stderr or b"rror" in done.stderr:
            raise RuntimeError(done.stderr.decode())

    # Environments -----------------------------------------------------------------------------

    def admin_environment(self):
        return dict(os.environ, KRB5_CONFIG=self.krb5_conf, KRB5_KDC_PROFILE=self.kdc_profile,
                    KRB5CCNAME="FILE:" + self.file("cc-none"))

    def environment(self, cache="", config=""):
        """Of a client: `cache` is a ticket file (kinit), "" one that is not there."""
        env = dict(os.environ, KRB5_CONFIG=config or self.krb5_conf,
                   KRB5CCNAME="FILE:" + (cache or self.file("cc-none")))
        for name in ("KRB5_KDC_PROFILE", "KRB5_KTNAME", "KRB5_CLIENT_KTNAME", "NTLM_USER_FILE"):
            env.pop(name, None)
        return env

    def kinit(self, who="alice", life="", name="", shift="", service=""):
        """The path of a new ticket file of `who`; `service`: a ticket for that and no TGT."""
        cache = self.file(name or f"cc-{who}-{secrets.token_hex(4)}")
        issued = self.counts()["tickets"]
        command = at(shift) + [tool("kinit"), "-c", "FILE:" + cache]
        command += ["-l", life] if life else []
        command += ["-S", service] if service else []
        done = subprocess.run(command + [f"{who}@{self.name}"], env=self.environment(),
                              input=self.passwords[who].encode() + b"\n", capture_output=True,
                              timeout=30)
        if done.returncode:
            raise RuntimeError(f"kinit {who}: {done.stderr.decode()}")
        with self._lock:  # the KDC answers first and writes its log after
            self._lock.wait_for(lambda: self.counts()["tickets"] > issued, timeout=10)
        return cache

    def expired_ticket(self, who="alice"):
        """The path of a ticket file whose ticket ended an hour ago. Restarts the KDC."""
        self.stop()
        self.start(shift="-3h")
        cache = self.kinit(who, life="2h", shift="-3h")
        self.stop()
        self.start(shift="")
        return cache

    # The KDC ----------------------------------------------------------------------------------

    def start(self, shift=None):
        """Starts the KDC, with another clock if asked; returns when it answers."""
        self.shift = self.shift if shift is None else shift
        self.process = watched(at(self.shift) + [tool("krb5kdc"), "-n", "-r", self.name],
                               env=self.admin_environment(), stderr=subprocess.PIPE)
        for line in self.process.stderr:
            self._note(line)
            if b"commencing operation" in line:
                break
        else:
            raise RuntimeError("krb5kdc did not start:\n" + "\n".join(self.log))
        threading.Thread(target=self._drain, args=(self.process,), daemon=True).start()

    def stop(self):
        """Stops the KDC: its port refuses connections afterwards."""
        if self.process is not None:
            unwatch(self.process)
            self.process = None

    def _note(self, line):
        with self._lock:
            self.log.append(line.decode(errors="replace").rstrip())
            self._lock.notify_all()

    def _drain(self, process):
        with process.stderr:
            for line in process.stderr:
                self._note(line)

    def counts(self):
        """What the KDC was asked: {"requests", "refusedPasswords", "tickets"}."""
        with self._lock:
            lines = [line for line in self.log if "_REQ (" in line]
        return {"requests": len(lines),
                "refusedPasswords": sum("PREAUTH_FAILED" in line for line in lines),
                "tickets": sum(": ISSUE:" in line for line in lines)}

    def facts(self):
        """What the program prints."""
        return {"realm": self.name, "host": self.host, "folder": self.folder, "port": self.port,
                "krb5Conf": self.krb5_conf, "kdcProfile": self.kdc_profile,
                "keytab": self.keytab, "ntlmUsers": self.ntlm_users,
                "ntlmDomain": self.name.split(".")[0], "passwords": self.passwords}


# As a program ---------------------------------------------------------------------------------


def obey(realm, command):
    """The answer to one command of stdin."""
    what = command.pop("command")
    if what == "kinit":
        return {"cache": realm.kinit(**command)}
    if what == "config":
        return {"krb5Conf": realm.config(**command)}
    if what == "counts":
        return realm.counts()
    if what == "start":
        realm.start(**command)
    elif what == "stop":
        realm.stop()
    elif what == "kadmin":
        realm.kadmin(*command["lines"])
    else:
        raise ValueError(f"{what}: no such command")
    return {}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--realm", default="EXAMPLE.COM")
    parser.add_argument("--services", default=",".join(SERVICES),
                        help="classes, commas between, may be empty")
    parser.add_argument("--enctypes", default="", help="of the KDC's keys, blanks between")
    parser.add_argument("--life", default="10h", help="longest ticket")
    parser.add_argument("--clock", default="", help='difference of the KDC\'s clock, "+1h"')
    parser.add_argument("--foreign-keys", action="store_true",
                        help="the keytab cannot open the KDC's tickets")
    parser.add_argument("--ticket", action="append", default=[], metavar="USER")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    services = [name for name in arguments.services.split(",") if name]
    with Realm(arguments.realm, services, enctypes=arguments.enctypes, life=arguments.life,
               shift=arguments.clock, foreign_keys=arguments.foreign_keys) as realm:
        caches = {who: realm.kinit(who) for who in arguments.ticket}
        print(json.dumps({**realm.facts(), "caches": caches}), flush=True)
        for line in sys.stdin:
            try:
                answer = obey(realm, json.loads(line))
            except (RuntimeError, ValueError, TypeError, KeyError) as error:
                answer = {"error": str(error)}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
