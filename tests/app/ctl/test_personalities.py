"""winrmctl against each personality of its demo host: every operation works, or is refused for the right reason.

Prints a table, and writes it to the folder that WINRM_TABLES names, from where tests/run.sh shows it again."""

import base64
import json
import os
import socket
import ssl
import sys
import unittest

from programs import Demo, Room

HOSTS = ["windows", "amt", "idrac", "omi", "openwsman"]
AMT = "http://intel.com/wbem/wscim/1/amt-schema/1/"
DELL = "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
SBLIM = "http://sblim.sf.net/wbem/wscim/1/cim-schema/2/"
ALL = "http://schemas.dmtf.org/wbem/wscim/1/*"
SCX = ["--namespace", "root/scx"]
DCIM = ["--namespace", "root/dcim"]
CIMV2 = ["--namespace", "root/cimv2"]
BIOS_SERVICE = (DELL + "DCIM_BIOSService?SystemCreationClassName=DCIM_ComputerSystem"
                "+SystemName=DCIM:ComputerSystem+CreationClassName=DCIM_BIOSService"
                "+Name=DCIM:BIOSService")
SYSTEM = DELL + "DCIM_ComputerSystem?CreationClassName=DCIM_ComputerSystem+Name=srv:system"
LINUX = SBLIM + "Linux_ComputerSystem?CreationClassName=Linux_ComputerSystem+Name=suse8.example.com"
BOOT = CIM + 'CIM_BootConfigSetting?InstanceID="Intel(r) AMT: Boot Configuration 0"'
CERTIFICATE = AMT + 'AMT_PublicKeyCertificate?InstanceID="Intel(r) AMT Certificate: Handle: {}"'
SPOOLER = "wmicimv2/Win32_Service?Name=Spooler"
VARIABLE = "wmicimv2/Win32_Environment?Name=OS+UserName=<SYSTEM>"
CONTEXT = f"""<c:AMT_TLSCredentialContext xmlns:c="{AMT}AMT_TLSCredentialContext"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
<c:ElementInContext><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>
<a:ReferenceParameters><w:ResourceURI>{AMT}AMT_PublicKeyCertificate</w:ResourceURI><w:SelectorSet>
<w:Selector Name="InstanceID">Intel(r) AMT Certificate: Handle: 0</w:Selector></w:SelectorSet>
</a:ReferenceParameters></c:ElementInContext>
<c:ElementProvidingContext>
<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>
<a:ReferenceParameters><w:ResourceURI>{AMT}AMT_TLSProtocolEndpointCollection</w:ResourceURI>
<w:SelectorSet><w:Selector Name="ElementName">TLSProtocolEndpoint Instances Collection</w:Selector>
</w:SelectorSet></a:ReferenceParameters></c:ElementProvidingContext>
</c:AMT_TLSCredentialContext>"""


# What a remark in the table stands for on stderr; a remark that is not here says nothing.
NOTES = {"whole": "whole instances", "filter ignored": "what the filter does not ask for",
         "from an instance": "one instance", "catalogue": "cannot be asked for its classes"}


class Works:
    """Exit 0, what `holds` wants of the JSON, and on stderr what the remark says, else nothing of it."""

    def __init__(self, words, holds, remark=""):
        self.words, self.holds, self.remark = words, holds, remark


class Refused:
    """Exit `code` with that cause, a sentence that holds `says`, and nothing on stdout."""

    def __init__(self, words, cause, says, code=5):
        self.words, self.cause, self.says, self.code = words, cause, says, code


def has(**wanted):
    return lambda found: all(str(found.get(k)) == str(v) for k, v in wanted.items())


def rows(least, most=None, **wanted):
    def holds(found):
        return (least <= len(found) <= (most or least)
                and all(has(**wanted)(row) for row in found))
    return holds


def among(key, *values):
    return lambda found: {row.get(key) for row in found} >= set(values)


def each(words, holds, **others):
    """The same for all hosts but those named."""
    return {host: others.get(host, Works(words(host), holds(host))) for host in HOSTS}


