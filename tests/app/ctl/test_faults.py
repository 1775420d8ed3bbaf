"""winrmctl against a demo host that spoils its answers: causes, exit codes, and that what may change
something is sent once."""

import json
import os
import time
import unittest

from programs import Demo, Room

OS = "wmicimv2/Win32_OperatingSystem"
PROCESS = "wmicimv2/Win32_Process"


class Faults(unittest.TestCase):
    """Each test starts a host with its own rules."""

    def setUp(self):
        self.room = Room()
        self.addCleanup(self.room.close)

    def start(self, spec, *words):
        demo = Demo(self.room, "--tls", "--items", "50", "--fault", spec, *words)
        self.addCleanup(demo.stop)
        self.on = demo.words()

    def run_json(self, *words):
        """(exit code, stdout, the error's object or None)."""
        code, out, err = self.room.run(*words, *self.on, "-q", "--error-format", "json")
        return code, out, json.loads(err) if err else None

    def fails(self, code, cause, *words):
        got, out, error = self.run_json(*words)
        self.assertEqual((got, out), (code, b""), error)
        self.assertEqual(error["cause"], cause)
        return error

    def processes(self):
        code, out, error = self.run_json("enumerate", PROCESS, "-f", "jsonl")
        self.assertEqual(code, 0, error)
        return len(out.splitlines())

    def test_what_a_read_meets(self):
        self.start("get:1=fault-AccessDenied,get:2=fault-QuotaLimit,get:3=fault-TimedOut,"
                   "get:4=fault-InvalidSelectors,get:5=fault-0x803381A7,get:6=http-503,get:7=html,"
                   "get:8=cut,get:9=malformed,get:10=http-404,get:11=http-401")
        for code, cause in ((5, "fault.access_denied"), (5, "fault.quota"), (5, "fault.timed_out"),
                            (5, "fault.invalid_selectors"), (5, "fault.quota"),
                            (7, "http.service_unavailable"), (7, "http.html"),
                            (7, "http.truncated"), (7, "soap.malformed"), (7, "http.not_found"),
                            (4, "auth.rejected")):
            with self.subTest(cause=cause):
                error = self.fails(code, cause, "get", OS)
                self.assertNotIn("maybeExecuted", error)
        self.assertEqual(self.run_json("get", OS)[0], 0)

    def test_a_password_refused_later_on(self):
        self.start("pull:1+=http-401", "--items", "5000")
        code, out, error = self.run_json("enumerate", "wmicimv2/Demo_Item", "-f", "jsonl")
        self.assertEqual((code, error["cause"]), (8, "auth.rejected"))
        self.assertGreater(len(out.splitlines()), 10)

    def test_a_read_is_sent_once_more_when_the_connection_is_lost(self):
        self.start("get:1=close-before,get:2=delay-1,get:3=close-after,get:4=close-before")
        self.assertEqual(self.run_json("get", OS)[0], 0)
        self.fails(2, "net.closed", "get", OS)
        self.assertEqual(self.run_json("get", OS)[0], 0)

    def test_a_write_that_was_not_done(self):
        self.start("invoke:1=close-before,invoke:2=fault-AccessDenied,invoke:3=http-503,invoke:4=html")
        before = self.processes()
        words = ["invoke", "Create", PROCESS, "CommandLine=a.exe"]
        self.assertTrue(self.fails(2, "net.closed", *words)["maybeExecuted"])
        self.assertNotIn("maybeExecuted", self.fails(5, "fault.access_denied", *words))
        self.assertTrue(self.fails(7, "http.service_unavailable", *words)["maybeExecuted"])
        self.assertTrue(self.fails(7, "http.html", *words)["maybeExecuted"])
        self.assertEqual(self.processes(), before)

    def test_a_write_that_was_done_is_not_sent_again(self):
        self.start("invoke:1=close-after,invoke:2=cut,invoke:3=malformed")
        before = self.processes()
        words = ["invoke", "Create", PROCESS, "CommandLine=a.exe"]
        for number, (code, cause) in enumerate(
                ((2, "net.closed"), (7, "http.truncated"), (7, "soap.malformed")), 1):
            with self.subTest(cause=cause):
                self.assertTrue(self.fails(code, cause, *words)["maybeExecuted"])
                self.assertEqual(self.processes(), before + number)

    def test_the_sentence_warns(self):
        self.start("invoke=close-after")
        err = self.room.run("invoke", "Create", PROCESS, "CommandLine=a.exe", *self.on)[2]
        self.assertIn("may have", err)

    def test_an_enumeration_that_breaks_keeps_its_rows(self):
        self.start("pull:2=close-after", "--items", "5000")
        code, out, error = self.run_json("enumerate", "wmicimv2/Demo_Item", "-f", "jsonl")
        self.assertEqual((code, error["cause"]), (8, "enumeration.connection_lost"))
        self.assertGreater(len(out.splitlines()), 10)

    def test_an_answer_that_comes_too_late(self):
        self.start("get=delay-20000")
        error = self.fails(6, "timeout.deadline", "get", OS, "--timeout", "0.5")
        self.assertNotIn("maybeExecuted", error)

    def test_a_late_answer_is_awaited(self):
        self.start("get=delay-700")
        self.assertEqual(self.run_json("get", OS)[0], 0)

    def test_each_personality_fails_in_its_own_shape(self):
        system = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem"
        for name in ("windows", "amt", "idrac", "omi", "openwsman"):
            with self.subTest(name=name):
                self.start("enumerate:1=fault-AccessDenied,enumerate:2=cut,enumerate:3=html",
                           "--as", name)
                self.fails(5, "fault.access_denied", "enumerate", system)
                self.fails(7, "http.truncated", "enumerate", system)
                self.fails(7, "http.html", "enumerate", system)

    def test_a_busy_host_can_be_stopped(self):
        """It reads through ten million instances, for a minute; stop() waits for 10 seconds."""
        demo = Demo(self.room, "--tls", "--items", "10000000")
        self.addCleanup(demo.stop)

        def worked():  # clock ticks of the processor
            with open(f"/proc/{demo.process.pid}/stat", encoding="utf-8") as file:
                return int(file.read().rpartition(")")[2].split()[11])

        client = self.room.start("enumerate", "wmicimv2/*", "--filter",
                                 "select * from Demo_Item where Name = 'none'", *demo.words())
        self.addCleanup(client.communicate)
        self.addCleanup(client.kill)
        limit = worked() + os.sysconf("SC_CLK_TCK")
        while worked() < limit and client.poll() is None:
            time.sleep(0.05)
        self.assertIsNone(client.poll(), "it was done too soon to be a test")
        self.assertEqual(demo.stop(), 0)

    def test_rules_that_are_wrong(self):
        for spec in ("get", "got=cut", "get:0=cut", "get=http-99", "fault-Nothing", "cut,"):
            with self.subTest(spec=spec):
                code, out, err = self.room.run("demo", "--fault", spec)
                self.assertEqual((code, out), (1, b""))
                self.assertIn("--fault", err)


if __name__ == "__main__":
    unittest.main()
