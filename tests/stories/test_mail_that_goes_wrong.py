"""Mail servers that go wrong, in every way and at every step: the sentence that a person reads, where, and what is true afterwards.

Nothing is lost, nothing is sent twice. The servers are real ones, with a fault in the middle; letters that are broken stand in
test_letters_that_are_broken.py.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import trustme

from cases.letters.letter import LetterState
from cases.model import Grade, Status
from handlers.letters.imap import Imap
from handlers.letters.listen import listen
from handlers.letters.smtp import Smtp
from handlers.terminal.doctor_machine import letters_checks, mailbox_checks
from sandbox.people.reading import plain
from store import letters
from tests.faulty_line import NONSENSE as GIBBERISH
from tests.faulty_line import REFUSE, FaultyLine
from tests.mail_server import DRIP, DROP, DROP_AFTER_TAKING, HANG, MailServer
from tests.stories.mailbox import CARE, PRIYA, Read, letter, read, server
from tests.stories.stage import Stage, policy
from tests.stories.test_answered_elsewhere import TO_PRIYA
from tests.stories.test_sending import approve
from tests.tables import once_each

__all__ = ["read", "server"]  # fixtures


def patience(fault: str) -> tuple[float, float]:
    """Seconds for each step, and for all of them; short only where nothing comes."""
    return {HANG: (0.3, 5.0), DRIP: (5.0, 0.6)}.get(fault, (10.0, 30.0))


SENT, WAITING, REFUSED, UNKNOWN = LetterState.SENT, LetterState.WAITING, LetterState.REFUSED, LetterState.UNKNOWN
LATE, CUT, NONSENSE = "no answer came in time", "the line was cut", "the answer makes no sense"
NO_TLS = "it does not speak the encryption that SMTP_URL asks for"


# Out: what the mail server does, at which step; what the draft then says of it, and what has become of the letter.


@dataclass(frozen=True)
class Out:
    step: str
    fault: str
    state: LetterState
    why: str = ""
    arrived: int = 0
    tls: str = ""  # how the server encrypts, and how it is asked to

    @property
    def times(self) -> int:
        """A login is tried in several ways."""
        return 3 if self.step == "AUTH" and self.fault not in (HANG, DROP) else 1

    def __str__(self) -> str:
        return f"{self.step} {self.fault} {self.tls}".strip()


OUT = (
    Out("connect", "nobody", WAITING, "nobody answers at its address"),
    Out("connect", "no such name", WAITING, "no server of the name in SMTP_URL is known"),
    *(Out(step, HANG, WAITING, LATE) for step in ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA")),
    *(Out(step, DRIP, WAITING, LATE) for step in ("greeting", "RCPT")),
    *(Out(step, DROP, WAITING, CUT) for step in ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA")),
    *(Out(step, "what?", WAITING, NONSENSE) for step in ("greeting", "AUTH", "MAIL", "RCPT", "DATA")),
    Out("greeting", "554 no service here", WAITING, "554 no service here"),
    Out("EHLO", "502 what is that", SENT, arrived=1),  # an old server, which says HELO
    Out("AUTH", "535 bad password", WAITING, "it does not take the login in SMTP_URL: 535 bad password"),
    Out("AUTH", "454 not now", WAITING, "454 not now"),
    Out("MAIL", "530 log in first", WAITING, "it does not take the login in SMTP_URL: 530 log in first"),
    Out("MAIL", "451 busy", WAITING, "451 busy"),
    Out("MAIL", "550 you are not care", REFUSED, "550 you are not care"),
    Out("RCPT", "450 4.2.2 mailbox full", WAITING, "450 4.2.2 mailbox full"),
    Out("RCPT", "552 5.2.2 mailbox full", REFUSED, "552 5.2.2 mailbox full"),
    Out("RCPT", "550 no such user", REFUSED, "550 no such user"),
    Out("DATA", "250 as you like", WAITING, NONSENSE),
    Out("DATA", "421 going down", WAITING, "421 going down"),
    Out("DATA", "554 no", REFUSED, "554 no"),
    Out("END", "452 disk full", WAITING, "452 disk full"),
    Out("END", "554 spam", REFUSED, "554 spam"),
    Out("END", HANG, UNKNOWN, LATE),
    Out("END", DROP, UNKNOWN, CUT),
    Out("END", DROP_AFTER_TAKING, UNKNOWN, CUT, arrived=1),
    Out("END", "what?", UNKNOWN, NONSENSE),
    Out("QUIT", HANG, SENT, arrived=1),
    Out("QUIT", "500 no", SENT, arrived=1),
    Out("STARTTLS", "454 not now", WAITING, "454 not now", tls="starttls"),
    Out("STARTTLS", HANG, WAITING, LATE, tls="starttls"),
    Out("STARTTLS", "220 and plain", WAITING, NO_TLS, tls="starttls"),
    Out("certificate", "of nobody", WAITING, "its certificate cannot be trusted (", tls="starttls"),
    Out("certificate", "of nobody", WAITING, "its certificate cannot be trusted (", tls="smtps"),
    Out("connect", "smtps:// where it is smtp://", WAITING, NO_TLS),
    Out("connect", "smtp:// where it is smtps://", WAITING, LATE, tls="smtps"),
)
LETS_IN = ("connect", "greeting", "EHLO", "AUTH", "STARTTLS", "certificate")  # the steps that the doctor takes, too


@pytest.fixture(scope="module")
def certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def wrote(stage: Stage) -> Stage:
    """Ana has approved a letter to Priya, and it is about to go out."""
    stage.restart(smtp_url="smtp://127.0.0.1:1", mailbox=CARE, policy=policy(mail={"take_back": "1s"}))
    stage.receives(external_id="f-1", customer=PRIYA)
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    approve(stage, ana, TO_PRIYA)
    return stage


def goes_to(stage: Stage, url: str, fault: str = "") -> None:
    """From now on letters go there, and nobody waits long for an answer."""
    post = stage.world.post
    assert post is not None
    object.__setattr__(post, "carry", Smtp(url, *patience(fault)))
    stage.settings = replace(stage.settings, smtp_url=url)


def letter_in(stage: Stage) -> letters.Letter:
    found = stage.world.store.read(lambda tx: letters.latest(tx, 1))
    assert found is not None
    return found


def asked_for(server: MailServer, row: Out) -> str:
    """The address that letters are sent to, wrong where that is the fault."""
    return {
        "nobody": "smtp://127.0.0.1:1",
        "no such name": "smtp://care:secret@mail.invalid:25",
        "smtps:// where it is smtp://": server.url.replace("smtp://", "smtps://"),
        "smtp:// where it is smtps://": server.url.replace("smtps://", "smtp://"),
    }.get(row.fault, server.url)


@pytest.mark.parametrize("row", once_each(OUT, lambda row: (row.fault, row.state, row.tls)), ids=str)
def test_letter_out_meets_a_fault(wrote: Stage, certified: ssl.SSLContext, row: Out) -> None:
    at_once = row.tls == "smtps"
    with MailServer(
        tls=certified if row.tls else None, at_once=at_once, login="care" if row.step == "AUTH" else None
    ) as server:
        goes_to(wrote, asked_for(server, row), HANG if row.why == LATE and row.fault != DRIP else row.fault)
        if row.step not in ("connect", "certificate"):
            server.goes_wrong(row.step, *[row.fault] * row.times)
        wrote.person("ana").click(wrote.draft(), "send")
        wrote.jump(timedelta(seconds=2))
        told(wrote, row)
        assert len(server.letters) == row.arrived
        if row.step in LETS_IN and row.state is not SENT:
            server.goes_wrong(row.step, *[row.fault] * row.times)
            (check,) = letters_checks(wrote.settings, 0.3 if row.why == LATE else 10.0)
            assert (check.ok, row.why in check.found) == (False, True)
            assert check.found.startswith("letters: our mail server does not let us in (")
    afterwards(wrote, row)


def told(stage: Stage, row: Out) -> None:
    """What stands in the thread: the letter's own line at once, and a note where somebody has to do something."""
    said, notes = plain(stage.draft()), "\n".join(stage.in_thread())
    assert letter_in(stage).state is row.state
    assert row.why in said
    assert {
        WAITING: "Our mail server has not taken it yet: ",
        REFUSED: "It has not reached the customer: ",
        UNKNOWN: "It may have gone out, or may not: ",
        SENT: "📬 Sent by ",
    }[row.state] in said
    assert ("did not reach" in notes, "I send nothing twice" in notes) == (row.state is REFUSED, row.state is UNKNOWN)
    evidence = Grade.SEEN if row.state is SENT else None
    assert stage.case().evidence is evidence