ONE = {  # an instance
    "windows": ["wmicimv2/Win32_Service?Name=Spooler"],
    "amt": [AMT + "AMT_GeneralSettings"],
    "idrac": [DELL + "DCIM_SystemView?InstanceID=System.Embedded.1"],
    "omi": [CIM + "SCX_Agent?Name=scx", *SCX],
    "openwsman": [CIM + "Demo_Setting?Name=alpha"],
}
KNOWN = {  # a property of it that has this value
    "windows": ("Name", "Spooler"),
    "amt": ("HostName", "desk17"),
    "idrac": ("Model", "Rack R40"),
    "omi": ("Hostname", "unix3.example.com"),
    "openwsman": ("Value", "first"),
}
MANY = {  # a class, the number of its instances
    "windows": (["wmicimv2/Win32_LogicalDisk"], 2, 9),
    "amt": ([CIM + "CIM_SoftwareIdentity"], 10, 10),
    "idrac": ([DELL + "DCIM_MemoryView"], 8, 8),
    "omi": ([CIM + "SCX_UnixProcess", *SCX], 48, 48),
    "openwsman": ([SBLIM + "Linux_UnixProcess"], 40, 40),
}
ADD = {  # an instance to be made, and to be taken away again
    "windows": (["wmicimv2/Win32_Environment", "Name=EX_NEW", "UserName=<SYSTEM>", "VariableValue=1"],
                ["wmicimv2/Win32_Environment?Name=EX_NEW+UserName=<SYSTEM>"]),
    "amt": ([AMT + "AMT_TLSCredentialContext", "--input", "context.xml"], [CERTIFICATE.format(1)]),
    "omi": ([CIM + "Demo_Person", "Key=77", "First=Jane", *CIMV2], [CIM + "Demo_Person?Key=77"]),
    "openwsman": ([CIM + "Demo_Setting", "Name=delta", "Count=4"], [CIM + "Demo_Setting?Name=delta"]),
}
RELATED = {  # an instance, how many others are associated, by how many associations, of which class
    "windows": ([SPOOLER], 1, 99, "Win32_DependentService"),
    "amt": ([BOOT], 2, 2, "CIM_OrderedComponent"),
    "idrac": ([SYSTEM, *DCIM], 2, 2, "CIM_SystemDevice"),
    "omi": ([CIM + "SCX_Agent?Name=scx", *SCX], 1, 1, "SCX_RunningOS"),
    "openwsman": ([LINUX], 1, 1, "Linux_RunningOS"),
}
QUERY = {  # all classes of a namespace, a query, its rows
    "windows": (["wmicimv2/*"], "select Name, DeviceID from Win32_LogicalDisk", 2, 9),
    "amt": ([ALL], "select * from CIM_SoftwareIdentity", 0, 0),
    "idrac": ([ALL, *DCIM], "select FQDD, Size from DCIM_MemoryView where Size = 16384", 8, 8),
    "omi": ([ALL, *SCX], "select Name, Handle from SCX_UnixProcess where ParentProcessID = '0'", 2, 2),
    "openwsman": ([ALL], "select Name, Value from Demo_Setting where Enabled = true", 1, 3),
}
LANGUAGE = "does not know the filter language"


def named(host):
    return has(**dict([KNOWN[host]]))


def asked(host, dialect):
    words, query = QUERY[host][:2]
    return ["enumerate", *words, "--filter", query, "--dialect", dialect]


def found(host):
    return rows(*QUERY[host][2:])


def filtered(host):
    key, value = {"windows": ("StartMode", "Disabled"), "amt": ("InstanceID", "AMT"),
                  "idrac": ("InstanceID", "DIMM.Socket.A3"), "omi": ("Name", "init"),
                  "openwsman": ("Name", "init")}[host]
    words = ["wmicimv2/Win32_Service"] if host == "windows" else MANY[host][0]
    return (["enumerate", *words, "--filter", f"{key}={value}", "--dialect", "selector"],
            rows(1, 99, **{key: value}))


def related(verb):
    def words(host):
        narrower = [f"resultclassname={RELATED[host][3]}"] if verb == "references" else []
        return [verb, *RELATED[host][0], *narrower]

    def holds(host):
        _, least, most, cls = RELATED[host]
        if verb == "references":
            return rows(least, most, __class=cls)
        return lambda got: least <= len(got) <= most and cls not in {r["__class"] for r in got}
    return each(words, holds)


