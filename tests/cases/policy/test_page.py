"""policy.toml: what an empty one means, what each setting may say, and how faults are named."""

import re
import tomllib
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from cases.acts.actions import ACTIONS
from cases.model import Severity
from cases.occasions import in_ladder
from cases.policy.faults import written_fields
from cases.policy.hours import Hours
from cases.policy.ladder import DEFAULT_LADDER, Rung
from cases.policy.page import Policy, PolicyError, read_policy
from cases.policy.values import END_OF_DAY
from cases.spoken.money import Money

OURS = (Path(__file__).parents[3] / "policy.toml").read_text(encoding="utf-8")
# What DESIGN calls fixed: other programs and every team's file rely on these names.
FIXED_NAMES = """
    team = "Amends"
    language = "en"
    timezone = "Europe/Berlin"
    lead = "@lead"
    [hours]
    mon = "09:00-18:00"
    holidays = "DE"
    [clocks.normal]
    claim = "15m"
    contact = "1h"
    [[nudges]]
    when = "unclaimed"
    after = "0m"
    every = "1h"
    at_most = 3
    tell = "thread"
    [digest]
    at = "09:00"
    [delivery]
    per_channel = "1s"
    lease = "60s"
    [slack]
    who = "channel"
"""


def fault_of(text: str) -> str:
    with pytest.raises(PolicyError) as refused:
        read_policy(text)
    return str(refused.value)


# -- the page in the repository --------------------------------------------------------------------------------------


def test_our_page_says_what_an_empty_page_means() -> None:
    assert read_policy(OURS) == Policy() == read_policy("")


def test_our_page_shows_every_setting_there_is() -> None:
    assert list(_missing(Policy, tomllib.loads(OURS))) == []


def _missing(model: type[BaseModel], page: dict[str, Any], where: str = "") -> list[str]:
    absent = [f"{where}{name}" for name in written_fields(model) if name not in page]
    for name, field in written_fields(model).items():
        nested = field.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel) and name in page:
            absent += _missing(nested, page[name], f"{where}{name}.")
    return absent


def test_our_page_explains_every_setting_of_a_rung() -> None:
    comments = "\n".join(line for line in OURS.splitlines() if line.startswith("#   "))
    assert all(f"#   {name} " in comments for name in Rung.model_fields)


def test_emoji_examples_on_our_page_name_real_actions() -> None:
    examples = [line.lstrip("# ") for line in OURS.splitlines() if line.startswith("# ") and "# default:" in line]
    named = [action for line in examples for action in tomllib.loads(line).values()]
    assert len(named) == 6
    assert set(named) <= set(ACTIONS)


def test_example_of_a_sources_own_clocks_can_be_used() -> None:
    _, _, example = OURS.partition("[clocks.source]\n")
    uncommented = [line.removeprefix("# ") for line in example.splitlines() if line.startswith("# ")][:3]
    clocks = read_policy("\n".join(uncommented)).clocks
    special = clocks.of(Severity.HIGH, "delivery-form")
    assert (special.claim, special.contact) == (timedelta(minutes=5), timedelta(minutes=20))
    assert special.hold == clocks.high.hold
    assert clocks.of(Severity.HIGH, "typeform") == clocks.high == Policy().clocks.high
    assert clocks.of(Severity.NORMAL, "delivery-form") == clocks.normal


def test_names_that_others_rely_on_are_understood() -> None:
    policy = read_policy(FIXED_NAMES)
    assert (policy.lead, policy.hours.holidays, policy.zone) == ("@lead", "DE", ZoneInfo("Europe/Berlin"))
    assert policy.clocks.of(Severity.NORMAL).contact == timedelta(hours=1)
    assert policy.nudges == (
        Rung(when="unclaimed", after=timedelta(), every=timedelta(hours=1), at_most=3, tell="thread"),
    )
    assert (policy.digest.at, policy.delivery.lease) == (time(9), timedelta(seconds=60))


# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("09:00-18:00", ((time(9), time(18)),)),
        ("09:00-12:30, 13:30-18:00", ((time(9), time(12, 30)), (time(13, 30), time(18)))),
        ("09:00-12:00,12:00-18:00", ((time(9), time(12)), (time(12), time(18)))),
        ("20:00-24:00", ((time(20), END_OF_DAY),)),
        ("closed", ()),
        ("", ()),
    ],
)
def test_hours_of_a_day_read_as_spans(text: str, spans: tuple[tuple[time, time], ...]) -> None:
    assert Hours(mon="10:00-11:00", tue=text).spans(1) == spans


def test_day_that_is_not_named_is_closed() -> None:
    hours = read_policy('[hours]\nmon = "09:00-18:00"').hours
    assert [bool(hours.spans(day)) for day in range(7)] == [True] + [False] * 6


def test_own_days_off_are_toml_dates() -> None:
    hours = read_policy('[hours]\nmon = "09:00-18:00"\ndays_off = [2026-12-24, 2026-12-31]').hours
    assert hours.days_off == (date(2026, 12, 24), date(2026, 12, 31))


@pytest.mark.parametrize("severity", Severity)
def test_graver_cases_are_given_less_time(severity: Severity) -> None:
    clock, graver = Policy().clocks.of(severity), Policy().clocks.of(severity.raised())
    assert clock.claim < clock.contact
    assert graver.claim <= clock.claim
    assert graver.contact <= clock.contact


@pytest.mark.parametrize("when", ["unclaimed", "not_contacted", "promised"])
def test_default_ladder_always_ends_with_the_lead(when: str) -> None:
    last = max((rung for rung in DEFAULT_LADDER if rung.when == when), key=lambda r: (r.after, r.tell == "lead"))
    assert last.tell == "lead"


def test_ladder_on_a_page_replaces_the_default_one() -> None:
    ladder = read_policy('[[nudges]]\nwhen = "unclaimed"\nafter = "5m"\ntell = "@dana"').nudges
    assert [(rung.tell, rung.every, rung.at_most) for rung in ladder] == [("@dana", None, None)]


@pytest.mark.parametrize(
    "tell",
    [
        *("thread", "owner", "lead", "manager", "@dana", "@care-team", "U012AB3CD", "W012AB3CD", "S012AB3CD"),
        *("<@U012AB3CD|dana>", "<!subteam^S012AB3CD|@care-team>"),
    ],
)
def test_ladder_may_tell_people_and_groups(tell: str) -> None:
    assert Rung(when="unclaimed", after=timedelta(), tell=tell).tell == tell


@pytest.mark.parametrize("hours", ["", "  "])
def test_own_hours_may_be_any_hour_of_the_day(hours: str) -> None:
    assert read_policy(f'[reminders]\nown_hours = "{hours}"').reminders.own_hours == ""


def test_rota_names_people_in_order_by_weekday() -> None:
    rota = read_policy('[rota]\nmon = ["@ana", "U012AB3CD"]\nsun = []\ngroup = "@care-team"').rota
    assert [rota.on(day) for day in (0, 1, 6)] == [("@ana", "U012AB3CD"), (), ()]
    assert rota.group == "@care-team"


# -- remedies and drafts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "ceiling"),
    [
        ("", None),
        ("50 EUR", Money(Decimal(50), "EUR")),
        ("€1,250.50", Money(Decimal("1250.50"), "EUR")),
        ("100", Money(Decimal(100), None)),
        ("any", "any"),
        ("Any ", "any"),
    ],
)
def test_ceiling_reads_as_nothing_a_sum_or_any(written: str, ceiling: Money | str | None) -> None:
    remedies = read_policy(f'[remedies]\nrefund_up_to = "{written}"\nvoucher_up_to = "{written}"').remedies
    assert (remedies.refund_up_to, remedies.voucher_up_to) == (ceiling, ceiling)


def test_without_a_word_owners_may_make_small_amends() -> None:
    remedies = Policy().remedies
    assert remedies.refund_up_to == remedies.voucher_up_to == Money(Decimal(100), None)
    assert remedies.links == ()
    assert remedies.without_sum
    assert remedies.replacement
    assert remedies.call


@pytest.mark.parametrize("person", ["", "@dana", "@dana.lee", "U012AB3CD", "W012AB3CD", "<@U012AB3CD>"])
def test_who_may_approve_is_a_person(person: str) -> None:
    policy = read_policy(f'[remedies]\nbeyond = "{person}"\n[drafts]\nmay_override = "{person}"')
    assert policy.remedies.beyond == policy.drafts.may_override == person


