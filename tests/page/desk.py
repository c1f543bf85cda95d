"""A colleague at the page of the practice workspace, with the whole bot and its workers behind it, as `bot.py demo` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from bot import Bot
from cases.policy.page import Policy
from handlers.terminal.settings import Settings
from sandbox.demo import cast
from sandbox.mail.letters import RECEIVER
from sandbox.server import PracticeWorkspace
from tests import elapsing
from tests.stories.stage import POLICY, by_mail, unhurried

PATIENCE = elapsing.PATIENCE * 1000  # milliseconds


@contextmanager
def bot_at_work(practice: PracticeWorkspace, database_url: str, policy: Policy = POLICY) -> Iterator[Bot]:
    """The bot of the demo: its workers tick by themselves, and at once when the practice clock jumps."""
    letters = {"poll": timedelta(), "take_back": timedelta(seconds=15), "authserv_id": RECEIVER}
    settings = Settings(
        policy=policy.model_copy(update={"mail": policy.mail.model_copy(update=letters)}),
        slack_bot_token=cast.BOT_TOKEN,
        slack_signing_secret=cast.SIGNING_SECRET,
        slack_api_url=practice.slack_api_url,
        slack_channel=cast.CARE,
        database_url=database_url,
        secrets={"generic": cast.INTAKE_SECRET},
        **by_mail(practice),
    )
    bot = unhurried(Bot(settings, practice.clock.now))
    practice.connect(_line(bot.edge.slack), _line(lambda headers, body: bot.edge.intake("generic", headers, body)))
    practice.clock.on_jump.append(bot.workers.turned)
    bot.start_workers()
    try:
        yield bot
    finally:
        practice.connect(None, None)
        practice.clock.on_jump.remove(bot.workers.turned)
        bot.stop()


def _line(answers: Callable[..., Any]) -> Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]:
    """The workspace's requests straight to the bot's edge, without a socket between."""

    def line(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = answers(headers, body)
        return answer.status, dict(answer.headers), answer.body

    return line


class Desk:
    """Verbs for what one does on the page. It only looks and clicks: what the bot makes of it, the page has to show."""

    def __init__(self, page: Page, base_url: str, who: str = cast.ANA) -> None:
        self.page, self.base_url = page, base_url
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(f"{base_url}/?as={who}&in={cast.CARE}")

    def on(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    # What there is to see

    def card(self, number: int = 1) -> Locator:
        """A case's card in the channel."""
        return self.page.locator(f"#messages [data-kind=card][data-case='{number}']")

    def shown(self, kind: str) -> Locator:
        """The messages of a kind in the channel or conversation that is open."""
        return self.page.locator(f"#messages [data-kind={kind}]")

    def whispers(self) -> Locator:
        """What only this colleague sees."""
        return self.page.locator("#messages .message.ephemeral")

    def in_thread(self, kind: str = "") -> Locator:
        """The messages in the open thread, all or of a kind."""
        return self.page.locator(f"#thread [data-kind={kind}]" if kind else "#thread .message")

    def letters(self) -> Locator:
        """The letters in the mailbox that is open."""
        return self.page.locator("#mail [data-testid=letter]")

    # What one does

    def next_customer(self, number: int) -> None:
        """The next of the five writes, and their card and draft are there."""
        self.on("next-customer").click()
        expect(self.card(number).get_by_test_id("replies")).to_be_visible()

    def press(self, message: Locator, action: str) -> None:
        message.locator(f"[data-action-id={action}]").click()

    def react(self, message: Locator, emoji: str) -> None:
        message.hover()
        message.locator(f".hover-bar [data-emoji={emoji}]").click()

    def open_thread(self, number: int = 1) -> None:
        self.card(number).get_by_test_id("replies").click()
        expect(self.in_thread().first).to_be_visible()

    def write(self, words: str) -> None:
        """Into the message box."""
        self._typed("composer", words)

    def reply(self, words: str) -> None:
        """Into the open thread."""
        self._typed("reply-composer", words)

    def _typed(self, box: str, words: str) -> None:
        self.on(box).locator("textarea").fill(words)
        # The page shows the words at once; the gesture is answered when the bot has heard them.
        with self.page.expect_response("**/page/gesture"):
            self.on(box).locator("textarea").press("Enter")

    def fill(self, **fields: str) -> None:
        """The open modal, by the names of its fields; then it is sent, and gone."""
        self.save(**fields)
        expect(self.on("modal")).to_be_hidden()

    def save(self, **fields: str) -> None:
        """The open modal is filled in and sent; it may stay."""
        for name, value in fields.items():
            field = self.on("modal").locator(f"[name='{name}/{name}']")
            field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
        self.on("modal-submit").click()

    def sends_reply(self, words: str) -> None:
        """In the open thread: these words, approved, and on their way to the customer."""
        draft = self.in_thread("draft")
        self.press(draft, "edit")
        self.fill(body=words)
        for action in ("approve", "send"):
            self.press(draft, action)
            self.on("confirm-yes").click()
        expect(draft).to_contain_text("Take back")

    def open_mail(self, name: str) -> None:
        """The mailbox of a customer, by their name."""
        if self.on("all-mail").is_visible():
            self.on("all-mail").click()
        elif not self.on("mailboxes").is_visible():
            entry = self.on("open-mail")
            if not entry.is_visible():
                self.page.get_by_label("Show channels").click()
            entry.click()
        self.on("mailbox").filter(has_text=name).click()
        expect(self.on("answer")).to_be_visible()

    def become(self, name: str) -> None:
        self.on(f"as-{name}").click()
        expect(self.on(f"as-{name}")).to_have_attribute("aria-checked", "true")

    def go(self, place: str) -> None:
        """To the "channel", the "direct" conversation with the bot, or its "home"."""
        entry = self.on(f"place-{place}").first
        if not entry.is_visible():
            self.page.get_by_label("Show channels").click()
        entry.click()
        expect(entry).to_have_attribute("aria-current", "page")

    def jump(self, length: str) -> None:
        """The clock ahead: "5m", "1h", "1d", or to the next "morning"."""
        with self.page.expect_response("**/page/gesture"):
            self.on(f"jump-{length}").click()
