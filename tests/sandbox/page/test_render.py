"""Blocks and text become HTML that shows what Slack shows, and customers' words stay words whatever is in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from sandbox.files import picture_type
from sandbox.page.dates import ago, day_heading, slack_date
from sandbox.page.emoji import PICKER, emoji
from sandbox.page.gestures import until_morning
from sandbox.page.mrkdwn import Reader, mrkdwn, plain, plain_text
from sandbox.page.render import blocks_html, colour, initials
from sandbox.page.rich_text import markdown

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Berlin
READER = Reader(
    now=NOW,
    zone=BERLIN,
    user="UANA",
    people={"UANA": "Ana Ortega", "UBEN": "Ben Okafor"},
    channels={"C1": "care"},
    groups={"S1": "care-team"},
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><iframe src="javascript:alert(1)">',
    "<javascript:alert(1)|click me>",
    "<data:text/html,boo|click me>",
    '<https://x.example/" onmouseover="alert(1)|click me>',
    "<https://x.example/' onmouseover='alert(1)|click me>",
    "`<b>` and ```</pre><script>alert(1)</script>```",
    "*<script>alert(1)</script>* _<i>_ ~</s><script>~",
    "> <script>alert(1)</script>",
    ":<script>: :eyes<script>:",
    "<!date^1767603600^<script>alert(1)</script>|<script>>",
    "<!date^99999999999999999999^{date}|x>",
    "<@UANA|<script>alert(1)</script>>",
    '<#C1|"><script>alert(1)</script>>',
    "[x](javascript:alert(1)) **<script>alert(1)</script>**",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "a\u202egnp.exe\u202c and \u2066isolated\u2069",
    "{{ 7 * 7 }} {% include 'page.html' %}",
    "𝕳" * 300 + "<" * 300,
)
ALLOWED = {"a", "blockquote", "br", "code", "div", "em", "li", "ol", "pre", "s", "span", "strong", "time", "ul", "u"}
ALLOWED_ATTRIBUTES = {
    *(
        "aria-label",
        "class",
        "data-block-id",
        "data-open",
        "datetime",
        "dir",
        "href",
        "rel",
        "role",
        "start",
        "target",
        "title",
    ),
}


class Elements(HTMLParser):
    """What a browser would make of it: element names and attributes, in order, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(html: str) -> str:
    """The words a person reads."""
    return Elements(html).words


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def rich(*elements: dict[str, object], kind: str = "rich_text_section") -> dict[str, object]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def quoted(text: str) -> dict[str, object]:
    return rich({"type": "text", "text": text}, kind="rich_text_quote")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    "drawn",
    [
        lambda words: mrkdwn(words, READER),
        lambda words: plain(words),
        lambda words: plain_text(words),
        lambda words: markdown(words),
        lambda words: blocks_html([section(words)], READER),
        lambda words: blocks_html([quoted(words)], READER),
        lambda words: blocks_html([{"type": "markdown", "text": words}], READER),
        lambda words: blocks_html([rich({"type": "link", "url": words, "text": words})], READER),
        lambda words: blocks_html([rich({"type": "emoji", "name": words}, {"type": "user", "user_id": words})], READER),
    ],
    ids=["mrkdwn", "plain", "plain_text", "markdown", "section", "quote", "markdown-block", "link", "names"],
)
def test_hostile_words_make_no_element_that_acts(words: str, drawn: object) -> None:
    elements = Elements(drawn(words))  # type: ignore[operator]
    for name, attributes in elements.found:
        assert name in ALLOWED
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        assert re.match(r"https?://|\?in=", attributes.get("href") or "https://"), attributes


