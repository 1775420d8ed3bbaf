"""Every mechanism, over http and https, with tickets and passwords, right and wrong: one table.

Each cell is one run of winrmctl. Beside its outcome the host's and the KDC's own counts are held:
one handshake, nothing in the clear, a password offered once.
"""

import sys
import unittest

from signin import (EXIT_AUTHENTICATION, RAW_WORDS, Counted, Desk, Host, Realm, got_the_item,
                    side_by_side)

ROWS = ("negotiate-kerberos", "negotiate-ntlm", "kerberos", "ntlm")
COLUMNS = [(proof, state) for proof in ("ticket", "password")
           for state in ("right", "wrong", "expired", "unknown")]
WRONG = "not the password"


def not_applicable(row, proof, state):
    """Why a cell cannot be; "" for one that runs."""
    if row.endswith("ntlm") and proof == "ticket":
        return "NTLM takes no ticket"
    if proof == "ticket" and state == "wrong":
        return "a ticket has no password that could be wrong"
    if proof == "ticket" and state == "unknown":
        return "nobody unknown gets a ticket"
    if row.endswith("ntlm") and state == "expired":
        return "NTLM does not tell expired passwords"
    return ""


CAUSES = {("kerberos", "ticket", "expired"): "krb.ticket_expired",
          ("kerberos", "password", "wrong"): "krb.wrong_password",
          ("kerberos", "password", "expired"): "krb.password_expired",
          ("kerberos", "password", "unknown"): "krb.user_unknown",
          ("ntlm", "password", "wrong"): "auth.rejected",
          ("ntlm", "password", "unknown"): "auth.rejected"}


class Matrix(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.realm = Realm()
        self.addCleanup(self.realm.close)
        self.desk = Desk(self.realm)
        self.addCleanup(self.desk.close)
        self.expired = self.realm.expired_ticket()

    def way(self, row, proof, state):
        if proof == "ticket":
            if state == "expired":
                return self.desk.ticket()._replace(cache=self.expired)
            return self.desk.ticket()
        make = self.desk.ntlm if row.endswith("ntlm") else self.desk.password
        form = "EXAMPLE\\{}" if row.endswith("ntlm") else "{}@EXAMPLE.COM"
        if state == "expired":
            return make(form.format("expired"))
        if state == "unknown":
            return make(form.format("nobody"), WRONG)
        return make(form.format("alice"), WRONG if state == "wrong" else None)

    def cell(self, host, row, proof, state):
        """(text of the cell, what is wrong with it)."""
        reason = not_applicable(row, proof, state)
        if reason:
            return "n/a: " + reason, []
        auth = row.partition("-")[0]
        way = self.way(row, proof, state)
        with Counted(host, self.realm) as counted:
            outcome = self.desk.run(host, auth, way,
                                    extra=["-v"] if state == "right" else [])
        mechanism = "ntlm" if row.endswith("ntlm") else "kerberos"
        if state == "right":
            wrong = self.success(host, mechanism, outcome, counted)
            return "in", wrong
        # A user whom the KDC does not know may be one of the host's own: Negotiate goes on to NTLM.
        if row == "negotiate-kerberos" and state == "unknown":
            mechanism = "ntlm"
        cause = CAUSES[mechanism, proof, state]
        return cause, self.failure(mechanism, cause, outcome, counted)

    def success(self, host, mechanism, outcome, counted):
        wrong = [] if got_the_item(outcome) else [str(outcome)]
        word = {"ntlm": "NTLM", "kerberos": "Kerberos"}[mechanism]
        sealed = "" if host.tls else f"sealed by {word}"
        for text in (f"by {word}", sealed, "TLS 1" if host.tls else ""):
            if text not in outcome.err:
                wrong.append(f"-v does not say {text!r}: {outcome.err}")
        # Get of the class, for its types, and of the item, on one connection.
        expected = {"handshakes": 1, "signed_in": 1, "clear_bodies": 0, "refused": 0,
                    "sealed_bodies": 0 if host.tls else 2, "bound": 1 if host.tls else 0,
                    "ntlm_passwords": 1 if mechanism == "ntlm" else 0, "delegated": 0}
        return wrong + self.differences(counted, expected)

    def failure(self, mechanism, cause, outcome, counted):
        wrong = []
        if outcome.code != EXIT_AUTHENTICATION or outcome.out:
            wrong.append(str(outcome))
        if outcome.cause != cause:
            wrong.append(f"not {cause}: {outcome}")
        wrong += [f"says {word}: {outcome.err}" for word in RAW_WORDS if word in outcome.err]
        expected = {"signed_in": 0, "clear_bodies": 0, "sealed_bodies": 0,
                    "ntlm_passwords": 1 if mechanism == "ntlm" else 0, "basic_passwords": 0,
                    "handshakes": 1 if mechanism == "ntlm" else 0}
        return wrong + self.differences(counted, expected)

    @staticmethod
    def differences(counted, expected):
        return [f"{name} is {counted[name]}, not {value}" for name, value in expected.items()
                if counted[name] != value]

    def table(self, transport):
        """{(row, transport, proof, state): cell} of one transport, one run after the other."""
        with Host(self.realm, "--channel-binding", "strict", tls=transport == "https") as host:
            return {(row, transport, *column): self.cell(host, row, *column)
                    for row in ROWS for column in COLUMNS}

    def test_all(self):
        cells = {}
        for table in side_by_side(lambda: self.table("http"), lambda: self.table("https")):
            cells.update(table)
        complaints = []
        for (row, transport, proof, state), (text, wrong) in sorted(cells.items()):
            mark = "FAIL" if wrong else "n/a " if text.startswith("n/a") else "ok  "
            print(f"{mark} {row:19} {transport:6} {proof:9} {state:8} {text}", file=sys.stderr)
            complaints += [f"{row} {transport} {proof} {state}: {one}" for one in wrong]
        self.assertEqual(len(cells), len(ROWS) * 2 * len(COLUMNS))
        self.assertEqual(complaints, [])
        # The KDC was shown the wrong password once in each of the four cells that ask it.
        self.assertEqual(self.realm.counts()["refusedPasswords"], 4)


if __name__ == "__main__":
    unittest.main()
