"""Words: one row for each action, with all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from cases.acts.act import ActionName


@dataclass(frozen=True, slots=True)
class Form:
    """The words of a form: its `title`, the button that submits it, and what its first field asks."""

    title: str
    submit: str
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How one action is spoken of.

    `button` labels it wherever it can be clicked, `form` is what then opens, unless it is done at once. In `/case help`
    `help` says what the command does, after `usage`, which is what follows the case's number; `example` is what may follow
    it as it stands, so that the command works. `done` confirms it
    privately; `entry` is its line in a case's history, `undone` that of taking its emoji back. `note` is what its thread
    reads, without the last stop: the colleague's own words may follow. `by_emoji` says what the emoji does, where that
    is less than the button can.
    """

    button: str
    help: str
    done: str
    entry: str
    usage: str = ""
    example: str = ""
    form: Form | None = None
    note: str | None = None
    undone: str | None = None
    by_emoji: str | None = None


ACTIONS: dict[ActionName, Said] = {
    ActionName.CLAIM: Said(
        button="Claim",
        help="it is yours, and the others know",
        done="#{number} is yours. Thank you.",
        entry="claimed it",
        undone="took the claim back",
    ),
    ActionName.RELEASE: Said(
        button="Release",
        help="give it back, unclaimed",
        done="#{number} is free again.",
        entry="released it",
    ),
    ActionName.GIVE: Said(
        button="Give to someone",
        usage="@NAME [A WORD TO THEM]",
        example="me",
        help="hand it to a colleague",
        form=Form("Give #{number} to…", "Give", "Who should have it?"),
        done="#{number} is now with {owner}.",
        entry="gave it to {owner}",
    ),
    ActionName.TAKEOVER: Said(
        button="Take over",
        usage="[A WORD TO ITS OWNER]",
        example="A WORD",
        help="go on with a case that a colleague holds; they are told",
        form=Form("Take over #{number}", "Take over", "A word to whoever holds it now?"),
        done="#{number} is yours. Thank you for stepping in.",
        entry="took it over from {before}",
    ),
    ActionName.STILL: Said(
        button="Still on it",
        help="you have not forgotten it, and it stays yours",
        done="Thank you. #{number} stays with you; the customer still waits to hear from us.",
        entry="is still on it",
    ),
    ActionName.SNOOZE: Said(
        button="Snooze",
        usage="UNTIL [REASON]",
        example="tomorrow 9:00",
        help="no nudges until then",
        form=Form("Snooze #{number}", "Snooze", "For how long?"),
        done="No reminders about #{number} {until:until}.",
        entry="snoozed it {until:until}",
        note="💤 {actor} asks for quiet {until:until}",
        undone="ended the snooze",
    ),
    ActionName.CONTACTED: Said(
        button="Contacted",
        usage="[phone|email|…] [WHAT WAS SAID]",
        example="phone",
        help="the customer has been reached, and how; nudges stop",
        form=Form("Contacted #{number}", "Save", "How did you reach them?"),
        done="Thank you. #{number} is marked as contacted.",
        entry="{grade} {way}",
        note="✅ {actor} {grade} {way}",
        undone="took “contacted” back",
    ),
    ActionName.TRIED: Said(
        button="Not reached",
        usage="[phone|email|…] [WHAT CAME OF IT]",
        example="phone",
        help="you tried, and nobody was reached; the clock runs on",
        form=Form("Not reached #{number}", "Save", "How did you try?"),
        done="An attempt is noted for #{number}. The customer still waits, and the clock runs on.",
        entry="tried to reach the customer {way}",
        note="📵 {actor} tried to reach the customer {way}",
    ),
    ActionName.PROMISE: Said(
        button="Add a promise",
        usage="BY WHEN: WHAT",
        example="friday 17:00: send the refund",
        help="remember what was promised, and by when",
        form=Form("Promise on #{number}", "Save", "What did we promise?"),
        done="Noted for #{number}: “{promise}”, {due:by}. I will remind its owner in time.",
        entry="promised {until:something by}",
        note="🤝 {actor} promised the customer, {until:by}",
        undone="took out again what was no promise{eased}",
    ),
    ActionName.KEPT: Said(
        button="Kept",
        usage="[WORDS OF IT]",
        help="what was promised has been kept: the nearest, or the one with these words",
        done="Thank you, that is kept on #{number}. Was it not? `/case promise {number} tomorrow 17:00: WHAT` brings it back.",
        entry="kept what was promised",
        note="🤝 {actor} kept what was promised",
    ),
    ActionName.CLOSE: Said(
        button="Close",
        usage="OUTCOME [WHAT WENT WRONG / WHAT WE LEARNED]",
        example="declined",
        help="say how it ended and what we learned",
        form=Form("Close #{number}", "Close the case", "How did it end?"),
        done="#{number} is closed: {outcome}. Thank you.",
        entry="closed it, {outcome}{sign}",
        undone="took the closing back",
        by_emoji="Close as won back",
    ),
    ActionName.REOPEN: Said(
        button="Reopen",
        usage="[WHY]",
        help="the customer waits again",
        form=Form("Reopen #{number}", "Reopen", "Why does the customer need us again?"),
        done="#{number} is open again.",
        entry="reopened it",
    ),
    ActionName.DISMISS: Said(
        button="Not a complaint",
        usage="[WHY]",
        help="not a complaint after all",
        done="#{number} is closed: not a complaint.",
        entry="closed it, not a complaint",
        undone="took the closing back",
    ),
    ActionName.REMEDY: Said(
        button="What makes it right",
        usage="asked | WHAT THEY SAID [/ WHAT WE GIVE [/ AT WHAT COST]]",
        example="asked",
        help="what would make it right for them: asked, answered, granted",
        form=Form("To make #{number} right", "Save", "What would make it right, in the customer's words?"),
        done="Noted on the card of #{number}.",
        entry="{remedy}",
        note="🎁 {actor} {remedy}",
    ),
    ActionName.LESSON: Said(
        button="What we learned",
        usage="[WHAT WENT WRONG / WHAT WE LEARNED]",
        example="cold soup / check the oven",
        help="what there is to learn from a closed case, without names",
        form=Form("Lesson of #{number}", "Save", "What did the customer expect?"),
        done="Thank you. The lesson of #{number} is kept, without names.",
        entry="told what there is to learn",
        note="💡 {actor} told what there is to learn",
    ),
    ActionName.NOTE: Said(
        button="Add a note",
        usage="TEXT",
        example="TEXT",
        help="write something down for the team",
        form=Form("Note on #{number}", "Save", "Note"),
        done="Noted on #{number}.",
        entry="noted",
        note="📝 {actor} notes",
    ),
    ActionName.DRAFT: Said(
        button="Decide about contact",
        usage="[WHY, where the customer asked for no contact]",
        help="write another reply draft",
        form=Form("Contact them? #{number}", "Write to them", "Why write to somebody who asked us not to?"),
        done="The draft for #{number} is on its way to its thread.",
        entry="decided to write to the customer",
    ),
}