def test_addresses_a_reply_may_contain_are_listed() -> None:
    remedies = read_policy(
        '[remedies]\nlinks = ["https://shop.example/returns", "shop.example"]\n'
        'emails = ["Help@Shop.example", "@shop.example"]\nphones = [" +49 30 1234567"]'
    ).remedies
    assert remedies.links == ("https://shop.example/returns", "shop.example")
    assert remedies.emails == ("help@shop.example", "@shop.example")  # letters' case does not count
    assert remedies.phones == ("+49 30 1234567",)


def test_drafts_are_warm_and_use_the_model_freely() -> None:
    drafts = Policy().drafts
    assert (drafts.voice, drafts.strict, drafts.model_off_for, drafts.tokens_per_day) == (
        "warm, plain and direct",
        False,
        (),
        0,
    )


# -- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('tema = "x"', "tema", "there is no such setting"),
        ('[hours]\nmonday = "09:00-18:00"', "hours.monday", "there is no such setting"),
        ('timezone = "Berlin"', "timezone", '"Berlin" is not a time zone'),
        ('language = "klingon"', "language", 'does not speak "klingon"; write "en"'),
        ('language = "de"', "language", 'does not speak "de"; write "en"'),
        ("language = 1", "language", "must be text in quotes"),
        ('[hours]\nmon = "9-18"', "hours.mon", "is not a span of hours"),
        ('[hours]\nmon = "18:00-09:00"', "hours.mon", "ends before it starts"),
        ('[hours]\nmon = "09:00-13:00, 12:00-18:00"', "hours.mon", "overlap or are out of order"),
        ('[hours]\nsat = "closed"', "hours", "no working hours at all"),
        ('[hours]\nmon = "09:00-18:00"\nholidays = "Atlantis"', "hours.holidays", "no holiday calendar is known"),
        ('[hours]\nmon = "09:00-18:00"\nholidays = "DE-XX"', "hours.holidays", '"DE-XX"'),
        ('[clocks.high]\nclaim = "soon"\ncontact = "1h"', "clocks.high.claim", '"soon" is not a duration'),
        ('[[nudges]]\nwhen = "late"\nafter = "0m"\ntell = "lead"', "nudges.1.when", "'unclaimed'"),
        ('[[nudges]]\nwhen = "held"\nafter = "0m"\ntell = "lead"', "nudges.1.when", f"or '{in_ladder()[-1]}'"),
        ('[[nudges]]\nwhen = ["promised"]\nafter = "0m"\ntell = "lead"', "nudges.1.when", f"or '{in_ladder()[-1]}'"),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\ntell = "boss"', "nudges.1.tell", '"boss" is nobody'),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\nevery = "0m"\ntell = "lead"', "nudges.1.every", "longer than"),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\nat_most = 0\ntell = "lead"', "nudges.1.at_most", "equal to 1"),
        ('[digest]\nat = "nine"', "digest.at", "valid time"),
        ('[slack]\ncontact_details = "all"', "slack.contact_details", "'owner' or 'channel'"),
        (
            '[remedies]\nrefund_up_to = "much"',
            "remedies.refund_up_to",
            '"50 EUR", "any" for no limit, or "" for nothing',
        ),
        ("[remedies]\nvoucher_up_to = 50", "remedies.voucher_up_to", "a sum in quotes"),
        ('[remedies]\nbeyond = "boss"', "remedies.beyond", '"boss" is nobody'),
        ('[remedies]\nlinks = ["shop"]', "remedies.links.1", '"shop" is not a web address'),
        ('[remedies]\nlinks = ["https://you@shop.example"]', "remedies.links.1", "is not a web address"),
        ('[remedies]\nemails = ["help"]', "remedies.emails.1", '"help" is not an e-mail address'),
        ('[remedies]\nphones = ["call us"]', "remedies.phones.1", '"call us" is not a telephone number'),
        ('[drafts]\nmay_override = "the boss"', "drafts.may_override", '"the boss" is nobody'),
        ("[drafts]\ntokens_per_day = -1", "drafts.tokens_per_day", "greater than or equal to 0"),
        ('[drafts]\ntone = "warm"', "drafts.tone", "there is no such setting"),
        ('[privacy]\nkeep_words = "29d"', "privacy.keep_words", 'from "30d" to "3650d"'),
        ('[privacy]\nkeep_words = "11y"', "privacy.keep_words", 'from "30d" to "3650d"'),
        ('[privacy]\nkeep_harmless = "0d"', "privacy.keep_harmless", 'from "1d" to "3650d"'),
        ('[privacy]\nkeep_answers = "-1d"', "privacy.keep_answers", 'from "1d" to "3650d"'),
        ("[privacy]\nkeep_answers = 7", "privacy.keep_answers", "with its unit"),
        ('[delivery]\nlease = "99999999999w"', "delivery.lease", "longer than a calendar can count"),
    ],
)
def test_fault_names_the_setting_and_the_trouble(text: str, where: str, what: str) -> None:
    fault = fault_of(text)
    assert re.match(rf"policy\.toml, line \d+: {re.escape(where)}: ", fault)
    assert what in fault
    assert "\n" not in fault


