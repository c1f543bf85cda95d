"""Takes the pictures of the README from the practice workspace: `python -m tests.page.screenshots`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, ViewportSize, expect

from sandbox.server import PracticeWorkspace
from tests.page.desk import Desk, bot_at_work
from tests.sandbox import chromium
from tests.stories.stage import empty_database
from tests.stories.test_by_letter import TO_CLARA, TO_DOUGLAS

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WINDOW: ViewportSize = {"width": 1080, "height": 1900}
DESKTOP: ViewportSize = {"width": 1200, "height": 860}
SHARPNESS = 2  # pixels of the picture for each of the page
WIDEST = 760
COLOURS = 256  # of a picture: as many as a README needs
MOST_BYTES = 260_000


@contextmanager
def opened(window: ViewportSize = WINDOW) -> Iterator[Desk]:
    """A fresh workspace on a Monday at ten, seen by Ana, in a narrow window unless told otherwise."""
    with tempfile.TemporaryDirectory() as folder, PracticeWorkspace() as practice, chromium.launched() as browser:
        database = empty_database(Path(folder) / "pictures.db")
        with bot_at_work(practice, f"sqlite:///{database}"):
            page = browser.new_page(viewport=window, device_scale_factor=SHARPNESS, reduced_motion="reduce")
            yield Desk(page, practice.base_url)


def picture(desk: Desk, name: str, *shown: Locator, widest: int = WIDEST) -> Path:
    """One picture of what stands from the first to the last of `shown`, without the pointer's traces."""
    desk.page.mouse.move(1, 1)
    desk.page.evaluate("document.activeElement?.blur()")
    desk.page.evaluate("document.querySelectorAll('.fresh').forEach((message) => message.classList.remove('fresh'))")
    shown[-1].evaluate("message => message.scrollIntoView({block: 'end'})")
    boxes = [box for message in shown if (box := message.bounding_box())]
    left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
    right = min(max(box["x"] + box["width"] for box in boxes), left + widest)
    bottom = max(box["y"] + box["height"] for box in boxes)
    path = IMAGES / f"{name}.png"
    desk.page.screenshot(path=path, clip={"x": left, "y": top, "width": right - left, "height": bottom - top})
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    return path


def take_all(desk: Desk) -> Iterator[Path]:
    """The pictures, in the order in which one day brings them about."""
    for number in range(1, 6):
        desk.next_customer(number)
    for number in (4, 5):
        desk.react(desk.card(number), "eyes")
        expect(desk.card(number)).to_contain_text("@Ana Ortega has it")
    expect(desk.card(5).get_by_test_id("reaction")).to_be_visible()
    yield picture(desk, "card", desk.card(5))

    desk.open_thread(5)
    yield picture(desk, "draft", desk.in_thread("draft"))
    desk.on("close-thread").click()

    desk.jump("1h")
    desk.go("direct")
    expect(desk.shown("nudge").last).to_contain_text("2 cases need a look")
    yield picture(desk, "nudge", desk.shown("nudge").last)

    desk.go("channel")
    desk.write("/case tried 5 phone no answer, left a voicemail")
    expect(desk.card(5)).to_contain_text("Tried once")
    yield picture(desk, "tried", desk.card(5))
    desk.write("/case contacted 2 phone She was glad that I called")
    expect(desk.card(2)).to_contain_text("waits for the customer")
    desk.write("/case list")
    expect(desk.whispers().last).to_contain_text("open cases")
    yield picture(desk, "list", desk.whispers().last)
    desk.write("/case close 2 won back lost between counter and kitchen / read each order back")
    expect(desk.card(2)).to_contain_text("Closed: won back")
    yield picture(desk, "folded", desk.card(2))
    desk.jump("morning")
    expect(desk.shown("digest")).to_contain_text("customers wait for a word from us")
    for _ in range(3):  # Slack takes its time to process the chart, and the bot to ask again
        desk.page.wait_for_timeout(1500)
        desk.jump("5m")
    expect(desk.shown("digest").locator("img")).to_be_visible()
    yield picture(desk, "digest", desk.shown("digest"))

    desk.go("home")
    expect(desk.on("home")).to_contain_text("Your cases")
    yield picture(desk, "home", desk.on("home"))

    desk.go("channel")
    desk.write("/case claim 3")
    desk.write("/case contacted 3 phone A new box is on its way")
    expect(desk.card(3)).to_contain_text("Ana Ortega called")
    for _ in range(4):
        desk.jump("1d")
    desk.go("direct")
    asked = desk.shown("nudge").filter(has_text="Did it end well?").last
    expect(asked).to_be_visible()
    yield picture(desk, "look-back", asked)


def take_letters(desk: Desk) -> Iterator[Path]:
    """A letter and its answer, one that comes back, and one that no colleague sent from Slack."""
    desk.next_customer(1)
    desk.press(desk.card(1), "claim")
    desk.open_thread(1)
    desk.sends_reply(TO_CLARA)
    desk.jump("5m")
    desk.open_mail("Clara Nyström")
    desk.on("answers-now").click()
    expect(desk.card(1)).to_contain_text("on Thursday around four")
    yield picture(desk, "mail", desk.page.locator("#window"), widest=DESKTOP["width"])
    desk.page.set_viewport_size(WINDOW)
    desk.open_thread(1)
    told = desk.in_thread().filter(has_text="on Thursday around four").last
    expect(told).to_be_visible()
    yield picture(desk, "exchange", desk.in_thread().nth(1), desk.in_thread().last)
    desk.on("close-thread").click()

    desk.next_customer(2)
    desk.press(desk.card(2), "claim")
    desk.open_thread(2)
    desk.sends_reply(TO_DOUGLAS)
    desk.jump("5m")
    desk.open_mail("Douglas Achebe")
    desk.on("bounce").click()
    expect(desk.card(2)).to_contain_text("Tried once: by e-mail")
    desk.open_thread(2)
    yield picture(desk, "bounce", desk.in_thread("draft"), desk.in_thread().last)
    desk.on("close-thread").click()

    desk.next_customer(3)
    desk.open_mail("Priya Raman")
    desk.on("own-program").locator("summary").click()
    desk.on("from-program").get_by_role("button").click()
    expect(desk.card(3)).to_contain_text("The mail server took an e-mail")
    yield picture(desk, "elsewhere", desk.card(3))


def take_first(desk: Desk) -> Iterator[Path]:
    """What a team sees before any customer: the welcome, and a case to practise with."""
    expect(desk.shown("notice").last).to_contain_text("Hello!")
    yield picture(desk, "welcome", desk.shown("notice").last)
    desk.shown("notice").last.get_by_role("button", name="Show me a practice case").click()
    expect(desk.card(1)).to_contain_text("PRACTICE")
    yield picture(desk, "practice", desk.card(1))


def main() -> None:
    """Writes every picture; exits with 1 when one is too heavy for a README."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for taken, window in ((take_first, WINDOW), (take_all, WINDOW), (take_letters, DESKTOP)):
        with opened(window) as desk:
            sizes |= {path: path.stat().st_size for path in taken(desk)}
    for path, size in sizes.items():
        print(f"{path.relative_to(IMAGES.parents[1])}  {size / 1000:.0f} kB")
    sys.exit(any(size > MOST_BYTES for size in sizes.values()))


if __name__ == "__main__":
    main()
