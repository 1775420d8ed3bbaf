"""SOAP side of the test host: reads a request strictly, writes envelopes and faults.

Nothing here knows sockets or resources. Every rule is a line of the protocol reference; where it
leaves a choice, the strict one is taken, since a client that satisfies this host satisfies more.
"""

import re
import uuid
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

S = "http://www.w3.org/2003/05/soap-envelope"
A = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
X = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
N = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
P = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"
F = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
B = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"
WSMID = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/common"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

ANONYMOUS = A + "/role/anonymous"
FAULT_DETAIL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/"
FAULT_ACTIONS = {
    "a": A + "/fault",
    "x": X + "/fault",
    "n": N + "/fault",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
}

SERVER_ENVELOPE = 500 * 1024  # MaxEnvelopeSizekb of this host, in bytes
MIN_ENVELOPE = 8192
MAX_DEPTH = 100

# Code: (SOAP code, subcode, FaultDetail, sentence).
FAULTS = {
    0x80338000: ("Sender", "a:DestinationUnreachable", "InvalidResourceURI",
                 "No resource answers to this URI and these selectors."),
    0x80338006: ("Sender", "w:Concurrency", None,
                 "Another Pull is being answered on this enumeration context."),
    0x8033800C: ("Sender", "w:UnsupportedFeature", "OperationTimeout",
                 "The operation timeout is shorter than 500 ms."),
    0x8033800D: ("VersionMismatch", None, None, "The envelope is not SOAP 1.2."),
    0x8033800F: ("Sender", "a:InvalidMessageInformationHeader", None,
                 "A header is malformed."),
    0x80338010: ("MustUnderstand", None, None,
                 "A header marked mustUnderstand is not known here."),
    0x80338011: ("Sender", "a:MessageInformationHeaderRequired", None,
                 "A required header is missing."),
    0x80338013: ("Sender", "a:ActionNotSupported", None,
                 "The resource does not support this action."),
    0x80338018: ("Sender", "n:FilteringNotSupported", None, "The resource takes no filter."),
    0x8033801B: ("Receiver", "n:InvalidEnumerationContext", None,
                 "The enumeration context is not known, or no longer."),
    0x80338027: ("Sender", "w:SchemaValidationError", None,
                 "The SOAP body does not belong to this action."),
    0x8033802C: ("Sender", "w:EncodingLimit", "CharacterSet",
                 "The message is neither UTF-8 nor UTF-16 with a byte order mark."),
    0x80338035: ("Sender", "w:EncodingLimit", "MinimumEnvelopeLimit",
                 "MaxEnvelopeSize is below 8192."),
    0x80338039: ("Sender", "w:InvalidOptions", "NotSupported",
                 "An option that must be complied with is not known."),
    0x8033803B: ("Sender", "a:DestinationUnreachable", "InvalidResourceURI",
                 "The resource URI is missing or empty."),
    0x80338041: ("Sender", "w:SchemaValidationError", None,
                 "The request does not match its schema."),
    0x80338043: ("Sender", "w:SchemaValidationError", None, "The request is not acceptable XML."),
    0x80338048: ("Sender", "w:EncodingLimit", "MaxEnvelopeSize",
                 "The answer would not fit the envelope size."),
    0x8033805B: ("Sender", "w:InvalidSelectors", "UnexpectedSelectors",
                 "A selector is not a key of the resource."),
    0x8033805D: ("Sender", "w:InvalidSelectors", "InvalidValue",
                 "A selector value is not acceptable."),
    0x8033805F: ("Sender", "w:InvalidSelectors", "DuplicateSelectors",
                 "A selector is given twice."),
    0x80338068: ("Sender", "w:UnsupportedFeature", "ExpirationTime",
                 "Expiration times are not supported."),
    0x80338076: ("Sender", "w:UnsupportedFeature", "AddressingMode",
                 "Replies go to the anonymous address only."),
    0x80338077: ("Sender", "w:UnsupportedFeature", "FragmentLevelAccess",
                 "Fragment transfer is not supported."),
    0x80338081: ("Sender", "a:InvalidMessageInformationHeader", "InvalidTimeout",
                 "The operation timeout is not an xs:duration."),
    0x80338086: ("Sender", "w:UnsupportedFeature", "EnumerationMode",
                 "The enumeration mode is not supported."),
    0x80338087: ("Sender", "w:UnsupportedFeature", "Locale",
                 "Locale and DataLocale must not be marked mustUnderstand."),
    0x803380FA: ("Sender", "w:InvalidSelectors", "InsufficientSelectors",
                 "The class is not a singleton: its keys are needed."),
    0x80338108: ("Sender", "w:InvalidSelectors", "UnexpectedSelectors",
                 "An enumeration takes no keys."),
    0x8033811A: ("Sender", "a:EndpointUnavailable", "InvalidValue",
                 "The selectors match no instance."),
    0x80338137: ("Sender", "w:UnsupportedFeature", None,
                 "Polymorphism modes are not supported."),
    0x8033813B: ("Sender", "w:InvalidSelectors", "InvalidSelectorAssignment",
                 "The __cimnamespace selector contradicts the resource URI."),
    0x803381AD: ("Sender", "w:InvalidParameter", None,
                 "The parameters of this Pull are not those of its Enumerate."),
}


