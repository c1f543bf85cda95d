"""Writes a page for each feedback source, docs/sources/NAME.md, from its module: `python -m tests.write_source_pages`."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cases.arrivals.feedback import Arriving
from cases.policy.page import Policy, read_policy
from handlers import doors
from handlers.sources import SOURCES, Known, Source, generic
from handlers.sources.signatures import BEARER, STANDARD, HmacShape
from handlers.terminal.sources_desk import fields, in_brief, origins, shown

FOLDER = Path(__file__).parents[1] / "docs" / "sources"
ANY_OTHER = "any-other.md"
_NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
_POLICY = Policy()
_KNOWN = {
    Known.DOCUMENTATION: "From documentation, the vendor's or that of programs that do the same. No signature was compared, and no body has come here from the vendor itself.",
    Known.VECTOR: "From documentation, and a signature that was computed apart from this code fits. No body has come here from the vendor itself.",
    Known.SEEN: "From a body that the vendor itself has sent here.",
}
_WRITTEN = "This page is written from the source's module by `python -m tests.write_source_pages`; a test holds it against the code."
_ANSWERS = """## What the answer means

| answer | means | what a sender does |
|---|---|---|
| 201 | a new case, its number under `"case"` | nothing more |
| 200 | known already, corrected, or joined to the customer's open case; a posted letter that no person wrote | nothing more |
| 202 | nobody is unhappy (`"case": null`), not judged yet (`"pending": true`), or nothing could be read and the lead was told (`"feedback": null`) | nothing more |
| 400 | cannot be taken; what is wrong stands in it, by the field's name | mend it, do not repeat it |
| 401 | the token or the signature is not the secret's | mend it, do not repeat it |
| 404 | there is no source of that name | mend the address |
| 413 | more than 1 MiB (letters: 60 MiB from Postmark, 32 from Mailgun) | send less |
| 503 | the database is away for a moment, or the source's secret is not set | try again after `Retry-After` |
| none, in time | the line broke; whether it was taken is unknown | try again: with the same `external_id` it is one |

Beside it, `"ignored"` names fields that could not be read and were left out, `"unread"` what no field took.
"""
RECIPES = {
    "zapier.md": ("Zapier", "a Zap's last step posts what its trigger brought"),
    "make.md": ("Make", "one HTTP module at the end of a scenario"),
    "n8n.md": ("n8n", "a node to paste, with its headers and body"),
    "google-apps-script.md": ("Google Apps Script", "a script to paste into a Google form"),
    "php-and-wordpress.md": ("PHP and WordPress", "a function of your own, and a plugin of one file"),
}


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    written = {f"{name}.md": page(source) for name, source in SOURCES.items()} | {"README.md": index()}
    return written | {ANY_OTHER: tried((FOLDER / ANY_OTHER).read_text(encoding="utf-8"))}


def page(source: Source) -> str:
    """What a newcomer needs to connect one source."""
    read = source.read(source.example.body, source.example.sign(source.example.body, source.example.secret, _NOW))
    return "\n".join([*_head(source), *_set_up(source), *_sent(source), *_read(source, read), *_known(source)]) + "\n"


def index() -> str:
    """All pages, with the one question that leads to each."""
    sources = (
        f"| [{_title(source)}]({name}.md) | `POST /intake/{name}` | {_way(source)} |"
        for name, source in SOURCES.items()
    )
    recipes = (f"- [{title}]({file}): {said}." for file, (title, said) in RECIPES.items())
    return (
        "\n".join(
            [
                "# Where feedback comes from\n",
                "Each source has an address, and a secret that stands in the environment. Which of them you have set up, and what came last,",
                "`python bot.py sources` says; what would be read of a body or a file, `python bot.py sources try NAME FILE`, which stores nothing.\n",
                "| source | address | how it proves itself |\n|---|---|---|",
                *sources,
                "\nA help desk or telephone system that tells of *contacts* posts to `/intake/evidence`: [README](../../README.md#feedback-comes-in).\n",
                _ANSWERS,
                "## Pages to copy from\n",
                *recipes,
                "\n## Of your own\n",
                "- [Signing](signing.md): the same request in curl, Node and Python.",
                "- [Any other vendor](any-other.md): in ten minutes, with a few lines in policy.toml.\n",
                _WRITTEN,
            ]
        )
        + "\n"
    )


def _title(source: Source) -> str:
    return source.vendor[:1].upper() + source.vendor[1:]


def _head(source: Source) -> Iterator[str]:
    yield f"# {_title(source)}\n"
    yield f"{_WRITTEN}\n"


def _address(source: Source) -> str:
    path = f"https://your.host/intake/{source.name}"
    return f"{path}/SECRET" if source.signature is BEARER else path


def _set_up(source: Source) -> Iterator[str]:
    yield "## Set it up\n"
    steps = [
        f"{_secret(source)} Start the bot anew; `https://your.host/intake/{source.name}` in a browser then says that it takes feedback.",
        *source.guide.clicks,
        f"`python bot.py sources` says what came, and what of it was read. For a test without the vendor: `python bot.py sources try {source.name} FILE`.",
    ]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=1))
    yield f"\nThe address is `{_address(source)}`.\n"


def _secret(source: Source) -> str:
    made = "whsec_ and 32 letters in base64" if source.signature is STANDARD else "a long random text"
    how = (
        "`python bot.py doctor` makes one"
        if source.signature is STANDARD
        else '`python -c "import secrets; print(secrets.token_urlsafe(24))"` makes one'
    )
    return f"Set `{source.secret_env}` where Amends runs: {made} ({how}), unless a step below says which."


def _sent(source: Source) -> Iterator[str]:
    yield f"## What it sends\n\n{source.guide.sends}\n"
    yield f"For instance (all invented):\n\n```json\n{json.dumps(source.example.value, indent=2, ensure_ascii=False)}\n```\n"
    yield f"{_proof(source)}.\n"


def _way(source: Source) -> str:
    if source.signature is BEARER:
        return f"token in `{source.secret_env}`"
    return f"signature, secret in `{source.secret_env}`"


def _proof(source: Source) -> str:
    """How a request shows that it is the vendor's own."""
    shape = source.signature
    if source.signature is BEARER:
        return f"It signs nothing. `{source.secret_env}` is shown whole: at the end of the address, or as `Authorization: Bearer …`"
    if shape is STANDARD:
        also = "; or `INTAKE_TOKEN` as a bearer token" if source.name == generic.NAME else ""
        return f"Signed as [Standard Webhooks](https://www.standardwebhooks.com) with `{source.secret_env}`, within five minutes{also}"
    if isinstance(shape, HmacShape):
        over = "the body"
        if shape.before:
            over = f"the header `{shape.before[0]}`{', a full stop' if shape.separator else ''} and the body"
        within = ", within five minutes" if shape.before else ""
        after = f" after `{shape.prefix}`" if shape.prefix else ""
        return f"`{shape.header}`: HMAC-{shape.digest.upper()} of {over}, in {shape.encoding}{after}{within}; the key is `{source.secret_env}`"
    return f"The body's own fields `timestamp`, `token` and `signature`: HMAC-SHA256 of the first two, keyed by `{source.secret_env}`"


