"""What Slack takes and refuses in blocks, views and metadata: tables of single faults."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.blocks.limits import block_problems, metadata_problem, too_large, view_problems


def plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn("Words"), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "claim", "text": plain("Claim"), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def choice(value: str = "a", label: str = "A") -> dict[str, Any]:
    return {"text": plain(label), "value": value}


def menu(kind: str, count: int) -> dict[str, Any]:
    return {"type": kind, "action_id": "m", "options": [choice(str(number)) for number in range(count)]}


def asking(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("Why"), "element": element, **more}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("Really"), "confirm": plain("Yes"), "deny": plain("No")}
TEXT_INPUT = {"type": "plain_text_input", "action_id": "why"}

FIT = [
    section(),
    section(text=plain("x" * 3000)),
    section(fields=[mrkdwn("x" * 2000)] * 10),
    {"type": "section", "fields": [plain("only fields")]},
    section(accessory=menu("overflow", 5)),
    section(accessory={"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A box"}),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("small")] * 10},
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A box", "title": plain("Box")},
    {"type": "image", "slack_file": {"id": "F00000001"}, "alt_text": "A chart"},
    {"type": "image", "slack_file": {"url": "https://files.example.org/F1/chart.png"}, "alt_text": "A chart"},
    {"type": "markdown", "text": "**x**"},
    actions(*[button(action_id=str(number)) for number in range(25)]),
    actions(button(style="danger", value="x" * 2000, url="https://example.org", confirm=CONFIRM)),
    actions(menu("static_select", 100), menu("radio_buttons", 10) | {"action_id": "r"}),
    actions({"type": "users_select", "action_id": "who", "placeholder": plain("Who")}),
    actions({"type": "datetimepicker", "action_id": "at"}),
    actions(
        {"type": "static_select", "action_id": "g", "option_groups": [{"label": plain("G"), "options": [choice()]}]}
    ),
    asking(TEXT_INPUT | {"max_length": 3000, "initial_value": "x"}, hint=plain("h"), optional=True),
    asking(menu("checkboxes", 10) | {"initial_options": [choice("3")]}),
    asking({"type": "datepicker", "action_id": "d", "initial_date": "2026-01-05"}),
    asking({"type": "timepicker", "action_id": "t"}),
    asking({"type": "email_text_input", "action_id": "e"}),
    asking({"type": "number_input", "action_id": "n", "is_decimal_allowed": False}),
    rich({"type": "rich_text_quote", "elements": [words("as they wrote it")]}),
    rich({"type": "rich_text_preformatted", "elements": [words("code")]}),
    rich(
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "UANA00001"}]}],
        }
    ),
]


@pytest.mark.parametrize("block", FIT, ids=lambda block: f"{block['type']}-{sorted(block)}"[:60])
def test_blocks_within_the_limits_are_taken(block: dict[str, Any]) -> None:
    assert block_problems([block]) == []


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"type": "poem"}, "unsupported type: poem [json-pointer:/blocks/0]"),
        ({}, "unsupported type: None [json-pointer:/blocks/0]"),
        ("words", "unsupported type: None [json-pointer:/blocks/0]"),
        ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
        (section(text=mrkdwn("x" * 3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (section(text=mrkdwn("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (section(text="words"), "must be an object [json-pointer:/blocks/0/text]"),
        (section(text={"type": "html", "text": "x"}), "must be one of mrkdwn, plain_text [json-pointer:/blocks/0/text/type]"),
        (section(text=mrkdwn("x") | {"emoji": True}), "invalid additional property: emoji [json-pointer:/blocks/0/text]"),
        (section(text=plain("x") | {"verbatim": True}), "invalid additional property: verbatim [json-pointer:/blocks/0/text]"),
        (section(fields=[]), "no fewer than 1 items allowed [json-pointer:/blocks/0/fields]"),
        (section(fields=[mrkdwn("x")] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
        (section(fields=[mrkdwn("x" * 2001)]), "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"),
        (section(block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
        (section(accessory=TEXT_INPUT), "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]"),
        ({"type": "header", "text": mrkdwn("x")}, "must be one of plain_text [json-pointer:/blocks/0/text/type]"),
        ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "divider", "text": "x"}, "invalid additional property: text [json-pointer:/blocks/0]"),
        (section(mood="fine"), "invalid additional property: mood [json-pointer:/blocks/0]"),
        (actions(button(colour="red")), "invalid additional property: colour [json-pointer:/blocks/0/elements/0]"),
        ({"type": ["section"]}, "unsupported type: None [json-pointer:/blocks/0]"),
        (
            actions(menu("static_select", 2) | {"initial_option": choice("9")}),
            "initial option must be one of the options [json-pointer:/blocks/0/elements/0]",
        ),
        (
            asking(menu("checkboxes", 2) | {"initial_options": [choice("0"), choice("9")]}),
            "initial option must be one of the options [json-pointer:/blocks/0/element]",
        ),
        (
            asking({"type": "datepicker", "action_id": "d", "initial_date": "5 January"}),
            "must match the format of a date or time [json-pointer:/blocks/0/element/initial_date]",
        ),
        ({"type": "context", "elements": []}, "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        ({"type": "context", "elements": [mrkdwn("x")] * 11}, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
        ({"type": "context", "elements": [button()]}, "must be one of mrkdwn, plain_text [json-pointer:/blocks/0/elements/0/type]"),
        ({"type": "image", "alt_text": "x"}, "missing required field: image_url [json-pointer:/blocks/0]"),
        ({"type": "image", "image_url": "https://example.org"}, "missing required field: alt_text [json-pointer:/blocks/0]"),
        (
            {"type": "image", "slack_file": {"id": "F1"}, "image_url": "https://example.org/a.png", "alt_text": "x"},
            "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]",
        ),
        (
            {"type": "image", "slack_file": {"id": "F1", "url": "https://example.org"}, "alt_text": "x"},
            "must define either `id` or `url` [json-pointer:/blocks/0/slack_file]",
        ),
        (
            {"type": "image", "slack_file": "F1", "alt_text": "x"},
            "must define either `id` or `url` [json-pointer:/blocks/0/slack_file]",
        ),
        (
            {"type": "image", "slack_file": {"id": 7}, "alt_text": "x"},
            "must be a string [json-pointer:/blocks/0/slack_file/id]",
        ),
        (
            {"type": "image", "slack_file": {"id": "F1", "size": 3}, "alt_text": "x"},
            "invalid additional property: size [json-pointer:/blocks/0/slack_file]",
        ),
        ({"type": "image", "image_url": "a.png", "alt_text": "x"}, "must be a URL [json-pointer:/blocks/0/image_url]"),
        ({"type": "markdown", "text": ""}, "must be more than 0 characters [json-pointer:/blocks/0/text]"),
        (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
        (actions(button(), button()), "`action_id` already exists: claim [json-pointer:/blocks/0/elements]"),
        (actions(button(text=plain("x" * 76))), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
        (actions(button(text=mrkdwn("x"))), "must be one of plain_text [json-pointer:/blocks/0/elements/0/text/type]"),
        (actions(button(value="x" * 2001)), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
        (actions(button(value=12)), "must be a string [json-pointer:/blocks/0/elements/0/value]"),
        (actions(button(style="blue")), "must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]"),
        (actions(button(action_id="x" * 256)), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
        (actions(button(confirm="sure?")), "must be an object [json-pointer:/blocks/0/elements/0/confirm]"),
        (
            actions(button(confirm=CONFIRM | {"title": plain("x" * 101)})),
            "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
        ),
        (actions({"type": "lever"}), "unsupported type: lever [json-pointer:/blocks/0/elements/0]"),
        (actions(button(url="javascript:alert(1)")), "must be a URL [json-pointer:/blocks/0/elements/0/url]"),
        (
            actions({"type": "overflow", "action_id": "o", "options": [choice("a"), choice("a", "B")]}),
            "`value` already exists: a [json-pointer:/blocks/0/elements/0/options]",
        ),
        (
            actions(menu("static_select", 1) | {"option_groups": []}),
            "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
        ),
        (
            asking(menu("checkboxes", 2) | {"initial_options": []}),
            "no fewer than 1 items allowed [json-pointer:/blocks/0/element/initial_options]",
        ),
        (
            asking({"type": "datetimepicker", "action_id": "d", "initial_date_time": "1767603600"}),
            "must be seconds of ten digits [json-pointer:/blocks/0/element/initial_date_time]",
        ),
        (rich(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (
            rich({"type": "rich_text_section", "elements": [words("x") | {"style": {"bold": "yes"}}]}),
            "must be a boolean [json-pointer:/blocks/0/elements/0/elements/0/style]",
        ),
        (actions(menu("overflow", 6)), "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (actions(menu("overflow", 0)), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (actions(menu("static_select", 101)), "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (actions(menu("radio_buttons", 11)), "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (
            actions({"type": "static_select", "action_id": "s", "options": [choice("x" * 76)]}),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
        ),
        (
            actions({"type": "overflow", "action_id": "s", "options": [choice(label="x" * 76)]}),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
        ),
        (
            actions({"type": "overflow", "action_id": "s", "options": [{"text": plain("x")}]}),
            "missing required field: value [json-pointer:/blocks/0/elements/0/options/0]",
        ),
        ({"type": "input", "label": plain("x")}, "missing required field: element [json-pointer:/blocks/0]"),
        ({"type": "input", "element": TEXT_INPUT}, "missing required field: label [json-pointer:/blocks/0]"),
        (asking(button()), "unsupported type: button [json-pointer:/blocks/0/element]"),
        (asking(TEXT_INPUT | {"max_length": 3001}), "must be between 0 and 3000 [json-pointer:/blocks/0/element/max_length]"),
        (
            asking(TEXT_INPUT | {"max_length": 2, "initial_value": "xyz"}),
            "must be less than 3 characters [json-pointer:/blocks/0/element/initial_value]",
        ),
        (
            asking(TEXT_INPUT | {"placeholder": plain("x" * 151)}),
            "must be less than 151 characters [json-pointer:/blocks/0/element/placeholder/text]",
        ),
        (
            asking({"type": "number_input", "action_id": "n"}),
            "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
        ),
        ({"type": "rich_text"}, "missing required field: elements [json-pointer:/blocks/0]"),
        (rich(words("bare")), "unsupported type: text [json-pointer:/blocks/0/elements/0]"),
        (
            rich({"type": "rich_text_quote", "elements": [words("x")], "style": "bullet"}),
            "invalid additional property: style [json-pointer:/blocks/0/elements/0]",
        ),
        (
            rich({"type": "rich_text_section", "elements": [words("x") | {"verbatim": True}]}),
            "invalid additional property: verbatim [json-pointer:/blocks/0/elements/0/elements/0]",
        ),
        (
            rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "UANA00001"}]}),
            "unsupported type [json-pointer:/blocks/0/elements/0/elements]",
        ),
        (
            rich({"type": "rich_text_quote", "elements": [words("")]}),
            "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
        ),
        (
            rich({"type": "rich_text_section", "elements": [{"type": "link"}]}),
            "missing required field: url [json-pointer:/blocks/0/elements/0/elements/0]",
        ),
        (
            rich({"type": "rich_text_section", "elements": [words("x") | {"style": {"blink": True}}]}),
            "no more fields allowed [json-pointer:/blocks/0/elements/0/elements/0/style]",
        ),
        (
            rich({"type": "rich_text_list", "elements": []}),
            "must be one of bullet, ordered [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            rich({"type": "rich_text_list", "style": "bullet", "elements": [words("x")]}),
            "must be a rich_text_section [json-pointer:/blocks/0/elements/0/elements/0]",
        ),
    ],
)  # fmt: skip
def test_each_fault_in_a_block_is_named(block: Any, problem: str) -> None:
    assert block_problems([block]) == [problem]


KEYS = [
    "type",
    "text",
    "elements",
    "fields",
    "accessory",
    "element",
    "options",
    "label",
    "style",
    "block_id",
    "confirm",
    "slack_file",
]
KINDS = ["section", "actions", "context", "input", "rich_text", "image", "button", "static_select", "mrkdwn", "modal"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(KINDS) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(ANYTHING, max_size=3), ANYTHING)
def test_no_shape_of_json_breaks_the_checks(blocks: list[Any], view: Any) -> None:
    for problem in [*block_problems(blocks), *view_problems(view)]:
        assert problem.endswith("]")
        assert "[json-pointer:/" in problem


def test_message_holds_at_most_fifty_blocks() -> None:
    assert block_problems([{"type": "divider"}] * 50) == []
    assert block_problems([{"type": "divider"}] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_block_id_must_be_unique_in_a_message() -> None:
    twice = [section(block_id="same"), section(block_id="same")]
    assert block_problems(twice) == ["`block_id` already exists: same [json-pointer:/blocks]"]


def test_markdown_blocks_are_counted_together() -> None:
    halves = [{"type": "markdown", "text": "x" * 6001}] * 2
    assert block_problems(halves) == ["markdown must be less than 12001 characters together [json-pointer:/blocks]"]


def test_blocks_that_are_no_list_are_refused() -> None:
    assert block_problems({"type": "section"}) == ["must be an array [json-pointer:/blocks]"]


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Case"), "blocks": [section()], **more}


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(blocks=[section()] * 100, close=plain("Back"), private_metadata="x" * 3000, callback_id="x" * 255),
        modal(blocks=[asking(TEXT_INPUT)], submit=plain("Save")),
        {"type": "home", "blocks": [section()]},
    ],
)
def test_views_within_the_limits_are_taken(view: dict[str, Any]) -> None:
    assert view_problems(view) == []


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"type": "popup"}, "must be one of modal, home [json-pointer:/view/type]"),
        ([], "must be one of modal, home [json-pointer:/view/type]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "home"}, "must be an array [json-pointer:/view/blocks]"),
        (modal(size="large"), "invalid additional property: size [json-pointer:/view]"),
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=mrkdwn("x")), "must be one of plain_text [json-pointer:/view/close/type]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(blocks=[asking(TEXT_INPUT)]), "missing required field: submit [json-pointer:/view]"),
        ({"type": "home", "title": plain("x"), "blocks": []}, "invalid additional property: title [json-pointer:/view]"),
        (modal(blocks=[{"type": "markdown", "text": "x"}]), "unsupported type: markdown [json-pointer:/view/blocks/0]"),
        (
            modal(submit=plain("x"), blocks=[asking(TEXT_INPUT | {"focus_on_load": True})] * 2),
            "only one element may have `focus_on_load` [json-pointer:/view/blocks]",
        ),
        (modal(blocks=[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(blocks=[{"type": "header"}]), "missing required field: text [json-pointer:/view/blocks/0]"),
    ],
)  # fmt: skip
def test_each_fault_in_a_view_is_named(view: Any, problem: str) -> None:
    assert view_problems(view) == [problem]


def test_view_over_a_quarter_megabyte_is_too_large() -> None:
    assert not too_large(modal())
    assert too_large(modal(blocks=[section(text=mrkdwn("x" * 3000))] * 90))


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        ({"event_type": "a", "event_payload": {}}, None),
        ({"event_type": "a", "event_payload": {"x": "y" * 8000}}, None),
        ({"event_type": "a", "event_payload": {"x": "y" * 8200}}, "metadata_too_large"),
        ({"event_type": "a"}, "invalid_metadata_format"),
        ({"event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "a", "event_payload": []}, "invalid_metadata_format"),
        ({"event_type": "a", "event_payload": {}, "more": 1}, "invalid_metadata_format"),
        ("words", "invalid_metadata_format"),
    ],
)
def test_metadata_needs_type_and_payload_within_size(metadata: Any, problem: str | None) -> None:
    assert metadata_problem(metadata) == problem