@pytest.mark.parametrize(
    "place", ["label", "value", "option", "placeholder", "action", "block", "alt", "confirm", "initial"]
)
@pytest.mark.parametrize("words", HOSTILE[:9])
def test_hostile_words_in_controls_stay_in_attributes(place: str, words: str) -> None:
    def at(name: str) -> str:
        return words if place == name else name

    text = {"type": "plain_text", "text": at("label")}
    confirm = {"title": text, "text": {"type": "plain_text", "text": at("confirm")}, "confirm": text, "deny": text}
    option = {"text": {"type": "plain_text", "text": at("option")}, "value": at("value")}
    button = {"type": "button", "text": text, "action_id": at("action"), "value": at("value"), "confirm": confirm}
    select = {"type": "static_select", "action_id": "s", "options": [option]}
    field = {"type": "plain_text_input", "action_id": at("action"), "initial_value": at("initial")}
    field |= {"placeholder": {"type": "plain_text", "text": at("placeholder")}, "multiline": place == "initial"}
    html = blocks_html(
        [
            {"type": "actions", "block_id": at("block"), "elements": [button, select, select | {"type": "overflow"}]},
            {"type": "input", "block_id": at("block"), "label": text, "element": field},
            {"type": "image", "image_url": words, "alt_text": at("alt")},
        ],
        READER,
    )
    for name, attributes in Elements(html).found:
        assert name not in {"script", "iframe", "svg"}
        assert not any(attribute.startswith("on") for attribute in attributes)
        assert name != "img" or (attributes["src"] or "").startswith("/")


MRKDWN = [
    ("plain words", "plain words"),
    ("*bold* and _italic_ and ~gone~", "<strong>bold</strong> and <em>italic</em> and <s>gone</s>"),
    ("*bold _and italic_*", "<strong>bold <em>and italic</em></strong>"),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
    ("not * bold * here", "not * bold * here"),
    ("`code *stays*`", "<code>code *stays*</code>"),
    ("```two\nlines *stay*```", "<pre>two\nlines *stay*</pre>"),
    ("&lt;!channel&gt; &amp; co", "&lt;!channel&gt; &amp; co"),
    ("one\ntwo", "one<br>two"),
    ("> quoted\n> *twice*\nafter", "<blockquote>quoted<br><strong>twice</strong></blockquote>after"),
    ("&gt; quoted too", "<blockquote>quoted too</blockquote>"),
    (
        "<slack://app?team=T1&amp;id=A1&amp;tab=home|Home tab>",
        '<a href="?in=home" data-open="home">Home tab</a>',
    ),
    (
        "<https://a.example/?b=1&amp;c=2|here>",
        '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">here</a>',
    ),
    (
        "<mailto:a@example.org>",
        '<a href="mailto:a@example.org" target="_blank" rel="noopener noreferrer">a@example.org</a>',
    ),
    ("<@UBEN>", '<span class="mention user">@Ben Okafor</span>'),
    ("<@UANA>", '<span class="mention user own">@Ana Ortega</span>'),
    ("<@UNOBODY|somebody>", '<span class="mention user">@somebody</span>'),
    ("<#C1>", '<a class="mention channel" href="?in=C1" data-open="C1">#care</a>'),
    ("<!channel>", '<span class="mention broadcast">@channel</span>'),
    ("<!subteam^S1>", '<span class="mention group">@care-team</span>'),
    ("<!subteam^S2|@night-team>", '<span class="mention group">@night-team</span>'),
    ("<!subteam^S3>", '<span class="mention group">@S3</span>'),
    (":eyes:", '<span class="emoji" role="img" aria-label="eyes">👀</span>'),
    (":no_such_emoji: at 10:30:15", ":no_such_emoji: at 10:30:15"),
    ("<not a token>", "&lt;not a token&gt;"),
    ("<!date^soon^{date}|later>", "later"),
]


@pytest.mark.parametrize(("given", "html"), MRKDWN)
def test_mrkdwn_is_drawn_as_slack_draws_it(given: str, html: str) -> None:
    assert mrkdwn(given, READER) == html


def test_an_unescaped_channel_mention_is_seen_at_once() -> None:
    assert 'class="mention broadcast"' in mrkdwn("<!here> look", READER)
    assert "broadcast" not in mrkdwn("&lt;!here&gt; look", READER)
    assert "broadcast" not in blocks_html([quoted("<!here> look")], READER)


