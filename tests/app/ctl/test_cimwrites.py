"""winrmctl changing CIM instances of the demo host: methods, put, create, delete, associations."""

import csv
import io
import json
import unittest

from programs import WithDemo

SERVICE = "wmicimv2/Win32_Service"
SPOOLER = SERVICE + "?Name=Spooler"
PROCESS = "wmicimv2/Win32_Process"
REGISTRY = "wmi/root/default/StdRegProv"
ITEM = "wmicimv2/Demo_Item?ItemID=ITEM-0000001"
VARIABLE = "wmicimv2/Win32_Environment?Name=NEW_ONE+UserName=<SYSTEM>"
PARTITION = 'wmicimv2/Win32_DiskPartition?DeviceID="Disk #0, Partition #1"'
MACHINE = "hDefKey=2147483650"
HOSTILE = 'a "quoted" <b>&amp;, \\ and\nlines\t=1+1 über'


class CimWrites(WithDemo):
    def json(self, *words):
        return json.loads(self.ok(*words, *self.on, "-f", "json", "-q"))

    def fails(self, code, cause, *words):
        """`cause`: the symbol of the fault's code, else the id of the cause."""
        got, out, err = self.room.run(*words, *self.on, "-q", "--error-format", "json")
        self.assertEqual((got, out), (code, b""), err)
        error = json.loads(err)
        self.assertEqual(error["symbol"] or error["cause"], cause, err)
        return error

    def names(self, *words, column="Name"):
        out = self.ok(*words, *self.on, "-f", "csv", "--columns", column, "-q").decode()
        return [row[column] for row in csv.DictReader(io.StringIO(out))]

    # methods

    def test_a_service_stops_and_starts(self):
        self.assertEqual(self.json("invoke", "StopService", SPOOLER),
                         {"__class": "StopService_OUTPUT", "ReturnValue": 0})
        self.assertEqual(self.json("get", SPOOLER)["State"], "Stopped")
        code, out, err = self.room.run("invoke", "StopService", SPOOLER, *self.on)
        self.assertEqual(code, 0)
        self.assertIn("returned 6", err)
        self.assertEqual(self.json("invoke", "StartService", SPOOLER)["ReturnValue"], 0)
        self.assertEqual(self.json("get", SPOOLER)["State"], "Running")

    def test_a_result_in_every_format(self):
        for form in ("text", "tree", "xml", "raw", "json", "jsonl", "csv", "html", "md"):
            with self.subTest(form=form):
                out = self.ok("invoke", "ResumeService", SPOOLER, *self.on, "-f", form)
                self.assertIn(b"ReturnValue", out)

    def test_parameters_absent_null_and_empty(self):
        self.assertEqual(self.json("invoke", "ChangeStartMode", SPOOLER, "StartMode=Manual")
                         ["ReturnValue"], 0)
        self.assertEqual(self.json("get", SPOOLER)["StartMode"], "Manual")
        self.fails(5, "WBEM_E_INVALID_METHOD_PARAMETERS", "invoke", "ChangeStartMode", SPOOLER)
        self.fails(5, "WBEM_E_INVALID_METHOD_PARAMETERS", "invoke", "ChangeStartMode", SPOOLER,
                   "StartMode=$null")
        self.assertEqual(self.json("invoke", "ChangeStartMode", SPOOLER, "StartMode=")
                         ["ReturnValue"], 21)
        self.assertEqual(self.json("invoke", "ChangeStartMode", SPOOLER, "StartMode=Automatic")
                         ["ReturnValue"], 0)

    def test_a_process_comes_and_goes(self):
        made = self.json("invoke", "Create", PROCESS, "CommandLine=notepad.exe " + HOSTILE)
        self.assertEqual(made["ReturnValue"], 0)
        process = f"{PROCESS}?Handle={made['ProcessId']}"
        self.assertEqual(self.json("get", process)["CommandLine"], "notepad.exe " + HOSTILE)
        self.assertEqual(self.json("invoke", "GetOwner", process)["User"], "SYSTEM")
        self.assertEqual(self.json("invoke", "Terminate", process, "Reason=1")["ReturnValue"], 0)
        self.fails(5, "WBEM_E_NOT_FOUND", "get", process)
        nothing = self.json("invoke", "Create", PROCESS, "CommandLine=$null")
        self.assertEqual((nothing["ReturnValue"], nothing["ProcessId"]), (21, None))

    def test_an_embedded_object_as_parameter(self):
        startup = ("<p:Create_INPUT xmlns:p='http://schemas.microsoft.com/wbem/wsman/1/wmi/root/"
                   "cimv2/Win32_Process' xmlns:s='http://schemas.microsoft.com/wbem/wsman/1/wmi/"
                   "root/cimv2/Win32_ProcessStartup'><p:CommandLine>a.exe</p:CommandLine>"
                   "<p:ProcessStartupInformation><s:Win32_ProcessStartup><s:ShowWindow>0"
                   "</s:ShowWindow></s:Win32_ProcessStartup></p:ProcessStartupInformation>"
                   "</p:Create_INPUT>")
        self.room.write("create.xml", startup)
        self.assertEqual(self.json("invoke", "Create", PROCESS, "--input", "create.xml")
                         ["ReturnValue"], 0)

    def test_a_text_is_no_embedded_object(self):
        startup = ("<p:Create_INPUT xmlns:p='http://schemas.microsoft.com/wbem/wsman/1/wmi/root/"
                   "cimv2/Win32_Process'><p:CommandLine>a.exe</p:CommandLine>"
                   "<p:ProcessStartupInformation>hidden</p:ProcessStartupInformation>"
                   "</p:Create_INPUT>")
        self.room.write("text.xml", startup)
        self.fails(5, "WBEM_E_TYPE_MISMATCH", "invoke", "Create", PROCESS, "--input", "text.xml")

    def test_what_is_no_method_or_parameter(self):
        self.assertEqual(self.fails(5, "WBEM_E_INVALID_METHOD", "invoke", "Explode", SPOOLER)["kind"],
                         "fault")
        self.fails(5, "WBEM_E_INVALID_METHOD_PARAMETERS", "invoke", "StopService", SPOOLER, "Now=1")
        self.fails(5, "WBEM_E_NOT_FOUND", "invoke", "StopService", SERVICE + "?Name=nobody")

    def test_the_registry(self):
        key = [REGISTRY, MACHINE, "sSubKeyName=SOFTWARE\\Example\\Tests"]
        def call(method, *more):
            return self.json("invoke", method, *key, *more)
        self.assertEqual(call("CreateKey")["ReturnValue"], 0)
        self.assertEqual(call("SetStringValue", "sValueName=Text", "sValue=" + HOSTILE)
                         ["ReturnValue"], 0)
        self.assertEqual(call("GetStringValue", "sValueName=Text")["sValue"], HOSTILE)
        self.assertEqual(call("SetDWORDValue", "sValueName=Number", "uValue=4294967295")
                         ["ReturnValue"], 0)
        self.assertEqual(call("GetDWORDValue", "sValueName=Number")["uValue"], 4294967295)
        self.assertEqual(call("SetQWORDValue", "sValueName=Long", "uValue=9007199254740993")
                         ["ReturnValue"], 0)
        self.assertEqual(call("GetQWORDValue", "sValueName=Long")["uValue"], 9007199254740993)
        self.assertEqual(sorted(call("EnumValues")["sNames"]), ["Long", "Number", "Text"])
        self.assertEqual(call("GetStringValue", "sValueName=Number")["ReturnValue"], 2147749893)
        self.fails(5, "WBEM_E_TYPE_MISMATCH", "invoke", "SetDWORDValue", *key, "sValueName=Number",
                   "uValue=4294967296")
        for name in ("Text", "Number", "Long"):
            self.assertEqual(call("DeleteValue", "sValueName=" + name)["ReturnValue"], 0)
        self.assertEqual(call("DeleteKey")["ReturnValue"], 0)
        self.assertEqual(call("EnumValues")["ReturnValue"], 2)

    def test_arrays_of_none_one_and_several(self):
        value = [REGISTRY, MACHINE, "sSubKeyName=SOFTWARE\\Example\\Monitor", "sValueName=List"]
        for words, expected in ((["sValue=a", "sValue=b c"], ["a", "b c"]),
                                (["sValue=one"], ["one"]), (["sValue="], [""]),
                                (["sValue=$null"], None), ([], None)):
            with self.subTest(words=words):
                self.assertEqual(self.json("invoke", "SetMultiStringValue", *value, *words)
                                 ["ReturnValue"], 0)
                got = self.json("invoke", "GetMultiStringValue", *value)
                self.assertEqual((got["ReturnValue"], got.get("sValue")), (0, expected))
        bytes_ = [REGISTRY, MACHINE, "sSubKeyName=SOFTWARE\\Example\\Monitor", "sValueName=Bytes"]
        self.json("invoke", "SetBinaryValue", *bytes_, "uValue=0", "uValue=255")
        self.assertEqual(self.json("invoke", "GetBinaryValue", *bytes_)["uValue"], [0, 255])

    # instances

    def test_put_of_an_instance(self):
        before = self.json("get", ITEM)
        after = self.json("put", ITEM, "Owner=" + HOSTILE)
        self.assertEqual(after, {**before, "Owner": HOSTILE})
        self.assertEqual(self.json("get", ITEM), after)
        self.assertIsNone(self.json("put", ITEM, "Owner=$null")["Owner"])
        self.assertEqual(self.json("put", ITEM, "Owner=")["Owner"], "")
        self.json("put", ITEM, "Owner=security")
        self.fails(5, "WBEM_E_READ_ONLY", "put", ITEM, "Site=elsewhere")

    def test_fragments(self):
        self.assertEqual(self.json("put", ITEM, "--fragment", "OwnerMail",
                                   "OwnerMail=x@example.com")["OwnerMail"], "x@example.com")
        self.assertEqual(self.json("get", ITEM, "--fragment", "OwnerMail"),
                         {"__class": "XmlFragment", "OwnerMail": "x@example.com"})
        self.assertEqual(self.json("get", ITEM, "--fragment", "OwnerMail/text()")["#text"],
                         "x@example.com")
        self.assertEqual(self.json("get", ITEM)["OwnerMail"], "x@example.com")
        self.fails(5, "ERROR_WSMAN_INVALID_FRAGMENT_PATH", "get", ITEM, "--fragment", "ownermail")

    def test_an_instance_is_made_and_removed(self):
        words = ["create", "wmicimv2/Win32_Environment", "Name=NEW_ONE", "UserName=<SYSTEM>",
                 "VariableValue=" + HOSTILE]
        self.assertIn(b"NEW_ONE", self.ok(*words, *self.on))
        self.assertEqual(self.json("get", VARIABLE)["VariableValue"], HOSTILE)
        self.fails(5, "WBEM_E_ALREADY_EXISTS", *words)
        self.assertEqual(self.json("put", VARIABLE, "VariableValue=2")["VariableValue"], "2")
        self.assertEqual(self.ok("delete", VARIABLE, *self.on), b"")
        self.fails(5, "WBEM_E_NOT_FOUND", "delete", VARIABLE)
        self.fails(5, "WBEM_E_PROVIDER_NOT_CAPABLE", "create", "wmicimv2/Win32_LogicalDisk", "DeviceID=X:")

    # associations

    def test_associators_and_references(self):
        self.assertEqual(self.names("associators", PARTITION), ["\\\\.\\PHYSICALDRIVE0", "C:"])
        self.assertEqual(self.names("associators", PARTITION, "resultclassname=Win32_LogicalDisk"),
                         ["C:"])
        self.assertEqual(self.names("associators", PARTITION, "role=Dependent",
                                    "resultrole=Antecedent"), ["\\\\.\\PHYSICALDRIVE0"])
        found = self.json("references", PARTITION)
        self.assertEqual([row["__class"] for row in found],
                         ["Win32_DiskDriveToDiskPartition", "Win32_LogicalDiskToPartition"])
        self.assertEqual(found[1]["Dependent"]["__epr"]["SelectorSet"], {"DeviceID": "C:"})
        self.fails(5, "WBEM_E_NOT_FOUND", "associators", SERVICE + "?Name=nobody")

    def test_the_association_filter(self):
        words = ["enumerate", "wmicimv2/*", "--dialect", "association", "--filter"]
        given = "{object=" + PARTITION + ";associationclassname=Win32_LogicalDiskToPartition}"
        self.assertEqual(self.names(*words, given), ["C:"])
        self.assertEqual(len(self.json(*words, "{object=" + PARTITION + "}", "--associations")), 2)
        self.fails(1, "local.usage", *words, "{role=x}")

    def test_associators_of_in_wql(self):
        query = 'associators of {Win32_DiskPartition.DeviceID="Disk #0, Partition #1"}'
        self.assertEqual(self.names("enumerate", "wmicimv2/*", "--filter", query),
                         ["\\\\.\\PHYSICALDRIVE0", "C:"])

    def test_what_comes_back(self):
        objects = self.json("enumerate", "wmicimv2/Win32_Share")
        references = self.json("enumerate", "wmicimv2/Win32_Share", "--return", "epr")
        both = self.json("enumerate", "wmicimv2/Win32_Share", "--return", "both")
        self.assertEqual([row["object"] for row in both], objects)
        self.assertEqual([row["epr"] for row in both], references)
        self.assertEqual([row["__epr"]["SelectorSet"]["Name"] for row in references],
                         [row["Name"] for row in objects])

    def test_polymorphism(self):
        whole = self.names("enumerate", "wmicimv2/CIM_LogicalDevice", column="DeviceID")
        for mode in ("deep", "shallow", "base-only"):
            self.assertEqual(self.names("enumerate", "wmicimv2/CIM_LogicalDevice",
                                        "--polymorphism", mode, column="DeviceID"), whole)
        self.fails(5, "ERROR_WSMAN_POLYMORPHISM_MODE_UNSUPPORTED", "enumerate", "wmicimv2/*", "--filter",
                   "select * from Win32_Service", "--polymorphism", "shallow")

    # guards

    def test_read_only_lets_reading_methods_pass(self):
        process = PROCESS + "?Handle=4"
        self.assertEqual(self.json("invoke", "GetOwner", process, "--readonly")["ReturnValue"], 0)
        key = [REGISTRY, MACHINE, "sSubKeyName=SOFTWARE", "--readonly"]
        self.assertIn("Example", self.json("invoke", "EnumKey", *key)["sNames"])
        before = self.names("enumerate", PROCESS, column="Handle")
        for words in (["invoke", "CreateKey", *key],
                      ["invoke", "StopService", SPOOLER, "--readonly"],
                      ["invoke", "Create", PROCESS, "CommandLine=a.exe", "--readonly"],
                      ["create", "wmicimv2/Win32_Environment", "Name=A", "UserName=B", "--readonly"],
                      ["put", ITEM, "Owner=x", "--readonly"], ["delete", process, "--readonly"]):
            with self.subTest(words=words):
                self.fails(1, "options.read_only", *words)
        self.assertEqual(self.names("enumerate", PROCESS, column="Handle"), before)

    def test_costly_classes(self):
        accounts = "wmicimv2/Win32_UserAccount"
        self.assertIn("--allow-costly", self.fails(1, "local.usage", "enumerate", accounts)["message"])
        self.assertIn("Administrator", self.names("enumerate", accounts, "--allow-costly"))
        local = self.names("enumerate", "wmicimv2/*", "--filter",
                           "select * from Win32_UserAccount where LocalAccount = True")
        self.assertIn("Administrator", local)


