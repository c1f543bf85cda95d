"""Words: refusals, each saying what is so and what to do."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from cases.acts.refusals import RefusalName
from cases.replies.drafts import LONGEST_BODY, LONGEST_SUBJECT

_ANOTHER_TRY = (
    "Try {way}, and note it: `{example}`. If you have to leave it at that, say why: "
    "`/case close {number} unreachable anyway: WHY`."
)
CHOICE = "`{typed}` for {whose}"
Otherwise: TypeAlias = Literal[
    "promises_open",
    "tried_too_little_one",
    "unknown_verb_near",
    "unknown_verb_of_a_reply",
    "reply_blocked_for_all",
    "beyond_policy_for_all",
]
"""What a reason is said as, where its facts are others than usual."""
REFUSALS: Mapping[RefusalName | Otherwise, str] = {
    "held": "{owner} {since:has had this one since}. Ask them first, or take over and say why: `{example}`.",
    "not_owner": "{owner} {since:has had this one since}, so that is for them or the lead to do.",
    "give_to_whom": "Who should have it? Add @ and the name; `{example}` makes it yours.",
    "give_to_named": "Did you mean {name}? A name alone is not enough to hand a customer over; with @ it is: `/case {typed}`.",
    "not_a_person": "{to} is not on the team that looks after unhappy customers. Give it to a colleague who is.",
    "snooze_until_when": "Until when should it be quiet? For instance `{example}`.",
    "in_the_past": "{at:} has already passed. Please pick a time that is still to come.",
    "snooze_past_promise": (
        "We promised the customer something {at:by}, so it cannot be quiet until after that. Pick an earlier time."
    ),
    "snooze_too_long": "That is too long for somebody who waits. It can be quiet {at:until} at most; pick an earlier time.",
    "snoozed_too_often": (
        "This case has been snoozed {count} times already, which is as often as our policy allows. "
        "Contact the customer, or give it to somebody who can."
    ),
    "away": "{to} is away {until:until}. Give it to somebody who is here.",
    "away_until_when": "Until when are you away? For instance `/case away until Monday` or `/case away 3d`.",
    "quiet_until_when": "Until when should it be quiet? For instance `/case quiet 2h` or `/case quiet until tomorrow 9:00`.",
    "quiet_too_long": (
        "Quiet lasts {at:until} at most. For longer, `/case away until Monday` offers your cases to the team, so that nobody waits."
    ),
    "not_yet_happened": "{at:} is still to come. Mark the case as contacted once you have reached the customer.",
    "nothing_promised": "Nothing is promised on #{number} just now.",
    "which_promise": "Which one was kept? These are promised on #{number}: {promises}. `/case kept {number}` and a word of it.",
    "promise_open": (
        "We promised the customer {at:by}: “{what}”. What becomes of it? `/case close {number} {ending} promise kept`, or "
        "`/case close {number} {ending} promise to do` and I go on reminding. "
        "If it is off: `/case close {number} {ending} promise taken back: WHY`."
    ),
    "promises_open": (
        "We promised the customer {count} things, the first {at:by}: “{what}”. What becomes of them? *Close* on the card asks for "
        "each; the command says it of all: `/case close {number} {ending} promises kept`, or "
        "`/case close {number} {ending} promises to do` and I go on reminding. "
        "If they are off: `/case close {number} {ending} promises taken back: WHY`."
    ),
    "taken_back_why": "Why is the promise taken back? The reason stays with the case.",
    "promise_what": "What did we promise? For instance `{example}`.",
    "promise_by_when": "By when? A promise needs a date: `{example}`.",
    "close_how": "How did it end? Add one of these: {outcomes}. For instance `{example}`.",
    "ticked_already": "You have ticked #{number} already. Choose how you reached them, or write what was said.",
    "not_contacted_yet": (
        "The customer has not been contacted yet, so it cannot end as “{outcome}”. Mark it contacted first, "
        "or close it as unreachable, declined or not a complaint."
    ),
    "waits_for_answer": (
        "The customer has written back and waits for our answer, so it cannot end as “{outcome}” yet. Answer them, and mark "
        "it contacted. If their own words were the good end of it, say so: `/case close {number} won back, they said so`."
    ),
    "tried_not_yet": "{at:} is still to come. Note the attempt once you have made it.",
    "tried_too_little": (
        "It is early to give the customer up: our policy wants {count} more attempts, and not all by one way ({tries} so far). "
        f"{_ANOTHER_TRY}"
    ),
    "tried_too_little_one": (
        "It is early to give the customer up: one more attempt is wanted, by another way if it was always the same. "
        f"{_ANOTHER_TRY}"
    ),
    "remedy_what": (
        "What would make it right for them? `{example}` notes that you asked; with what they said, and what we give: "
        "`/case remedy {number} A NEW BOX / ONE ON FRIDAY / 25 EUR`."
    ),
    "granted_what": "What do we give them at that cost? Say it in front: `/case remedy {number} / A NEW BOX / 25 EUR`.",
    "note_what": "What should the note say? Write it after the number: `{example}`.",
    "lesson_what": "What is there to learn from it? One line is enough: `{example}`.",
    "change_what": "What is to be done otherwise by then? Write the one change into the line above it.",
    "change_by_when": "By when? Whoever makes the change needs a date to keep.",
    "contact_why": "The customer asked not to be contacted. Say why we should write all the same; the reason is kept.",
    "closed": "This case was {at:closed} ({outcome}). Reopen it if the customer needs us again.",
    "wrong_status": "“{action}” does not fit a case that is {status}. Its card has the buttons that do.",
    "no_such_case": "There is no case #{number}. `/case list` shows the open ones.",
    # Who may not; see cases/may.py.
    "is_guest": (
        "This is for the team that looks after unhappy customers. Ask the lead to add you: "
        "a guest is not shown customers' words, so an admin has to make you a full member first."
    ),
    "is_elsewhere": (
        "This is for the team that looks after unhappy customers, in their own workspace only. "
        "Tell a colleague in the channel what you know; they can note it down."
    ),
    "is_bot": "This is for the team that looks after unhappy customers: for people, not for apps.",
    "is_gone": "This is for the team that looks after unhappy customers. Ask an admin to switch your account on again.",
    "is_nobody": (
        "This is for the team that looks after unhappy customers, and Slack does not tell me who you are. "
        "Ask a colleague of the team to do it for you."
    ),
    "not_in_channel": (
        "This is for the team that looks after unhappy customers: whoever is in the case's channel. "
        "Ask the lead, or a colleague there, to invite you to the channel, then try again."
    ),
    "not_in_members": (
        "This is for the team that looks after unhappy customers: those whom our policy names. Ask the lead to add you: "
        "your @name belongs into “members” under [slack] in policy.toml, and counts once the bot has been started again."
    ),
    "not_known_now": (
        "Slack does not tell me just now who is on the team, so I had better wait. Nothing was changed; "
        "please try again in a minute."
    ),
    "details_wait": (
        "How to reach the customer waits a moment: Slack does not tell me just now who is on the team. "
        "You get it privately as soon as it does."
    ),
    "reach_unclaimed": (
        "How to reach the customer is told to whoever holds the case. Take it, and you are told: `/case claim {number}`."
    ),
    "reach_held": (
        "How to reach the customer is told to whoever holds the case, which is {owner}. "
        "Ask them, or go on with it yourself: `{example}`."
    ),
    "overruling_waits": (
        "Overruling the checks waits a moment: Slack does not tell me just now who is on the team. "
        "The reply stays as it is; please try again in a minute."
    ),
    "unlisted": "Nobody has said yet who may do that, so nobody may. Please tell whoever runs this bot.",
    "to_waits": "Slack does not tell me just now whether {to} is on the team. Please try again in a minute.",
    "to_not_in_channel": (
        "{to} is not in the case's channel and could not look after it. Invite them there, or give it to somebody who is."
    ),
    "join_itself": "That is one and the same case. Name the other one after it: `/case join {number} OTHER`.",
    "join_with_what": "Which one is the same customer's? Name it after the first: `/case join {number} OTHER`.",
    "joined_already": "That case goes on in #{number} by now: `/case show {number}`.",
    "join_into_open": "The other way round, please, as only one of them is open: `/case join {number} {other}`.",
    "practice_apart": "A practice case and a real one stay apart: nothing of practice counts.",
    "nothing_to_part": "There is only one piece of feedback in #{number}, so nothing can be parted.",
    "move_which": "Which part of #{number} is another customer's? {choices}.",
    "find_what": (
        "Whom should I look for? A name, an order's number, an e-mail address or a telephone number: `/case find Hannah`."
    ),
    "found_none": (
        "I find nobody for “{said}”. I know whole words of a customer's name, numbers of orders, e-mail addresses and "
        "telephone numbers; one word less may find more. `/case list` shows who waits now."
    ),
    "which_case": "Which case? Add its number, for instance `{example}`; in a case's thread you can leave it out.",
    "new_needs_slash": "I can open the form for a new case only after a slash command: `/case new`.",
    "one_at_a_time": "One case at a time, please: `{example}`.",
    "too_many_at_once": "That is more than {count} cases at once. Please do it in parts, and look at each of them.",
    "unknown_verb": (
        "I do not know “{verb}”. To look for a customer, write `/case find` and the name; "
        "`/case help` lists what I understand."
    ),
    "unknown_verb_of_a_reply": (
        "A reply is edited, approved and sent with the buttons below it, in its case's thread: `{example}` leads there."
    ),
    "unknown_verb_near": "I do not know “{verb}”. Did you mean `{example}`? `/case help` lists what I understand.",
    "noted_though": ("I have kept that as a note on #{number}. If you meant a command: did you mean `{example}`?"),
    "said_aloud": (
        "That stands here for everybody to read, and I only act on commands. If you meant it as one, type `/case {typed}`."
    ),
    "noted_aloud": "I have kept that as a note on #{number}. If you meant a command, type `@Amends {typed}`.",
    "unknown_action": "I do not know that button. The newest card in the channel has the ones that work.",
    "outdated_card": "This card is from an earlier version. I have refreshed it; please try again.",
    "broke": "Something broke on our side, and nothing was changed. Please try again; if it stays, quote {reference}.",
    "form_too_late": "Slack waits three seconds for a form, and this one came too late. Nothing was changed; please try again.",
    "no_such_day": "No calendar has {day}. Which day do you mean?",
    "other_weekday": "You wrote {said}, and {day} is a {weekday}. Which do you mean?",
    "not_readable_time": "I cannot read “{said}” as a time. It can be “2h”, “tomorrow 9:00”, “friday 17:30”, “in 3 days” or a date with its hour.",
    "stats_window": "How far should I look back? For instance `/case stats 30d` or `/case stats 12w`, and ten years at most.",
    "no_draft": "There is no draft for this case yet. `/case draft {number}` asks for one.",
    "no_such_version": "That version is not kept any more. The others stand under Earlier versions.",
    "no_other_try_no_model": (
        "No model is set up, so there is nobody to suggest another version. The one in the thread is yours to edit."
    ),
    "no_other_try_safety": (
        "Safety or law may be at stake here, so no model writes another version. The one in the thread is yours to edit."
    ),
    "no_other_try_switched_off": (
        "Policy tells the model nothing from this source, so it writes no other version. The one in the thread is yours to edit."
    ),
    "no_mail_server": "No mail server is set up, so I cannot send it. Copy the approved reply, or open it in your mail program.",
    "letters_off": "Sending is switched off in policy.toml (“send” under [mail]). Copy the approved reply, or open it in your mail program.",
    "no_address": "We have no e-mail address of this customer, so there is nowhere to send it. `/case show {number}` shows what we have.",
    "letters_enough": "Policy allows no more letters to one customer within a day ({count}, “a_day” under [mail]). Perhaps call them.",
    "letter_waits": "These words are on their way to the customer. Press *Take back* first.",
    "letter_gone": "The letter has gone out already, so it cannot be taken back.",
    "no_letter": "No letter of case #{number} is waiting to go out.",
    "take_back_what": "No letter of case #{number} is waiting to go out. To have the case itself again, `/case claim {number}`; to give it away, `/case release {number}`.",
    "nothing_approved": "Nobody has approved these words yet: *Approve* stands below them, in the case's thread. Did you send them another way? Then press *Contacted* on the card.",
    "sent_by_whom": "Whoever approved it or has the case can say that it was sent. If it was you, press Contacted on the card.",
    "draft_outdated": "The draft has changed since you looked at it. Read the newest one in the thread, then decide.",
    "already_approved": "{by} {at:approved this reply}. Edit it to start a new version.",
    "reply_blocked": "The checks would not send this yet. {faults} Edit it, or ask {to} to overrule them.",
    "reply_blocked_for_all": "The checks would not send this yet. {faults} Edit it, and try again.",
    "beyond_policy": "{faults} Offer less, or ask {to} to approve it.",
    "beyond_policy_for_all": "{faults} Offer less; our policy names nobody who could approve more.",
    "overrule_why": "Please say why it should go out although the checks would not send it.",
    "read_language": "The checks do not read the language of this reply. Please tick that you do, if so; your name stays with it.",
    "blanks_left": "The reply still has ⟨blanks⟩. Edit it and fill them in, then approve it.",
    "reply_too_long": (
        "That is longer than the draft's card can show, so nobody could see all of it before it goes out. "
        f"Please shorten it: {LONGEST_BODY} characters at most, and {LONGEST_SUBJECT} for the subject."
    ),
    "reply_what": "The reply is empty. Write what the customer should read.",
    "contact_held": "The customer asked not to be contacted. Decide about contact first; the reason is kept.",
    "nothing_to_open": "Please say what happened, or choose a rating, so that there is something to look after.",
}
