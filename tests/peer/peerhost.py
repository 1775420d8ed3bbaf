"""Resources and operations of the test host: Identify, Get, Enumerate, Pull, Release.

A Host is asked for the answer to one request body and keeps the enumeration contexts and the
counts that GET /stats shows. It is used by many threads at once.
"""

import collections
import hashlib
import re
import threading
import uuid
from dataclasses import dataclass, field

import peersoap as soap
from peerresources import PeerClass, Resource, config_tree, find_resource, identify
from peersoap import N, W, X, Fault

MAX_BATCH_ITEMS = 32000


@dataclass
class Context:
    """One enumeration on its way. `token` is the only value a Pull may name."""

    resource: Resource
    user: str
    mode: str
    envelope: int
    max_elements: int  # None until the first Pull names it
    token: str = ""
    previous: str = ""  # a Release may still name it: its sender perhaps never got the newer one
    position: int = 0  # instances delivered
    pulls: int = 0  # answered
    in_flight: int = 0
    pulling: bool = False


@dataclass
class Wishes:
    """How this one reply must differ from a good one (see peerpersonality)."""

    charset: str = ""  # reply in this charset instead of the request's
    relates_to: str = ""  # instead of the request's MessageID
    encoding_limit: int = None  # bytes; refuse a batch that would not fit
    expire_context: int = None  # forget a context after so many Pulls
    empty_pull: int = None  # this Pull of a context brings nothing


@dataclass
class Reply:
    """An answer; `done` must be called once, just before its first byte is sent."""

    status: int
    body: bytes
    charset: str
    action: str = ""
    chunked: bool = False  # the request carried OperationID
    done: object = field(default=lambda: None)


