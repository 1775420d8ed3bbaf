#!/usr/bin/env python3
"""Holds the catalogues under resources/ against the shapes their READMEs describe.

Usage: check_catalogues.py RESOURCES
Prints one line a finding and exits with 1 if there is any.
"""

import json
import re
import sys
from pathlib import Path

FORBIDDEN = (
    "todo", "fixme", "stub", "placeholder", "lorem", "simply", "easily", "powerful", "seamless",
    "please", "sorry", "oops", "reference", "appendix", "client bug",
)
ALLOWED_PHRASES = ("endpoint reference", "references")
HEX_GROUPS = {"wsman": 0x8033, "wmi": 0x8004, "sspi": 0x8009}
DECIMAL_GROUPS = {"win32", "cim"}
ARGUMENTS = {
    "host", "source", "address", "file", "profile", "detail", "mechanism", "offered", "status",
    "type", "location", "format", "seconds",
}
TYPES = {"boolean", "uint32", "uint64", "string", "enum", "list", "sddl"}
LARGEST = {"uint32": 2**32 - 1, "uint64": 2**64 - 1}

findings = []


def report(where, what):
    findings.append(f"{where}: {what}")


def load(path):
    """The catalogue as a dict, or {} with a finding. Names that occur twice in an object are findings."""

    def unique(pairs):
        names = [name for name, _ in pairs]
        for name in sorted({n for n in names if names.count(n) > 1}):
            report(path.name, f"the name {name!r} occurs twice in one object")
        return dict(pairs)

    try:
        catalogue = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=unique)
    except (OSError, ValueError) as error:
        report(path.name, str(error))
        return {}
    if catalogue.get("version") != 1:
        report(path.name, "version is not 1")
    return catalogue


def check_members(where, entry, needed, optional=()):
    for name in needed:
        if name not in entry:
            report(where, f"lacks {name!r}")
    for name in entry:
        if name not in needed and name not in optional:
            report(where, f"unknown member {name!r}")


def check_sentence(where, text):
    if not isinstance(text, str) or not text:
        report(where, "is not a text")
        return
    if not text.endswith(".") or text.endswith(".."):
        report(where, "does not end with one full stop")
    if not text[0].isupper() and not text[0].isdigit():
        report(where, "does not begin with a capital letter")
    if text != " ".join(text.split()):
        report(where, "has white space at an end, twice in a row, or a line break")
    lower = text.lower()
    for phrase in ALLOWED_PHRASES:
        lower = lower.replace(phrase, "")
    for word in FORBIDDEN:
        if re.search(rf"\b{word}\b", lower):
            report(where, f"contains {word!r}")


def check_unique(where, keys):
    seen = set()
    for key in keys:
        if key in seen:
            report(where, f"{key!r} occurs twice")
        seen.add(key)


def check_code(where, entry):
    group, code = entry.get("group"), entry.get("code", "")
    if group in HEX_GROUPS:
        if not re.fullmatch(r"0x[0-9A-F]{8}", code) or int(code, 16) >> 16 != HEX_GROUPS[group]:
            report(where, f"{code!r} is not a code of the group {group!r}")
    elif group in DECIMAL_GROUPS:
        if not re.fullmatch(r"[1-9][0-9]{0,4}", code):
            report(where, f"{code!r} is not a decimal code")
    else:
        report(where, f"unknown group {group!r}")


