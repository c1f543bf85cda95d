"""Days and hours in commands and in letters. It is Tuesday 24 November 2026, 10:00 in Berlin (09:00 UTC)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.instants import Edge, deadline, muddled, names_instant, read_when
from tests.elapsing import RUNAWAY, dearer

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

ALIKE = [
    # text, who waits until it is back, what is promised by it is due
    ("3:30 PM", "24.11. 15:30", "24.11. 15:30"),
    ("3:30 p.m.", "24.11. 15:30", "24.11. 15:30"),
    ("3:30\u202fPM", "24.11. 15:30", "24.11. 15:30"),
    ("3:30\u00a0PM", "24.11. 15:30", "24.11. 15:30"),
    ("by 3:30pm", "24.11. 15:30", "24.11. 15:30"),
    ("12:30 AM", "25.11. 00:30", "25.11. 00:30"),
    ("at 15h", "24.11. 15:00", "24.11. 15:00"),
    ("at 15h30", "24.11. 15:30", "24.11. 15:30"),
    ("tomorrow 15h", "25.11. 15:00", "25.11. 15:00"),
    ("half past four", "24.11. 16:30", "24.11. 16:30"),
    ("quarter to five", "24.11. 16:45", "24.11. 16:45"),
    ("a quarter to one", "24.11. 12:45", "24.11. 12:45"),
    ("in an hour and a half", "24.11. 11:30", "24.11. 11:30"),
    ("in two days", "26.11. 10:00", "26.11. 10:00"),
    ("in 2 days at noon", "26.11. 12:00", "26.11. 12:00"),
    ("in two and a half hours", "24.11. 12:30", "24.11. 12:30"),
    ("in a fortnight", "08.12. 10:00", "08.12. 10:00"),
    ("within the hour", "24.11. 11:00", "24.11. 11:00"),
    ("in the next two hours", "24.11. 12:00", "24.11. 12:00"),
    ("in 45 mins", "24.11. 10:45", "24.11. 10:45"),
    ("in 1h30m", "24.11. 11:30", "24.11. 11:30"),
    ("next week", "30.11. 09:00", "04.12. 18:00"),
    ("the day after tomorrow", "26.11. 09:00", "26.11. 18:00"),
    ("friday at five", "27.11. 17:00", "27.11. 17:00"),
    ("friday at 5", "27.11. 17:00", "27.11. 17:00"),
    ("Friday @ 5", "27.11. 17:00", "27.11. 17:00"),
    ("friday @5", "27.11. 17:00", "27.11. 17:00"),
    ("Friday at nine", "27.11. 09:00", "27.11. 09:00"),
    ("friday at 7", "27.11. 19:00", "27.11. 19:00"),
    ("friday at 12", "27.11. 12:00", "27.11. 12:00"),
    ("by lunch", "24.11. 12:00", "24.11. 12:00"),
    ("this afternoon", "24.11. 14:00", "24.11. 18:00"),
    ("midnight", "25.11. 00:00", "25.11. 00:00"),
    ("noon", "24.11. 12:00", "24.11. 12:00"),
    ("friday midnight", "28.11. 00:00", "28.11. 00:00"),
    ("the 28th", "28.11. 09:00", "28.11. 18:00"),
    ("by the 3rd", "03.12. 09:00", "03.12. 18:00"),
    ("christmas eve", "24.12. 09:00", "24.12. 18:00"),
    ("Christmas Eve at noon", "24.12. 12:00", "24.12. 12:00"),
    ("New Year\u2019s Eve", "31.12. 09:00", "31.12. 18:00"),
    ("24 November", "24.11. 18:00", "24.11. 18:00"),
    ("23 November", "23.11. 09:00", "23.11. 18:00"),
    ("24.11.", "24.11. 18:00", "24.11. 18:00"),
    ("27.11. 8:00", "27.11. 08:00", "27.11. 08:00"),
    ("2026-11-24 15:00", "24.11. 15:00", "24.11. 15:00"),
    ("2026-11-27T15:00", "27.11. 15:00", "27.11. 15:00"),
    ("tomorrow 15:00", "25.11. 15:00", "25.11. 15:00"),
    ("tomorrow, 5PM", "25.11. 17:00", "25.11. 17:00"),
    ("Monday morning", "30.11. 09:00", "30.11. 12:00"),
    ("MONDAY MORNING", "30.11. 09:00", "30.11. 12:00"),
    ("end of the week", "27.11. 18:00", "27.11. 18:00"),
    ("by the end of next week", "04.12. 18:00", "04.12. 18:00"),
    ("end of the month", "30.11. 18:00", "30.11. 18:00"),
    ("Fri. 5 PM", "27.11. 17:00", "27.11. 17:00"),
    ("Fri 5pm", "27.11. 17:00", "27.11. 17:00"),
    ("sat at noon", "28.11. 12:00", "28.11. 12:00"),
    ("on Sat.", "28.11. 09:00", "28.11. 18:00"),
    ("17.30", "24.11. 17:30", "24.11. 17:30"),
    ("at 17.30", "24.11. 17:30", "24.11. 17:30"),
    ("at 17:30 Uhr", "24.11. 17:30", "24.11. 17:30"),
    ("tonight", "24.11. 20:00", "24.11. 20:00"),
    ("tonight at nine", "24.11. 21:00", "24.11. 21:00"),
    ("tomorrow night", "25.11. 20:00", "25.11. 20:00"),
    ("tomorrow at 9 in the evening", "25.11. 21:00", "25.11. 21:00"),
    ("tomorrow at 3:30 in the afternoon", "25.11. 15:30", "25.11. 15:30"),
    ("friday between 2 and 4 pm", "27.11. 16:00", "27.11. 16:00"),
    ("friday 2-4pm", "27.11. 16:00", "27.11. 16:00"),
    ("friday between 10:00 and 12:00", "27.11. 12:00", "27.11. 12:00"),
    ("friday 10:00\u201312:00", "27.11. 12:00", "27.11. 12:00"),
    ("today", "24.11. 18:00", "24.11. 18:00"),
    ("end of day", "24.11. 18:00", "24.11. 18:00"),
    ("eod tomorrow", "25.11. 18:00", "25.11. 18:00"),
    ("by the end of wednesday", "25.11. 18:00", "25.11. 18:00"),
    ("close of business on friday", "27.11. 18:00", "27.11. 18:00"),
    ("friday next week", "04.12. 09:00", "04.12. 18:00"),
    ("next week friday at 5", "04.12. 17:00", "04.12. 17:00"),
    ("friday this week", "27.11. 09:00", "27.11. 18:00"),
    ("friday, 27 november, by half past four", "27.11. 16:30", "27.11. 16:30"),
    ("Tomorrow, Wednesday, by noon", "25.11. 12:00", "25.11. 12:00"),
    ("tomorrow (wednesday) by 3", "25.11. 15:00", "25.11. 15:00"),
    ("nov 27th at 4", "27.11. 16:00", "27.11. 16:00"),
    ("27th of November 2026, 16:00", "27.11. 16:00", "27.11. 16:00"),
    ("four o'clock", "24.11. 16:00", "24.11. 16:00"),
    ("four o\u2019clock", "24.11. 16:00", "24.11. 16:00"),
    ("ten past four", "24.11. 16:10", "24.11. 16:10"),
    ("ten to eight", "24.11. 19:50", "24.11. 19:50"),
    ("today at nine", "24.11. 21:00", "24.11. 21:00"),
    ("before four this afternoon", "24.11. 16:00", "24.11. 16:00"),
    ("tomorrow at lunchtime", "25.11. 12:00", "25.11. 14:00"),
    ("an hour from now", "24.11. 11:00", "24.11. 11:00"),
    ("in 48 hours", "26.11. 10:00", "26.11. 10:00"),
    ("3/12 by noon", "03.12. 12:00", "03.12. 12:00"),
    ("twelve noon", "24.11. 12:00", "24.11. 12:00"),
    ("noon on friday", "27.11. 12:00", "27.11. 12:00"),
    ("at 5 on friday", "27.11. 17:00", "27.11. 17:00"),
    ("monday the 30th at 10", "30.11. 10:00", "30.11. 10:00"),
    ("29 february", "29.02. 09:00", "29.02. 18:00"),
    ("on the morning of Friday", "27.11. 09:00", "27.11. 12:00"),
    ("late friday afternoon", "27.11. 14:00", "27.11. 18:00"),
    ("this coming friday", "27.11. 09:00", "27.11. 18:00"),
    ("at 3:30", "24.11. 15:30", "24.11. 15:30"),  # who means the night writes 03:30
    ("friday at 5:30", "27.11. 17:30", "27.11. 17:30"),
    ("friday at 05:30", "27.11. 05:30", "27.11. 05:30"),
    ("tomorrow at 2.30", "25.11. 14:30", "25.11. 14:30"),
    ("tomorrow at 7:30", "25.11. 07:30", "25.11. 07:30"),
    ("at 7:30", "24.11. 19:30", "24.11. 19:30"),  # the next one to come
    ("by 17h30", "24.11. 17:30", "24.11. 17:30"),
    ("at 0900", "25.11. 09:00", "25.11. 09:00"),
    ("1730 hrs", "24.11. 17:30", "24.11. 17:30"),
    ("17.30h", "24.11. 17:30", "24.11. 17:30"),
    ("17:30h on friday", "27.11. 17:30", "27.11. 17:30"),
    ("5ish", "24.11. 17:00", "24.11. 17:00"),
    ("tomorrow 3-ish", "25.11. 15:00", "25.11. 15:00"),
    ("around 5:30ish", "24.11. 17:30", "24.11. 17:30"),
    ("5pm-ish tomorrow", "25.11. 17:00", "25.11. 17:00"),
    ("quarter after three", "24.11. 15:15", "24.11. 15:15"),
    ("ten till five", "24.11. 16:50", "24.11. 16:50"),
    ("between 2 and 4", "24.11. 16:00", "24.11. 16:00"),
    ("from 2 to 4 tomorrow", "25.11. 16:00", "25.11. 16:00"),
    ("from ten to four tomorrow", "25.11. 16:00", "25.11. 16:00"),
    ("Mon 2-4", "30.11. 16:00", "30.11. 16:00"),
    ("8 tomorrow morning", "25.11. 08:00", "25.11. 08:00"),
    ("7 tonight", "24.11. 19:00", "24.11. 19:00"),
    ("Friday PM", "27.11. 14:00", "27.11. 18:00"),
    ("tomorrow a.m.", "25.11. 09:00", "25.11. 12:00"),
    ("tomorrow eve", "25.11. 18:00", "25.11. 20:00"),
    ("first thing Monday", "30.11. 09:00", "30.11. 10:00"),
    ("first thing in the morning", "25.11. 09:00", "25.11. 10:00"),
    ("first thing on Friday morning", "27.11. 09:00", "27.11. 10:00"),
    ("last thing on friday", "27.11. 18:00", "27.11. 18:00"),
    ("COB", "24.11. 18:00", "24.11. 18:00"),
    ("by COB Thursday", "26.11. 18:00", "26.11. 18:00"),
    ("noon tomorrow", "25.11. 12:00", "25.11. 12:00"),
    ("Weds noon", "25.11. 12:00", "25.11. 12:00"),
    ("later today", "24.11. 18:00", "24.11. 18:00"),
    ("up to Friday", "27.11. 09:00", "27.11. 18:00"),
    ("EOW", "27.11. 18:00", "27.11. 18:00"),
    ("by EOM", "30.11. 18:00", "30.11. 18:00"),
    ("a week on Friday", "04.12. 09:00", "04.12. 18:00"),
    ("Friday week", "04.12. 09:00", "04.12. 18:00"),
    ("a week today", "01.12. 09:00", "01.12. 18:00"),
    ("tomorrow week at 4", "02.12. 16:00", "02.12. 16:00"),
    ("in two weeks from Monday", "14.12. 09:00", "14.12. 18:00"),
    ("a fortnight on Monday", "14.12. 09:00", "14.12. 18:00"),
    ("in a week's time", "01.12. 10:00", "01.12. 10:00"),
    ("5pm EST", "24.11. 23:00", "24.11. 23:00"),
    ("tomorrow at 9:00 GMT", "25.11. 10:00", "25.11. 10:00"),
    ("2026-12-01T09:30Z", "01.12. 10:30", "01.12. 10:30"),
    ("5pm sharp", "24.11. 17:00", "24.11. 17:00"),
]


def front(text: str, edge: Edge, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str | None:
    read = read_when(text, now, zone, edge=edge)
    return read and f"{read[0].astimezone(zone):%d.%m. %H:%M}{read[1] and f' | {read[1]}'}"


@pytest.mark.parametrize(("text", "waits", "due"), ALIKE, ids=[row[0] for row in ALIKE])
def test_the_same_words_mean_the_same_everywhere(text: str, waits: str, due: str) -> None:
    assert (front(text, Edge.BEGINS), front(text, Edge.ENDS)) == (waits, due)
    found = deadline(f"We will call you {text}, if we may", NOW, BERLIN)
    assert found is not None
    assert f"{found.due_at.astimezone(BERLIN):%d.%m. %H:%M}" == due


# -- at the front of a command ----------------------------------------------------------------------------------------

COMMANDS = [
    ("2h", "24.11. 12:00", ""),  # 10:00 + 2 h
    ("45m", "24.11. 10:45", ""),
    ("90s", "24.11. 10:01", ""),  # and 30 s, not shown
    ("1h30m called, voicemail", "24.11. 11:30", "called, voicemail"),
    ("1h30 called", "24.11. 11:30", "called"),
    ("1 hour and 30 minutes", "24.11. 11:30", ""),
    ("1.5h", "24.11. 11:30", ""),
    ("in 2 hours", "24.11. 12:00", ""),
    ("half an hour", "24.11. 10:30", ""),
    ("an hour: lunch", "24.11. 11:00", "lunch"),
    ("2 days", "26.11. 10:00", ""),  # the same wall-clock time
    ("1w", "01.12. 10:00", ""),
    ("15:00", "24.11. 15:00", ""),
    ("9:00", "25.11. 09:00", ""),  # 9:00 has been: tomorrow
    ("10:00", "25.11. 10:00", ""),  # now is not later
    ("3pm", "24.11. 15:00", ""),
    ("3.30 p.m.", "24.11. 15:30", ""),
    ("12am", "25.11. 00:00", ""),
    ("12pm", "24.11. 12:00", ""),
    ("at noon", "24.11. 12:00", ""),
    ("morning", "25.11. 09:00", ""),  # 9:00 has been
    ("in the afternoon", "24.11. 14:00", ""),
    ("end of day", "24.11. 18:00", ""),
    ("today", "24.11. 18:00", ""),  # by the end of it
    ("today 17:30", "24.11. 17:30", ""),
    ("today 9:00", "24.11. 09:00", ""),  # named outright, and past
    ("tonight", "24.11. 20:00", ""),
    ("tomorrow", "25.11. 09:00", ""),
    ("tomorrow, in the morning", "25.11. 09:00", ""),
    ("tomorrow at 15:00 – parents evening", "25.11. 15:00", "parents evening"),
    ("until tomorrow", "25.11. 09:00", ""),
    ("3pm tomorrow because she works", "25.11. 15:00", "because she works"),
    ("9am on friday", "27.11. 09:00", ""),
    ("monday", "30.11. 09:00", ""),
    ("Mon. 8:15", "30.11. 08:15", ""),
    ("friday 17:30: send the refund", "27.11. 17:30", "send the refund"),
    ("thurs afternoon", "26.11. 14:00", ""),
    ("tuesday", "01.12. 09:00", ""),  # today's 9:00 has been
    ("tuesday 15:00", "24.11. 15:00", ""),  # today, still ahead
    ("this friday", "27.11. 09:00", ""),
    ("next friday", "04.12. 09:00", ""),  # of the coming week
    ("next monday 9am", "30.11. 09:00", ""),
    ("next week", "30.11. 09:00", ""),  # its Monday
    ("next morning: she sleeps", "25.11. 09:00", "she sleeps"),
    ("the next working morning", "25.11. 09:00", ""),
    ("next day 15:00", "25.11. 15:00", ""),
    ("2026-12-01 15:00", "01.12. 15:00", ""),
    ("2026-12-01T15:00 x", "01.12. 15:00", "x"),
    ("2026-12-01", "01.12. 09:00", ""),
    ("24.11. 15:00", "24.11. 15:00", ""),
    ("24.11.", "24.11. 18:00", ""),  # today alone: by the end of it
    ("1.12.26 8:00", "01.12. 08:00", ""),
    ("24 Nov", "24.11. 18:00", ""),
    ("1st of December at 3pm", "01.12. 15:00", ""),
    ("Dec 1: call", "01.12. 09:00", "call"),
    ("december 1, 2026 noon", "01.12. 12:00", ""),
    ("friday at five: call them back", "27.11. 17:00", "call them back"),
    ("Friday at 5 call them back", "27.11. 17:00", "call them back"),
    ("in an hour and a half, she sleeps", "24.11. 11:30", "she sleeps"),
    ("23 Nov", "23.11. 09:00", ""),  # yesterday: a slip, and the caller says that it has been
    ("wed waiting for courier", "25.11. 09:00", "waiting for courier"),
    ("next sat in the afternoon, her party", "05.12. 14:00", "her party"),
    ("2h waiting for courier", "24.11. 12:00", "waiting for courier"),
    ("tomorrow \u2013 2 boxes are missing", "25.11. 09:00", "2 boxes are missing"),
    ("wednesday: at five she is home", "25.11. 09:00", "at five she is home"),
    ("15h", "24.11. 15:00", ""),  # nobody counts fifteen hours ahead
    ("for 15h", "25.11. 01:00", ""),
    ("17h30: call them back", "24.11. 17:30", "call them back"),
    ("24h", "25.11. 10:00", ""),
    ("half 5 tomorrow", "25.11. 17:30", ""),
    ("six tonight, her party", "24.11. 18:00", "her party"),
    ("friday 5pm sharp: call", "27.11. 17:00", "call"),
    ("friday 2 boxes go out", "27.11. 09:00", "2 boxes go out"),
]


@pytest.mark.parametrize(("text", "local", "rest"), COMMANDS, ids=[row[0] for row in COMMANDS])
def test_a_leading_time_is_read_to_its_end(text: str, local: str, rest: str) -> None:
    read = read_when(text, NOW, BERLIN)
    assert read is not None
    assert (f"{read[0].astimezone(BERLIN):%d.%m. %H:%M}", read[1]) == (local, rest)
    assert read[0].tzinfo is UTC


NO_TIME = [
    *("", "   ", "whenever", "soon", "2", "15", "0m", "2 boxes", "may I", "am here", "a box", "monitor", "sundry"),
    *("25:00", "14:60", "31.2.", "30 February", "2026-13-01", "99999h", "marketing 5", "-2h", "called, 2h"),
    *(
        "sat down with her",
        "sun is shining",
        "wed her in june",
        "march on",
        "second parcel",
        "the 2nd floor",
        "the day",
    ),
    *(
        "monday's box was late",
        "today\u2019s box",
        "24/7",
        "1/2 hour",
        "2.50 refund",
        "10.12",
        "at 5 stars",
        "half the box",
    ),
    *("five to seven days", "in a few days", "until she calls", "at home"),
    *("friday at 25", "friday by 5 boxes", "today in 2 hours", "2 days from monday"),  # better none than half of it
    *("Monday 3", "tomorrow 1730: call", "Monday after next", "Monday next", "an hour before noon", "1h 30"),
    *("2026-12-01T09:30+01:00", "Easter Monday", "Black Friday at noon", "1 d\u00e9cembre", "1.12"),
]


@pytest.mark.parametrize("text", NO_TIME)
def test_what_begins_with_no_time_is_none(text: str) -> None:
    assert read_when(text, NOW, BERLIN) is None


def test_the_29th_of_february_waits_for_leap_years() -> None:
    read = read_when("29 Feb", NOW, BERLIN)
    assert read == (datetime(2028, 2, 29, 8, tzinfo=UTC), "")


def test_a_date_in_the_past_is_read_as_such() -> None:
    read = read_when("2020-01-01", NOW, BERLIN)
    assert read == (datetime(2020, 1, 1, 8, tzinfo=UTC), "")


def test_mornings_begin_when_the_team_begins_work() -> None:
    read = read_when("tomorrow", NOW, BERLIN, working_start=time(7, 30))
    assert read == (datetime(2026, 11, 25, 6, 30, tzinfo=UTC), "")


def test_days_keep_wall_clock_time_over_clock_changes() -> None:
    saturday = datetime(2026, 10, 24, 13, tzinfo=UTC)  # 15:00 in summer time; clocks go back that night
    assert read_when("1 day", saturday, BERLIN) == (datetime(2026, 10, 25, 14, tzinfo=UTC), "")  # 15:00, 25 h later
    assert read_when("24h", saturday, BERLIN) == (datetime(2026, 10, 25, 13, tzinfo=UTC), "")  # 14:00, 24 h later
    assert read_when("tomorrow 15:00", saturday, BERLIN) == (datetime(2026, 10, 25, 14, tzinfo=UTC), "")


def test_an_hour_that_does_not_exist_moves_on() -> None:
    eve = datetime(2027, 3, 27, 12, tzinfo=UTC)  # clocks go forward at 02:00 on the 28th
    assert read_when("tomorrow 02:30", eve, BERLIN) == (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "")  # 03:30


def test_of_what_is_under_way_the_end_counts() -> None:
    at_three = datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert front("this afternoon", Edge.BEGINS, at_three) == "24.11. 18:00"
    assert front("afternoon", Edge.BEGINS, at_three) == "25.11. 14:00"  # not said of today


# -- anywhere in a letter ---------------------------------------------------------------------------------------------


def due(text: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str | None:
    found = deadline(text, now, zone)
    return found and f"{found.due_at.astimezone(zone):%a %d.%m.%Y %H:%M}"


LETTERS = [
    # what elapses
    ("within the hour", "Tue 24.11.2026 11:00"),  # 10:00 + 1 h
    ("in half an hour", "Tue 24.11.2026 10:30"),
    ("in an hour and a half", "Tue 24.11.2026 11:30"),
    ("within the next two hours", "Tue 24.11.2026 12:00"),
    ("in the next hour", "Tue 24.11.2026 11:00"),
    ("in 45 minutes", "Tue 24.11.2026 10:45"),
    ("within 24 hours", "Wed 25.11.2026 10:00"),
    # days
    ("today", "Tue 24.11.2026 18:00"),  # the end of business
    ("tomorrow", "Wed 25.11.2026 18:00"),
    ("the day after tomorrow at noon", "Thu 26.11.2026 12:00"),
    ("by friday", "Fri 27.11.2026 18:00"),
    ("by tuesday", "Tue 24.11.2026 18:00"),  # today is one, and six is to come
    ("by tuesday at 9:00", "Tue 01.12.2026 09:00"),  # nine has been
    ("next friday", "Fri 04.12.2026 18:00"),  # the one of the coming week
    ("by the end of wednesday", "Wed 25.11.2026 18:00"),
    ("by close of business on friday", "Fri 27.11.2026 18:00"),
    ("by the end of the day", "Tue 24.11.2026 18:00"),
    # dates
    ("on 27 november", "Fri 27.11.2026 18:00"),
    ("on the 3rd of december", "Thu 03.12.2026 18:00"),
    ("on december 3rd at 11", "Thu 03.12.2026 11:00"),
    ("on 3.12.2026 at 17.30", "Thu 03.12.2026 17:30"),
    ("on 2026-12-03 at 9 a.m.", "Thu 03.12.2026 09:00"),
    ("on 3/12 by noon", "Thu 03.12.2026 12:00"),  # the day first in Berlin
    ("by the 28th", "Sat 28.11.2026 18:00"),
    ("by the 3rd", "Thu 03.12.2026 18:00"),
    ("on christmas eve", "Thu 24.12.2026 18:00"),
    ("on 5 may", "Wed 05.05.2027 18:00"),  # this year's has long passed
    ("on 29 february", "Tue 29.02.2028 18:00"),  # the next leap year
    ("on friday, 27 november, by half past four", "Fri 27.11.2026 16:30"),
    ("on thursday, 27 november", "Fri 27.11.2026 18:00"),  # the date decides
    ("tomorrow, wednesday, by 3", "Wed 25.11.2026 15:00"),
    # hours
    ("by 18:00", "Tue 24.11.2026 18:00"),
    ("by 9:30", "Wed 25.11.2026 09:30"),  # half past nine has been
    ("at 5 pm", "Tue 24.11.2026 17:00"),
    ("at 12 am", "Wed 25.11.2026 00:00"),
    ("by midnight", "Wed 25.11.2026 00:00"),
    ("at four o'clock", "Tue 24.11.2026 16:00"),
    ("by quarter to five", "Tue 24.11.2026 16:45"),
    ("before four this afternoon", "Tue 24.11.2026 16:00"),
    ("on friday at nine", "Fri 27.11.2026 09:00"),  # a working hour as it is
    ("at nine tonight", "Tue 24.11.2026 21:00"),
    ("today at nine", "Tue 24.11.2026 21:00"),  # nine in the morning has been
    ("on friday at 7 in the morning", "Fri 27.11.2026 07:00"),
    ("between 2 and 4 pm on thursday", "Thu 26.11.2026 16:00"),  # the end of the span
    ("on friday between 10:00 and 12:00", "Fri 27.11.2026 12:00"),
    # parts of a day end when they end
    ("tomorrow morning", "Wed 25.11.2026 12:00"),
    ("on saturday afternoon", "Sat 28.11.2026 18:00"),
    ("tonight", "Tue 24.11.2026 20:00"),
    # days that are spoken of
    ("the delivery of friday by thursday at 5 pm", "Thu 26.11.2026 17:00"),
    ("for your party on saturday by friday at noon", "Fri 27.11.2026 12:00"),
    ("a refund of 17.30 euros today", "Tue 24.11.2026 18:00"),
    # dates that have passed
    ("by 20 november", "Fri 20.11.2026 18:00"),  # four days ago: a slip, not a date next year
    ("by 20 november 2026", "Fri 20.11.2026 18:00"),
    ("today at 9:00", "Tue 24.11.2026 09:00"),
    # no time of its own
    ("your order of 2.50 leaves by 17.30, wednesday", "Wed 25.11.2026 17:30"),
    ("pay your lunch and call on friday at 10", "Fri 27.11.2026 10:00"),
    ("bring two and three tomorrow", "Wed 25.11.2026 18:00"),
    ("friday's box again on thursday", "Thu 26.11.2026 18:00"),
    ("be there between 8 and 12 on thursday", "Thu 26.11.2026 12:00"),
    ("send it next week with an answer", "Fri 04.12.2026 18:00"),
    ("refund you in 2 days or sooner", "Thu 26.11.2026 10:00"),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_words_of_a_letter_name_one_instant(text: str, expected: str) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "in a few days",
        "in two to three days",
        "within 24-48 hours",
        "for 20 euros",
        "room 12",
        "on 31 february",
        "at 25:00",
        "on 99.99.2026",
        "by 1.12",  # an hour or a day
        "on Easter Monday",
        "you may call",
    ],
)
def test_vague_or_impossible_words_name_none(text: str) -> None:
    assert due(text) is None


def test_month_comes_first_in_the_united_states() -> None:
    assert due("on 12/3 by noon", zone=NEW_YORK) == "Thu 03.12.2026 12:00"
    assert due("on 12/3 by noon") == "Fri 12.03.2027 12:00"
    assert due("on 25/12", zone=NEW_YORK) == "Fri 25.12.2026 18:00"  # there is no month 25


def test_today_said_after_business_lasts_until_midnight() -> None:
    evening = datetime(2026, 11, 24, 18, tzinfo=UTC)  # 19:00 in Berlin
    assert due("today", evening) == "Wed 25.11.2026 00:00"


def test_date_just_passed_is_seen_across_new_year() -> None:
    assert due("by 20 december", datetime(2027, 1, 4, 9, tzinfo=UTC)) == "Sun 20.12.2026 18:00"


def test_the_customers_day_may_be_another_than_ours() -> None:
    late = datetime(2026, 11, 25, 2, tzinfo=UTC)  # still Tuesday 21:00 in New York
    assert due("tomorrow at noon", late, NEW_YORK) == "Wed 25.11.2026 12:00"


def test_hour_by_the_wall_clock_survives_a_change_of_clocks() -> None:
    saturday = datetime(2026, 10, 24, 8, tzinfo=UTC)  # 10:00 summer time; clocks go back on Sunday at 3:00
    found = deadline("by sunday at noon", saturday, BERLIN)
    assert found is not None
    assert found.due_at == datetime(2026, 10, 25, 11, tzinfo=UTC)  # noon winter time: 27 hours later, not 26


def test_hours_that_elapse_ignore_a_change_of_clocks() -> None:
    night = datetime(2026, 3, 28, 23, tzinfo=UTC)  # midnight in Berlin; clocks jump from 2:00 to 3:00
    assert due("within 4 hours", night) == "Sun 29.03.2026 05:00"


def test_spans_name_the_words_of_the_time() -> None:
    text = "call you on friday at 5 pm about it"
    found = deadline(text, NOW, BERLIN)
    assert found is not None
    assert [text[slice(*span)] for span in found.spans] == ["friday", "5 pm"]


@pytest.mark.parametrize(
    "text",
    [
        "by friday",
        "today",
        "at 10",
        "on 3 may",
        "in ten minutes",
        "half past six",
        "tomorrow at 5",
        "within three days",
    ],
)
def test_a_day_or_hour_can_be_held_to(text: str) -> None:
    assert names_instant(f"I will do it {text}")


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "next week",
        "in two days",
        "within 3-5 days",
        "within two days or so",
        "soon",
        "one day",
        "and two",
        "in the morning",
    ],
)
def test_what_is_vague_can_be_held_to_nothing(text: str) -> None:
    assert not names_instant(f"I will do it {text}")


# -- whatever the words, the clock and the zone -----------------------------------------------------------------------

_INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
_ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
).map(ZoneInfo)
_DAYS = st.sampled_from(
    [
        "",
        "tomorrow",
        "Friday",
        "next monday",
        "sun.",
        "the day after tomorrow",
        "a week on friday",
        "tuesday week",
        "24 dec",
        "29 February",
        "the 31st",
        "1.3.",
    ]
)
_HOURS = st.sampled_from(
    [
        *(
            "",
            "at 5 PM",
            "9:30",
            "at four",
            "by noon",
            "at 2:30",
            "midnight",
            "morning",
            "at half past two",
            "15h",
            "eod",
        ),
        *("first thing", "5ish", "at 17h30", "between 2 and 4", "cob", "at 02:30", "at 3pm GMT"),
    ]
)
_LAPSES = st.sampled_from(
    ["in 5m", "within 2 hours", "in 3 days", "in a week", "in an hour and a half", "in two days at 9:00"]
)
_AHEAD = [
    "2h",
    "morning",
    "noon",
    "eod",
    "9:00",
    "11pm",
    "monday",
    "fri 8:00",
    "next week",
    "next sun",
    "9am wed",
    "tomorrow",
]


@given(_INSTANTS, _ZONES, st.tuples(_DAYS, _HOURS).map(" ".join).map(str.strip).filter(bool) | _LAPSES)
def test_command_and_letter_agree_on_every_expression(now: datetime, zone: ZoneInfo, text: str) -> None:
    read, found = read_when(text, now, zone, edge=Edge.ENDS), deadline(text, now, zone)
    assert (read and read[0]) == (found and found.due_at)
    inside = deadline(f"We will call by {text}, and gladly", now, zone)
    if read:
        assert inside is not None
        assert inside.due_at == read[0]


@given(st.sampled_from(_AHEAD), st.sampled_from(Edge), _INSTANTS, _ZONES)
def test_what_is_not_an_explicit_date_lies_ahead(text: str, edge: Edge, now: datetime, zone: ZoneInfo) -> None:
    read = read_when(text, now, zone, edge=edge)
    assert read is not None
    assert now < read[0] <= now + timedelta(days=15)


@given(_INSTANTS, _ZONES, _HOURS.filter(bool))
def test_an_hour_alone_comes_within_a_day_or_so(now: datetime, zone: ZoneInfo, hour: str) -> None:
    found = deadline(f"we call at {hour}", now, zone)
    assert found is not None
    assert timedelta() < found.due_at - now <= timedelta(hours=26)  # a day has at most 25


_PIECES = st.sampled_from(
    [
        *(
            "in",
            "next",
            "tomorrow",
            "mon",
            "may",
            "24",
            "24.11.",
            "99",
            ":",
            "15:00",
            "2h",
            "pm",
            ".",
            "2026-",
            "noon",
            "at",
        ),
        *(
            "9999-12-31",
            "31.12.9999",
            "an",
            "#",
            "\u00e9",
            "the",
            "february",
            "12/13",
            "24:00",
            "month",
            "week",
            "end",
            "of",
        ),
        *(
            "half",
            "past",
            "to",
            "5",
            "and",
            "a",
            "@",
            "christmas",
            "eve",
            "28th",
            "\u0130",
            "\u017fun",
            "\u00b2",
            "days",
        ),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=8), st.sampled_from(["", " ", "\u202f"]), _INSTANTS, _ZONES)
def test_no_text_however_odd_makes_it_raise(parts: list[str], gap: str, now: datetime, zone: ZoneInfo) -> None:
    text = gap.join(parts)
    read = read_when(text, now, zone)
    assert read is None or (read[0].tzinfo is UTC and read[1] in text)
    found = deadline(text, now, zone)
    if found:
        assert found.due_at.tzinfo is UTC
        assert all(0 <= start < end <= len(text) for start, end in found.spans)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            " ",
            "5 ",
            "at ",
            "friday ",
            "of friday ",
            "in two ",
            "in 2 days and ",
            "end of the ",
            "12:00-",
            "at 5 ",
            "9",
        ),
        *(
            "24.11.",
            "3/4 ",
            "for your big red party on ",
            "((",
            "@",
            "1 hour and ",
            "half ",
            "new year's ",
            "\u00a0",
            "by 5 or ",
        ),
    ],
)
def test_long_texts_are_read_in_no_time(piece: str) -> None:
    def reads(length: int) -> None:
        text = (piece * length)[:length]
        read_when(text, NOW, BERLIN)
        deadline(f"x {text} y", NOW, BERLIN)
        names_instant(text)

    assert dearer(lambda: reads(2_500), lambda: reads(20_000)) < RUNAWAY


@pytest.mark.parametrize(
    ("text", "words", "falls_on"),
    [
        ("Your chair arrives on Tuesday, 3 December.", ["Tuesday", "3 December"], "Thu 03.12.2026"),
        ("We bring it on December 3rd (Friday).", ["Friday", "December 3rd"], "Thu 03.12.2026"),
        ("It was sent on Monday 2 November 2025.", ["Monday", "2 November 2025"], "Sun 02.11.2025"),
        ("We will pay it back by 31 November.", ["31 November"], None),
        ("By 2027-02-29 it is done.", ["2027-02-29"], None),
    ],
)
def test_a_day_that_contradicts_itself_is_found(text: str, words: list[str], falls_on: str | None) -> None:
    found = muddled(text, NOW.date())
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == words
    assert (found.falls_on and f"{found.falls_on:%a %d.%m.%Y}") == falls_on


@pytest.mark.parametrize(
    "text",
    [
        "Your chair arrives on Thursday, 3 December.",
        "You wrote on Saturday, 3 October, and we did not answer.",  # the one gone by
        "I call you on Friday or 3 December.",
        "On Monday I ring you, and 3 December is the day.",
        "It weighs 31.2 kg, and 13/25 of it is butter.",
    ],
)
def test_a_day_that_agrees_with_itself_is_no_muddle(text: str) -> None:
    assert muddled(text, NOW.date()) is None


def test_what_lies_ahead_is_no_day_gone_by() -> None:
    assert muddled("Saturday 3 October: the pedal", NOW.date(), ahead=True) is not None
    assert muddled("the pedal of Tuesday 3 December", NOW.date(), ahead=True) is None
