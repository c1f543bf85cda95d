"""How well Amends judges feedback and replies: `make eval`, or `python -m tests.evaluation [learn|dev|blind …]`.

`--misses` prints every feedback and reply that is judged otherwise than a careful reader would. What is in `learn` was
learnt from, so it says little; what is in `blind` is to be judged once.
"""

from __future__ import annotations

import sys

from tests.evaluation import feedback, replies
from tests.evaluation.sets import USES


def main(words: list[str]) -> None:
    """Prints the tables for the sets named, for all by default."""
    for use in [use for use in USES if use in words] or USES:
        if "--misses" in words:
            print("\n".join(feedback.misjudged(use)))
        print("\n".join(feedback.report(use)))
    replies.main([word.replace("misses", "show") for word in words])


if __name__ == "__main__":
    main(sys.argv[1:])
