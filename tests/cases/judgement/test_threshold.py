"""A team's own threshold: within its bounds whatever is taught, slow to move, and back where it was in a quarter of a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.judgement import assess
from cases.judgement.heads import OPENS
from cases.judgement.threshold import FEW, LASTS, REACH, Lesson, Taught, Threshold, is_near, threshold
from cases.model import Feedback, Rating, Score

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def taught(dismissed: int = 0, seen_through: int = 0, by_hand: int = 0, **of: float) -> Threshold:
    """The threshold after so many lessons, all of `score`, `days` ago; what was opened by hand had scored low unless it is given."""
    at = NOW - of.get("days", 0) * DAY
    usual = {Taught.BY_HAND: OPENS - 0.05}
    counts = {Taught.DISMISSED: dismissed, Taught.SEEN_THROUGH: seen_through, Taught.BY_HAND: by_hand}
    return threshold(
        [
            Lesson(of.get("score", usual.get(each, OPENS + 0.05)), at, each)
            for each, count in counts.items()
            for _ in range(count)
        ],
        NOW,
    )


@pytest.mark.parametrize(
    ("lessons", "moved"),
    [
        ({}, 0),
        ({"dismissed": FEW}, 0),  # may be chance
        ({"dismissed": 9}, 0.10),  # (9 - 4) · 0.02
        ({"dismissed": 9, "by_hand": 2}, 0.06),  # (9 - 2 - 4) · 0.02
        ({"dismissed": 9, "seen_through": 9}, 0),  # half of what is unsure is a complaint
        ({"dismissed": 1, "seen_through": 50}, 0),  # those were found
        ({"dismissed": 50}, REACH),
        ({"by_hand": 6}, -0.04),
        ({"by_hand": 50}, -REACH),
        ({"by_hand": 6, "seen_through": 50}, -0.04),
        ({"dismissed": 9, "days": 45}, 0.01),  # (9 · ½ - 4) · 0.02
        ({"dismissed": 50, "days": LASTS.days}, 0),
        ({"dismissed": 50, "score": OPENS + REACH + 0.01}, 0),  # no threshold would let those pass
        ({"by_hand": 50, "score": 0.05}, 0),  # nor find these
        ({"by_hand": 50, "score": OPENS + 0.05}, 0),  # these would have been found
        ({"dismissed": 9, "by_hand": 9, "score": OPENS + 0.05}, 0),
    ],
)
def test_lessons_move_the_threshold_slowly_and_fade(lessons: dict[str, float], moved: float) -> None:
    assert taught(**lessons).opens == pytest.approx(OPENS + moved)  # type: ignore[arg-type]


def test_threshold_tells_what_had_a_say_in_it() -> None:
    assert taught(9, 1, 2) == Threshold(0.54, dismissed=9, seen_through=1, by_hand=2)
    assert taught(9, days=120) == Threshold()


NEAR = st.floats(OPENS - REACH, OPENS + REACH)


@given(
    st.builds(Score, st.floats(0, 1), st.sampled_from([0.0, 0.5, 0.9])),
    st.sampled_from([None, *(Rating(stars, 5) for stars in range(1, 6))]),
    st.sampled_from(["It came in blue.", "There was glass in it and my lawyer will hear of this."]),
    NEAR,
)
def test_no_threshold_moves_what_is_sure(score: Score, rating: Rating | None, comment: str, opens: float) -> None:
    heard = Feedback(external_id="1", source="form", comment=comment, rating=rating)
    built_in, own = assess(heard, score), assess(heard, score, opens=opens)
    if built_in.negative and not built_in.unsure:
        assert own == built_in
    else:
        assert own.unsure == own.negative  # and nothing becomes sure
    if rating is not None or score.danger or "lawyer" in comment or not is_near(score.unhappy):
        assert own.negative == built_in.negative


@pytest.mark.parametrize(("opens", "negative"), [(0.44, True), (0.45, True), (0.46, False)])
def test_words_open_a_case_from_the_threshold_on(opens: float, negative: bool) -> None:
    heard = Feedback(external_id="1", source="form", comment="It came in blue.")
    found = assess(heard, Score(0.45), opens=opens)
    assert (found.negative, found.unsure) == (negative, negative)


@pytest.mark.long
@given(
    st.lists(
        st.builds(
            Lesson,
            st.floats(0, 1),
            st.timedeltas(-DAY, 2 * LASTS).map(lambda age: NOW - age),
            st.sampled_from(Taught),
        )
    )
)
def test_threshold_stays_within_reach_whatever_is_taught(lessons: list[Lesson]) -> None:
    for so_often in (1, 50):
        assert round(abs(threshold(lessons * so_often, NOW).opens - OPENS), 6) <= REACH