def test_quoted_words_keep_their_marks_and_lines() -> None:
    words = "*not bold* `not code` :eyes:\n<https://x.example|no link>"
    html = blocks_html([quoted(words)], READER)
    assert seen(html).strip() == words
    assert [name for name, _ in Elements(html).found] == ["div", "blockquote"]


def test_characters_that_hide_or_turn_text_are_dropped() -> None:
    assert plain("a\x00b\u202ec\u2066d\x1be\nf\tg") == "abcde\nf\tg"


DATES = [
    ("{date_num} {time}", "2026-01-05 10:30"),
    ("{date}", "January 5th, 2026"),
    ("{date_short}", "Jan 5, 2026"),
    ("{date_long}", "Monday, January 5th, 2026"),
    ("{date_long_full}", "January 5, 2026"),
    ("{date_slash} {time_secs}", "05/01/2026 10:30:00"),
    ("{date_short_pretty} at {time}", "Today at 10:30"),
    ("due {date_pretty}", "due today"),
    ("{ago}", "in 30 minutes"),
    ("{unknown}", "{unknown}"),
]


@pytest.mark.parametrize(("pattern", "words"), DATES)
def test_date_tokens_follow_the_practice_clock(pattern: str, words: str) -> None:
    assert slack_date(NOW + timedelta(minutes=30), pattern, NOW, BERLIN) == words
    assert seen(mrkdwn(f"<!date^{int(NOW.timestamp()) + 1800}^{pattern}|no>", READER)) == words


@pytest.mark.parametrize(
    ("days", "heading"),
    [(-1, "Yesterday"), (0, "Today"), (1, "Tomorrow"), (-3, "Friday, January 2nd"), (17, "Thursday, January 22nd")],
)
def test_day_headings_are_those_of_the_reader(days: int, heading: str) -> None:
    assert day_heading(NOW + timedelta(days=days), NOW, BERLIN) == heading


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=50), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=2, minutes=59), "2 hours ago"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_time_passed_is_told_in_its_largest_unit(passed: timedelta, words: str) -> None:
    assert ago(passed) == words


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 1, 5, 9, 0, tzinfo=UTC), 23.0),  # 10:00 in Berlin
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), 24.0),  # nine sharp
        (datetime(2026, 1, 5, 3, 30, tzinfo=UTC), 4.5),  # before dawn
        (datetime(2026, 3, 28, 8, 0, tzinfo=UTC), 23.0),  # the night has an hour less
        (datetime(2026, 10, 24, 7, 0, tzinfo=UTC), 25.0),  # and in autumn one more
    ],
)
def test_next_morning_is_nine_o_clock_by_the_calendar(now: datetime, hours: float) -> None:
    assert until_morning(now, BERLIN) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("wave", "👋"),
        ("wave::skin-tone-3", "👋🏼"),
        ("+1::skin-tone-6", "👍🏿"),
        ("raised_hand", "✋"),
        ("nothing_known", None),
        ("wave::skin-tone-9", None),
    ],
)
def test_emoji_are_found_by_name_and_tone(name: str, character: str | None) -> None:
    assert emoji(name) == character


def test_every_emoji_of_the_picker_is_drawn() -> None:
    assert [name for name in PICKER if emoji(name) is None] == []
    assert len(set(PICKER)) == len(PICKER)


def test_rich_text_draws_lists_styles_and_preformatted_text() -> None:
    styled = {"type": "text", "text": "never", "style": {"bold": True, "italic": True}}
    item = {"type": "rich_text_section", "elements": [styled]}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "indent": 1, "elements": [item]},
            {"type": "rich_text_list", "style": "bullet", "elements": [item]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a < b"}]},
        ],
    }
    html = blocks_html([block], READER)
    assert (
        '<ol class="indent-1" start="3"><li><div class="line"><strong><em>never</em></strong></div></li></ol>' in html
    )
    assert '<ul class="indent-0">' in html
    assert "<pre>a &lt; b</pre>" in html


