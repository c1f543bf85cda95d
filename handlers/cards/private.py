"""What only one person sees: how to reach the customer, that an action was done, and why another was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cases.acts.act import Act, ActionName, NotAllowed
from cases.acts.commands import Misread
from cases.acts.refusals import RefusalName
from cases.arrivals.decision import LETTERS
from cases.arrivals.deliveries import Outcome as AtDoor
from cases.arrivals.deliveries import Seen
from cases.messages.notes import Unusable
from cases.model import Case, Customer, Outcome, Sign, Status
from cases.policy.page import Policy
from cases.replies.drafts import Reply
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import actions, button, context, preformatted, rich, section
from handlers.cards.message import Message, line, message, spoken
from handlers.cards.mrkdwn import Mrkdwn, escape, fill, fit, join, mail_draft_link, mail_link, mention, telephone_link

DETAIL_LIMIT = 320  # an e-mail address may have 320 characters, and half of one reaches nobody


def contact_details(case: Case, policy: Policy) -> Message:
    """How to reach the customer; for the owner's eyes only, by ephemeral or direct message."""
    who = phrases.customer_link(case, phrases.customer(case), policy, alone=True)
    title = fill(words.DETAILS, customer=who, number=case.number)
    wish = words.DETAILS_WISH if case.held else None
    return message(section(join("\n", [title, *_ways_to_reach(case, policy), wish]), "details"))


def taken(said: Message, how: Message) -> Message:
    """That the case is theirs, and how to reach the customer, in one answer; or that they hear that later."""
    return message(section(Mrkdwn(said.text), "done"), *how.blocks)


def approved(case: Case, reply: Reply, person: str, *, mailed: bool) -> Message:
    """The approved words where they can be copied whole, and a link that opens them as a mail, or why there is none.

    `mailed`: this person may see the customer's address.
    """
    return message(
        section(Mrkdwn(words.APPROVED_COPY), "approved"),
        rich([preformatted(reply.body)], "copy"),
        context(_by_mail(case, reply, person, mailed=mailed), "mail"),
        actions([button("sent", case.number)], "sent"),
    )


def _by_mail(case: Case, reply: Reply, person: str, *, mailed: bool) -> Mrkdwn:
    address = _short(case.customer.email)
    if not address:
        return Mrkdwn(words.NO_MAIL_ADDRESS)
    if mailed:
        return mail_draft_link(address, words.APPROVED_MAIL, reply.subject, reply.body)
    if case.owner is None:
        return Mrkdwn(words.NO_MAIL_UNOWNED)
    return fill(words.NO_MAIL_NOT_OWNER, owner=mention(case.owner)) if case.owner != person else Mrkdwn()


def taken_over(case: Case, by: str, text: str | None) -> Message:
    """What the former owner hears when a colleague takes a case over, with the word they left."""
    sentence = words.TAKEN_OVER_NOTICE_SAYING if text else words.TAKEN_OVER_NOTICE
    return line(fill(sentence, by=mention(by), case=phrases.listed(case), text=_short(text).rstrip(".") + "."))


def channel_silent(channel: str, count: int, what: str, home: str | None = None) -> Message:
    """To the lead: nothing can be said in a channel, as it was archived, or as the bot has left it.

    `home` is the default channel, where new cases come instead; None where that is the one.
    """
    if home is None:
        return line(fill(words.CHANNEL_SILENT[what], channel=phrases.channel(channel), count=count))
    named = {"channel": phrases.channel(channel), "home": phrases.channel(home)}
    return line(fill(words.CHANNEL_SILENT_BESIDE[what], count=count, **named))


def channel_unusable(channel: str, here: str, what: Unusable) -> Message:
    """To the lead: new cases of a channel stand in the default one, and how to end that."""
    fix = fill(words.UNUSABLE_FIX[what], channel=phrases.channel(channel))
    why = words.UNUSABLE[what]
    return line(
        fill(words.CHANNEL_UNUSABLE, channel=phrases.channel(channel), here=phrases.channel(here), why=why, fix=fix)
    )


def right_moved(title: str, named: str, before: str | None, after: str | None) -> Message:
    """To whoever had a right by policy, and whoever has it now: a name in policy.toml means somebody else."""
    sentence = words.RIGHT_MOVED if after else words.RIGHT_LOST
    people = {"before": mention(before) if before else words.NOBODY, "after": mention(after) if after else ""}
    return line(fill(sentence, title=_titled(title), named=named, id=before or "U…", **people))


def _titled(title: str) -> str:
    return words.TITLES.get(title) or words.TITLE_IN_CHANNEL.format(title=title)


def lead_called(case: Case) -> Message:
    """To the lead: a case that no model and no routine may answer."""
    return line(fill(words.LEAD_CALLED, case=phrases.listed(case)))