def test_all_faults_are_told_at_once_down_the_page() -> None:
    faults = fault_of('tema = "x"\ntimezone = "Berlin"\n[[nudges]]\nwhen = "unclaimed"\nafter = "?"\ntell = "boss"')
    assert [line.split(": ")[:2] for line in faults.splitlines()] == [
        ["policy.toml, line 1", "tema"],
        ["policy.toml, line 2", "timezone"],
        ["policy.toml, line 5", "nudges.1.after"],
        ["policy.toml, line 6", "nudges.1.tell"],
    ]


def test_a_page_of_another_name_is_called_by_it() -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy('\ntema = "x"', "team.toml")
    assert str(refused.value) == "team.toml, line 2: tema: there is no such setting; did you mean team?"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ('[clocks.high]\nclaims = "1h"', "did you mean claim?"),
        ('[clocks.source.delivery-form.high]\nholds = "1h"', "did you mean hold?"),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\ntell = "lead"\natmost = 1', "did you mean at_most?"),
        ('[hours]\nmonday = "09:00-18:00"', "did you mean mon?"),
        ('[digest]\nlead = "@dana"', "it belongs above the first section"),
        ('claim = "1h"', "it belongs in [clocks.normal] or in [clocks.high] or in [clocks.critical]"),
        ("[hours]\nskip_days_off = true", "it belongs in [digest]"),
        ('[sources.pling]\nmail = "mail"', "did you mean email?"),
        ('[sources.pling]\nslack = "x"', "check the spelling or take the line out"),
        ("[digest]\n[digest.mail]\nsend = false", "there is no such setting; write [mail]"),
        ("[digest]\n[digest.channels.x]", "there is no such setting; write [channels]"),
        ('[digest]\ncolour = "red"', "check the spelling or take the line out"),
        ('[clocks.source.delivery-form.hihg]\nclaim = "1h"', "write 'normal', 'high' or 'critical'"),
        ('[digest]\nweekly = "monday"', "there is no 'monday' here; write 'mon', 'tue'"),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\ntell = "leed"', 'did you mean "lead"?'),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\ntell = "Support"', '"Support" is nobody'),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"', "nudges.1.tell: is missing; add it"),
        ('[clocks]\nnormal = "1h"', "must be a section: write [clocks.normal]"),
        ("team = 7", "team: must be text in quotes"),
        ('[ownership]\nask = "perhaps"', "must be true or false"),
        ('[snooze]\nat_most = "often"', "must be a whole number"),
        ('[slack]\nmembers = "@dana"', "must be a list in square brackets"),
        ('[hours]\nmon = "09:00-18:00"\ndays_off = ["Christmas"]', "hours.days_off.1: must be a date"),
        ('[rota]\nmon = ["dana"]', 'rota.mon.1: "dana" is nobody; write @name'),
        ('[rota]\nmon = [""]', "rota.mon.1:"),
        ('[rota]\ngroup = "care team"', '"care team" is no user group'),
        ('[reminders]\nown_hours = "closed"', '"" for any hour'),
        ('[reminders]\nown_hours = "8 to 8"', "is not a span of hours"),
        ('[digest]\nat = "09:00Z"', "no time zone of its own"),
        ('[channels."#care-berlin"]\nleed = "@kim"', "did you mean lead?"),
        ('[channels]\n"#care-berlin" = "@kim"', 'write [channels."#care-berlin"], and its settings below it'),
        ('[channels."#care-berlin"]\nlead = "kim"', '"kim" is nobody; write @name'),
        ('[channels."care berlin"]\nlead = "@kim"', '"care berlin" is no channel; write its name'),
        ('[channels."#berlin"]\n[channels.berlin]\nlead = "@kim"', 'the channel "berlin" has two sections'),
        ('[sources.berlin]\nhold = "2h"', 'must be from "0m" to "10m"'),
        ('[sources.berlin]\nchannel = "care berlin"', '"care berlin" is no channel; write its name'),
    ],
)
def test_fault_says_how_the_page_is_mended(text: str, fix: str) -> None:
    assert fix in fault_of(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('team = "x"\nlead = @dana', "policy.toml, line 2: invalid value at column 8; text stands in quotes"),
        ('team = "x"\n[hours', "policy.toml, line 2: expected ']' at the end of a table declaration"),
        ('team = "x"\nteam = "y"\n', "policy.toml, line 2: cannot overwrite a value"),
    ],
)
def test_broken_toml_is_told_with_its_line(text: str, told: str) -> None:
    assert fault_of(text).startswith(told)


