"""Who may, and whom policy gives a right of their own: what Slack, policy and the database say, put before the pure rule."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from cases import may as rule
from cases.acts.act import NotAllowed
from cases.may import Known, Standing, What, asked_for
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.policy.hours import WEEKDAYS
from cases.policy.page import Policy
from cases.policy.values import ROLES
from handlers.cards import private
from handlers.slack.cache import WHILE_TRUE
from handlers.slack.channel_names import is_channel
from handlers.slack.directory import Seen
from handlers.slack.members import Fitting, Member
from handlers.world import World
from store import cases, channels, facts, figures, messages, timeline
from store.engine import Tx

log = logging.getLogger(__name__)
PINNED = "right:"  # and a title: whom its name in policy.toml was found to mean
_MOST_CHANNELS = 10_000  # of cases that a process remembers
_TOLD_OF = timedelta(weeks=5)  # longer than a digest's picture, the longest look back at the cases of one channel
_MOST_NAMED = 3  # of those who may have been meant


def may(
    world: World, person: str, asks: str, number: int | None = None, channel: str | None = None
) -> NotAllowed | None:
    """Why this person may not have what they ask for, about a case if there is a `number`; None where they may.

    `asks` is the name of a command, a button or a form, or what kind of thing it is; see cases/may.py. What is about no case
    is about a `channel`, or about the team: then whoever is in one of its channels may, and reads of others no cases. Asks
    Slack at most what it has not told within ten minutes, and waits no longer than a click can.
    """
    what = What(asks) if asks in set(What) else asked_for(asks)
    _learn(world)
    places = channels_of_ours(world)
    if number is not None or channel is not None:
        places = [channel or channel_of(world, number) or world.directory.default_channel]
    elif world.policy.slack.who == "channel":
        world.directory.look_into(places)
    refusals = (_may_in(world, person, what, place) for place in places)
    first = next(refusals)
    return first if first is None or all(refusals) else None


def _may_in(world: World, person: str, what: What | None, channel: str) -> NotAllowed | None:
    circle = world.policy.slack.who
    seen = world.directory.seen(person, channel if circle == "channel" else None)
    return rule.may(_known(world, person, seen, channel), what, circle)


def learn_channels(world: World, tx: Tx) -> None:
    """Which channels names mean that this process has not found: another one may have."""
    if not _knows_channels(world):
        world.directory.told_of_channels(channels.known_as(tx))


def _learn(world: World) -> None:
    if not _knows_channels(world):
        world.store.read(partial(learn_channels, world))


def _knows_channels(world: World) -> bool:
    return all(is_channel(world.directory.known(named)) for named in world.directory.named)


def channels_of_ours(world: World) -> list[str]:
    """The default channel and those that policy names, as far as they are known without asking Slack."""
    return list(dict.fromkeys(map(world.directory.known, world.directory.named)))


def channels_told_of(world: World) -> set[str]:
    """Our channels, and all whose cases lists, digests and figures tell of, also where nobody names them any more; as cases name them."""
    since = world.now() - _TOLD_OF
    return {*world.store.read(lambda tx: figures.channels_told_of(tx, since)), *channels_of_ours(world)}


def opens_in(world: World, typed_in: str) -> str | None:
    """Where a case that somebody opens by hand is to stand: where they are, if that is one of our channels; else by its source."""
    return typed_in if typed_in in channels_of_ours(world) else None


def may_open(world: World, person: str, channel: str | None) -> NotAllowed | None:
    """Why this person may not open a case by hand, which is to stand there, or where its source's do."""
    return may(world, person, "new", channel=channel or world.directory.default_channel)


def hidden_from(world: World, person: str) -> tuple[str, ...]:
    """The channels, as their cases name them, of whose cases this person may not know. Looked up before a transaction."""
    if world.policy.slack.who == "workspace":
        return ()
    there = channels_told_of(world)
    return tuple(channel for channel in sorted(there) if may(world, person, What.READ, channel=channel) is not None)


def readable(world: World, person: str, numbers: Collection[int]) -> list[int]:
    """Those of these cases that this person may read, in their order. Slack is asked once for each channel at most."""
    of: dict[str | None, bool] = {}
    for number in numbers:
        channel = channel_of(world, number)
        if channel not in of:
            of[channel] = may(world, person, What.READ, number) is None
    return [number for number in numbers if of[channel_of(world, number)]]


def called(world: World, name: str, number: int) -> tuple[Member, ...]:
    """Who in a case's channel answers to a lower-case name. That gives nobody a right: it is only to be offered."""
    where = channel_of(world, number)
    return world.directory.called(name, where) if where else ()


