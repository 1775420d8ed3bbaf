"""Apache with mod_auth_gssapi as a sign-in that nobody here wrote, in front of the test host.

Over TLS: /wsman takes Kerberos (scheme Negotiate), /ntlm takes NTLM. Nothing under /etc is read.
mod_auth_gssapi (1.6) has no channel bindings: it accepts any.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from peerclient import Peer
from realm import free_port, tool, unwatch, watched
from wsmanpeer import make_certificate, pin_of

MODULES = "/usr/lib/apache2/modules"
NAMES = ("mpm_event", "authn_core", "authz_core", "authz_user", "ssl", "headers", "proxy",
         "proxy_http", "auth_gssapi")
CONFIG = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/error.log
LogLevel warn
Mutex file:{folder}
DefaultRuntimeDir {folder}
StartServers 1
KeepAlive On
KeepAliveTimeout 30
MaxKeepAliveRequests 0
{modules}
Listen 127.0.0.1:{port}
{user}
SSLSessionCache none
SSLEngine On
SSLCertificateFile {folder}/cert.pem
SSLCertificateKeyFile {folder}/key.pem
ProxyRequests Off
RequestHeader unset Authorization
ProxyPass /wsman http://127.0.0.1:{backend}/wsman
ProxyPass /ntlm http://127.0.0.1:{backend}/wsman
{locations}
"""
LOCATION = """
<Location {path}>
  AuthType GSSAPI
  AuthName "WSMAN"
  GssapiSSLonly On
  GssapiConnectionBound On
  GssapiSignalPersistentAuth On
  GssapiAllowedMech {mechanism}
  Require valid-user
</Location>
"""


class Apache:
    """A running Apache; `url` and `ntlm_url` lead to the same test host (`stats()`), `pin`
    is its certificate's."""

    def __init__(self, realm, *peer_words):
        self._folder = tempfile.TemporaryDirectory(prefix="apache-")
        self.folder = self._folder.name
        self.peer = Peer("--personality", "empty-post", *peer_words)
        self.port = free_port()
        make_certificate(self.folder)
        self.pin = pin_of(self.file("cert.pem"))
        for name, path in (("krb5.conf", realm.krb5_conf), ("keytab", realm.keytab),
                           ("ntlm-users", realm.ntlm_users)):
            shutil.copy(path, self.file(name))
        self._configure()
        env = dict(os.environ, KRB5_CONFIG=self.file("krb5.conf"),
                   KRB5_KTNAME=self.file("keytab"), NTLM_USER_FILE=self.file("ntlm-users"),
                   KRB5RCACHENAME="file2:" + self.file("rcache"),
                   NETBIOS_COMPUTER_NAME="PEERHOST", NETBIOS_DOMAIN_NAME="EXAMPLE")
        self.process = watched([tool("apache2"), "-f", self.file("apache.conf"), "-D",
                                "FOREGROUND"], env=env, stderr=subprocess.PIPE)
        self._wait()
        self.url = f"https://localhost:{self.port}/wsman"
        self.ntlm_url = f"https://localhost:{self.port}/ntlm"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        unwatch(self.process)
        self.process.stderr.close()
        self.peer.__exit__()
        self._folder.cleanup()

    def file(self, name):
        return os.path.join(self.folder, name)

    def stats(self):
        return self.peer.stats()

    def errors(self):
        with open(self.file("error.log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def _configure(self):
        """Started by root, Apache serves as www-data, who then owns the folder."""
        modules = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in NAMES)
        locations = (LOCATION.format(path="/wsman", mechanism="krb5")
                     + LOCATION.format(path="/ntlm", mechanism="ntlmssp"))
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        with open(self.file("apache.conf"), "w", encoding="ascii") as conf:
            conf.write(CONFIG.format(folder=self.folder, modules=modules, port=self.port,
                                     backend=self.peer.port, user=user, locations=locations))
        if os.geteuid() == 0:
            account = pwd.getpwnam("www-data")
            for path in (self.folder, *map(self.file, os.listdir(self.folder))):
                os.chown(path, account.pw_uid, account.pw_gid)

    def _wait(self):
        """Until it answers. There is no line to wait for, so it is asked again and again."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                return
            except OSError:
                time.sleep(0.05)
        unwatch(self.process)
        raise RuntimeError("apache2 did not start: " + self.process.stderr.read().decode())


def main():
    """For a look by hand: runs until Enter."""
    from realm import Realm
    with Realm() as realm, Apache(realm) as apache:
        print(apache.url, apache.ntlm_url, realm.facts(), sep="\n")
        sys.stdin.readline()


if __name__ == "__main__":
    main()
