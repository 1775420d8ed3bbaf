"""app/example/getconfig: what core/README.md shows works, and fails well."""

import os
import subprocess
import unittest

from programs import Demo, Room

EXAMPLE = os.environ["EXAMPLE"]


class Example(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = Room()
        cls.demo = Demo(cls.room, "--tls")
        cls.hello = cls.demo.hello
        with open(cls.hello["passwordFile"], "rb") as source:
            cls.password = source.readline()

    @classmethod
    def tearDownClass(cls):
        cls.demo.stop()
        cls.room.close()

    def run_example(self, *words, password=None):
        done = subprocess.run([EXAMPLE, *words], env=self.room.env, capture_output=True, timeout=60,
                              input=self.password if password is None else password)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_prints_the_configuration(self):
        code, out, err = self.run_example(self.hello["url"], self.hello["user"], self.hello["pin"])
        self.assertEqual((code, err), (0, ""))
        self.assertTrue(out.startswith("Config\n"), out[:80])
        self.assertIn("    MaxEnvelopeSizekb = 500\n", out)
        self.assertIn("            Basic = ", out)

    def test_says_that_the_password_is_wrong(self):
        code, out, err = self.run_example(self.hello["url"], self.hello["user"], self.hello["pin"],
                                          password=b"wrong\n")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("the password was not accepted", err)
        self.assertNotIn("wrong\n", err)

    def test_refuses_an_unknown_certificate(self):
        code, out, err = self.run_example(self.hello["url"], self.hello["user"])
        self.assertEqual((code, out), (1, ""))
        self.assertIn("certificate", err)
        code, _, err = self.run_example(self.hello["url"], self.hello["user"],
                                        "sha256:" + "00" * 32)
        self.assertEqual(code, 1)

    def test_sends_no_password_in_the_clear(self):
        code, out, err = self.run_example("http://127.0.0.1:9", self.hello["user"])
        self.assertEqual((code, out), (1, ""))
        self.assertIn("unencrypted", err)

    def test_words_that_are_wrong(self):
        self.assertEqual(self.run_example()[0], 2)
        self.assertEqual(self.run_example("not a url", "x")[0], 1)
        self.assertEqual(self.run_example(self.hello["url"], "x", "sha256:12")[0], 1)


if __name__ == "__main__":
    unittest.main()
