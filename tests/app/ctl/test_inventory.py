"""winrmctl on hosts that cannot be asked for their classes, and classes by their name alone."""

import json
import os
import unittest

from programs import Demo, Peer, Room, WithDemo

OWN = {
    "format": "winrm-console inventory", "version": 1, "host": "openwsman",
    "groups": [{"title": "Ours", "classes": [
        {"name": "EX_Fan", "meaning": "Fans of ours.",
         "uri": "http://example.com/wbem/wscim/1/cim-schema/2/EX_Fan"}]}],
}


class Devices(unittest.TestCase):
    """A host that says it is openwsman and knows one class."""

    @classmethod
    def setUpClass(cls):
        cls.room = Room()
        cls.peer = Peer(cls.room, "--vendor", "Openwsman Project", "--class", "CIM_ComputerSystem=3")
        cls.on = cls.peer.words

    @classmethod
    def tearDownClass(cls):
        cls.peer.__exit__()
        cls.room.close()

    def ok(self, *words):
        code, out, err = self.room.run(*words, *self.on)
        self.assertEqual(code, 0, err)
        return out, err

    def rows(self, *words):
        out, err = self.ok(*words, "-f", "jsonl")
        return [json.loads(line) for line in out.splitlines()], err

    def test_classes_come_from_the_catalogue(self):
        rows, err = self.rows("classes")
        self.assertIn("cannot be asked for its classes", err)
        self.assertIn("Openwsman", err)
        known = {row["Name"]: row for row in rows}
        self.assertEqual(known["Linux_UnixProcess"]["Group"], "Processes")
        self.assertTrue(known["CIM_ComputerSystem"]["Meaning"].endswith("."))
        interop, _ = self.rows("classes", "root/interop")
        self.assertIn("CIM_RegisteredProfile", [row["Name"] for row in interop])
        self.assertNotIn("CIM_ComputerSystem", [row["Name"] for row in interop])
        self.assertEqual(self.room.run("classes", "root/nowhere", *self.on)[0], 5)

    def test_namespaces_come_from_the_catalogue(self):
        rows, err = self.rows("namespaces")
        self.assertEqual([row["Name"] for row in rows], ["root/cimv2", "root/interop"])
        self.assertIn("cannot be asked for its namespaces", err)
        self.assertEqual(self.room.run("namespaces", *self.on, "-q")[2], "")

    def test_a_schema_is_learnt_or_known(self):
        out, err = self.ok("schema", "cimv2/CIM_ComputerSystem?__cimnamespace=root/cimv2", "-f", "json")
        self.assertIn("one instance", err)
        self.assertIn("Id", [p["Name"] for p in json.loads(out)["Property"]])
        out, err = self.ok("schema", "Linux_UnixProcess", "-f", "json")
        self.assertIn("what is known of Openwsman", err)
        described = json.loads(out)
        self.assertIn("Processes", described["Description"])
        self.assertIn({"Name": "Handle", "Key": "true"},
                      [{k: p.get(k) for k in ("Name", "Key")} for p in described["Property"]])
        code, out, err = self.room.run("schema", "Linux_UnixProcess", *self.on, "-f", "raw")
        self.assertEqual((code, out), (1, b""), err)
        self.assertIn("no reply of the host describes the class", err)

    def test_what_nobody_listed_can_be_typed(self):
        rows, _ = self.rows("enumerate", "cimv2/CIM_ComputerSystem", "--namespace", "root/cimv2")
        self.assertEqual(len(rows), 3)
        code, _, err = self.room.run("schema", "http://example.com/EX_Unlisted", *self.on)
        self.assertEqual(code, 5, err)

    def test_a_catalogue_of_ones_own(self):
        folder = os.path.join("data", "winrm-console", "inventory")
        os.makedirs(self.room.file(folder))
        self.room.write(os.path.join(folder, "own.json"), json.dumps(OWN))
        self.room.write(os.path.join(folder, "wrong.json"), "{")
        try:
            rows, err = self.rows("classes")
            self.assertEqual(rows[-1]["Name"], "EX_Fan")
            self.assertEqual(rows[-1]["Group"], "Ours")
            self.assertIn("wrong.json is left out", err)
            # The host has no such class, and says so: the name alone found its resource.
            code, _, err = self.room.run("get", "EX_Fan?Name=one", *self.on)
            self.assertEqual(code, 5, err)
        finally:
            for name in ("own.json", "wrong.json"):
                os.remove(self.room.file(os.path.join(folder, name)))
        self.assertEqual(self.room.run("get", "EX_Fan?Name=one", *self.on)[0], 1)