def afterwards(stage: Stage, row: Out) -> None:
    """The server is well again: what waited goes out, once, and nothing else does."""
    with MailServer() as well:
        goes_to(stage, well.url)
        stage.pass_time(minutes=5, step=timedelta(minutes=1))
        waited = row.state is WAITING
        assert len(well.letters) == waited
        assert stage.case().evidence is (Grade.SEEN if waited or row.state is SENT else None)
        assert stage.case().status is (Status.CONTACTED if waited or row.state is SENT else Status.CLAIMED)


# In: what the mailbox's server does, at which step; what the log and the doctor say, and that the letter is heard once it is well.

UNREADABLE = "the mailbox cannot be read: "
REFUSES = "it refuses what we ask for: [UNAVAILABLE] not now"
READ = ("LIST", "STATUS", "EXAMINE", "UID SEARCH", "UID FETCH")


@dataclass(frozen=True)
class In:
    step: str
    fault: str
    why: str | None  # None: nobody need hear of it, as all was read

    def __str__(self) -> str:
        return f"{self.step} {self.fault}"


IN = (
    In("connect", "nobody", "nobody answers at its address"),
    In("connect", "no such name", "no server of the name in IMAP_URL is known"),
    In("connect", "imaps:// where it is imap://", "it does not speak the encryption that IMAP_URL asks for"),
    *(In(step, HANG, LATE) for step in ("greeting", "CAPABILITY", "LOGIN", *READ)),
    *(In(step, DRIP, LATE) for step in ("LOGIN", "UID FETCH")),
    *(In(step, DROP, CUT) for step in ("greeting", "CAPABILITY", "LOGIN", *READ)),
    In("LOGIN", REFUSE, "it refuses the login in IMAP_URL: [UNAVAILABLE] not now"),
    In("LIST", REFUSE, "it refuses what we ask for"),
    *(In(step, REFUSE, REFUSES) for step in READ[1:]),
    *(In(step, GIBBERISH, NONSENSE) for step in ("greeting", "LOGIN", *READ)),
    *(In("LOGOUT", fault, None) for fault in (DROP, REFUSE, GIBBERISH)),
)