class Host:
    """Answers requests. `classes` is {name: count}, `vendor` what Identify tells."""

    def __init__(self, classes, vendor="Microsoft Corporation"):
        self.vendor = vendor
        self.classes = {name.lower(): PeerClass(name, count) for name, count in classes.items()}
        self.lock = threading.Lock()
        self.contexts = {}  # token -> Context
        self.bodies = collections.Counter()
        self.identify_bodies = set()
        self.actions = collections.Counter()
        self.faults = collections.Counter()
        self.message_ids = collections.Counter()
        self.counts = collections.Counter()

    # Counting ---------------------------------------------------------------------------------

    def count(self, name, amount=1):
        with self.lock:
            self.counts[name] += amount

    def count_body(self, body):
        with self.lock:
            self.counts["requests"] += 1
            if body:
                self.bodies[hashlib.sha256(body).hexdigest()] += 1

    def stats(self):
        with self.lock:
            repeated = sum(count - 1 for digest, count in self.bodies.items()
                           if digest not in self.identify_bodies)
            names = ("requests", "connections", "released", "released_previous_context",
                     "max_pulls_in_flight", "authorizations_refused", "unauthorized",
                     "http_refused", "other_paths", "tls_failures")
            result = {name: self.counts[name] for name in names}
            result.update(
                bodies=dict(self.bodies), duplicates=repeated, actions=dict(self.actions),
                faults=dict(self.faults), open_contexts=len(self._distinct()),
                message_ids_repeated=sum(n - 1 for n in self.message_ids.values()))
            return result

    def _distinct(self):
        return {id(context) for context in self.contexts.values()}

    # Answering --------------------------------------------------------------------------------

    def answer(self, body, charset, user, anonymous_identify, wishes):
        """The Reply to one request body. Never raises for what a client may send."""
        reply_charset = wishes.charset or charset
        message_id = ""
        try:
            root = soap.parse(body, charset)
            message_id = soap.peek_message_id(root)
            if message_id:
                with self.lock:
                    self.message_ids[message_id] += 1
            message = soap.read_message(root)
            call = Call(message, user, reply_charset, wishes, wishes.relates_to or message_id)
            return self._dispatch(call, body, anonymous_identify)
        except Fault as fault:
            with self.lock:
                self.faults[f"0x{fault.code:08X}"] += 1
            text = soap.fault_envelope(fault, wishes.relates_to or message_id)
            return Reply(500, encode(text, reply_charset), reply_charset, "fault")

    def is_identify(self, body, charset):
        """Whether a body is an Identify, the one request that needs no sign-in."""
        try:
            return soap.read_message(soap.parse(body, charset)).action == ""
        except Fault:
            return False

    def _dispatch(self, call, body, anonymous_identify):
        action = call.message.action
        with self.lock:
            self.actions[action or "Identify"] += 1
        if not action:
            with self.lock:
                self.identify_bodies.add(hashlib.sha256(body).hexdigest())
            return call.reply("Identify", identify(anonymous_identify, call.user, self.vendor))
        resource = find_resource(self.classes, call.message)
        if call.message.must_comply and not resource.cls:
            raise Fault(0x80338039, ", ".join(call.message.must_comply))
        if action == X + "/Get":
            return self._get(call, resource)
        if resource.cls:
            if action == N + "/Enumerate":
                return self._enumerate(call, resource)
            if action == N + "/Pull":
                return self._pull(call, resource)
            if action == N + "/Release":
                return self._release(call, resource)
        raise Fault(0x80338013, action)

    def _get(self, call, resource):
        if call.message.body is not None:
            raise Fault(0x80338027, "Get has an empty body.")
        if resource.cls is None:
            return call.reply(X + "/GetResponse", config_tree())
        if not resource.keys:
            raise Fault(0x803380FA)
        for name, value in resource.keys:
            if name != "id":
                raise Fault(0x8033805B, name)
            if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > 0xFFFFFFFF:
                raise Fault(0x8033805D, value)
        number = int(dict(resource.keys)["id"])
        if not 1 <= number <= resource.cls.count:
            raise Fault(0x8033811A)
        return call.reply(X + "/GetResponse", resource.cls.instance(number, resource.uri))

    def _enumerate(self, call, resource):
        if resource.keys:
            raise Fault(0x80338108)
        optimize, max_elements, mode = read_enumerate(call.message.body)
        context = Context(resource, call.user, mode, call.message.max_envelope, max_elements)
        if optimize and max_elements is None:
            context.max_elements = 1
        items, last = Batch(b"", 0), False
        if optimize:
            items = self._batch(context, call, None)
            last = context.position + items.count >= resource.cls.count
        context.position += items.count
        context.token = "" if last else new_token()
        end = "<w:EndOfSequence/>" if last else ""
        head = f"<n:EnumerateResponse><n:EnumerationContext>{context.token}</n:EnumerationContext>"
        opened, closed = ("<w:Items>", "</w:Items>") if optimize else ("", "")
        if not last and call.wishes.expire_context != 0:
            with self.lock:
                self.contexts[context.token] = context
        return call.reply(N + "/EnumerateResponse", head + opened,
                          items.data, f"{closed}{end}</n:EnumerateResponse>")

    def _pull(self, call, resource):
        token, max_elements, max_characters = read_pull(call.message.body)
        with self.lock:
            context = self._find(token, call.user, resource)
            self.counts["max_pulls_in_flight"] = max(self.counts["max_pulls_in_flight"],
                                                     context.in_flight + 1)
            if context.pulling:
                raise Fault(0x80338006)
            if context.max_elements is None:
                context.max_elements = max_elements
            if (max_elements, call.message.max_envelope) != (context.max_elements,
                                                             context.envelope):
                raise Fault(0x803381AD)
            context.pulling = True
            context.in_flight += 1
        try:
            return self._pull_reply(call, context, max_characters)
        except Fault:
            with self.lock:
                context.pulling = False
                context.in_flight -= 1
            raise

    def _pull_reply(self, call, context, max_characters):
        if call.wishes.empty_pull == context.pulls + 1:
            items = Batch(b"", 0)
        else:
            items = self._batch(context, call, max_characters)
        position = context.position + items.count
        last = position >= context.resource.cls.count
        token = "" if last else new_token()
        head = "<n:PullResponse>"
        if not last:
            head += f"<n:EnumerationContext>{token}</n:EnumerationContext>"
        end = "<n:EndOfSequence/>" if last else ""
        reply = call.reply(N + "/PullResponse", head + "<n:Items>", items.data,
                           f"</n:Items>{end}</n:PullResponse>")
        reply.done = lambda: self._pulled(context, token, position, call.wishes.expire_context)
        return reply

    def _pulled(self, context, token, position, expire_after):
        """The answer to a Pull leaves: only now does the context take its next token."""
        with self.lock:
            context.pulling = False
            context.in_flight -= 1
            context.pulls += 1
            context.position = position
            if self.contexts.pop(context.token, None) is None:
                return  # released meanwhile
            context.previous, context.token = context.token, token
            if token and (expire_after is None or context.pulls < expire_after):
                self.contexts[token] = context

    def _release(self, call, resource):
        token = read_release(call.message.body)
        with self.lock:
            context = next((c for c in self.contexts.values() if token and token == c.previous),
                           None)
            if context is not None and (context.user, context.resource) == (call.user, resource):
                self.counts["released_previous_context"] += 1
            else:
                context = self._find(token, call.user, resource)
            del self.contexts[context.token]
            self.counts["released"] += 1
        return call.reply(N + "/ReleaseResponse", "")

    def _find(self, token, user, resource):
        context = self.contexts.get(token)
        if context is None or context.user != user or context.resource != resource:
            raise Fault(0x8033801B)
        return context

    def _batch(self, context, call, max_characters):
        """Instances from the context's position on, as many as MaxElements and the size allow."""
        frame = soap.envelope(N + "/EnumerateResponse", call.relates_to, "")
        parts = ("<n:EnumerateResponse><n:EnumerationContext></n:EnumerationContext><n:Items>"
                 "</n:Items><n:EndOfSequence/></n:EnumerateResponse>" + new_token())
        used = len(encode(frame + parts, call.charset))
        limit = context.envelope
        left = context.resource.cls.count - context.position
        wanted = min(context.max_elements, MAX_BATCH_ITEMS, left)
        chosen, characters = [], 0
        strict = call.wishes.encoding_limit
        for number in range(context.position + 1, context.position + 1 + wanted):
            text = context.resource.cls.item(number, context.resource, context.mode)
            data = encode(text, call.charset, mark=False)
            used += len(data)
            characters += len(text)
            if strict is not None and used > strict:
                raise Fault(0x80338048)
            if used > limit or (max_characters and characters > max_characters):
                if not chosen:
                    raise Fault(0x80338048)
                break
            chosen.append(data)
        return Batch(b"".join(chosen), len(chosen))


