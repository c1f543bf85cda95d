"""What can be said in a few words: a case's name, its customer, their words, where it came from, its mark; how long things took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from cases.acts.act import ActionName
from cases.acts.actions import ACTIONS
from cases.figures.stats import Contacts, Lengths, Spread
from cases.judgement.assessment import LARGE_SUM, RAISING
from cases.judgement.grave import GRAVE
from cases.judgement.title import in_their_words
from cases.model import UNCONTACTED, Case, Feedback, Rating, Reason, Severity, Status
from cases.policy.own_pages import filled, names_address
from cases.policy.page import Policy
from cases.spoken.durations import say_duration
from cases.text import ELLIPSIS, ERASED, one_line
from handlers.cards import words
from handlers.cards.mrkdwn import Mrkdwn, escape, fill, join, link, mention, unstyled

TITLE_LIMIT = 90
NAME_OF_CASE = 50  # a case's title in a list or a reminder, where it has to fit on one line
NAME_LIMIT = 60
FEW_WORDS = 56
SOURCE_LIMIT = 80
CLAUSE_LIMIT = 120
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")
QUOTING = GRAVE | {"clause", LARGE_SUM}
"""Reasons that are shown with the customer's words for them."""


def mark(case: Case) -> str:
    """One coloured dot: how grave while the customer waits for us, then that they were reached, then that it is over."""
    if _is_waited_for(case):
        return words.SEVERITY_MARKS[case.severity]
    return words.CONTACTED_MARK if case.status is Status.CONTACTED else words.CLOSED_MARK


def _is_waited_for(case: Case) -> bool:
    """Until they are reached, and again once a promise is broken. What is closed stays so: its lines name the promise."""
    return case.status in UNCONTACTED or (case.status is Status.CONTACTED and bool(case.broken))


def outcome(case: Case) -> str:
    """How it ended, and by what that is known where it is more than our own word."""
    if case.outcome is None:
        return words.STATUSES[Status.CLOSED]
    return words.OUTCOMES[case.outcome] + (words.SIGNS[case.sign] if case.sign else "")


def waits_for(case: Case) -> str:
    """What a case waits for, as lists say it."""
    return words.AWAITED[case.awaited].status if case.status is Status.CLAIMED else words.STATUSES[case.status]


def title(case: Case) -> str:
    """What happened, on one line: the case's own title, else the customer's first words, else the rating."""
    told = case.title.strip() or next((said for f in case.feedback if (said := _said(f))), "")
    if told:
        return one_line(told, TITLE_LIMIT)
    rated = next((f.rating for f in case.feedback if f.rating), None)
    return words.RATED.format(rating=rating(rated)) if rated else words.NO_TITLE


def headline(case: Case) -> str:
    """The card's first line: mark, number, how grave if it is, and what happened."""
    grave = case.severity is not Severity.NORMAL and _is_waited_for(case)
    sentence = words.HEADLINE_GRAVE if grave else words.HEADLINE
    severity = words.SEVERITIES[case.severity].capitalize()
    return sentence.format(mark=mark(case), number=case.number, severity=severity, title=_subject(case))


def _subject(case: Case) -> str:
    """What it is about, wherever a case is named; that one is invented stands before all else."""
    about = _what_about(case)
    return words.PRACTICE_TITLE.format(title=about) if case.is_practice else about


def _what_about(case: Case) -> str:
    """What it is about: the title it was given, else a phrase of the customer's that names it, else the gravest reason.

    Their first words may be about anything: "The box itself was fine. But…" would name no case.
    """
    own = "" if case.title.strip() or _is_erased(case) else in_their_words(case.feedback, case.reasons)
    if own:
        return one_line(own, TITLE_LIMIT)
    telling = [reason for reason in case.reasons if reason.code not in _NAMES_NOTHING]
    if case.title.strip() or not telling:
        return title(case)
    # What happened comes before what makes it urgent, although triage puts the occasion first.
    first = _named(min(telling[:2], key=lambda reason: reason.code == "occasion"))
    return first[0].upper() + first[1:]


def _is_erased(case: Case) -> bool:
    """Of words that were erased the reasons remain, without what was said."""
    return all(each.comment in (None, ERASED) and each.subject is None for each in case.feedback)


# Reasons that say how somebody sounds or how we know, not what happened.
_NAMES_NOTHING = frozenset(
    {"rating_low", "rating_middle", "scale_unknown", "clause", "no_words", "not_scored", "critical_stakes"}
    | {"other_language", "repeat", "promise_broken", "waited_before", "public", "handed_over"}
)


