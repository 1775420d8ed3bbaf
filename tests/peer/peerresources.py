"""What the test host has: winrm/config, synthetic classes, what Identify says."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

import peersoap as soap
from peersoap import CIM, W, WSMID, XSI, Fault

ROOT = "http://schemas.microsoft.com/wbem/wsman/1/"
WMI = ROOT + "wmi/"
CONFIG = ROOT + "config"
DMTF = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
NAMESPACE = "root/cimv2"

CONFIG_TREE = [
    ("MaxEnvelopeSizekb", "500"), ("MaxTimeoutms", "60000"), ("MaxBatchItems", "32000"),
    ("MaxProviderRequests", "4294967295"),
    ("Client", [
        ("NetworkDelayms", "5000"), ("URLPrefix", "wsman"), ("AllowUnencrypted", "false"),
        ("Auth", [("Basic", "true"), ("Digest", "true"), ("Kerberos", "true"),
                  ("Negotiate", "true"), ("Certificate", "true"), ("CredSSP", "false")]),
        ("DefaultPorts", [("HTTP", "5985"), ("HTTPS", "5986")]),
        ("TrustedHosts", "")]),
    ("Service", [
        ("RootSDDL", "O:NSG:BAD:P(A;;GA;;;BA)(A;;GR;;;IU)S:P(AU;FA;GA;;;WD)"),
        ("MaxConcurrentOperations", "4294967295"),
        ("MaxConcurrentOperationsPerUser", "1500"), ("EnumerationTimeoutms", "240000"),
        ("MaxConnections", "300"), ("MaxPacketRetrievalTimeSeconds", "120"),
        ("AllowUnencrypted", "false"),
        ("Auth", [("Basic", "true"), ("Kerberos", "true"), ("Negotiate", "true"),
                  ("Certificate", "false"), ("CredSSP", "false"),
                  ("CbtHardeningLevel", "Relaxed")]),
        ("DefaultPorts", [("HTTP", "5985"), ("HTTPS", "5986")]),
        ("IPv4Filter", "*"), ("IPv6Filter", "*"), ("CertificateThumbprint", "")]),
    ("Winrs", [
        ("AllowRemoteShellAccess", "true"), ("IdleTimeout", "7200000"),
        ("MaxConcurrentUsers", "2147483647"), ("MaxProcessesPerShell", "2147483647"),
        ("MaxMemoryPerShellMB", "2147483647"), ("MaxShellsPerUser", "2147483647")]),
]


class PeerClass:
    """`count` synthetic instances with the keys Id = 1 .. count."""

    def __init__(self, name, count):
        self.name = name
        self.count = count

    def instance(self, number, uri):
        """One instance; properties in alphabetical order. Only Comment is nil; Empty is empty."""
        values = "".join(f"<p:Values>{number + k}</p:Values>" for k in range(1 + number % 3))
        return (f'<p:{self.name} xmlns:p="{uri}" xmlns:cim="{CIM}" xmlns:xsi="{XSI}" '
                f'xsi:type="p:{self.name}_Type">'
                f"<p:Active>{'true' if number % 2 else 'false'}</p:Active>"
                f"<p:Caption>Item {number}</p:Caption>"
                f'<p:Comment xsi:nil="true"/>'
                f"<p:Created><cim:Datetime>2024-02-{1 + number % 28:02}T"
                f"{number % 24:02}:{number % 60:02}:00.{number % 1000000:06}+01:00"
                f"</cim:Datetime></p:Created>"
                f"<p:Empty/>"
                f"<p:Id>{number}</p:Id>"
                f"<p:Text>Größe {number} \u2013 \u6771\u4eac \U0001f5a7 "
                f"&lt;b&gt; &amp; &quot;q&quot; ]]&gt;</p:Text>"
                f"{values}</p:{self.name}>")

    def reference(self, number, resource):
        selectors = f'<w:Selector Name="Id">{number}</w:Selector>'
        if resource.dmtf:
            selectors += f'<w:Selector Name="__cimnamespace">{NAMESPACE}</w:Selector>'
        return (f"<a:EndpointReference><a:Address>{soap.ANONYMOUS}</a:Address>"
                f"<a:ReferenceParameters><w:ResourceURI>{resource.uri}</w:ResourceURI>"
                f"<w:SelectorSet>{selectors}</w:SelectorSet></a:ReferenceParameters>"
                f"</a:EndpointReference>")

    def item(self, number, resource, mode):
        """What stands in Items for one instance in the given enumeration mode."""
        if mode == "EnumerateEPR":
            return self.reference(number, resource)
        instance = self.instance(number, resource.uri)
        if mode == "EnumerateObjectAndEPR":
            return f"<w:Item>{instance}{self.reference(number, resource)}</w:Item>"
        return instance


@dataclass(frozen=True)
class Resource:
    """What a ResourceURI and its selectors name. `cls` is None for winrm/config."""

    uri: str  # canonical
    cls: PeerClass = None
    dmtf: bool = False
    keys: tuple = ()  # (lower-case name, value) without __cimnamespace


def find_resource(classes, message):
    """The Resource a message names, among {lower-case name: PeerClass}, or the Fault."""
    selectors = dict(message.selectors)
    uri = message.resource_uri
    if uri == CONFIG:
        if selectors:
            raise Fault(0x8033805B, ", ".join(selectors))
        return Resource(CONFIG)
    namespace = selectors.pop("__cimnamespace", None)
    dmtf = uri.startswith(DMTF)
    if dmtf:
        path = f"{namespace or 'root/hardware'}/{uri[len(DMTF):]}"
    elif uri.startswith(WMI):
        path = uri[len(WMI):]
        if namespace is not None and not same_namespace(namespace, path.rpartition("/")[0]):
            raise Fault(0x8033813B)
    else:
        raise Fault(0x80338000, uri)
    parent, _, name = path.rpartition("/")
    cls = classes.get(name.lower()) if same_namespace(parent, NAMESPACE) else None
    if cls is None:
        raise Fault(0x80338000, uri)
    canonical = (DMTF if dmtf else f"{WMI}{NAMESPACE}/") + cls.name
    return Resource(canonical, cls, dmtf, tuple(selectors.items()))


def same_namespace(left, right):
    return left.replace("\\", "/").lower() == right.replace("\\", "/").lower()


def identify(anonymous, user, vendor):
    version = "0.0.0" if anonymous else "10.0.20348"
    profiles = ""
    if user and not anonymous:
        profile = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/basic"
        profiles = ("<wsmid:SecurityProfiles><wsmid:SecurityProfileName>"
                    f"{profile}</wsmid:SecurityProfileName></wsmid:SecurityProfiles>")
    return (f'<wsmid:IdentifyResponse xmlns:wsmid="{WSMID}">'
            f"<wsmid:ProtocolVersion>{W}</wsmid:ProtocolVersion>"
            f"<wsmid:ProductVendor>{escape(vendor)}</wsmid:ProductVendor>"
            f"<wsmid:ProductVersion>OS: {version} SP: 0.0 Stack: 3.0</wsmid:ProductVersion>"
            f"{profiles}</wsmid:IdentifyResponse>")


def config_tree():
    def write(name, value, attributes=""):
        inner = escape(value) if isinstance(value, str) else "".join(write(*v) for v in value)
        return f"<cfg:{name}{attributes}>{inner}</cfg:{name}>"
    return write("Config", CONFIG_TREE, f' xmlns:cfg="{CONFIG}"')
