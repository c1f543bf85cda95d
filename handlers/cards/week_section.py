"""The digest's section on the week: its figures against the week before, what it was about, what was learned, and thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.figures.digest import HOLDERS_SHOWN, Tally, Week
from cases.figures.themes import Theme
from cases.lessons.lesson import Lesson
from cases.policy.working_time import DAY
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention

LESSON_LIMIT = 140
_OFTEN = 2


def week(told: Week, links: Mapping[int, str]) -> Mrkdwn:
    """A few lines; nothing at all where nothing happened in two weeks. `links`: case number → address of its card."""
    if told.now == told.before == Tally():
        return Mrkdwn()
    return join(
        "\n",
        [
            fill(words.WEEK_TITLE, last=told.end - DAY),
            _tally(told.now, told.before),
            phrases.grades(told.contacts),
            _listed(words.WEEK_THEMES, "themes", [_theme(theme, links) for theme in told.themes]),
            _listed(words.WEEK_LESSONS, "lessons", [_lesson(lesson, links) for lesson in told.lessons]),
            _most_often(told.causes),
            *_to_change(told.changes, links),
            _thanks(told),
        ],
    )


def _tally(now: Tally, before: Tally) -> Mrkdwn:
    figures = fill(
        words.WEEK_TALLY,
        new=now.new,
        new_before=before.new,
        contacted=now.contacted,
        contacted_before=before.contacted,
        won=now.won_back,
        won_before=before.won_back,
    )
    any_lost = now.lost or before.lost
    lost = fill(words.WEEK_LOST, lost=now.lost, lost_before=before.lost) if any_lost else None
    return join(" · ", [figures, lost])


def _listed(sentence: str, blank: str, parts: list[Mrkdwn]) -> Mrkdwn | None:
    return fill(sentence, **{blank: join(" · ", parts)}) if parts else None


def _theme(theme: Theme, links: Mapping[int, str]) -> Mrkdwn:
    cases = join(" ", (phrases.numbered(number, links.get(number)) for number in theme.examples))
    sentence = words.WEEK_THEME if theme.count <= len(theme.examples) else words.WEEK_THEME_AND_MORE
    return fill(sentence, reason=words.reason(theme.code), count=theme.count, cases=cases)


def _lesson(lesson: Lesson, links: Mapping[int, str]) -> Mrkdwn:
    case = phrases.numbered(lesson.case, links.get(lesson.case))
    return fill(words.WEEK_LESSON, text=one_line(lesson.gist, LESSON_LIMIT), case=case)


def _most_often(causes: Sequence[tuple[str, int]]) -> Mrkdwn | None:
    """Said once it is more than a single case, of which its lesson tells all."""
    if not causes or causes[0][1] < _OFTEN:
        return None
    cause, count = causes[0]
    return fill(words.WEEK_CAUSE, cause=one_line(cause, LESSON_LIMIT), count=count, all=sum(each for _, each in causes))


def _to_change(changes: Sequence[Lesson], links: Mapping[int, str]) -> list[Mrkdwn]:
    lines = [
        fill(
            words.WEEK_CHANGE,
            text=one_line(lesson.learned or "", LESSON_LIMIT),
            due=lesson.change_due_at,
            maker=mention(lesson.change_by or words.SOMEBODY),
            case=phrases.numbered(lesson.case, links.get(lesson.case)),
        )
        for lesson in changes
    ]
    return [Mrkdwn(words.WEEK_CHANGES), *lines] if lines else []


def _thanks(told: Week) -> Mrkdwn | None:
    """Everybody alike: who did how much is nobody's business here."""
    people = [mention(person) for person in told.people[:HOLDERS_SHOWN]]
    return fill(words.WEEK_THANKS, people=join(", ", people)) if people else None
