#!/usr/bin/env python3
"""Holds core/README.md against core: every member and flag of the WinRM scripting API stands in its tables once,
with headers that are there and names that these declare, or with the reason why there is none; and what the page
says elsewhere of headers and folders is so.

Usage: check_readme.py SOURCE_ROOT
"""

import pathlib
import re
import sys

# Interfaces and members as the scripting API documents them (wsmandisp.h).
MEMBERS = {
    "IWSMan": "CreateSession CreateConnectionOptions CommandLine Error",
    "IWSManEx": "CreateResourceLocator GetErrorMessage",
    "IWSManConnectionOptions": "UserName Password",
    "IWSManConnectionOptionsEx": "CertificateThumbprint",
    "IWSManConnectionOptionsEx2": "SetProxy ProxyIEConfig ProxyWinHttpConfig ProxyAutoDetect ProxyNoProxyServer "
                                  "ProxyAuthenticationUseNegotiate ProxyAuthenticationUseBasic "
                                  "ProxyAuthenticationUseDigest",
    "IWSManSession": "Get Put Create Delete Invoke Enumerate Identify Error BatchItems Timeout",
    "IWSManEnumerator": "ReadItem AtEndOfStream Error",
    "IWSManResourceLocator": "ResourceUri AddSelector ClearSelectors FragmentPath FragmentDialect AddOption "
                             "MustUnderstandOptions ClearOptions Error",
}
# IWSManEx, Ex2 and Ex3 have a method for each of these, named without "WSMan"; the constant is called WSManFlag...
SESSION_FLAGS = ("UTF8 CredUsernamePassword SkipCACheck SkipCNCheck UseDigest UseNegotiate UseBasic UseKerberos "
                 "NoEncryption EnableSPNServerPort UseNoAuthentication UseClientCertificate UTF16 UseCredSsp "
                 "SkipRevocationCheck AllowNegotiateImplicitCredentials UseSsl")
ENUMERATION_FLAGS = ("NonXmlText ReturnEPR ReturnObjectAndEPR HierarchyDeep HierarchyShallow "
                     "HierarchyDeepBasePropsOnly ReturnObject AssociationInstance AssociatedInstance")
PROXY_FLAGS = ("WSManProxyIEConfig WSManProxyWinHttpConfig WSManProxyAutoDetect WSManProxyNoProxyServer "
               "WSManFlagProxyAuthenticationUseNegotiate WSManFlagProxyAuthenticationUseBasic "
               "WSManFlagProxyAuthenticationUseDigest")

PLACE = re.compile(r"`([a-z0-9]+/[a-z0-9]+\.h)` `([A-Za-z0-9_:]+)`")
HEADER = re.compile(r"`([a-z0-9]+/[a-z0-9]+\.h)`")
findings = []


def wanted():
    names = [f"{interface}.{name}" for interface, all_names in MEMBERS.items() for name in all_names.split()]
    for prefix, flags in (("Session", SESSION_FLAGS), ("Enumeration", ENUMERATION_FLAGS)):
        for flag in flags.split():
            names += [f"{prefix}Flag{flag}", f"WSManFlag{flag}"]
    return names + PROXY_FLAGS.split()


def code_of(header):
    """The text of a header without comments and strings."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r'"[^"\n]*"', '""', text)


def body_of(code, name):
    """What stands between the braces of a class, struct or enum; None when it is not defined there."""
    start = re.search(rf"\b(?:class|struct|enum|enum class)\s+{name}\b[^;{{]*{{", code)
    if not start:
        return None
    depth, at = 1, start.end()
    while depth and at < len(code):
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        at += 1
    return code[start.end():at]


def declares(code, name):
    outer, _, inner = name.rpartition("::")
    if outer:
        body = body_of(code, outer)
        # A member: what follows its name ends a declaration or begins its arguments, value or body.
        return body is not None and re.search(rf"\b{inner}\b\s*(?:[;,=({{}}]|$)", body)
    return body_of(code, name) is not None or re.search(rf"^[\w:<>,&*\s]+?[\s&*>]{name}\(", code, re.M)


def check_place(core, where, header, name):
    path = core / header
    if path.is_file() and not declares(code_of(path), name):
        findings.append(f"{where}: {header} does not declare {name}")


def check_api(core, text):
    seen = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if not re.match(r"^\| `(IWSMan|WSMan|SessionFlag|EnumerationFlag)", line) or len(cells) != 2:
            continue
        names = re.findall(r"`([^`]+)`", cells[0])
        seen += names
        places = PLACE.findall(cells[1])
        if not places and not re.match(r"none(?: so far)?: \S.{10,}", cells[1]):
            findings.append(f"{names[0]}: neither a header with a name nor a reason")
        for header, name in places:
            check_place(core, names[0], header, name)
    for name in wanted():
        if seen.count(name) != 1:
            findings.append(f"{name} stands in the tables {seen.count(name)} times")
    for name in sorted(set(seen) - set(wanted())):
        findings.append(f"{name} is no member or flag of the API")


def check_page(root, core, text):
    for header in sorted(set(HEADER.findall(text))):
        if not (core / header).is_file():
            findings.append(f"there is no core/{header}")
    prose = re.sub(r"^    .*$", "", text, flags=re.M)
    for link in re.findall(r"\]\(([^)]+)\)", prose):
        if not (core / link).exists():
            findings.append(f"a link leads nowhere: {link}")
    folders = {path.name for path in core.iterdir() if path.is_dir()}
    rooms = set(re.findall(r"^\| `([a-z]+)` \|", text, re.M))
    for name in sorted(folders ^ rooms):
        findings.append(f"the table of rooms and the folders differ: {name}")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    core = root / "core"
    text = (core / "README.md").read_text(encoding="utf-8")
    check_api(core, text)
    check_page(root, core, text)
    print("\n".join(findings) if findings else f"{len(wanted())} names of the API are where the page says")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