def check_codes(path):
    codes = load(path).get("codes", [])
    for entry in codes:
        where = f"{path.name} {entry.get('group')} {entry.get('code')}"
        check_members(where, entry, ("group", "code", "symbol"), ("meaning", "cause", "remedy"))
        check_code(where, entry)
        if not re.fullmatch(r"[A-Z_0-9]+", entry.get("symbol", "")):
            report(where, "the symbol is not made of capital letters, digits and underscores")
        for name in ("meaning", "cause", "remedy"):
            if name in entry:
                check_sentence(f"{where} {name}", entry[name])
                if "%" in entry[name]:
                    report(f"{where} {name}", "contains a percent sign")
        if "meaning" in entry and "cause" in entry:
            report(where, "has both a meaning and a cause")
        if "remedy" in entry and "cause" not in entry:
            report(where, "has a remedy without a cause")
    check_unique(path.name, [(e.get("group"), e.get("code")) for e in codes])
    check_unique(path.name, [(e.get("group"), e.get("symbol")) for e in codes])
    wsman = [e.get("code") for e in codes if e.get("group") == "wsman"]
    if wsman != [f"0x{0x80338000 + n:08X}" for n in range(0x200)]:
        report(path.name, "the group 'wsman' is not 0x80338000 to 0x803381FF in this order")
    for group in (*HEX_GROUPS, *DECIMAL_GROUPS):
        numbers = [int(e["code"], 0) for e in codes if e.get("group") == group]
        if not numbers or numbers != sorted(numbers):
            report(path.name, f"the group {group!r} is empty or not in order")


def check_cause(where, entry):
    check_members(where, entry, ("id", "arguments", "sentence", "remedy"))
    sentence, remedy = entry.get("sentence", ""), entry.get("remedy", "")
    arguments = entry.get("arguments", [])
    check_sentence(f"{where} sentence", sentence)
    check_sentence(f"{where} remedy", remedy)
    if not re.fullmatch(r"[a-z]+(\.[a-z_]+)?", entry.get("id", "")):
        report(where, "the id has another form than 'family.name'")
    used = sorted({int(n) for n in re.findall(r"%([0-9]+)", sentence)})
    if used != list(range(1, len(arguments) + 1)):
        report(where, f"the sentence uses {used} of {len(arguments)} arguments")
    if sentence.startswith("%"):
        report(where, "the sentence begins with an argument")
    if re.search(r"%(?![1-9])", sentence) or "%" in remedy:
        report(where, "a percent sign that is no argument of the sentence")
    for argument in arguments:
        if argument not in ARGUMENTS:
            report(where, f"unknown argument {argument!r}")
    if re.search(r"0x|\b[0-9]{3,}\b", sentence):
        report(where, "the sentence contains a code")


def check_causes(path):
    causes = load(path).get("causes", [])
    if not causes:
        report(path.name, "has no causes")
    for entry in causes:
        check_cause(f"{path.name} {entry.get('id')}", entry)
    check_unique(path.name, [e.get("id") for e in causes])


def check_value(where, setting, value):
    kind = setting.get("type")
    if not isinstance(value, str):
        report(where, f"the default {value!r} is not a text")
    elif kind == "boolean" and value not in ("true", "false"):
        report(where, f"{value!r} is not a boolean")
    elif kind in LARGEST and not (value.isdigit() and int(value) <= LARGEST[kind]):
        report(where, f"{value!r} is not of the type {kind}")
    elif kind == "enum" and value not in setting.get("values", []):
        report(where, f"{value!r} is not one of the values")


def check_range(where, setting):
    low, high = setting["range"]
    if setting.get("type") not in LARGEST or not 0 <= low < high <= LARGEST[setting["type"]]:
        report(where, "the range does not fit the type")
    elif "default" in setting and not low <= int(setting["default"]) <= high:
        report(where, "the default is outside the range")


def check_setting(where, setting, groups):
    check_members(
        where, setting, ("path", "uri", "title", "meaning", "type", "writable"),
        ("default", "otherDefaults", "defaultNote", "range", "values", "unit", "policy",
         "policyFolder", "policyInverted", "key", "secret", "repeated"))
    check_sentence(f"{where} meaning", setting.get("meaning"))
    if "defaultNote" in setting:
        check_sentence(f"{where} defaultNote", setting["defaultNote"])
    if setting.get("type") not in TYPES:
        report(where, f"unknown type {setting.get('type')!r}")
    if (setting.get("type") == "enum") != ("values" in setting):
        report(where, "values go with the type 'enum' and with no other")
    if setting.get("writable") not in (True, False, "policy"):
        report(where, "writable is not true, false or 'policy'")
    if ("policy" in setting) != ("policyFolder" in setting):
        report(where, "a policy without its folder, or the reverse")
    if "otherDefaults" in setting and ("default" not in setting or "defaultNote" not in setting):
        report(where, "other defaults without a default or a note on them")
    for value in [setting.get("default", None), *setting.get("otherDefaults", [])]:
        if value is not None:
            check_value(where, setting, value)
    if "range" in setting:
        check_range(where, setting)
    parent = setting.get("path", "").rpartition("/")[0] or "Config"
    if parent not in groups:
        report(where, f"belongs to the group {parent!r}, which is not there")
    elif setting.get("uri") != groups[parent].get("uri"):
        report(where, "has another uri than its group")


