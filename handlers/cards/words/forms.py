"""Words: forms."""

from handlers.cards.words.actions import Form

# Besides those of the actions, which stand in their rows.
FORMS = {
    "edit": Form("Reply for #{number}", "Save"),
    "new_case": Form("Open a case", "Open the case"),
    "approve": Form("Approve #{number}?", "Approve all the same"),
    "differently": Form("Suggestion for #{number}", "Suggest another"),
    "versions": Form("Versions for #{number}", ""),
}
MODAL_CANCEL = "Cancel"
MODAL_DONE = "Close"
SAVE_AGAIN = "Save again"
CHOOSE = "Choose"
# Of fields; the first of an action's form asks what its row says.
LABELS = {
    "contacted_at": "When, if not just now?",
    "said": "What was said?",
    "tried_at": "When, if not just now?",
    "came_of_it": "What came of it?",
    "cause": "What did it come from?",
    "expected": "What did the customer expect?",
    "happened": "What happened instead?",
    "went_wrong": "What in our way of working let it happen?",
    "change": "What is one thing that we do otherwise from now on?",
    "change_by": "Who makes that change?",
    "change_until": "By when?",
    "learned": "What is one thing we learned?",
    "snooze_until": "For another time: until when?",
    "snooze_reason": "Why? The others see it on the card.",
    "promise_until": "By when?",
    "granted": "What do we give them?",
    "cost": "At what cost?",
    "fate": "What becomes of this promise?",
    "other_fates": "What becomes of all the other promises?",
    "taken_back": "If it is taken back: why?",
    "given_up": "If nobody could be reached, and you leave it at that: why?",
    "subject": "Subject",
    "body": "Reply",
    "comment": "What happened, in the customer's words?",
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "order_ref": "Order",
    "occasion": "Occasion",
    "occasion_at": "Date of the occasion",
    "rating": "Rating",
    "source": "How did it reach us?",
    "anyway": "If it is good as it stands",
    "overrule": "Why should it go out all the same?",
    "reads": "If you can read what it says",
    "instruction": "What should be different?",
}
HINTS = {
    "came_of_it": "No answer, a voicemail left, a wrong number: the next one to try is glad to know.",
    "remedy": "Asked, and no answer yet? Leave all of it empty, and save.",
    "cost": "If you like: 25 EUR, an hour of work.",
    "close": "Won back: they stay with us. Satisfied: it is settled, and that is all we know.",
    "learned": "What would keep it from happening again?",
    "went_wrong": "Names are taken out.",
    "change": "Small enough to be done: with a date below, I remind of it like of a promise.",
    "change_by": "Left empty: you.",
    "body": "Nothing is sent by saving. Please fill every ⟨blank⟩. Esc or Cancel throws away what you have not saved.",
    "draft": "The reason stays with the case. If nobody should write, close it as “did not want to be contacted”.",
    "occasion": "A birthday, a wedding, a present…",
    "overrule": "With a reason you approve it as it stands; the reason stays with the case.",
    "reads": "The checks cannot read it. Your name stays with the case as that of the one who did.",
    "instruction": "For instance: mention that I will bring the new one myself.",
}
TICKS = {"anyway": "Approve it as it stands", "reads": "I read this language: approve it"}
FATES = {"kept": "It is kept", "to_do": "Still to do: go on reminding", "taken_back": "Taken back"}
# The end in the form, each with by what it is known where a customer can be won back.
WON_BACK = {
    "won_back said_so": "Won back: they said so",
    "won_back ordered": "Won back: they ordered again",
    "won_back": "Won back: our own word for it",
}
SNOOZES = {
    "1h": "1 hour",
    "afternoon": "This afternoon",
    "next_morning": "Next working morning",
    "other": "Another time",
}
RATINGS = {"1": "1 of 5", "2": "2 of 5", "3": "3 of 5", "4": "4 of 5", "5": "5 of 5"}
REACHED_US = {
    "phone": "Telephone",
    "email": "E-mail",
    "in_person": "In person",
    "social": "Social media",
    "other": "Other",
}