@dataclass
class Batch:
    data: bytes  # in the reply's charset
    count: int


@dataclass
class Call:
    """One request with all that its answer depends on."""

    message: soap.Message
    user: str
    charset: str
    wishes: Wishes
    relates_to: str

    def reply(self, action, head, data=b"", tail=""):
        """A 200 Reply whose body is head + data + tail; `data` is in the charset already."""
        if action == "Identify":
            text = (f'<s:Envelope xml:lang="en-US" xmlns:s="{soap.S}"><s:Header/>'
                    f"<s:Body>{head}</s:Body></s:Envelope>")
            return Reply(200, encode(text, self.charset), self.charset, action)
        mark = "\0"  # in no XML text
        before, after = soap.envelope(action, self.relates_to, head + mark + tail).split(mark)
        body = encode(before, self.charset) + data + encode(after, self.charset, mark=False)
        return Reply(200, body, self.charset, action, self.message.operation_id)


def encode(text, charset, mark=True):
    if charset != "UTF-16":
        return text.encode()
    return (b"\xff\xfe" if mark else b"") + text.encode("utf-16-le")


def new_token():
    return "uuid:" + str(uuid.uuid4()).upper()


# Bodies ---------------------------------------------------------------------------------------


def fields(body, name, allowed):
    """Children of the body element `n:name` by (namespace, name); each at most once, no others."""
    if body is None or not body.is_(N, name):
        raise Fault(0x80338027, f"The body is not a {name} of the enumeration namespace.")
    if body.text.strip():
        raise Fault(0x80338041, f"{name} holds elements only.")
    found = {}
    for child in body.children:
        key = (child.ns, child.name)
        if key not in allowed:
            raise Fault(0x80338041, f"{name} has no child {{{child.ns}}}{child.name}.")
        if key in found:
            raise Fault(0x80338041, f"{child.name} is given twice.")
        found[key] = child
    return found


def positive(node, default=None):
    if node is None:
        return default
    text = node.text.strip()
    if node.children or not re.fullmatch(r"[0-9]{1,19}", text) or int(text) == 0:
        raise Fault(0x80338041, f"{node.name} is not a positive number.")
    return int(text)


def read_enumerate(body):
    """(optimised, MaxElements or None, mode) of an n:Enumerate."""
    found = fields(body, "Enumerate", {
        (W, "OptimizeEnumeration"), (W, "MaxElements"), (W, "EnumerationMode"), (W, "Filter"),
        (N, "Filter"), (N, "Expires"), (soap.B, "PolymorphismMode")})
    if (N, "Expires") in found:
        raise Fault(0x80338068)
    if (soap.B, "PolymorphismMode") in found:
        raise Fault(0x80338137)
    if (W, "Filter") in found or (N, "Filter") in found:
        raise Fault(0x80338018)
    mode = found.get((W, "EnumerationMode"))
    if mode is not None and mode.text.strip() not in ("EnumerateEPR", "EnumerateObjectAndEPR"):
        raise Fault(0x80338086, mode.text.strip())
    return ((W, "OptimizeEnumeration") in found, positive(found.get((W, "MaxElements"))),
            mode.text.strip() if mode is not None else "")


def read_pull(body):
    """(context, MaxElements, MaxCharacters or None) of an n:Pull; MaxElements absent is 1."""
    found = fields(body, "Pull", {(N, "EnumerationContext"), (N, "MaxTime"), (N, "MaxElements"),
                                  (N, "MaxCharacters")})
    if (N, "MaxTime") in found:
        soap.seconds(found[(N, "MaxTime")].text.strip())
    return (context_of(found), positive(found.get((N, "MaxElements")), 1),
            positive(found.get((N, "MaxCharacters"))))


def read_release(body):
    return context_of(fields(body, "Release", {(N, "EnumerationContext")}))


def context_of(found):
    node = found.get((N, "EnumerationContext"))
    if node is None or node.children:
        raise Fault(0x80338041, "EnumerationContext is missing.")
    return node.text.strip()