def _known(world: World, person: str, seen: Seen, channel: str) -> Known:
    circle, standing = world.policy.slack.who, seen.member.standing if seen.member else None
    if standing not in (None, Standing.MEMBER) or (standing and circle == "workspace"):
        return Known(standing=standing, lately=seen.lately)
    if standing and seen.in_channel:
        return Known(standing=standing, in_channel=True, lately=seen.lately and seen.channel_lately)
    if standing and _is_named(world, person, channel):
        return Known(standing=standing, named=True, lately=seen.lately)
    untold = standing is None or (circle == "channel" and seen.in_channel is None)
    if untold and world.store.read(lambda tx: timeline.acted_lately(tx, person)):
        # This process began while Slack gives no answer; the record tells who has been one of the team.
        return Known(standing=Standing.MEMBER, named=True, lately=False)
    return Known(standing=standing, in_channel=seen.in_channel, lately=seen.lately)


def _is_named(world: World, person: str, channel: str) -> bool:
    """Whether policy gives them a title in a channel, or lists them where the list counts."""
    policy = world.policy
    listed = policy.slack.members if policy.slack.who == "members" else ()
    titled = any(holder(world, title, channel) == person for title in TITLES)
    return titled or any(world.directory.person(name) == person for name in listed)


def channel_of(world: World, number: int | None) -> str | None:
    """The channel of a case, which seldom changes; looked up once in ten minutes."""
    if number is None:
        return None
    known = world.channels.get(number)
    if known is None or world.now() - known[1] >= WHILE_TRUE:
        return knows_channel(world, number, world.store.read(lambda tx: cases.channel(tx, number)))
    return known[0]


def knows_channel(world: World, number: int, channel: str | None) -> str | None:
    """Keeps the channel of a case that was loaded anyway."""
    if len(world.channels) >= _MOST_CHANNELS:
        world.channels.clear()
    if channel is not None:
        world.channels[number] = channel, world.now()
    return channel


# Rights that policy gives by name


TITLES = ("lead", "manager", "beyond", "may_override")
"""What a person may be by policy."""


def titles(policy: Policy) -> dict[str, str]:
    """All that somebody can be by this policy, each with the name it gives; "" where it names nobody."""
    return {
        "lead": policy.lead,
        "manager": policy.manager,
        "beyond": policy.remedies.beyond,
        "may_override": policy.drafts.may_override,
        **{lead_of(channel): own.lead for channel, own in policy.channels.items() if own.lead},
    }


def lead_of(channel: str) -> str:
    """The title of a channel's own lead."""
    return f"lead of {channel}"


def title_in(world: World, title: str, channel: str) -> str:
    """The title that counts in a channel (empty: in the team's): its own lead's, where it has one."""
    if title != "lead" or not channel:
        return title
    directory, ours = world.directory, world.directory.known(channel)
    own = (named for named, each in world.policy.channels.items() if each.lead and directory.known(named) == ours)
    return next(map(lead_of, own), title)


def holder(world: World, title: str, channel: str = "") -> str | None:
    """The id of who has a title in a channel by policy, None for nobody; may ask Slack, so not in a transaction.

    Where Slack does not tell whom a name means, it is whom it was last found to mean.
    """
    _learn(world)
    title = title_in(world, title, channel)
    named = titles(world.policy).get(title)
    found = world.directory.fits(named) if named else None
    if found is not None:
        return found.person.id if found.person else None
    return world.store.read(lambda tx: _last(world, tx, title)) if named else None


def lead_of_source(world: World, source: str) -> str:
    """Where to say what whoever leads is to know of a source: to them, or in its channel where nobody leads."""
    channel = world.directory.known(world.policy.channel_of(source))
    return holder(world, "lead", channel) or channel


def last_holder(world: World, tx: Tx, title: str, channel: str = "") -> str | None:
    """As `holder`, by what Slack has told so far: for use in a transaction."""
    learn_channels(world, tx)
    return _last(world, tx, title_in(world, title, channel))


def _last(world: World, tx: Tx, title: str) -> str | None:
    named = titles(world.policy).get(title)
    last = pinned(tx, title) if named else None
    return last["person"] if last and last["named"] == named else None


def by_name(world: World, channel: str) -> Policy:
    """The policy of a channel with people called by their names where it has handles or ids, for sentences; asks Slack for nobody.

    A handle with its sign would look like a mention and reach nobody.
    """

    def said(title: str) -> str:
        title = title_in(world, title, channel)
        written, person = world.pinned.get(title) or (titles(world.policy)[title], None)
        return (world.directory.known_name(person) if person else None) or written.removeprefix("@")

    policy = world.policy
    drafts = policy.drafts.model_copy(update={"may_override": said("may_override")})
    remedies = policy.remedies.model_copy(update={"beyond": said("beyond")})
    return policy.model_copy(
        update={"lead": said("lead"), "manager": said("manager"), "drafts": drafts, "remedies": remedies}
    )


