"""`bot.py replay`: the feedback of a file played through policy, people as is assumed; stores nothing, sends nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import typer

from cases.arrivals.columns import Row
from cases.arrivals.feedback import Arriving
from cases.arrivals.told import Told
from cases.judgement.heads import words_of
from cases.model import Score
from cases.policy.page import Policy, PolicyError
from cases.policy.working_time import NeverOpen
from cases.replay.figures import Figures, figures_of
from cases.replay.people import People
from cases.replay.play import Play
from cases.replay.rows import Said, in_order
from cases.spoken.durations import parse_duration
from handlers.feedback.import_file import REFUSED_SHOWN, refused_line
from handlers.feedback.judge import scores
from handlers.judging.scorer import judge_here
from handlers.judging.unscored import Judge
from handlers.terminal.named_file import progress, refused, without_collecting, write
from handlers.terminal.replay_page import page
from handlers.terminal.replay_words import Replayed, as_text
from handlers.terminal.settings import read_policy_file

_AT_ONCE = 64  # texts that are scored together
_LONGEST = timedelta(days=30)
Shown: TypeAlias = Callable[[Sequence[Arriving], str], Iterator[Arriving]]
"""Passes rows on, and shows how many there have been; a label says for what."""


def people(team: int, claims_after: str, contacts_after: str) -> People:
    """How people are to act, as it is written with the command."""
    named = {"--claims-after": claims_after, "--contacts-after": contacts_after}
    lengths = [_length(option, written) for option, written in named.items()]
    return People(team=team, claims_after=lengths[0], contacts_after=lengths[1])


def _length(option: str, written: str) -> timedelta:
    try:
        length = parse_duration(written)
    except ValueError as wrong:
        raise refused(f"{option}: {wrong}") from None
    if not timedelta() <= length <= _LONGEST:
        raise refused(f'{option}: "{written}" is not from "0m" to "30d"')
    return length


def other_policy(path: Path, present: Mapping[str, Policy]) -> dict[str, Policy]:
    """Another policy by its file's name, told apart from that of the present one."""
    if not path.is_file():
        raise refused(f"--policy: there is no file {path}")
    name = next(each for each in (path.name, str(path), f"{path} (the other)") if each not in present)
    try:
        return {name: read_policy_file(str(path), required=True)}
    except PolicyError as wrong:
        raise refused(str(wrong)) from None


def replayed(
    file: Path,
    rows: Sequence[Row],
    told: Told,
    policies: Mapping[str, Policy],
    people: People,
    now: datetime,
    out: Path,
    *,
    learned: bool,
) -> Iterator[str]:
    """Plays it, writes the page, and says what it comes to. Exits where there is nothing to play."""
    said = in_order(rows, told.zone, now)
    yield from _refused_rows(said)
    if not said.arriving:
        _nothing(said)
    judge = _judge() if learned else None
    try:
        figures = played(said, policies, people, judge, _shown)
    except NeverOpen as closed:
        raise refused(str(closed)) from None
    all_of_it = Replayed(file.name, said, people, policies, figures, learned=learned)
    yield from as_text(all_of_it)
    if not write(out, page(all_of_it, now)):
        raise typer.Exit(2)
    yield ""
    yield f"The same with pictures: {out}"


def _judge() -> Judge:
    judge = judge_here()
    if judge is None:
        raise refused(
            "--learned: the learned judge cannot be used on this machine. Without --learned the small one stands in."
        )
    return judge


def _refused_rows(said: Said) -> Iterator[str]:
    yield from (refused_line(row) for row in said.refused[:REFUSED_SHOWN])
    if len(said.refused) > REFUSED_SHOWN:
        yield f"  … and {len(said.refused) - REFUSED_SHOWN} more rows that cannot be read"


def _nothing(said: Said) -> NoReturn:
    why = ""
    if said.without_time:
        why = (
            ' No row says when it was said, as far as can be told. Which column does? --map "Submitted at=occurred_at"'
        )
    typer.echo(f"There is nothing to play.{why}", err=True)
    raise typer.Exit(1)


def _shown(things: Sequence[Arriving], label: str) -> Iterator[Arriving]:
    with progress(things, label) as shown:
        yield from shown


# The play


def played(
    said: Said, policies: Mapping[str, Policy], people: People, judge: Judge | None, shown: Shown
) -> dict[str, Figures]:
    """The figures under each policy, several at the same time. `judge` reads the words, where it is not None. Raises NeverOpen."""
    with without_collecting():
        read = _scored(said.arriving, judge, shown) if judge else None
        (name, present), *others = policies.items()
        beside = {other: _beside(partial(_figures, said, read, policy, people)) for other, policy in others}
        figures = {name: _figures(said, read, present, people, shown)}
        return figures | {other: awaited() for other, awaited in beside.items()}


def _figures(
    said: Said, read: Sequence[Score | None] | None, policy: Policy, people: People, shown: Shown | None = None
) -> Figures:
    play = Play(policy, people)
    rows = shown(said.arriving, "Playing") if shown else said.arriving
    for place, arriving in enumerate(rows):
        play.hears(arriving, read[place] if read else None, learned=read is not None)
    play.until(None)
    return figures_of(play, said.first_at)


def _beside(work: Callable[[], Figures]) -> Callable[[], Figures]:
    """Begins work in a process that splits off with all that this one knows; where none can, or it breaks, it is done when awaited."""
    if sys.platform != "linux":
        return work
    ours, theirs = Pipe(duplex=False)
    process = get_context("fork").Process(target=partial(_send, work, theirs), daemon=True)
    process.start()
    theirs.close()

    def awaited() -> Figures:
        try:
            figures: Figures = ours.recv()
        except EOFError:
            return work()
        process.join()
        return figures

    return awaited


def _send(work: Callable[[], Figures], to: Any) -> None:
    with suppress(Exception):  # whoever awaits it does it again, and hears what is wrong
        to.send(work())


def _scored(arriving: Sequence[Arriving], judge: Judge, shown: Shown) -> list[Score | None]:
    """The same words have the same score."""
    known: dict[str, Score | None] = {}
    rows = shown(arriving, "Reading words")
    while some := list(islice(rows, _AT_ONCE)):
        new = {words: one.feedback for one in some if (words := words_of(one.feedback)) and words not in known}
        known |= dict(zip(new, scores(judge, list(new.values())), strict=True))
    return [known.get(words_of(one.feedback)) for one in arriving]