class Personalities(unittest.TestCase):
    """The demo host as other makers' servers."""

    def test_each_is_known_and_browsed(self):
        for name, title, space, known, whole in (
                ("amt", "Intel AMT", None, "AMT_GeneralSettings",
                 "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings"),
                # It calls itself openwsman: a class of its own gives it away.
                ("idrac", "Dell iDRAC", "root/dcim", "DCIM_SystemView",
                 "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/DCIM_SystemView"
                 "?__cimnamespace=root/dcim"),
                ("omi", "Open Management Infrastructure", "root/scx", "SCX_OperatingSystem",
                 "cimv2/SCX_OperatingSystem?__cimnamespace=root/scx"),
                ("openwsman", "Openwsman", "root/cimv2", "Linux_UnixProcess",
                 "http://sblim.sf.net/wbem/wscim/1/cim-schema/2/Linux_UnixProcess"
                 "?__cimnamespace=root/cimv2")):
            with self.subTest(name=name):
                self.browse(name, title, space, known, whole)

    def browse(self, name, title, space, known, whole):
        room = Room()
        self.addCleanup(room.close)
        demo = Demo(room, "--tls", "--as", name)
        self.addCleanup(demo.stop)
        on = demo.words()
        code, out, err = room.run("namespaces", *on, "-f", "jsonl")
        self.assertEqual(code, 0, err)
        self.assertIn(f"known of {title},", err)
        names = [json.loads(line)["Name"] for line in out.splitlines()]
        self.assertEqual(space in names, space is not None)
        code, out, err = room.run("classes", *([space] if space else []), *on, "-f", "jsonl")
        self.assertEqual(code, 0, err)
        self.assertIn(f"known of {title},", err)
        self.assertIn(known, [json.loads(line)["Name"] for line in out.splitlines()])
        # By its name alone it is the same as by its whole resource.
        code, out, err = room.run("enumerate", known, *on, "--max", "2", "-f", "jsonl")
        self.assertEqual(code, 0, err)
        self.assertTrue(out)
        self.assertEqual(out, room.run("enumerate", whole, *on, "--max", "2", "-f", "jsonl")[1])
        code, out, err = room.run("schema", known, *on, "-f", "json")
        self.assertEqual(code, 0, err)
        self.assertEqual("does not describe" in err, name != "omi")
        self.assertGreater(len(json.loads(out)["Property"]), 3)
        # As it was received: what the host said of the class, or showed of it.
        code, raw, err = room.run("schema", known, *on, "-f", "raw")
        self.assertEqual(code, 0, err)
        room.write("reply.xml", raw)
        said = json.loads(room.run("open", "reply.xml", "--summary")[1])
        self.assertEqual(said["well_formed"], "yes")
        self.assertTrue(said["relates_to"], said)
        self.assertEqual(said["body_element"] == "CLASS", name == "omi", said)


class ShortNames(WithDemo):
    def test_a_class_is_found_by_its_name(self):
        for short, whole in (("Win32_OperatingSystem", "wmicimv2/Win32_OperatingSystem"),
                             ("win32_service?Name=Spooler", "wmicimv2/Win32_Service?Name=Spooler")):
            with self.subTest(short=short):
                code, out, err = self.room.run("get", short, *self.on, "-f", "json")
                self.assertEqual(code, 0, err)
                self.assertEqual(out, self.room.run("get", whole, *self.on, "-f", "json")[1])
        adapters = self.room.run("enumerate", "MSFT_NetAdapter", *self.on, "-f", "jsonl")[1]
        self.assertIn(b"MSFT_NetAdapter", adapters)  # of root/StandardCimv2
        described = self.room.run("schema", "MSFT_NetAdapter", *self.on)
        self.assertEqual(described[0], 0)
        self.assertNotIn("does not describe", described[2])

    def test_the_raw_reply_is_the_one_received(self):
        code, raw, err = self.room.run("schema", "Win32_BIOS", *self.on, "-f", "raw",
                                       "--trace", "schema.jsonl")
        self.assertEqual(code, 0, err)
        replies = [json.loads(line)["replyBody"]
                   for line in self.room.read("schema.jsonl").decode().splitlines()]
        self.assertTrue(raw.decode() in replies, raw[:500])
        self.assertIn(b"CLASS", raw)

    def test_a_name_that_depends_on_the_host_is_refused(self):
        code, out, err = self.room.run("enumerate", "CIM_Processor", *self.on)
        self.assertEqual((code, out), (1, b""))
        self.assertIn("wmicimv2/CIM_Processor", err)
        self.assertEqual(self.room.run("enumerate", "CIM_Processor", "--namespace", "root/cimv2",
                                       *self.on)[0], 0)
        self.assertEqual(self.room.run("schema", "CIM_Processor", *self.on)[0], 0)

    def test_a_name_that_nobody_knows_is_refused(self):
        self.assertEqual(self.room.run("get", "EX_Thing", *self.on)[0], 1)

    def test_a_host_that_can_be_asked_answers_itself(self):
        code, out, err = self.room.run("classes", *self.on, "-f", "jsonl")
        self.assertEqual((code, err), (0, ""))
        self.assertNotIn(b"Meaning", out)
        self.assertEqual(self.room.run("classes", "root/nowhere", *self.on)[0], 5)
        self.assertEqual(self.room.run("schema", "wmi/root/cimv2/Msvm_ComputerSystem", *self.on)[0], 5)


if __name__ == "__main__":
    unittest.main()