def _read(source: Source, read: list[Arriving]) -> Iterator[str]:
    yield "## What is read\n\nOf the body above:\n\n| field | read | from |\n|---|---|---|"
    for each in read[:1]:
        taken = origins(each)
        for field, value in fields(each.feedback).items():
            if value is not None and (field in taken or field not in ("source", "external_id")):
                yield f"| {field} | {_cell(in_brief(value))} | {_cell(taken.get(field, ''))} |"
        for question, said in each.feedback.also_answered:
            yield f"| *also answered* | {_cell(in_brief(said))} | {_cell(question)} |"
    left = [str(fault) for each in read[:1] for fault in each.ignored]
    yield from ("", *(f"Left out, and said so: {fault}.\n" for fault in left))
    yield f"**Not read:** {source.guide.unread}\n"
    yield f"Where this guess is wrong for your questions, say it in policy.toml ([how](any-other.md)):\n\n```toml\n{_table(source, read)}\n```\n"


def _table(source: Source, read: list[Arriving]) -> str:
    lines = list(shown(source.name, read[:1], _POLICY))
    return "\n".join(lines[lines.index(f"[sources.{source.name}]") :])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _known(source: Source) -> Iterator[str]:
    yield f"## How we know\n\n{_KNOWN[source.known]}\n"
    said = " ".join((sys.modules[source.open_.__module__].__doc__ or "").split())
    _, told, how = said.partition("How it is known: ")
    if told:
        yield f"{how[:1].upper()}{how[1:]}\n"
    if source.guide.site:
        yield f"The vendor's page: <{source.guide.site}> ({source.guide.checked})."


def block(page: str, kind: str) -> str:
    """What the first block of that kind on a page holds."""
    found = re.search(rf"^ *```{kind}\n(.*?)^ *```$", page, re.DOTALL | re.MULTILINE)
    assert found, f"no block of {kind}"
    return textwrap.dedent(found[1])


def tried(page: str) -> str:
    """The page with what `sources try` prints of the body above it, before and after its own lines of policy.toml."""
    policy = read_policy("\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)))

    def printed(found: re.Match[str]) -> str:
        door = doors.door(found[2], policy)
        assert door is not None
        body = re.findall(r"```json\n(.*?)```", page[: found.start()], re.DOTALL)[-1]
        told = "\n".join(shown(found[2], door.read({}, body.encode()), policy))
        return f"{found[1]}{told}\n```"

    return re.sub(
        r"^(\$ python bot\.py sources try (\w+) [^\n]*\n).*?^```$", printed, page, flags=re.DOTALL | re.MULTILINE
    )


def write() -> None:
    """Writes them all."""
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