def named(case: Case, address: str | None = None) -> Mrkdwn:
    """`#12 · Soup cold, an hour late` as on its card, and as a link to it where its address is known."""
    return link(address, f"#{case.number} · {unstyled(_in_brief(_subject(case), NAME_OF_CASE))}")


def listed(case: Case, address: str | None = None) -> Mrkdwn:
    """`🟠 #12 · Soup cold, an hour late · Ana Ruiz`: how a case is called wherever several stand, or it stands alone."""
    named_customer = join(" · ", [named(case, address), unstyled(customer(case, ""))])
    return fill(words.LISTED, mark=mark(case), case=named_customer)


def numbered(number: int, address: str | None = None) -> Mrkdwn:
    """`#12`, as a link to the card where its address is known."""
    return link(address, f"#{number}")


def channel(named: str) -> Mrkdwn:
    """A channel by its id, as a link; or by its name."""
    return Mrkdwn(f"<#{named}>") if _CHANNEL_ID.fullmatch(named) else fill("#{name}", name=named)


def customer(case: Case, unnamed: str = words.THE_CUSTOMER) -> str:
    """The customer's name, or that it is one."""
    return one_line(case.customer.name or "", NAME_LIMIT) or unnamed


def order(case: Case, number: str, policy: Policy, limit: int, *, alone: bool = False) -> Mrkdwn:
    """An order's number, as a link to the team's own page of it. `alone`: who reads it may know the customer's address."""
    return link(_own_page(policy.customers.order_url, case, number, policy, alone), one_line(number, limit))


def customer_link(case: Case, label: str, policy: Policy, *, alone: bool = False) -> Mrkdwn:
    """A customer's name or id, as a link to the team's own page of them; `alone` as above."""
    latest = next((f.order_ref for f in reversed(case.feedback) if f.order_ref), None)
    return link(_own_page(policy.customers.customer_url, case, latest, policy, alone), label)


def _own_page(template: str, case: Case, order_ref: str | None, policy: Policy, alone: bool) -> str | None:
    if names_address(template) and not alone and policy.slack.contact_details != "channel":
        return None
    who = case.customer
    return filled(template, {"order_ref": order_ref, "customer_id": who.id, "email": who.email})


_REACHES = re.compile(r"@|\+?\(?\d[\d ()/-]{6,}\d")


def owner(case: Case) -> Mrkdwn:
    """Who holds the case, or that nobody does."""
    return mention(case.owner) if case.owner else Mrkdwn(words.NO_OWNER)


def said_by_customer(feedback: Feedback, headline: str = "") -> str:
    """The customer's own words, whole, below the subject line they stood under; empty where there was only a rating.

    A subject that the `headline` above them says already is left out: nobody reads it twice.
    """
    said, subject = _said(feedback), (feedback.subject or "").strip()
    under = subject and said != feedback.subject and not said.lstrip().casefold().startswith(subject.casefold())
    told = subject and says(headline, subject.rstrip(" ?!."))
    return f"{subject}\n{said}" if said and under and not told else said


def origin(feedback: Feedback) -> str:
    """Where it came from and what else was told with it, whole."""
    facts = [
        words.RATED_FACT.format(rating=rating(feedback.rating)) if feedback.rating else "",
        words.ORDER.format(order=feedback.order_ref) if feedback.order_ref else "",
        feedback.occasion or "",
    ]
    return " · ".join(filter(None, [source_named(feedback.source), *facts]))


def wordless(feedback: Feedback | None) -> str:
    """What stands where the customer's words would."""
    if feedback and feedback.rating:
        return words.NO_WORDS.format(rating=rating(feedback.rating))
    return words.NOTHING_SAID


def also_answered(feedback: Feedback) -> list[tuple[str, str]]:
    """Other questions with their answers, save for those by which the customer could be reached: they are for the owner alone."""
    return [pair for pair in feedback.also_answered if not _REACHES.search(pair[1])]


def _said(feedback: Feedback) -> str:
    """Text of nothing but spaces or invisible characters says nothing."""
    return next((text for text in (feedback.comment, feedback.subject) if text and one_line(text, FEW_WORDS)), "")


def few_words(case: Case) -> str:
    """The beginning of what the customer last said, on one line."""
    return next((_in_brief(said, FEW_WORDS) for f in reversed(case.feedback) if (said := _said(f))), "")