def association(host):
    object_words, least, most, _ = RELATED[host]
    return Works(["enumerate", *QUERY[host][0], "--dialect", "association", "--filter",
                  "{object=" + object_words[0] + "}"], rows(least, most))


def rewritten(host):
    """Put, and what it reads like afterwards."""
    return {
        "windows": Works(["put", VARIABLE, "VariableValue=EX"], has(VariableValue="EX"),
                         "what was touched"),
        "amt": Works(["put", AMT + "AMT_GeneralSettings", "DomainName=example.net"],
                     has(DomainName="example.net", HostName="desk17"), "whole"),
        "idrac": Refused(["put", DELL + "DCIM_SystemView?InstanceID=System.Embedded.1", "AssetTag=7"],
                         "fault.generic", "does not support this action"),
        "omi": Refused(["put", CIM + "Demo_Person?Key=1", "First=X", *CIMV2], "fault.generic",
                       "does not support this operation"),
        "openwsman": Works(["put", CIM + "Demo_Setting?Name=beta", "Count=9"],
                           has(Name="beta", Count="9", Value="second"), "whole"),
    }[host]


def made(host):
    if host == "idrac":
        return Refused(["create", DELL + "DCIM_LifecycleJob", "InstanceID=JID_1"], "fault.generic",
                       "does not support this action")
    return Works(["create", *ADD[host][0]], lambda got: got)


def taken(host):
    if host == "idrac":
        return Refused(["delete", DELL + "DCIM_LifecycleJob?InstanceID=JID_CLEARALL"],
                       "fault.generic", "does not support this action")
    return Works(["delete", *ADD[host][1]], None)


def invoked(host):
    return {
        "windows": Works(["invoke", "StopService", SPOOLER], has(ReturnValue=0)),
        "amt": Works(["invoke", "RequestStateChange", AMT + "AMT_RedirectionService",
                      "RequestedState=32769"], has(ReturnValue=0)),
        "idrac": Works(["invoke", "SetAttribute", BIOS_SERVICE, *DCIM, "Target=BIOS.Setup.1-1",
                        "AttributeName=BootMode", "AttributeValue=Bios"],
                       has(ReturnValue=0, RebootRequired="Yes")),
        "omi": Works(["invoke", "ExecuteCommand", CIM + "SCX_OperatingSystem", *SCX,
                      "Command=hostname", "timeout=10"],
                     has(ReturnCode=0, StdOut="unix3.example.com\n"), "named after the method"),
        "openwsman": Works(["invoke", "Reset", CIM + "Demo_Setting?Name=gamma", "Count=2"],
                           has(ReturnValue=0)),
    }[host]


def fragment(host):
    words = ["get", *ONE[host], "--fragment", KNOWN[host][0]]
    if host == "amt":
        return Refused(words, "fault.generic", "feature that the host does not offer")
    if host == "omi":
        return Refused(words, "fault.generic", "the host does not know it")
    return Works(words, named(host))


def fragment_put(host):
    return {
        "windows": Works(["put", VARIABLE, "--fragment", "VariableValue", "VariableValue=two"],
                         has(VariableValue="two")),
        "amt": Refused(["put", AMT + "AMT_GeneralSettings", "--fragment", "HostName", "HostName=x"],
                       "fault.generic", "feature that the host does not offer"),
        "idrac": Refused(["put", DELL + "DCIM_SystemView?InstanceID=System.Embedded.1",
                          "--fragment", "AssetTag", "AssetTag=7"],
                         "fault.generic", "does not support this action"),
        "omi": Refused(["put", CIM + "Demo_Person?Key=1", "--fragment", "First", "First=X", *CIMV2],
                       "fault.generic", "the host does not know it"),
        "openwsman": Works(["put", CIM + "Demo_Setting?Name=gamma", "--fragment", "Value",
                            "Value=part"], has(Value="part")),
    }[host]


def option(mark):
    def cell(host):
        words = ["get", *ONE[host], "--option", "msftwinrm:UsePreciseArrays=true" + mark]
        if mark and host in ("amt", "idrac", "openwsman"):
            return Refused(words, "fault.generic", "the host does not know it")
        return Works(words, named(host))
    return {host: cell(host) for host in HOSTS}


