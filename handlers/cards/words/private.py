"""Words: private answers to one person."""

DETAILS = "*How to reach {customer}* (#{number})"
DETAILS_MAIL = "E-mail: {value}"
DETAILS_PHONE = "Phone: {value}"
DETAILS_ID = "Customer id: {value}"
DETAILS_ORDER = "Order: {value}"
DETAILS_NONE = "We have no e-mail address and no phone number. The order or the review may lead to the customer."
DETAILS_WISH = "✋ The customer asked not to be contacted. Please decide that first."
ASK_HOW = "Thank you for contacting {customer} (#{number}). A word on how it went helps the next person."
DONE = {
    "claim": "#{number} is yours. Thank you.",
    "release": "#{number} is free again.",
    "give": "#{number} is now with {owner}.",
    "takeover": "#{number} is yours. Thank you for stepping in.",
    "still": "Thank you. #{number} stays with you; the customer still waits to hear from us.",
    "snooze": "No reminders about #{number} {until:until}.",
    "contacted": "Thank you. #{number} is marked as contacted.",
    "promise": "Noted for #{number}: {promise}, {due:by}. I will remind its owner in time.",
    "close": "#{number} is closed: {outcome}. Thank you.",
    "reopen": "#{number} is open again.",
    "dismiss": "#{number} is closed: not a complaint.",
    "note": "Noted on #{number}.",
    "draft": "The draft for #{number} is on its way to its thread.",
    "edit": "Your version is in the thread of #{number}.",
    "redraft": "Another try for #{number} is on its way to its thread.",
    "approve": "Approved. The exact text is in the thread of #{number}.",
    "drop_draft": "The draft of #{number} is put aside.",
    "new_case": "Thank you for bringing it. The case is open: {case}",
}
BACK_BY_CLAIM = "You were away until now; taking a case, you count as back. `/case away` changes that."
TAKEN_OVER_NOTICE = "{by} has taken over *{case}* from you. Thank you for what you did for it."
TAKEN_OVER_NOTICE_SAYING = "{by} has taken over *{case}* from you: “{text}” Thank you for what you did for it."
TAKEN_BACK = "Taken back. #{number} is as it was before."
ALREADY_YOURS = "You already hold #{number}."