def _in_brief(text: str, limit: int) -> str:
    """One line that ends with a whole word, unless there is only one."""
    line, whole = one_line(text, limit), one_line(text, limit + 1)
    if line == whole:
        return line
    words_left, _, _ = line.removesuffix(ELLIPSIS).rpartition(" ")
    return f"{words_left.rstrip(' .,;:')}{ELLIPSIS}" if words_left else line


def rating(given: Rating) -> str:
    """`2 of 5`, or `2 of ?` where nobody told us how many steps there are."""
    return words.RATING.format(value=f"{given.value:g}", scale="?" if given.scale is None else f"{given.scale:g}")


def source(said: Feedback) -> Mrkdwn:
    """How it reached us: "by phone", or which form or file it came from."""
    return escape(source_named(said.source))


def source_named(name: str) -> str:
    """The same by the name of the source."""
    return words.SOURCES.get(name) or words.FROM_SOURCE.format(source=one_line(name, SOURCE_LIMIT))


def reasons(given: Iterable[Reason], beside: str = "", most: int = 3) -> Mrkdwn:
    """Why triage judged so, in words; without what stands already in the line that it is read `beside`."""
    phrases = (_phrase(reason, beside) for reason in given)
    return join(", ", islice((phrase for phrase in phrases if phrase and not says(beside, phrase)), most))


def says(line: str, phrase: str) -> bool:
    """Whether a line has these words in it, whole ones, whatever their capitals."""
    return re.search(rf"(?<!\w){re.escape(phrase.casefold())}(?!\w)", line.casefold()) is not None


def raising(case: Case) -> Iterator[Reason]:
    """Those of its reasons that make the case graver than others."""
    return (reason for reason in case.reasons if reason.code in RAISING)


def clause(case: Case) -> str:
    """The clause that sounds unhappiest, in the customer's own words; empty where nothing was scored, or all was erased."""
    return next(
        (_quoted(reason) for reason in case.reasons if reason.code in ("clause", "danger") and reason.detail), ""
    )


def _phrase(reason: Reason, beside: str) -> str:
    """A reason with the words that it quotes, unless these are read already."""
    quote = _quoted(reason) if reason.code in QUOTING else ""
    if not quote or says(beside, quote):
        return "" if reason.code == "clause" else _named(reason)
    if reason.code == "clause":
        return words.CLAUSE_QUOTED.format(words=quote)
    return words.REASON_QUOTED.format(reason=_named(reason), words=quote)


def _named(reason: Reason) -> str:
    detail = one_line(reason.detail, NAME_LIMIT)
    if reason.code == "occasion" and detail:
        return words.OCCASION_AT_STAKE.format(occasion=detail)
    return words.reason(reason.code)


def _quoted(reason: Reason) -> str:
    return one_line(reason.detail, CLAUSE_LIMIT).strip(" .,;:!")


def emoji(action: ActionName, policy: Policy) -> Mrkdwn:
    """The emoji that does an action in this team."""
    chosen = [name for name, meant in policy.slack.emoji.items() if meant == action]
    return Mrkdwn(f":{(chosen or list(ACTIONS[action].emoji))[0]}:")


def length(span: timedelta | None) -> str:
    """A duration for people, or that there is none yet."""
    return words.NONE_YET if span is None else say_duration(span)


def took(contacts: Contacts) -> Mrkdwn | None:
    """The time to contact as customers felt it; in working hours too, where nights and weekends made a difference."""
    felt, working = contacts.felt, contacts.working
    return join(
        " · ",
        [
            spread(felt, words.CONTACT_TOOK_FEW, words.CONTACT_TOOK),
            spread(working, words.CONTACT_WORKING_FEW, words.CONTACT_WORKING) if working != felt else None,
        ],
    )


def spread(lengths: Lengths, few: str, several: str) -> Mrkdwn | None:
    """One of two sentences: `few` where each is told by itself, or where all are the same; nothing of nothing."""
    if isinstance(lengths, Spread) and lengths.median != lengths.ninetieth:
        return fill(several, median=length(lengths.median), ninetieth=length(lengths.ninetieth))
    each = (lengths.median,) if isinstance(lengths, Spread) else lengths
    return fill(few, each=", ".join(map(length, each))) if each else None


def grades(contacts: Contacts) -> Mrkdwn | None:
    """How well the contacts are known of, the weakest grade first."""
    told = [fill(words.GRADES_COUNTED[grade], count=count) for grade, count in contacts.by_grade]
    return join(" · ", told) if told else None