def returned(mode):
    def holds(host):
        least, most = MANY[host][1:]
        part = "__epr" if mode == "epr" else "epr"
        return lambda got: (least <= len(got) <= most and all(part in row for row in got)
                            and all(mode == "epr" or "__class" in row["object"] for row in got))
    return each(lambda host: ["enumerate", *MANY[host][0], "--return", mode], holds)


def polymorphism(host):
    words = ["enumerate", *MANY[host][0], "--polymorphism", "shallow"]
    if host == "openwsman":
        return Works(["enumerate", CIM + "CIM_ComputerSystem", "--polymorphism", "base-only"],
                     lambda got: [r["__class"] for r in got] == ["Linux_ComputerSystem"]
                     and "Dedicated" not in got[0])
    if host == "windows":
        return Refused(["enumerate", "wmicimv2/*", "--filter", "select * from Win32_Service",
                        "--polymorphism", "shallow"], "fault.generic",
                       "this way of returning derived classes")
    if host == "amt":
        return Refused(words, "fault.generic", "feature that the host does not offer")
    return Works(words, rows(*MANY[host][1:]))


def estimate(host):
    counts = host in ("idrac", "openwsman")
    return Works(["enumerate", *MANY[host][0], "-v"], rows(*MANY[host][1:]),
                 f"counts {MANY[host][1]} items" if counts else "not counted")


def wide(host):
    words = ["get", *ONE[host], "--utf16"]
    if host == "amt":
        return Refused(words, "http.status", "415", code=7)
    if host == "omi":
        return Refused(words, "fault.generic", "error")
    return Works(words, named(host))


def schema(host):
    cls, described = {
        "windows": (["wmicimv2/Win32_Service"], True),
        "amt": ([AMT + "AMT_GeneralSettings"], False),
        "idrac": ([DELL + "DCIM_MemoryView", *DCIM], False),
        "omi": ([CIM + "SCX_FileSystem", *SCX], True),
        "openwsman": ([CIM + "Demo_Setting", *CIMV2], False),
    }[host]
    property_name = {"windows": "StartMode", "amt": "HostName", "idrac": "PartNumber",
                     "omi": "IsOnline", "openwsman": "Value"}[host]
    return Works(["schema", *cls], lambda got: property_name in json.dumps(got),
                 "class metadata" if described else "from an instance")


def classes(host):
    space, name = {"windows": ("root/cimv2", "Win32_Service"), "amt": ("", "AMT_GeneralSettings"),
                   "idrac": ("root/dcim", "DCIM_SystemView"), "omi": ("root/scx", "SCX_Agent"),
                   "openwsman": ("root/cimv2", "Linux_OperatingSystem")}[host]
    return Works(["classes", *([space] if space else [])], among("Name", name),
                 "asked" if host == "windows" else "catalogue")


def read_only(host):
    change = rewritten(host)
    return Refused([*change.words, "--readonly"], "options.read_only", "for reading only", code=1)


def identified(host):
    vendor = {"windows": "Microsoft Corporation", "amt": "Intel(R)", "idrac": "Openwsman Project",
              "omi": "Open Management Infrastructure", "openwsman": "Openwsman Project"}[host]
    return Works(["identify"], has(ProductVendor=vendor))


def plain(cell):
    return {host: cell(host) for host in HOSTS}


def dialect(name, refusing):
    def refused(host):
        says = {"omi": "does not know the query language",
                "idrac": "was not accepted", "openwsman": "was not accepted"}
        return Refused(asked(host, name), "fault.filter", says.get(host, LANGUAGE))
    return each(lambda host: asked(host, name), found, **{host: refused(host) for host in refusing})