def test_rich_text_draws_every_kind_of_inline_element() -> None:
    elements = [
        {"type": "user", "user_id": "UBEN"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "wave", "skin_tone": 3},
        {"type": "link", "url": "https://a.example"},
        {"type": "date", "timestamp": int(NOW.timestamp()), "format": "{time}"},
        {"type": "color", "value": "#fff"},
    ]
    assert (
        seen(blocks_html([rich(*elements)], READER)).strip()
        == "@Ben Okafor#care@care-team@here👋🏼https://a.example10:00#fff"
    )


MARKDOWN = [
    ("# Dear Clara", '<div class="heading">Dear Clara</div>'),
    (
        "**bold** *soft* ~~gone~~ `code`",
        '<div class="line"><strong>bold</strong> <em>soft</em> <s>gone</s> <code>code</code></div>',
    ),
    ("- one", "<ul><li>one</li></ul>"),
    ("3. three", '<ol start="3"><li>three</li></ol>'),
    ("> said", "<blockquote>said</blockquote>"),
    ("```\n**raw**\n```", "<pre>**raw**</pre>"),
    ("[no](javascript:x)", '<div class="line">no</div>'),
    ("<b>no</b>", '<div class="line">&lt;b&gt;no&lt;/b&gt;</div>'),
]


@pytest.mark.parametrize(("given", "html"), MARKDOWN)
def test_markdown_blocks_draw_markdown_and_no_html(given: str, html: str) -> None:
    assert markdown(given) == html


def test_section_shows_its_text_fields_and_accessory() -> None:
    button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open :eyes:"}}
    fields = [{"type": "mrkdwn", "text": "*In hand*\n2"}, {"type": "plain_text", "text": "*as is*"}]
    html = blocks_html([section("Words") | {"fields": fields, "accessory": button}], READER)
    assert seen(html).split() == ["Words", "In", "hand2*as", "is*", "Open", "👀"]
    assert 'data-action-id="open"' in html


def test_buttons_carry_what_tests_and_gestures_need() -> None:
    button = {
        "type": "button",
        "action_id": "claim",
        "value": "v1:12",
        "style": "danger",
        "text": {"type": "plain_text", "text": "x"},
    }
    html = blocks_html([{"type": "actions", "block_id": "b7", "elements": [button]}], READER)
    drawn = next(attributes for name, attributes in Elements(html).found if name == "button")
    assert drawn["class"] == "button danger"
    assert (drawn["data-do"], drawn["data-action-id"], drawn["data-block-id"], drawn["data-value"]) == (
        "click",
        "claim",
        "b7",
        "v1:12",
    )


INPUTS = [
    ({"type": "plain_text_input", "initial_value": "a"}, "input", {"type": "text", "value": "a"}),
    ({"type": "plain_text_input", "multiline": True, "max_length": 300}, "textarea", {"maxlength": "300"}),
    ({"type": "email_text_input"}, "input", {"type": "email"}),
    ({"type": "url_text_input"}, "input", {"type": "url"}),
    ({"type": "number_input", "is_decimal_allowed": True}, "input", {"type": "number", "step": "any"}),
    ({"type": "datepicker", "initial_date": "2026-01-07"}, "input", {"type": "date", "value": "2026-01-07"}),
    ({"type": "timepicker", "initial_time": "09:30"}, "input", {"type": "time", "value": "09:30"}),
    (
        {"type": "datetimepicker", "initial_date_time": 1767603600},
        "input",
        {"type": "datetime-local", "value": "2026-01-05T10:00"},
    ),
    ({"type": "static_select", "options": []}, "select", {}),
    ({"type": "multi_static_select", "options": []}, "select", {"multiple": None}),
]


