"""Runs winrmctl, its demo host and the strict test host for the tests beside this file."""

import json
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
SOURCE = os.path.dirname(TESTS)
CTL = os.environ["WINRMCTL"]
PASSWORD = "two words, schöne Grüße"


class Room:
    """A private folder with its own settings, and winrmctl run in it. No bus, so no keychain."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="winrmctl-test-")
        self.path = self.folder.name
        self.env = dict(os.environ, XDG_CONFIG_HOME=self.file("config"),
                        XDG_DATA_HOME=self.file("data"), HOME=self.path,
                        XDG_RUNTIME_DIR=self.path, LC_ALL="C",
                        DBUS_SESSION_BUS_ADDRESS="unix:path=" + self.file("no-bus"))

    def close(self):
        self.folder.cleanup()

    def file(self, name):
        return os.path.join(self.path, name)

    def write(self, name, content, mode=0o600):
        path = self.file(name)
        data = content if isinstance(content, bytes) else content.encode()
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as out:
            out.write(data)
        os.chmod(path, mode)
        return path

    def read(self, name):
        with open(self.file(name), "rb") as source:
            return source.read()

    def start(self, *words, **more):
        more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE, **more}
        return subprocess.Popen([CTL, *words], cwd=self.path, env=self.env,
                                start_new_session=True, **more)

    def run(self, *words, stdin=b""):
        """(exit code, stdout, stderr as text)."""
        done = subprocess.run([CTL, *words], cwd=self.path, env=self.env, input=stdin,
                              capture_output=True, timeout=90, start_new_session=True)
        return done.returncode, done.stdout, done.stderr.decode()


class Demo:
    """`winrmctl demo` in a room."""

    def __init__(self, room, *words):
        self.process = room.start("demo", *words)
        self.first_line = self.process.stdout.readline()
        self.hello = json.loads(self.first_line)

    def words(self, **changed):
        """The connection part of a command line."""
        parts = {"-r": self.hello["url"], "-u": self.hello["user"],
                 "--password-file": self.hello["passwordFile"], "-a": "basic",
                 "--pin": self.hello["pin"]}
        parts.update({"-" * (1 if len(k) == 1 else 2) + k.replace("_", "-"): v
                      for k, v in changed.items()})
        return [word for pair in parts.items() if pair[1] is not None for word in pair]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(10)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


class WithDemo(unittest.TestCase):
    """Tests against one demo host over TLS."""

    @classmethod
    def setUpClass(cls):
        cls.room = Room()
        cls.demo = Demo(cls.room, "--tls")
        cls.on = cls.demo.words()

    @classmethod
    def tearDownClass(cls):
        cls.demo.stop()
        cls.room.close()

    def ok(self, *words, stdin=b""):
        code, out, err = self.room.run(*words, stdin=stdin)
        self.assertEqual(code, 0, err)
        return out


class Peer:
    """tests/peer/wsmanpeer.py over TLS with one user."""

    def __init__(self, room, *words):
        secret = room.write("peer-password", PASSWORD + "\n")
        self.process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(TESTS, "peer", "wsmanpeer.py"), "--tls",
             "--user", "müller", "--password-file", secret, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = json.loads(self.process.stdout.readline())
        self.words = ["-r", self.hello["url"], "-u", "müller", "--password-file", secret,
                      "-a", "basic", "--pin", self.hello["pin"]]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def stats(self):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        url = f"https://127.0.0.1:{self.hello['port']}/stats"
        with urllib.request.urlopen(url, context=context, timeout=20) as reply:
            return json.loads(reply.read())