class Fault(Exception):
    """A request that is answered with a SOAP fault. `say` adds what exactly was wrong."""

    def __init__(self, code, say="", detail=None, not_understood=None):
        super().__init__(f"0x{code:08X} {say}")
        self.code = code
        self.kind, self.subcode, known_detail, sentence = FAULTS[code]
        self.detail = detail or known_detail
        self.text = f"{sentence} {say}".strip()
        self.not_understood = not_understood  # (namespace, name) of a header


class Node:
    """One element: namespace, local name, attributes by (namespace, name), children, own text."""

    __slots__ = ("ns", "name", "attributes", "children", "text")

    def __init__(self, qname, attributes):
        self.ns, self.name = split(qname)
        self.attributes = {split(name): value for name, value in attributes.items()}
        self.children = []
        self.text = ""

    def is_(self, ns, name):
        return self.ns == ns and self.name == name

    def all(self, ns, name):
        return [child for child in self.children if child.is_(ns, name)]


def split(qname):
    ns, _, name = qname.rpartition("\n")
    return ns, name


def parse(body, charset):
    """The root Node of a request body. Faults: not the charset promised, not well-formed, a DTD."""
    if charset == "UTF-16":
        if body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise Fault(0x8033802C, "A UTF-16 body begins with a byte order mark.")
        codec = "utf-16"
    else:
        codec = "utf-8-sig"
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        raise Fault(0x8033802C) from None
    return _build(text)