MATRIX = [
    ("identify", plain(identified)),
    ("get", each(lambda host: ["get", *ONE[host]], named)),
    ("put", plain(rewritten)),
    ("create", plain(made)),
    ("delete", plain(taken)),
    ("invoke", plain(invoked)),
    ("enumerate", each(lambda host: ["enumerate", *MANY[host][0]], lambda host: rows(*MANY[host][1:]))),
    ("enumerate, selector filter",
     {**plain(lambda host: Works(*filtered(host))),
      "omi": Works(filtered("omi")[0], rows(48), "filter ignored")}),
    ("enumerate, WQL", dialect("wql", ["amt"])),
    ("enumerate, CQL", dialect("cql", ["windows", "amt"])),
    ("enumerate, XPath", dialect("xpath", HOSTS)),
    ("enumerate, association filter", plain(association)),
    ("associators", related("associators")),
    ("references", related("references")),
    ("get of a fragment", plain(fragment)),
    ("put of a fragment", plain(fragment_put)),
    ("option set", option("")),
    ("option set, must comply", option("!")),
    ("return references", returned("epr")),
    ("return both", returned("both")),
    ("polymorphism", plain(polymorphism)),
    ("count estimate", plain(estimate)),
    ("UTF-16", plain(wide)),
    ("schema", plain(schema)),
    ("classes", plain(classes)),
    ("read-only", plain(read_only)),
]


class Personalities(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.room = Room()
        cls.room.write("context.xml", CONTEXT)
        cls.demos = {host: Demo(cls.room, "--tls", "--as", host) for host in HOSTS}

    @classmethod
    def tearDownClass(cls):
        for demo in cls.demos.values():
            demo.stop()
        cls.room.close()

    def run_json(self, host, words, *more):
        return self.room.run(*words, *self.demos[host].words(), "-f", "json", *more)

    def cell(self, host, cell):
        """What the table says of a cell; raises where it is not as it should be."""
        if isinstance(cell, Refused):
            code, out, err = self.run_json(host, cell.words, "--error-format", "json")
            self.assertEqual((code, out), (cell.code, b""), err)
            # Notes stand before it.
            error = json.loads(err[err.index("{"):])
            self.assertEqual(error["cause"], cell.cause, err)
            self.assertIn(cell.says, error["message"])
            return "refused: " + cell.cause
        code, out, err = self.run_json(host, cell.words)
        self.assertEqual(code, 0, err)
        if cell.holds:
            self.assertTrue(cell.holds(json.loads(out)), out.decode())
        for remark, note in [*NOTES.items(), (cell.remark, cell.remark)]:
            if remark == cell.remark and (remark in NOTES or remark.startswith("counts")):
                self.assertIn(NOTES.get(remark, note), err)
            elif remark in NOTES:
                self.assertNotIn(note, err)
        if cell.remark == "not counted":
            self.assertNotIn("the host counts", err)
        return "works" + (", " + cell.remark if cell.remark else "")

    def test_a_class_named_as_on_windows_is_put_as_the_host_names_it(self):
        beta = "wmi/root/cimv2/Demo_Setting?Name=beta"
        before = json.loads(self.run_json("openwsman", ["get", beta])[1])["Value"]
        for value in ("by the other name", before):
            code, out, err = self.run_json("openwsman", ["put", beta, "Value=" + value])
            self.assertEqual(code, 0, err)
            self.assertEqual(json.loads(out)["Value"], value)

    def test_matrix(self):
        table = [["", *HOSTS]]
        for operation, cells in MATRIX:
            self.assertEqual(list(cells), HOSTS)
            table.append([operation])
            for host in HOSTS:
                with self.subTest(operation=operation, host=host):
                    table[-1].append("FAILED")
                    table[-1][-1] = self.cell(host, cells[host])
        self.show(table)

    def show(self, table):
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
                 for row in table]
        lines.insert(1, "  ".join("-" * width for width in widths))
        text = "Operations of winrmctl and the hosts that the demo host stands for\n\n"
        text += "\n".join(lines) + "\n"
        print("\n" + text, flush=True)
        folder = os.environ.get("WINRM_TABLES")
        if folder:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "personalities.txt"), "w", encoding="utf-8") as out:
                out.write(text)


class Names(unittest.TestCase):
    def test_nobody_else_is_played(self):
        room = Room()
        self.addCleanup(room.close)
        code, out, err = room.run("demo", "--as", "solaris")
        self.assertEqual((code, out), (1, b""))
        self.assertIn("windows, amt, idrac, omi, openwsman", err)


