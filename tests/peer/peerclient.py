"""Starts a test host and talks to it: hand-written messages for the tests beside this file."""

import base64
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
S = "http://www.w3.org/2003/05/soap-envelope"
A = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
N = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
T = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
P = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"
ITEM = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Peer_Item"
DMTF_ITEM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Peer_Item"
CONFIG = "http://schemas.microsoft.com/wbem/wsman/1/config"
SOAP = "application/soap+xml;charset=UTF-8"
IDENTIFY = (f'<s:Envelope xmlns:s="{S}" '
            'xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">'
            "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>")
REPLY_TO = f"<a:ReplyTo><a:Address>{A}/role/anonymous</a:Address></a:ReplyTo>"
OPTIMIZE = "<w:OptimizeEnumeration/>"


def selectors(**values):
    inner = "".join(f'<w:Selector Name="{k}">{v}</w:Selector>' for k, v in values.items())
    return f"<w:SelectorSet>{inner}</w:SelectorSet>"


def message(verb, body="", uri=ITEM, size="512000", extra="", **changed):
    """An envelope; `changed` replaces one standard header by other text ("" leaves it out)."""
    parts = {
        "to": "<a:To>http://127.0.0.1/wsman</a:To>",
        "action": f'<a:Action s:mustUnderstand="true">{verb}</a:Action>',
        "uri": f'<w:ResourceURI s:mustUnderstand="true">{uri}</w:ResourceURI>' if uri else "",
        "message_id": f"<a:MessageID>uuid:{uuid.uuid4()}</a:MessageID>",
        "reply_to": REPLY_TO,
        "size": f"<w:MaxEnvelopeSize>{size}</w:MaxEnvelopeSize>" if size else "",
        "locale": '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/>',
        "timeout": "<w:OperationTimeout>PT60.000S</w:OperationTimeout>",
    }
    assert set(changed) <= set(parts)
    parts.update(changed)
    return (f'<s:Envelope xmlns:s="{S}" xmlns:a="{A}" xmlns:w="{W}" xmlns:n="{N}" xmlns:p="{P}">'
            f"<s:Header>{''.join(parts.values())}{extra}</s:Header><s:Body>{body}</s:Body>"
            "</s:Envelope>")


def get(**changed):
    return message(T + "/Get", **changed)


def enumerate_(inner=OPTIMIZE + "<w:MaxElements>10</w:MaxElements>", **changed):
    return message(N + "/Enumerate", f"<n:Enumerate>{inner}</n:Enumerate>", **changed)


def pull(context, count=10, inner="", **changed):
    limit = f"<n:MaxElements>{count}</n:MaxElements>" if count else ""
    return message(N + "/Pull", f"<n:Pull><n:EnumerationContext>{context}</n:EnumerationContext>"
                   f"{limit}{inner}</n:Pull>", **changed)


def release(context, **changed):
    return message(N + "/Release", "<n:Release><n:EnumerationContext>"
                   f"{context}</n:EnumerationContext></n:Release>", **changed)


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


class Peer:
    """A running host; a context manager."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "wsmanpeer.py"), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = json.loads(self.process.stdout.readline())
        self.port = self.hello["port"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.status = self.process.wait(10)
        self.process.stdout.close()

    def connect(self, timeout=10):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def raw(self, timeout=10):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def stats(self):
        connection = self.connect()
        connection.request("GET", "/stats")
        result = json.loads(connection.getresponse().read())
        connection.close()
        return result


def post(connection, body, **headers):
    """(status, bytes) of one POST on an open connection."""
    data = body if isinstance(body, bytes) else body.encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", "/wsman", data, {"Content-Type": SOAP, **names})
    response = connection.getresponse()
    return response.status, response.read()


def request_bytes(body):
    data = body.encode()
    return (f"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Type: {SOAP}\r\n"
            f"Content-Length: {len(data)}\r\n\r\n").encode() + data


def fault_code(data):
    root = ET.fromstring(data)
    node = root.find(".//{http://schemas.microsoft.com/wbem/wsman/1/wsmanfault}WSManFault")
    return int(node.get("Code")) if node is not None else None


def context_in(data):
    node = ET.fromstring(data).find(f".//{{{N}}}EnumerationContext")
    return (node.text or "") if node is not None else ""


def ids(data):
    return [int(text) for text in re.findall(rb"<p:Id>([0-9]+)</p:Id>", data)]