def _build(text):
    parser = expat.ParserCreate("utf-8", "\n")
    parser.buffer_text = True
    stack, roots = [], []

    def start(name, attributes):
        node = Node(name, attributes)
        if len(stack) >= MAX_DEPTH:
            raise Fault(0x80338043, "Elements are nested too deep.")
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)

    def end(_name):
        stack.pop()

    def characters(data):
        stack[-1].text += data

    def doctype(*_):
        raise Fault(0x80338043, "A document type declaration is not allowed in SOAP.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise Fault(0x80338043, str(error)) from None
    return roots[0]


@dataclass
class Message:
    """A request that satisfied every header rule."""

    action: str = ""  # "" for Identify
    message_id: str = ""
    resource_uri: str = ""
    selectors: dict = field(default_factory=dict)  # lower-case name -> value
    must_comply: list = field(default_factory=list)  # names of options with MustComply="true"
    max_envelope: int = SERVER_ENVELOPE  # bytes, already capped
    operation_id: bool = False  # asked for chunked replies
    body: Node = None  # the one child of s:Body, None when it is empty


def peek_message_id(root):
    """The MessageID of any tree that has one in the right place, else ""."""
    for header in root.all(S, "Header"):
        for node in header.all(A, "MessageID"):
            return node.text.strip()
    return ""


def read_message(root):
    """Checks the envelope and its headers and returns the Message, or raises the Fault."""
    header, body = _envelope_parts(root)
    content = _body_content(body)
    if content is not None and content.is_(WSMID, "Identify"):
        if header is not None and header.children:
            raise Fault(0x8033800F, "Identify has an empty header.")
        if content.children or content.text.strip():
            raise Fault(0x80338027, "Identify is empty.")
        return Message(body=content)
    headers = _header_table(header)
    message = Message(body=content)
    _addressing(headers, message)
    _limits(headers, message)
    _locales(headers)
    _selectors(headers.get((W, "SelectorSet")), message)
    _options(headers.get((W, "OptionSet")), message)
    return message


def _envelope_parts(root):
    if root.name != "Envelope":
        raise Fault(0x80338043, "The root element is not an envelope.")
    if root.ns != S:
        raise Fault(0x8033800D)
    if root.text.strip() or any(child.ns != S for child in root.children):
        raise Fault(0x80338041, "An envelope holds a header and a body only.")
    names = [child.name for child in root.children]
    if names == ["Body"]:
        return None, root.children[0]
    if names != ["Header", "Body"]:
        raise Fault(0x80338027, "An envelope holds one header, then one body.")
    return root.children[0], root.children[1]


def _body_content(body):
    if body.text.strip() or len(body.children) > 1:
        raise Fault(0x80338027, "The body holds one element or none.")
    return body.children[0] if body.children else None


KNOWN = {(A, n) for n in ("To", "Action", "MessageID", "ReplyTo", "FaultTo", "From")} | {
    (W, n) for n in ("ResourceURI", "SelectorSet", "OptionSet", "MaxEnvelopeSize", "Locale",
                     "OperationTimeout", "FragmentTransfer", "RequestEPR",
                     "RequestTotalItemsCountEstimate")} | {
    (P, n) for n in ("DataLocale", "SessionId", "OperationID", "SequenceId", "ActivityId")}
TRUE, FALSE = ("true", "1"), ("false", "0")


def _must_understand(node):
    value = node.attributes.get((S, "mustUnderstand"), "false").strip()
    if value not in TRUE + FALSE:
        raise Fault(0x8033800F, f"mustUnderstand of {node.name} is not a boolean.")
    return value in TRUE


def _header_table(header):
    table = {}
    for node in header.children if header is not None else []:
        key = (node.ns, node.name)
        if key not in KNOWN:
            if _must_understand(node):
                raise Fault(0x80338010, node.name, not_understood=key)
            continue
        if key in table:
            raise Fault(0x8033800F, f"{node.name} is given twice.")
        _must_understand(node)
        table[key] = node
    return table


def _required(headers, name):
    node = headers.get((A, name))
    if node is None:
        raise Fault(0x80338011, f"{name} is missing.")
    return node


def _text(node):
    if node.children:
        raise Fault(0x8033800F, f"{node.name} holds text only.")
    return node.text.strip()


def _addressing(headers, message):
    message.action = _text(_required(headers, "Action"))
    message.message_id = _text(_required(headers, "MessageID"))
    if not _text(_required(headers, "To")):
        raise Fault(0x8033800F, "To is empty.")
    if not message.action or not 0 < len(message.message_id) <= 2048:
        raise Fault(0x8033800F, "Action or MessageID is empty or too long.")
    _anonymous(_required(headers, "ReplyTo"))
    if (A, "FaultTo") in headers:
        _anonymous(headers[(A, "FaultTo")])
    uri = headers.get((W, "ResourceURI"))
    if uri is None or not _text(uri):
        raise Fault(0x8033803B)
    message.resource_uri = _text(uri)
    fragment = headers.get((W, "FragmentTransfer"))
    if fragment is not None:
        raise Fault(0x80338077 if _must_understand(fragment) else 0x8033800F)
    message.operation_id = (P, "OperationID") in headers


def _anonymous(node):
    addresses = node.all(A, "Address")
    if len(addresses) != 1 or addresses[0].text.strip() != ANONYMOUS:
        raise Fault(0x80338076)


def _limits(headers, message):
    size = headers.get((W, "MaxEnvelopeSize"))
    if size is not None:
        value = _text(size)
        if not re.fullmatch(r"[0-9]{1,10}", value):
            raise Fault(0x8033800F, "MaxEnvelopeSize is not a number.")
        if int(value) < MIN_ENVELOPE:
            raise Fault(0x80338035)
        message.max_envelope = min(int(value), SERVER_ENVELOPE)
    timeout = headers.get((W, "OperationTimeout"))
    if timeout is not None and seconds(_text(timeout)) < 0.5:
        raise Fault(0x8033800C)


def seconds(duration):
    """An xs:duration in seconds (months of 30 days); Fault 0x80338081 if it is none."""
    match = re.fullmatch(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
                         r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", duration)
    if not match:
        raise Fault(0x80338081)
    factors = (31536000, 2592000, 86400, 3600, 60, 1)
    return sum(float(part or 0) * factor for part, factor in zip(match.groups(), factors))


def _locales(headers):
    for key in ((W, "Locale"), (P, "DataLocale")):
        node = headers.get(key)
        if node is None:
            continue
        if _must_understand(node):
            raise Fault(0x80338087, detail=key[1])
        if not node.attributes.get((XML, "lang")):
            raise Fault(0x8033800F, f"{key[1]} has no xml:lang.")
    for name in ("SessionId", "ActivityId"):
        node = headers.get((P, name))
        if node is not None and _must_understand(node):
            raise Fault(0x8033800F, f"{name} must not be marked mustUnderstand.")


def _selectors(node, message):
    for child in node.children if node is not None else []:
        name = child.attributes.get(("", "Name"))
        if not child.is_(W, "Selector") or not name or child.children:
            raise Fault(0x8033800F, "A selector set holds named selectors with text.")
        if name.lower() in message.selectors:
            raise Fault(0x8033805F, name)
        message.selectors[name.lower()] = child.text


def _options(node, message):
    for child in node.children if node is not None else []:
        name = child.attributes.get(("", "Name"))
        if not child.is_(W, "Option") or not name:
            raise Fault(0x8033800F, "An option set holds named options.")
        if child.attributes.get(("", "MustComply"), "false") in TRUE:
            message.must_comply.append(name)


def new_id():
    return "uuid:" + str(uuid.uuid4()).upper()


def envelope(action, relates_to, body, extra_header=""):
    """A whole reply as text; `body` is the inner XML of s:Body."""
    relates = f"<a:RelatesTo>{escape(relates_to)}</a:RelatesTo>" if relates_to else ""
    return (f'<s:Envelope xml:lang="en-US" xmlns:s="{S}" xmlns:a="{A}" xmlns:x="{X}" '
            f'xmlns:n="{N}" xmlns:w="{W}" xmlns:p="{P}"><s:Header>'
            f"<a:Action>{escape(action)}</a:Action><a:MessageID>{new_id()}</a:MessageID>"
            f"<a:To>{ANONYMOUS}</a:To>{relates}{extra_header}</s:Header>"
            f"<s:Body>{body}</s:Body></s:Envelope>")


def fault_envelope(fault, relates_to, with_detail=True):
    """The reply for a Fault: subcode, FaultDetail and WSManFault with the decimal code."""
    subcode = (f"<s:Subcode><s:Value>{fault.subcode}</s:Value></s:Subcode>"
               if fault.subcode else "")
    detail = (f"<w:FaultDetail>{FAULT_DETAIL}{fault.detail}</w:FaultDetail>"
              if fault.detail else "")
    wsman = (f'<f:WSManFault xmlns:f="{F}" Code="{fault.code}" Machine="127.0.0.1">'
             f"<f:Message>{escape(fault.text)}</f:Message></f:WSManFault>")
    body = (f"<s:Fault><s:Code><s:Value>s:{fault.kind}</s:Value>{subcode}</s:Code>"
            f'<s:Reason><s:Text xml:lang="en-US">{escape(fault.text)}</s:Text></s:Reason>'
            f"{f'<s:Detail>{detail}{wsman}</s:Detail>' if with_detail else ''}</s:Fault>")
    header = ""
    if fault.not_understood:
        ns, name = fault.not_understood
        quoted = escape(ns, {'"': "&quot;"})
        header = f'<s:NotUnderstood qname="q:{name}" xmlns:q="{quoted}"/>'
    action = FAULT_ACTIONS[fault.subcode[0] if fault.subcode else "a"]
    return envelope(action, relates_to, body, header)
