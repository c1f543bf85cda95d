"""An instant as a letter writes it, in the languages that replies can be begun in: weekday, day, month and time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cases.model import Promise
from cases.replies.skeletons import Language
from cases.spoken.seen import unaccented


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One language: how an instant is put, its weekdays from Monday, its months from January, and by whose clock it is."""

    pattern: str
    weekdays: str
    months: str
    by: str  # the clock of a {place}
    by_theirs: str


_CALENDARS: dict[Language, _Calendar] = {
    "en": _Calendar(
        "{weekday} {day} {month} at {time}",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        "{place} time",
        "your local time",
    ),
    "de": _Calendar(
        "{weekday}, den {day}. {month}, {time} Uhr",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Ortszeit {place}",
        "Ihre Ortszeit",
    ),
    "fr": _Calendar(
        "{weekday} {day} {month} à {time}",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "heure de {place}",
        "votre heure locale",
    ),
    "es": _Calendar(
        "{weekday} {day} de {month} a las {time}",
        "lunes martes miércoles jueves viernes sábado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "hora de {place}",
        "su hora local",
    ),
    "it": _Calendar(
        "{weekday} {day} {month} alle {time}",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "ora di {place}",
        "la sua ora locale",
    ),
    "nl": _Calendar(
        "{weekday} {day} {month} om {time} uur",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "tijd in {place}",
        "uw lokale tijd",
    ),
    "pt": _Calendar(
        "{weekday}, {day} de {month}, às {time}",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "hora de {place}",
        "a sua hora local",
    ),
}


CALENDAR_WORDS = frozenset(
    unaccented(word) for each in _CALENDARS.values() for word in f"{each.weekdays} {each.months}".split()
)
"""The names of days and months in all of them, in small letters, without accents."""


def written_instant(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """The instant on the clock of `zone`, without its year: "Tuesday 6 January at 17:00"."""
    local, calendar = at.astimezone(zone), _CALENDARS[language]
    return calendar.pattern.format(
        weekday=calendar.weekdays.split()[local.weekday()],
        day="1er" if language == "fr" and local.day == 1 else local.day,
        month=calendar.months.split()[local.month - 1],
        time=f"{local:%H:%M}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The clock by which a letter tells a time: of a `zone`, which `is_theirs` where the customer's is known; `ours` is the team's."""

    zone: ZoneInfo
    ours: ZoneInfo
    is_theirs: bool

    @property
    def place(self) -> str:
        """What people call the zone: "New York"."""
        return self.zone.key.rpartition("/")[2].replace("_", " ")


def instant_by(clock: Clock, at: datetime, language: Language) -> str:
    """The instant as above, and by whose clock it is told where reader and writer might each take it for their own."""
    written = written_instant(at, clock.zone, language)
    if not clock.is_theirs:
        by = _CALENDARS[language].by.format(place=clock.place) if "/" in clock.zone.key else clock.place  # UTC
    elif at.astimezone(clock.zone).utcoffset() != at.astimezone(clock.ours).utcoffset():
        by = _CALENDARS[language].by_theirs
    else:
        return written
    return f"{written} ({by})"


def superseded(
    written: str, promises: Iterable[Promise], found: Collection[datetime], zone: ZoneInfo
) -> Promise | None:
    """The open promise whose date a letter names as our outline does, while what it promises (`found`) is for others."""
    if not found:
        return None
    said = " ".join(written.split())
    return next(
        (
            each
            for each in promises
            if each.due_at not in found
            and any(written_instant(each.due_at, zone, language) in said for language in _CALENDARS)
        ),
        None,
    )