def test_policy_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Policy().team = "Others"


def test_a_clock_not_named_keeps_its_default() -> None:
    policy = read_policy('[clocks.normal]\nclaim = "5m"')
    assert (policy.clocks.normal.claim, policy.clocks.normal.contact) == (timedelta(minutes=5), timedelta(hours=1))


def test_naming_only_holidays_keeps_the_working_week() -> None:
    hours = read_policy('[hours]\nholidays = "DE"').hours
    assert [bool(hours.spans(day)) for day in range(7)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[clocks.normal]\nclaim = "-5m"', "longer than nothing"),
        ("[clocks.normal]\nclaim = 15", "with its unit"),
        ('[delivery]\nper_channel = "-1s"', "not be negative"),
        ('[hours]\nmon = "09:00-18:00Z"', "time zone of its own"),
        ('[slack.emoji]\nraised_hands = "clam"', "no such action: clam"),
        ('[[nudges]]\nwhen = "unclaimed"\nafter = "0m"\nat_most = 3\ntell = "thread"', "at_most without every"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_policy(text)


# -- channels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("#care-berlin", "care-berlin"),
        ("Care-Berlin", "care-berlin"),
        ("#größe_1", "größe_1"),
        ("C0123ABCD", "C0123ABCD"),
        ("<#C0123ABCD|care-berlin>", "C0123ABCD"),
        ("", ""),
    ],
)
def test_channel_of_a_source_is_a_name_or_an_id(written: str, kept: str) -> None:
    page = read_policy(f'[sources.berlin]\nchannel = "{written}"')
    assert (page.channel_of("berlin"), page.told_of("berlin").channel) == (kept, kept)
    assert page.channel_of("shop") == ""


def test_what_a_channel_has_not_of_its_own_is_the_teams() -> None:
    page = read_policy('lead = "@lea"\n[channels."#berlin"]\nlead = "@kim"\n[channels.hamburg]')
    assert [page.in_channel(each).lead for each in ("berlin", "hamburg", "care")] == ["@kim", "@lea", "@lea"]
    assert page.named_channels == ("berlin", "hamburg")


# -- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("", "channel"),
        ('who = "workspace"', "workspace"),
        ('who = "members"', "members"),
        ("everyone_may = true", "workspace"),
        ("everyone_may = false", "members"),
        ('everyone_may = true\nwho = "channel"', "channel"),
    ],
)
def test_older_word_for_who_may_is_understood(page: str, who: str) -> None:
    policy = read_policy(f"[slack]\n{page}")
    assert policy.slack.who == who
    assert Policy.model_validate(policy.model_dump()).slack.who == who


@pytest.mark.parametrize("page", ['who = "everybody"', "who = true", 'everyone_may = "yes"', "everyone_may = 1"])
def test_anybody_else_who_may_is_a_fault_with_its_line(page: str) -> None:
    assert fault_of(f"[slack]\n{page}").startswith("policy.toml, line 2: slack.")
