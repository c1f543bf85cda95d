"""Words: forms."""

MODAL_TITLES = {
    "contacted": "Contacted #{number}",
    "close": "Close #{number}",
    "snooze": "Snooze #{number}",
    "give": "Give #{number} to…",
    "takeover": "Take over #{number}",
    "note": "Note on #{number}",
    "promise": "Promise on #{number}",
    "reopen": "Reopen #{number}",
    "dismiss": "No complaint? #{number}",
    "draft": "Contact them? #{number}",
    "edit": "Reply for #{number}",
    "new_case": "Open a case",
    "approve": "Approve #{number}?",
    "differently": "Another try for #{number}",
}
MODAL_SUBMIT = {
    "contacted": "Save",
    "close": "Close the case",
    "snooze": "Snooze",
    "give": "Give",
    "takeover": "Take over",
    "note": "Save",
    "promise": "Save",
    "reopen": "Reopen",
    "dismiss": "Not a complaint",
    "draft": "Decide to write",
    "edit": "Save my version",
    "new_case": "Open the case",
    "approve": "Approve all the same",
    "differently": "Write it anew",
}
MODAL_CANCEL = "Cancel"
MODAL_DONE = "Done"
CHOOSE = "Choose"
LABELS = {
    "way": "How did you reach them?",
    "contacted_at": "When, if not just now?",
    "said": "What was said?",
    "outcome": "How did it end?",
    "went_wrong": "What in our way of working went wrong?",
    "learned": "What is one thing we learned?",
    "snooze": "For how long?",
    "snooze_until": "For another time: until when?",
    "snooze_reason": "Why? The others see it on the card.",
    "to": "Who should have it?",
    "note": "Note",
    "takeover": "A word to whoever holds it now?",
    "promise": "What did we promise?",
    "promise_until": "By when?",
    "reopen": "Why is it open again?",
    "dismiss": "Why is it not a complaint?",
    "contact_why": "Why write to somebody who asked us not to?",
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
    "anyway": "When you are content with it",
    "overrule": "Why should it go out all the same?",
    "instruction": "What should be different?",
}
HINTS = {
    "learned": "No names: what would keep it from happening again?",
    "body": "Nothing is sent by saving. Please fill every ⟨blank⟩.",
    "contact_why": "The reason stays with the case. If nobody should write, close it as “did not want to be contacted”.",
    "occasion": "A birthday, a wedding, a present…",
    "overrule": "With a reason you approve it as it stands; the reason stays with the case.",
    "instruction": "For instance: mention that I will bring the new one myself.",
}
TICKS = {"anyway": "Approve it as it stands"}
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
