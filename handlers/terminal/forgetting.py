"""`forget WHO`: shows whom it would reach and how, asks, and gives a receipt."""

from __future__ import annotations

import typer

from handlers.world import World
from store.forgetting import Receipt, SeveralPeople, Trace, Traces, receipts, traces_of
from store.forgetting import forget as erase

_ASK = "Erase names, contact details, words, drafts and notes for ever?"
_ERASED = (
    "Erased: names, contact details and words in feedback; pictures and files that came with it; titles, reasons, notes and",
    "drafts of these cases.",
    "Kept: case numbers, times, ratings, who worked on them, outcomes, and lessons without the customer's name.",
    "Cards, drafts and notes in Slack are drawn anew while the bot runs, and files that were shown there are deleted.",
    "What a sender delivers once more is dropped; what this customer says from now on is a new case.",
    "Not in our hands: what colleagues wrote in Slack themselves, digests posted before, backups of the database, and",
    "the source of the feedback.",
)


def forget(world: World, who: str, *, ask: bool) -> None:
    """Erases the one person that `who` stands for. Exit code 1 where it is more than one."""
    region = world.policy.customers.region
    found = world.store.read(lambda tx: traces_of(tx, who, region))
    for line in _told(found):
        typer.echo(line)
    if len(found.people) != 1:
        _nobody_alone(world, who, found)
    if ask:
        typer.confirm(_ASK, abort=True)
    try:
        receipt = erase(world.store, who, world.now(), region)
    except SeveralPeople:  # somebody wrote meanwhile
        receipt = None
    if receipt is None:
        typer.echo("It has changed meanwhile, and nothing was erased. Run it again.", err=True)
        raise typer.Exit(1)
    for line in (*_ERASED, _as_receipt(receipt)):
        typer.echo(line)


def _told(found: Traces) -> list[str]:
    return [
        *(f"Found by {each.through}: {_what(each)}." for each in found.people),
        *(f"Somebody else, who shares {each.through} with them and stays: {_what(each)}." for each in found.beside),
    ]


def _what(trace: Trace) -> str:
    count = len(trace.feedback)
    cases = ", ".join(f"#{number}" for number in sorted(trace.cases)) or "none"
    return f"{trace.initials or 'no name'}, {count} {'piece' if count == 1 else 'pieces'} of feedback; cases: {cases}"


def _nobody_alone(world: World, who: str, found: Traces) -> None:
    if found.people:
        typer.echo(
            "This is more than one person, so nothing was erased. Say whom you mean by an e-mail address, "
            "the id of a feedback, or a case, as #12.",
            err=True,
        )
        raise typer.Exit(1)
    before = world.store.read(lambda tx: receipts(tx, who))
    typer.echo(
        f"Nothing is known of this customer any more. {_as_receipt(before[-1])}"
        if before
        else "Nothing is known of this customer. Try an e-mail address, a telephone number with its country, an id, or #12."
    )
    raise typer.Exit


def _as_receipt(receipt: Receipt) -> str:
    return (
        f"Receipt {receipt.number}: {receipt.feedback} of feedback, {receipt.cases} of cases and {receipt.files} of files erased on "
        f"{receipt.at:%Y-%m-%d at %H:%M} UTC. It is kept here without the person."
    )