@pytest.mark.parametrize(
    ("element", "tag", "attributes"), INPUTS, ids=[str(element["type"]) + tag for element, tag, _ in INPUTS]
)
def test_every_kind_of_input_has_its_own_control(
    element: dict[str, object], tag: str, attributes: dict[str, str | None]
) -> None:
    label = {"type": "plain_text", "text": "When"}
    html = blocks_html(
        [{"type": "input", "block_id": "b", "label": label, "element": element | {"action_id": "a"}}], READER
    )
    name, drawn = next(found for found in Elements(html).found if found[1].get("name"))
    assert (name, drawn["name"], drawn["data-element"]) == (tag, "b/a", element["type"])
    assert {key: drawn[key] for key in attributes} == attributes
    assert f'<label for="{drawn["id"]}">' in html


@pytest.mark.parametrize(("kind", "type_"), [("radio_buttons", "radio"), ("checkboxes", "checkbox")])
def test_choices_show_labels_descriptions_and_what_is_chosen(kind: str, type_: str) -> None:
    options = [
        {
            "text": {"type": "plain_text", "text": word},
            "value": word,
            "description": {"type": "plain_text", "text": "why"},
        }
        for word in ("no", "yes")
    ]
    chosen = {"initial_option": options[1]} if type_ == "radio" else {"initial_options": options[1:]}
    element = {"type": kind, "action_id": "a", "options": options, **chosen}
    html = blocks_html(
        [{"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Sure?"}, "element": element}],
        READER,
    )
    drawn = [attributes for name, attributes in Elements(html).found if name == "input"]
    assert [(one["type"], one["value"], "checked" in one) for one in drawn] == [
        (type_, "no", False),
        (type_, "yes", True),
    ]
    assert "<legend>Sure?</legend>" in html


def test_pictures_from_elsewhere_are_told_in_words() -> None:
    elsewhere = {"type": "image", "image_url": "https://tracker.example/p.png", "alt_text": "a cold soup"}
    protocol_relative = elsewhere | {"image_url": "//tracker.example/p.png"}
    own = elsewhere | {"image_url": "/page/files/F1"}
    html = blocks_html([elsewhere, protocol_relative, own], READER)
    assert [attributes["src"] for name, attributes in Elements(html).found if name == "img"] == ["/page/files/F1"]
    assert html.count("a cold soup</span>") == 2


@pytest.mark.parametrize("named", [{"id": "F1"}, {"url": "http://127.0.0.1:4000/page/files/F1"}])
def test_uploaded_picture_is_drawn_with_its_alt_text(named: dict[str, str]) -> None:
    html = blocks_html([{"type": "image", "slack_file": named, "alt_text": 'Four weeks, "waiting"'}], READER)
    [drawn] = [attributes for name, attributes in Elements(html).found if name == "img"]
    assert (drawn["src"], drawn["alt"]) == ("/page/files/F1", 'Four weeks, "waiting"')


def test_unknown_blocks_are_named_instead_of_lost() -> None:
    html = blocks_html(
        [
            {"type": "video"},
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "x"},
                "block_id": "b",
                "element": {"type": "file_input", "action_id": "a"},
            },
        ],
        READER,
    )
    assert "“video”" in html
    assert "“file_input”" in html


def test_one_message_drawn_twice_has_different_ids() -> None:
    button = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "x"}, "value": "x"}],
    }
    block = {"type": "actions", "elements": [button]}
    ids = [
        attributes["id"]
        for scope in "mt"
        for _, attributes in Elements(blocks_html([block], READER, scope)).found
        if attributes.get("id")
    ]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana Ortega", "AO"), ("Ben", "B"), ("Mary Jane van Dyk", "MD"), ("", "?")]
)
def test_avatars_show_at_most_two_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_three_colleagues_have_different_colours() -> None:
    assert len({colour(user) for user in ("UANA00001", "UBEN00001", "ULEA00001", "UMAX00001")}) == 4


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"<svg onload=alert(1)>", None), (b"", None)],
)
def test_only_plain_picture_formats_are_shown_as_pictures(content: bytes, kind: str | None) -> None:
    assert picture_type(content) == kind