class Openings(WithDemo):
    """What is written with references is read with them."""

    def test_exports_with_references_open_again(self):
        for mode in ("epr", "both"):
            for form in ("json", "xml"):
                with self.subTest(mode=mode, form=form):
                    name = f"{mode}.{form}"
                    self.ok("enumerate", "wmicimv2/Win32_TimeZone", "--return", mode, *self.on,
                            "-f", form, "-o", name, "--force")
                    live = self.ok("enumerate", "wmicimv2/Win32_TimeZone", "--return", mode,
                                   *self.on, "-f", "jsonl")
                    opened = self.ok("open", name, "-f", "jsonl")
                    self.assertEqual([row.get("epr", row.get("__epr"))
                                      for row in map(json.loads, opened.splitlines())],
                                     [row.get("epr", row.get("__epr"))
                                      for row in map(json.loads, live.splitlines())])
                    self.assertIn(b"Win32_TimeZone", self.ok("open", name))

    def test_an_association_filter_takes_a_class_by_its_name(self):
        out = self.ok("enumerate", "wmicimv2/*", "--dialect", "association", "--filter",
                      "{object=Win32_Service?Name=WinRM}", *self.on, "-f", "jsonl")
        self.assertIn(b"RpcSs", out)

    def test_a_column_is_named_once(self):
        self.assertEqual(self.room.run("enumerate", "wmicimv2/Win32_TimeZone", *self.on,
                                       "--columns", "Bias,bias")[0], 1)


if __name__ == "__main__":
    unittest.main()