def budget_spent(limit: int) -> Message:
    """To the lead: the model is silent for the rest of the day."""
    return line(fill(words.MODEL_BUDGET_SPENT, limit=limit))


def scale_wanted(source: str, question: str) -> Message:
    """To the lead: somebody answered a question with a number, and nobody knows out of how many."""
    return line(fill(words.SCALE_WANTED, source=source, question=one_line(question, 120)))


def unread_body(source: str, fields: Sequence[str]) -> Message:
    """To the lead: something came from a source, and nobody can read it as feedback."""
    where = ", ".join(dict.fromkeys(one_line(field, 80) for field in fields[:3] if field)) or "body"
    return line(fill(words.UNREAD_LETTER if source == LETTERS else words.UNREAD_BODY, source=source, where=where))


def mailbox_without(name: str) -> Message:
    """To the lead: a folder that letters are read from is gone."""
    return line(fill(words.MAILBOX_WITHOUT, name=one_line(name, 80)))


def mailbox_full(share: float) -> Message:
    """To the lead: the mailbox has hardly any room left. `share` is what is taken of it, from 0 to 1."""
    return line(fill(words.MAILBOX_FULL, share=f"{share:.0%}"))


def shut_out(door: str, env: str, refused: Mapping[AtDoor, Seen], received: Seen | None) -> Message:
    """To the lead: a door refuses what may be a source's own. `refused` is not empty, the latest first."""
    outcome, latest = next(iter(refused.items()))
    since = min(each.since for each in refused.values())
    heard = fill(words.NOTHING_SINCE, since=received.last_at) if received else words.NOTHING_RECEIVED
    why = fill(words.REFUSED[outcome], env=env)
    return line(fill(words.SHUT_OUT, door=door, since=since, last=latest.last_at, why=why, received=heard))


def _ways_to_reach(case: Case, policy: Policy) -> list[Mrkdwn]:
    orders = dict.fromkeys(f.order_ref for f in case.feedback if f.order_ref)
    told = [line for detail in _DETAILS for line in _told(case, detail)]
    if orders:
        told.append(
            fill(
                words.DETAILS_ORDER,
                value=join(", ", (phrases.order(case, order, policy, DETAIL_LIMIT, alone=True) for order in orders)),
            )
        )
    return told if reachable(case.customer) else [Mrkdwn(words.DETAILS_NONE), *told]


@dataclass(frozen=True, slots=True)
class _Detail:
    """One way to know or to reach a customer: its field, its sentence, how it is shown, and when two are the same."""

    name: str
    sentence: str
    shown: Callable[[str], Mrkdwn]
    key: Callable[[str], str] = str.casefold


def _told(case: Case, detail: _Detail) -> Iterator[Mrkdwn]:
    """What the first feedback told, plainly; what came later with whom it came: nobody has proved that it is theirs."""
    seen = set()
    for place, said in enumerate(case.feedback):
        value = getattr(said.customer, detail.name)
        if not value or detail.key(value) in seen:
            continue
        seen.add(detail.key(value))
        if place and not (detail.name == "name" and len(seen) == 1):
            sentence = fill(detail.sentence, value=detail.shown(_short(value)))
            yield fill(words.DETAILS_LATER, detail=sentence, source=_short(said.source))
        elif detail.name != "name":
            yield fill(detail.sentence, value=detail.shown(_short(value)))


def _same_number(written: str) -> str:
    """Numbers are compared by their last digits, however they are written."""
    return "".join(char for char in written if char.isdecimal())[-8:]


_DETAILS = (
    _Detail("name", words.DETAILS_NAME, escape),
    _Detail("email", words.DETAILS_MAIL, mail_link),
    _Detail("phone", words.DETAILS_PHONE, telephone_link, _same_number),
    _Detail("id", words.DETAILS_ID, escape),
)


def reachable(customer: Customer) -> bool:
    """Whether we know an address or a number to write or to call."""
    return bool(customer.email or customer.phone)


def _short(text: str | None) -> str:
    return one_line(text or "", DETAIL_LIMIT)


def on_its_way(number: int, wait: timedelta) -> Message:
    """That the approved reply goes out in a moment, and how it is held back."""
    return line(fill(words.ON_ITS_WAY, number=number, wait=phrases.length(wait), back=words.BUTTONS["take_back"]))


def dismiss_asks(case: Case) -> Message:
    """Before what may be a danger is put aside as no complaint."""
    yes = button(ActionName.DISMISS, case.number, label=words.DISMISS_YES)
    return message(section(words.DISMISS_ASKS, "asks"), actions([yes], "buttons"))


def done(act: Act, case: Case) -> Message:
    """That an action took effect, in one line. `case` as it is afterwards."""
    return line(
        fill(
            _sentence(act, case),
            number=case.number,
            case=phrases.named(case),
            owner=mention(case.owner) if case.owner else words.NO_OWNER,
            until=case.snoozed_until or case.look_back_at or case.opened_at,
            promise=_short(act.text or (case.promised.what if case.promised else None)),
            due=act.until or case.promise_due_at or case.opened_at,
            outcome=phrases.outcome(case),
        )
    )


