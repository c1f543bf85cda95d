"""Words: the first thing the bot says in its channel, and the customer that it invents for practice."""

WELCOME = (
    "👋 *Hello! When a customer is unhappy, their card comes here.* {claim} on it says that you take it, and I remind "
    "whoever holds it, in working hours only, until the customer has heard from us. I never write to a customer myself.\n"
    "`/case help` shows all you can do. To see how it goes, without any customer:"
)

PRACTICE_CUSTOMER = "Nobody (practice)"
PRACTICE_COMPLAINT = (
    "The birthday cake arrived an hour late and the box was crushed. I rang twice and nobody called back. "
    "(This customer is invented, so that you can practise: there is nobody to call.)"
)
PRACTICE_TITLE = "PRACTICE · {title}"
PRACTICE_ENDS = (
    "🎈 *Practice, with an invented customer.* It counts nowhere and reminds nobody; {at:it is over by itself}"
)
PRACTICE_OVER = "*Practice is over.* It counted nowhere."
PRACTICE_BEGUN = (
    "Your practice case is {case}, and its card is in the channel. Take it with {claim} or *Claim*, fill in the letter in its "
    "thread, say how you contacted them, close it. When you have seen enough, press *End the practice*."
)
PRACTICE_THERE = (
    "A practice case is open already: {case}. Join in there; *End the practice* on its card makes room for a new one."
)
PRACTICE_END_BUTTON = "End the practice"
