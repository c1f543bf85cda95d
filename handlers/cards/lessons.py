"""The private answer to `/case lessons`: a page of what was learned, the latest first, of everything or of one topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases.lessons.lesson import Lesson
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import context, section
from handlers.cards.digest_card import Links
from handlers.cards.message import Message, line, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention, unstyled

PAGE = 5  # lessons; with their lines one screen
LINE_LIMIT = 200
TOPIC_LIMIT = 60


def lessons(found: Sequence[Lesson], topic: str, page: int, links: Links) -> Message:
    """Page number `page` (from 1) of those that were found, in the order given."""
    count, topic = len(found), unstyled(one_line(topic, TOPIC_LIMIT))
    pages = -(-count // PAGE)
    typed = f" {topic}" if topic else ""
    if not count:
        return line(fill(words.LESSONS_NONE_ABOUT, topic=topic) if topic else Mrkdwn(words.LESSONS_NONE))
    if page > pages:
        return line(fill(words.LESSONS_NO_SUCH_PAGE, pages=pages, topic=typed))
    one, many = (
        (words.LESSONS_ABOUT_ONE, words.LESSONS_ABOUT) if topic else (words.LESSONS_TITLE_ONE, words.LESSONS_TITLE)
    )
    more = count - page * PAGE
    return message(
        section(fill(words.plural(count, one, many), count=count, topic=topic), "title"),
        *(
            section(join("\n", _lines(each, links)), f"lesson-{each.case}")
            for each in found[(page - 1) * PAGE :][:PAGE]
        ),
        context(fill(words.LESSONS_MORE, count=more, topic=typed, page=page + 1), "more") if more > 0 else None,
    )


def _lines(lesson: Lesson, links: Links) -> Iterator[Mrkdwn]:
    head = words.LESSON_HEAD if lesson.cause else words.LESSON_HEAD_WITHOUT_CAUSE
    case = phrases.numbered(lesson.case, links.get(lesson.case))
    yield fill(head, cause=one_line(lesson.cause or "", LINE_LIMIT), case=case, at=lesson.told_at)
    for sentence, text in (
        (words.LESSON_EXPECTED, lesson.expected),
        (words.LESSON_HAPPENED, lesson.happened),
        (words.LESSON_WENT_WRONG, lesson.went_wrong),
        (words.LESSON_CHANGE if lesson.change_due_at else words.LESSON_LEARNED, lesson.learned),
    ):
        if text and (said := one_line(text, LINE_LIMIT)):
            maker = mention(lesson.change_by or words.SOMEBODY)
            yield fill(sentence, text=said, due=lesson.change_due_at or lesson.told_at, maker=maker)
