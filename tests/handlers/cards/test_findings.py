"""What the checks found reads in a breath: the gravest first, each fault once, and never a wall of text."""

from __future__ import annotations

from cases.replies.checks import Finding, Weight
from handlers.cards.findings import SHOWN, found
from tests.handlers.cards.reading import shown


def fault(rule: str, severity: Weight = "block", quote: str = "", why: str = "") -> Finding:
    return Finding(rule, severity, quote, why or f"{rule} is amiss.", "Mend it.")


def read(*findings: Finding) -> list[str]:
    return shown(found(findings, "*Look:*")).splitlines()


def test_the_gravest_fault_comes_first() -> None:
    assert read(fault("T5", "hint"), fault("L1", "warn"), fault("A6")) == [
        "*Look:*",
        "⛔ A6 is amiss. _Mend it._",
        "⚠️ L1 is amiss. _Mend it._",
        "💡 T5 is amiss. _Mend it._",
    ]


def test_faults_of_one_weight_keep_their_order() -> None:
    assert [line[2:4] for line in read(fault("B1"), fault("A6"), fault("A1"))[1:]] == ["B1", "A6", "A1"]


def test_the_same_fault_is_told_once_for_all_its_words() -> None:
    blanks = [fault("B5", quote=f"⟨blank {n}⟩") for n in range(2)]
    assert read(*blanks)[1:] == ["⛔ “⟨blank 0⟩”, “⟨blank 1⟩”: B5 is amiss. _Mend it._"]


def test_many_words_of_one_fault_are_not_all_quoted() -> None:
    said = read(*(fault("B5", quote=f"⟨blank {n}⟩") for n in range(9)))[1]
    assert "⟨blank 2⟩" in said
    assert "⟨blank 3⟩" not in said


def test_one_rule_with_two_reasons_is_two_faults() -> None:
    assert len(read(fault("P2", why="Said to them."), fault("P2", why="Said to another."))) == 3


def test_a_long_list_ends_in_a_count() -> None:
    assert read(*(fault(f"A{n}") for n in range(SHOWN + 1)))[-1] == "… and one more after these"
    assert read(*(fault(f"A{n}") for n in range(SHOWN + 4)))[-1] == "… and 4 more after these"
    assert len(read(*(fault(f"A{n}") for n in range(40)))) == 1 + SHOWN + 1


def test_a_long_quote_is_cut_to_one_line() -> None:
    said = read(fault("P1", quote="so\nmany " * 60))
    assert len(said) == 2
    assert len(said[1]) < 130


def test_quoted_words_cannot_call_anybody() -> None:
    assert "<!channel>" not in found([fault("P1", quote="<!channel> <@U123>")], "")


def test_how_to_mend_it_can_be_left_out() -> None:
    assert shown(found([fault("A6")], "", mending=False)).strip() == "⛔ A6 is amiss."


def test_quoted_sentence_leaves_its_full_stop_behind() -> None:
    assert (
        shown(found([fault("B1", quote="It is on us.")], "", mending=False)).strip() == "⛔ “It is on us”: B1 is amiss."
    )
    assert "“!!!”" in found([fault("L2", quote="!!!")], "")