def pin_titles(world: World) -> None:
    """Keeps whom each title means now, and tells whom it meant before, and whom it means now, if that has changed."""
    for title, named in titles(world.policy).items():
        found = world.directory.fits(named) if named else None
        person = found.person.id if found and found.person else None
        if found is not None and world.pinned.get(title) != (named, person):
            world.store.write(partial(_pin, world, title, named, person))
            world.pinned[title] = (named, person)


def is_lead(world: World, person: str, number: int) -> bool:
    """Whether policy names this person as lead where a case stands, or as manager."""
    return person in (holder(world, "lead", channel_of(world, number) or ""), holder(world, "manager"))


def pinned(tx: Tx, title: str) -> dict[str, Any] | None:
    """Whom a title was last found to mean: `named` as policy has it, `person` (None: nobody) and since when (`at`)."""
    found: dict[str, Any] | None = facts.recall(tx, f"{PINNED}{title}")
    return found


def _pin(world: World, title: str, named: str, person: str | None, tx: Tx) -> None:
    """Keeps whom the name means. Where that was somebody else before, both hear of it: no right moves in silence."""
    now, before = world.now(), pinned(tx, title)
    if before and (before["named"], before["person"]) == (named, person):
        return
    facts.remember(tx, f"{PINNED}{title}", {"named": named, "person": person, "at": now.isoformat()})
    if before is None or before["person"] == person:
        return
    for one in filter(None, (before["person"], person)):
        told = private.right_moved(title, named, before["person"], person)
        intent = intents.right_moved(title, before["at"], one)
        messages.owe(tx, Notice(told.text, told.blocks), intent=intent, channel=one, now=now)


def named_in(policy: Policy) -> dict[str, str]:
    """Names and ids in policy.toml of persons, or in the ladder of groups, each with the first place it stands in."""
    places = [
        (policy.lead, "lead"),
        (policy.manager, "manager"),
        *((own.lead, lead_of(channel)) for channel, own in policy.channels.items()),
        *((rung.tell, "ladder") for rung in policy.nudges if rung.tell not in ROLES),
        *((name, "rota") for weekday in range(len(WEEKDAYS)) for name in policy.rota.on(weekday)),
        *((name, "member") for name in policy.slack.members),
        (policy.remedies.beyond, "remedies"),
        (policy.drafts.may_override, "drafts"),
    ]
    first: dict[str, str] = {}
    for name, role in places:
        if name:
            first.setdefault(name, role)
    return first


def settle(world: World) -> None:
    """Looks whom the names in policy.toml mean now, and says in the log which of them give nobody a right."""
    pin_titles(world)
    for said in _without_right(world):
        if said not in world.said:
            log.warning("%s", said)
            world.said.add(said)


def _without_right(world: World) -> Iterator[str]:
    for name, role in named_in(world.policy).items():
        found = world.directory.fits(name)
        if found is not None and found.person is None and not (role == "ladder" and world.directory.group(name)):
            yield "; ".join(why_nobody(role, name, found))


def why_nobody(role: str, name: str, found: Fitting, or_group: str = "") -> tuple[str, str]:
    """Why a name in policy.toml gives nobody a right, and what to write there instead."""
    meant = found.instead[:_MOST_NAMED]
    called = ", ".join(each.name for each in meant)
    ids = " or ".join(f'"{each.id}" for {each.name} (@{each.handle})' for each in meant)
    by_id = f"if somebody of these is meant, write the id in its place in policy.toml: {ids}"
    if found.why == "no_member" and meant[0].standing is not Standing.NOBODY:
        return f"{role}: {name} is {_STANDINGS[meant[0].standing]}", "name somebody of the team in policy.toml"
    if found.why == "several":
        return f"{role}: {name} is the handle of several people, so it gives nobody a right", by_id
    if found.why == "only_called":
        return f"{role}: nobody has the handle {name}, and what people call themselves ({called}) gives no right", by_id
    fix = "write the handle or the id (U…) in policy.toml as Slack's profile shows it"
    return f"{role}: Slack knows nobody{or_group} called {name}", fix


_STANDINGS = {
    Standing.GUEST: "a guest, and no guest has rights here",
    Standing.BOT: "a bot, and no bot has rights here",
    Standing.GONE: "deactivated",
    Standing.ELSEWHERE: "of another workspace, and nobody from there has rights here",
}