class Omi(unittest.TestCase):
    """What only OMI does."""

    @classmethod
    def setUpClass(cls):
        cls.room = Room()
        cls.demo = Demo(cls.room, "--tls", "--as", "omi")

    @classmethod
    def tearDownClass(cls):
        cls.demo.stop()
        cls.room.close()

    def post(self, action, body, sign_in=True):
        """One exchange by hand; the text of the answer, empty when none came within a second."""
        with open(self.demo.hello["passwordFile"], encoding="utf-8") as source:
            password = source.readline().rstrip("\n")
        token = base64.b64encode(f"{self.demo.hello['user']}:{password}".encode()).decode()
        port = int(self.demo.hello["url"].split(":")[2].split("/")[0])
        envelope = (
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
            ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"'
            ' xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"'
            ' xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header>'
            "<a:To>http://127.0.0.1/wsman</a:To><a:ReplyTo><a:Address>"
            "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>"
            f"<a:Action>http://schemas.xmlsoap.org/ws/2004/09/enumeration/{action}</a:Action>"
            f"<a:MessageID>uuid:1</a:MessageID><w:ResourceURI>{CIM}SCX_UnixProcess</w:ResourceURI>"
            '<w:SelectorSet><w:Selector Name="__cimnamespace">root/scx</w:Selector></w:SelectorSet>'
            f"</s:Header><s:Body>{body}</s:Body></s:Envelope>").encode()
        head = ("POST /wsman HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Content-Type: application/soap+xml;charset=UTF-8\r\nConnection: close\r\n"
                + (f"Authorization: Basic {token}\r\n" if sign_in else "")
                + f"Content-Length: {len(envelope)}\r\n\r\n").encode()
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        answer = b""
        with socket.create_connection(("127.0.0.1", port), 20) as raw:
            with context.wrap_socket(raw) as wire:
                wire.sendall(head + envelope)
                wire.settimeout(20 if sign_in else 1)
                try:
                    while part := wire.recv(65536):
                        answer += part
                except TimeoutError:
                    pass
        return answer.decode()

    def test_an_abandoned_enumeration_holds_its_class(self):
        opened = self.post("Enumerate", "<n:Enumerate><w:OptimizeEnumeration/>"
                           "<w:MaxElements>2</w:MaxElements></n:Enumerate>")
        context = opened.split("EnumerationContext>")[1].split("<")[0]
        on = self.demo.words()
        words = ["enumerate", CIM + "SCX_UnixProcess", *SCX, *on]
        code, out, err = self.room.run(*words, "--timeout", "1", "--error-format", "json")
        self.assertEqual((code, out), (5, b""), err)
        self.assertEqual(json.loads(err)["cause"], "fault.timed_out")
        self.assertEqual(self.room.run("enumerate", CIM + "SCX_FileSystem", *SCX, *on)[0], 0)
        waiting = self.room.start(*words, "-f", "json")
        released = self.post("Release", f"<n:Release><n:EnumerationContext>{context}"
                             "</n:EnumerationContext></n:Release>")
        self.assertIn("ReleaseResponse", released)
        out, err = waiting.communicate(timeout=60)
        self.assertEqual((waiting.returncode, len(json.loads(out))), (0, 48), err)

    def test_a_small_number_is_that_of_cim(self):
        code, _, err = self.room.run("enumerate", CIM + "SCX_Agent", *SCX, "--filter", "x",
                                     "--dialect", "xpath", *self.demo.words(),
                                     "--error-format", "json")
        self.assertEqual(code, 5, err)
        error = json.loads(err)
        self.assertEqual((error["code"], error["symbol"]),
                         ("0x0000000e", "CIM_ERR_QUERY_LANGUAGE_NOT_SUPPORTED"))

    def test_what_winrmctl_leaves_early_is_released(self):
        on = self.demo.words()
        for _ in range(2):
            code, out, err = self.room.run("enumerate", CIM + "SCX_UnixProcess", *SCX, *on,
                                           "--max", "3", "-f", "jsonl", "--timeout", "5")
            self.assertEqual((code, out.count(b"\n")), (0, 3), err)

    def test_no_answer_without_credentials(self):
        self.assertEqual(self.post("Enumerate", "<n:Enumerate/>", sign_in=False), "")
        code, out, err = self.room.run("identify", *self.demo.words(a="none", u=None,
                                                                    password_file=None),
                                       "--timeout", "1", "--error-format", "json")
        self.assertEqual((code, out), (6, b""), err)
        self.assertEqual(json.loads(err)["kind"], "timeout", err)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