@pytest.mark.parametrize("row", once_each(IN, lambda row: (row.fault, row.why)), ids=str)
def test_mailbox_meets_a_fault(read: Read, caplog: pytest.LogCaptureFixture, row: In) -> None:
    read.puts(letter())
    with FaultyLine(read.server.port, row.step, row.fault) as line:
        url = {
            "nobody": "imap://care:secret@127.0.0.1:1",
            "no such name": "imap://care:secret@mail.invalid",
            "imaps:// where it is imap://": read.server.url.replace("imap://", "imaps://"),
        }.get(row.fault, line.url)
        read.mailbox.imap = Imap(url, *patience(row.fault if row.why else ""))
        read.looks()
        (check, *_) = mailbox_checks(replace(read.stage.settings, imap_url=url), 0.3 if row.why == LATE else 10.0)
    said = [each.getMessage() for each in caplog.records if UNREADABLE in each.getMessage()]
    assert said == ([] if row.why is None else [f"{UNREADABLE}{row.why}"])
    if row.why is not None and row.step not in READ[1:]:  # the doctor fetches nothing
        assert (check.ok, check.found) == (False, f"mailbox: it cannot be read ({row.why})")
    read.mailbox.imap = Imap(read.server.url)
    read.looks()
    assert [said.comment for said in read.stage.case().feedback[1:]] == ["It is still not here."]
    assert read.mailbox.trouble(read.stage.now) is None
    assert read.cards == 1


def test_bell_that_breaks_leaves_the_looking_alone(read: Read) -> None:
    """IDLE that is refused, cut or answered with nonsense: letters are found at the next look."""
    for fault in (DROP, REFUSE, GIBBERISH):
        read.mailbox.listens_from = read.stage.now
        with FaultyLine(read.server.port, "IDLE", fault) as line:
            read.mailbox.imap = Imap(line.url, 10.0)
            assert listen(read.stage.world, read.mailbox, longest=0.3) == 0
            assert read.mailbox.listens_from > read.stage.now
        read.stage.jump(timedelta(minutes=11))
    read.mailbox.imap = Imap(read.server.url)
    read.comes(letter())
    assert "It is still not here." in read.thread


@pytest.mark.long
def test_certificate_of_a_mailbox_is_not_believed(read: Read, certified: ssl.SSLContext) -> None:
    with MailServer(tls=certified, at_once=True) as stranger:
        url = stranger.url.replace("smtps://", "imaps://care:secret@")
        (check, *_) = mailbox_checks(replace(read.stage.settings, imap_url=url))
    assert check.found.startswith("mailbox: it cannot be read (its certificate cannot be trusted (")