def check_config(path):
    catalogue = load(path)
    check_members(path.name, catalogue, ("version", "uriPrefix", "policyRoot", "groups", "settings"))
    groups = {}
    for group in catalogue.get("groups", []):
        where = f"{path.name} {group.get('path')}"
        check_members(where, group, ("path", "uri", "title", "meaning"), ("selectors", "repeated"))
        check_sentence(f"{where} meaning", group.get("meaning"))
        parent = group.get("path", "").rpartition("/")[0]
        if parent and parent not in groups:
            report(where, "comes before its parent")
        groups[group.get("path")] = group
    settings = catalogue.get("settings", [])
    if not groups or not settings:
        report(path.name, "has no groups or no settings")
    for setting in settings:
        check_setting(f"{path.name} {setting.get('path')}", setting, groups)
    check_unique(path.name, [e.get("path") for e in [*catalogue.get("groups", []), *settings]])
    keys = {(s["path"].rpartition("/")[0], s["path"].rpartition("/")[2].lstrip("@"))
            for s in settings if s.get("key")}
    named = {(g["path"], name) for g in groups.values() for name in g.get("selectors", [])}
    if keys != named:
        report(path.name, f"keys and selectors differ: {sorted(keys ^ named)}")


def check_class(where, entry, catalogue):
    check_members(where, entry, ("name", "meaning"),
                  ("namespace", "uri", "keys", "properties", "costly"))
    check_sentence(f"{where} meaning", entry.get("meaning"))
    name = entry.get("name", "")
    if "uri" not in entry and not any(name.startswith(p["prefix"]) for p in catalogue["prefixes"]):
        report(where, "no prefix is that of its name")
    space = entry.get("namespace", catalogue["namespace"])
    if space and space not in {n["name"] for n in catalogue["namespaces"]}:
        report(where, f"its namespace {space!r} is not listed")
    for member in ("keys", "properties"):
        check_unique(f"{where} {member}", entry.get(member, []))


def check_inventory(path):
    catalogue = load(path)
    check_members(path.name, catalogue,
                  ("format", "version", "host", "title", "metadata", "classList", "namespace", "namespaces",
                   "prefixes", "groups"))
    if catalogue.get("host") != path.stem:
        report(path.name, "is not named after its host")
    for space in catalogue.get("namespaces", []):
        check_members(path.name, space, ("name", "meaning"))
        check_sentence(f"{path.name} {space.get('name')}", space.get("meaning"))
    names = []
    for group in catalogue.get("groups", []):
        check_members(path.name, group, ("title", "meaning", "classes"))
        check_sentence(f"{path.name} {group.get('title')}", group.get("meaning"))
        for entry in group.get("classes", []):
            check_class(f"{path.name} {entry.get('name')}", entry, catalogue)
            names.append(entry.get("name", "").lower())
    check_unique(path.name, [g.get("title") for g in catalogue.get("groups", [])])
    check_unique(path.name, names)


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    resources = Path(sys.argv[1])
    check_codes(resources / "errors" / "codes.json")
    check_causes(resources / "errors" / "causes.json")
    check_config(resources / "inventory" / "winrm-config.json")
    for host in ("windows", "amt", "idrac", "omi", "openwsman"):
        check_inventory(resources / "inventory" / f"{host}.json")
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