def how_won(act: Act, case: Case) -> Message | None:
    """To whoever says that a customer is won back, and no more: by what that is known, in one click. None where it is."""
    if act.action != ActionName.CLOSE or case.outcome is not Outcome.WON_BACK or act.sign or case.sign != Sign.OUR_WORD:
        return None
    asked = section(fill(words.HOW_WON, number=case.number), "how-won")
    return message(asked, actions([button(f"{WON}{sign.value}", case.number) for sign in SIGNS], "signs"))


WON = "won_"  # before a sign: the name of the button that says it
SIGNS = (Sign.SAID_SO, Sign.ORDERED)


def _sentence(act: Act, case: Case) -> str:
    told = act.action in (ActionName.CONTACTED, ActionName.TRIED)
    # Neither "contacted" nor "still waits" is said of a case that is not so.
    if told and (act.action == ActionName.CONTACTED) is not (case.status is Status.CONTACTED):
        return words.CONTACT_NOTED
    asks_later = act.action == ActionName.SNOOZE and case.status is Status.CONTACTED
    return words.LOOKS_BACK if asks_later else words.ACTIONS[act.action].done


def joined(number: int, other: int, brought: Sequence[int], channel: str | None = None) -> Message:
    """One case goes on with another one's words, and how that is undone; `channel` is where, if they stood elsewhere until now."""
    undo = join(" · ", (fill(words.UNDO_MOVE, number=number, feedback=each) for each in brought[:3]))
    told = fill(words.JOINED_NOW, number=number, other=other, undo=undo)
    return line(fill(words.JOINED_ELSEWHERE, told=told, channel=phrases.channel(channel)) if channel else told)


def moved(number: int, to: int) -> Message:
    """What was another customer's has a case of its own, and how that is undone."""
    return line(fill(words.MOVED_NOW, number=number, to=to))


def opened(case: Case, link: str | None) -> Message:
    """What somebody took down is kept in this case; nobody knows more of it, so it is offered to them if it is free."""
    if case.owner is not None:
        return line(fill(words.CASE_WITH_OWNER, case=phrases.named(case, link), owner=mention(case.owner)))
    said = section(fill(words.CASE_OPENED, case=phrases.named(case, link)), "opened")
    return message(said, actions([button(ActionName.CLAIM, case.number, style="primary")], "buttons"))


def letter_ready(case: Case, link: str | None, *, beside: bool) -> Message:
    """Where the letter stands that was asked for; `beside`: below the words of a person, which stay."""
    said = words.LETTER_BESIDE if beside else words.LETTER_READY
    return line(fill(said, case=phrases.named(case, link)))


def _of_one(number: int, answer: Mrkdwn) -> Mrkdwn:
    """What begins with the number of its case needs it no second time."""
    return (
        answer
        if answer.startswith((f"#{number} ", f"*#{number}*"))
        else fill(words.OF_EACH, number=number, answer=answer)
    )


def of_each(answers: Sequence[tuple[int, Message]]) -> Message:
    """The answers about several cases as one: a line for each, and below them what more is told of some."""
    lines = [_of_one(number, spoken(said.blocks[:1])) for number, said in answers]
    more = [(number, spoken(said.blocks[1:])) for number, said in answers]
    return message(
        section(fit(join("\n", lines)), "lines"),
        *(section(told, f"more {number}") for number, told in more if told),
    )


def unchanged(act: Act, case: Case) -> Message | None:
    """The same person did the same thing twice: nothing is said, unless they wonder whether the case is theirs."""
    if act.action in (ActionName.CLAIM, ActionName.TAKEOVER) and case.owner == act.actor:
        return line(fill(words.ALREADY_YOURS, number=case.number))
    return None


def refused(refusal: NotAllowed | Misread, case: Case | None = None, emoji: str | None = None) -> Message:
    """Why something cannot be done, and what to do instead, with a button where there is one.

    An `emoji` that asked for it still stands on the card.
    """
    about = {"number": case.number} if case else {}
    said = words.refusal(refusal.reason, {**about, **refusal.facts})
    stays = fill(words.EMOJI_STAYS, emoji=Mrkdwn(f":{emoji}:")) if emoji else None
    told, way_out = line(join(" ", [said, stays])), _WAYS_OUT.get(refusal.reason)
    if way_out is None or "number" not in refusal.facts:
        return told
    return message(*told.blocks, actions([button(way_out, refusal.facts["number"])], "instead"))


_WAYS_OUT: Mapping[RefusalName, ActionName] = {
    "held": ActionName.TAKEOVER,
    "reach_held": ActionName.TAKEOVER,
    "reach_unclaimed": ActionName.CLAIM,
}
