"""Letters that the team's own group, list or mailbox rule carried: customers' own, whatever marks they bear, and by whom they are.

The headers are those that Google Groups (osTicket 1079 and 5791, chatwoot 2715, PostHog 57461), Mailman, Exchange's distribution lists
(GLPI 2170), rules and journal, and forwarders on Amazon SES write; names and hosts are invented.
"""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from cases.letters.incoming import Automatic, Incoming, Team, read_letter

CARE = Team("care@shop.example")
TOM = "Tom Vale <tom@example.org>"
GOOGLE = {
    "Sender": "care@shop.example",
    "Precedence": "list",
    "Mailing-list": "list care@shop.example; contact care+owners@shop.example",
    "List-ID": "<care.shop.example>",
    "X-BeenThere": "care@shop.example",
    "X-Google-Group-Id": "411927744",
    "List-Post": "<https://groups.google.com/a/shop.example/group/care/post>, <mailto:care@shop.example>",
    "List-Unsubscribe": "<mailto:googlegroups-manage+411+unsubscribe@googlegroups.com>",
    "X-Spam-Checked-In-Group": "care@shop.example",
    "X-Original-Sender": "tom@example.org",
}
VIA = GOOGLE | {
    "From": "'Tom Vale' via Care <care@shop.example>",
    "X-Original-From": TOM,
    "Reply-To": TOM,
    "Authentication-Results": "mx.google.com; dmarc=pass header.from=shop.example",
}
MAILMAN = {
    "List-Id": "Customers write here <help.lists.shop.example>",
    "List-Post": "<mailto:help@lists.shop.example>",
    "List-Unsubscribe": "<https://lists.shop.example/help>, <mailto:help-leave@lists.shop.example>",
    "Precedence": "bulk",
    "X-BeenThere": "help@lists.shop.example",
}
EXCHANGE = {"X-Auto-Response-Suppress": "All", "X-MS-Exchange-Inbox-Rules-Loop": "care@shop.example"}
SES = {"From": '"tom@example.org" <care@shop.example>', "Reply-To": "tom@example.org", "X-SES-Spam-Verdict": "PASS"}


def letter(headers: dict[str, str]) -> bytes:
    written = EmailMessage()
    for name, value in ({"From": TOM, "To": "care@shop.example", "Subject": "Cold soup"} | headers).items():
        written[name] = value
    written.set_content("The soup was cold, and nobody came.")
    return written.as_bytes()


def heard(headers: dict[str, str], team: Team = CARE) -> Incoming | None:
    """As a person's letter, by its writer; None where it is passed over."""
    found: Any = read_letter(letter(headers))
    came = found.of_person(team) if isinstance(found, Automatic) else found
    return came.of_writer(team) if came else None


@pytest.mark.parametrize(
    "headers",
    [
        GOOGLE,
        VIA,
        VIA | {"Reply-To": "care@shop.example"},
        MAILMAN,
        MAILMAN
        | {"From": "Tom Vale via Help <help@lists.shop.example>", "Reply-To": TOM}
        | {"X-BeenThere": "help@shop.example"},
        EXCHANGE,
        SES,
        {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
        {"Auto-Submitted": "auto-forwarded", "X-Forwarded-To": "care@shop.example"},
    ],
)
def test_customers_letter_by_way_of_the_teams_own_group_is_theirs(headers: dict[str, str]) -> None:
    team = Team("care@shop.example", ("@shop.example", "@lists.shop.example"))
    found = heard(headers, team)
    assert found is not None
    assert found.address == "tom@example.org"


def test_whom_the_group_names_is_a_claim_and_has_a_name() -> None:
    found = heard(VIA | {"X-Original-From": "tom@example.org", "Reply-To": "care@shop.example"})
    assert found is not None
    assert (found.sender, found.results) == ("Tom Vale <tom@example.org>", None)


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Id": "<news.vendor.example>", "List-Unsubscribe": "<https://vendor.example/u>"},
        {"List-Id": "<care.shop.example.evil.example>"},
        GOOGLE | {"Auto-Submitted": "auto-replied"},
        GOOGLE | {"Subject": "Automatic reply: Your box"},
        GOOGLE | {"From": "Shop News <news@shop.example>", "X-Original-Sender": "news@shop.example"},
        {"X-Auto-Response-Suppress": "All", "X-MS-Exchange-Inbox-Rules-Loop": "tom@example.org"},
        {"Precedence": "bulk"},
    ],
)
def test_other_lists_and_machines_are_passed_over_as_before(headers: dict[str, str]) -> None:
    assert heard(headers) is None


def test_letter_in_an_exchange_journal_is_the_letter() -> None:
    report = EmailMessage()
    report["From"] = "Microsoft Outlook <journal@shop.example>"
    report["X-MS-Journal-Report"] = ""
    report["Return-Path"] = "<>"
    report["Authentication-Results"] = "mx.shop.example; dmarc=pass header.from=shop.example"
    report.set_content("Sender: tom@example.org\nSubject: Cold soup\nTo: care@shop.example\n")
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Message-ID"] = TOM, "care@shop.example", "<a@mail.example>"
    inner["Authentication-Results"] = "mx.shop.example; dmarc=pass header.from=example.org"
    inner.set_content("The soup was cold, and nobody came.")
    report.add_attachment(inner)
    found = read_letter(report.as_bytes())
    assert isinstance(found, Incoming)
    assert (found.address, found.name, found.results) == ("tom@example.org", "<a@mail.example>", None)
    assert "soup was cold" in found.text
