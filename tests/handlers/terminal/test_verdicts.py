"""`check-reply` and `triage`, for other programs: JSON in, one JSON line out for each, and nothing is lost over one bad line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from cases.model import Score, Severity
from cases.replies.checks import RULES
from cases.replies.checks.rules import GONE
from cases.replies.limits import BOUNDS
from handlers.terminal.verdicts import given_with
from tests.scoring import QuickJudge

SOUP: dict[str, Any] = {
    "external_id": "order-8812",
    "comment": "The soup was cold and an hour late.",
    "customer": {"name": "Ana Ruiz"},
}
GOOD = (
    "Dear Ana,\n\nI am sorry: I sent your soup out cold and an hour late, and your evening had no dinner. I have refunded it "
    "today. Would you like a hot one tomorrow at noon?\n\nTom"
)
BAD = "Dear customer, we apologise for any inconvenience. The courier was late. The team"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No policy.toml lies here, and no setting is set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICY_FILE", raising=False)


def run(command: str, *given: Any, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, [command], input=text or "\n".join(json.dumps(each) for each in given))


def verdicts(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def reply(text: str, **more: Any) -> dict[str, Any]:
    return {"reply": text, "feedback": SOUP, "signed_by": "Tom", **more}


def rules(verdict: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in verdict["findings"]}


# check-reply


@pytest.mark.long
def test_one_verdict_is_printed_for_each_line() -> None:
    result = run("check-reply", reply(GOOD), reply(BAD))
    assert [verdict["ok"] for verdict in verdicts(result)] == [True, False]
    assert [verdict["line"] for verdict in verdicts(result)] == [1, 2]
    assert result.stderr == ""


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("given", "code"), [((), 0), ((GOOD,), 0), ((GOOD, BAD), 1), ((BAD, GOOD), 1), ((BAD, None, GOOD), 2), ((None,), 2)]
)
def test_a_finding_that_blocks_stops_a_pipeline(given: tuple[str | None, ...], code: int) -> None:
    lines = ("no JSON" if text is None else reply(text) for text in given)
    assert run("check-reply", *lines).exit_code == code


def test_each_finding_says_what_why_and_how_to_mend() -> None:
    found = verdicts(run("check-reply", reply(BAD)))[0]["findings"]
    assert all(set(finding) == {"rule", "severity", "quote", "why", "fix"} for finding in found)
    assert {"E1", "P1"} & {finding["rule"] for finding in found}
    assert {finding["severity"] for finding in found} <= {"block", "warn", "hint"}


def test_one_object_may_stand_on_several_lines() -> None:
    result = run("check-reply", text=json.dumps(reply(GOOD), indent=2))
    assert [verdict["ok"] for verdict in verdicts(result)] == [True]


def test_bad_lines_are_named_and_the_rest_judged() -> None:
    text = "\n".join([json.dumps(reply(GOOD)), "{not json", "", "[1, 2]", json.dumps(reply(BAD))])
    result = run("check-reply", text=text)
    assert [verdict["ok"] for verdict in verdicts(result)] == [True, False]
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["line 2", "line 4"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"feedback": SOUP}, "reply"),
        ({"reply": 7}, "reply"),
        ({"reply": GOOD, "feedback": "cold soup"}, "feedback"),
        ({"reply": GOOD, "feedback": {"rating": {"value": 9, "scale": 5}}}, "feedback.rating"),
        ({"reply": GOOD, "signed_by": 5}, "signed_by"),
        ({"reply": GOOD, "earlier_replies": "once"}, "earlier_replies"),
        ({"reply": GOOD, "earlier_replies": [1]}, "earlier_replies"),
        ({"reply": GOOD, "promises": "a call"}, "promises"),
        ({"reply": GOOD, "promises": [{"what": "a call"}]}, "promises"),
        ({"reply": GOOD, "promises": [{"what": "a call", "due_at": "soon"}]}, "promises"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(given: dict[str, Any], named: str) -> None:
    result = run("check-reply", given)
    assert result.exit_code == 2
    assert f"line 1: {named}" in result.stderr
    assert result.stdout == ""


@pytest.mark.few(1)
@pytest.mark.parametrize("feedback", [None, {}, {"comment": "The soup was cold and an hour late."}])
def test_a_reply_alone_is_enough_to_judge(feedback: Any) -> None:
    result = run("check-reply", {"reply": GOOD, "feedback": feedback})
    assert verdicts(result)[0]["ok"] is True


def test_an_empty_reply_is_judged_and_blocked() -> None:
    assert verdicts(run("check-reply", reply("")))[0]["ok"] is False


def test_words_sent_before_block_a_reply() -> None:
    assert "P2" in rules(verdicts(run("check-reply", reply(GOOD, earlier_replies=[GOOD])))[0])


@pytest.mark.long
def test_a_broken_promise_has_to_be_made_up_for() -> None:
    kind = "Dear Ana,\n\nI am sorry, I promised you hot soup and sent it cold. I will bring a new one today at 6 pm.\n\nTom"
    assert "T4" not in rules(verdicts(run("check-reply", reply(kind)))[0])
    assert "T4" in rules(verdicts(run("check-reply", reply(kind, promise_broken=True)))[0])


def test_open_promise_must_not_be_forgotten() -> None:
    owed = [{"what": "call you about the invoice", "due_at": "2026-01-08T16:00:00Z"}]
    assert "T7" in rules(verdicts(run("check-reply", reply(GOOD, promises=owed)))[0])
    assert "T7" not in rules(verdicts(run("check-reply", reply(GOOD)))[0])


def test_how_grave_the_case_is_follows_from_its_score() -> None:
    judge = QuickJudge()
    judge.knows[SOUP["comment"]] = Score(0.97, danger=0.99)
    told = [given_with({"feedback": SOUP}, each).severity for each in (judge, None)]
    assert told == [Severity.CRITICAL, Severity.NORMAL]


@pytest.mark.long
def test_the_teams_policy_makes_the_checks_strict(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    explained = GOOD.replace("I have refunded", "That happened because I forgot the lid. I have refunded")
    assert verdicts(run("check-reply", reply(explained)))[0]["ok"] is True
    (tmp_path / "policy.toml").write_text("[drafts]\nstrict = true\n")
    assert verdicts(run("check-reply", reply(explained)))[0]["ok"] is False


def test_a_policy_that_cannot_be_used_ends_it(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_FILE", str(tmp_path / "nowhere.toml"))
    result = run("check-reply", reply(GOOD))
    assert result.exit_code == 2
    assert "nowhere.toml" in result.stderr


def test_nothing_given_is_nothing_judged() -> None:
    result = run("check-reply", text="\n\n")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("rule", [*RULES, *BOUNDS, "a5"])
def test_each_rule_is_explained_at_the_terminal(rule: str) -> None:
    result = CliRunner().invoke(cli, ["check-reply", "--explain", rule])
    found = (RULES | BOUNDS)[rule.upper()]
    assert result.exit_code == 0
    assert found.why in result.stdout
    assert rule in BOUNDS or all(part in result.stdout for part in ("trips it", found.source, "evaluation"))
    assert ("does not:" in result.stdout) is (rule not in (*BOUNDS, "M2"))  # how a letter reads is in no sentence of it


@pytest.mark.parametrize(("old", "now"), GONE.items())
def test_a_name_of_old_is_answered_with_the_rule_it_is_a_part_of(old: str, now: str) -> None:
    result = CliRunner().invoke(cli, ["check-reply", "--explain", old.lower()])
    assert result.exit_code == 0
    assert f"{old} is a part of {now} now." in result.stdout
    assert RULES[now].why in result.stdout


def test_an_unknown_rule_is_answered_with_the_list() -> None:
    result = CliRunner().invoke(cli, ["check-reply", "--explain", "Z9"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(rule in result.stderr for rule in ("Z9", *RULES, *BOUNDS))


@pytest.mark.parametrize(
    ("said", "ok"),
    [
        ("Ana, fixed in version 9.0.3, released 26 June. Follow progress: https://status.example/t/311\n\nTom", True),
        ("Hi Ana,\n\nThese steps may help you. Let us know.\n\nTom", False),
    ],
)
def test_english_around_a_link_or_in_few_words_is_judged(said: str, ok: bool) -> None:
    in_public = {**SOUP, "public_url": "https://status.example/"} if ok else SOUP
    found = verdicts(run("check-reply", {"reply": said, "feedback": in_public}))[0]
    assert found["ok"] is ok
    assert "A1" in rules(found)
    assert "L4" not in rules(found)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Liebe Ana, es tut mir leid, dass die Suppe kalt war. Ich habe das Geld heute überwiesen.\nTom", "L4"),
        ("Beklager, Ana. Suppen var kald og kom en time for sent, og pengene er på vei tilbake til deg.\nTom", "L4"),
        ("Prosze o cierpliwosc, Ana, zupa byla zimna i spozniona, pieniadze wracaja dzisiaj.\nTom", "L4"),
    ],
)
def test_what_cannot_be_judged_says_so_and_asks_for_a_reader(said: str, rule: str) -> None:
    found = verdicts(run("check-reply", reply(said)))[0]
    assert rule in rules(found)
    assert any("read" in each["fix"] for each in found["findings"] if each["rule"] == rule)


# triage


def test_triage_answers_in_the_promised_shape() -> None:
    result = run("triage", SOUP, {"external_id": "2", "comment": "Lovely, thank you all!"})
    bad, kind = verdicts(result)
    assert set(bad) == {"external_id", "negative", "unsure", "score", "asks_no_contact", "severity", "reasons"}
    assert (bad["external_id"], bad["negative"], bad["severity"]) == ("order-8812", True, "normal")
    assert (kind["external_id"], kind["negative"], kind["severity"]) == ("2", False, None)


def test_triage_judges_a_rating_without_words() -> None:
    assert verdicts(run("triage", {"external_id": "1", "rating": {"value": 1, "scale": 5}}))[0]["negative"] is True


def test_triage_names_what_a_line_lacks() -> None:
    result = run("triage", {"external_id": "7"}, SOUP)
    assert result.exit_code == 2
    assert result.stderr.startswith("line 1: ")
    assert len(verdicts(result)) == 1
