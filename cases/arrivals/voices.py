"""Who speaks: whether what stands in an object was said by us, an agent or a bot, and not by the customer, as the object tells itself.

Most help desks post every message of a conversation, ours too. The names of flags and roles are those of Gorgias (from_agent),
Zendesk (is_staff), Crisp (from: operator), Intercom (author.type: admin, bot), Chatwoot (message_type: outgoing, template), Twilio
(direction: outbound-api), MessageBird (direction: sent), Sinch (TO_CONTACT), Messenger (is_echo) and models (role: assistant). What is a "user" is the customer to some, and the agent to others: that word tells nothing.

Customers are agents, operators and administrators too, in their own houses, and go in and out: in the role that somebody has, and in a
short word for a direction, these words tell only of a message, and not of a form that its writer has signed with an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cases.arrivals.labels import letters, meanings
from cases.arrivals.told import Means
from cases.spoken.english import words

_IS_OURS = words(
    "fromagent isagent byagent fromstaff isstaff bystaff frombot isbot fromme isoutbound isoutgoing isfromagent isecho isinternal isnote"
)
_IS_THEIRS = words("isinbound isincoming fromcustomer iscustomer bycustomer isfromcustomer")
_TELLS = words(
    "from role sender author speaker sendertype authortype messagetype parttype notetype direction messagedirection senderrole authorrole"
    " richtung sens direccion direzione direcao richting"
)
_WHO = words("author sender from createdby postedby actor writtenby")  # objects of whom the object around them is
_TELLS_OF_WHO = words("type role kind")
_OUR_ROLES = words(
    "agent operator admin administrator bot chatbot agentbot assistant staff employee teammate ai system"
    " outgoing outbound outboundapi outboundreply out sent tocontact touser tocustomer template business note internal internalnote privatenote"
    " ausgehend sortant saliente uscita inuscita saida uitgaand"
)
# What a customer may be, or have done, as well; and what the words of a message are called, and not those of a form.
_IN_A_ROLE = words("agent operator admin administrator staff employee teammate business")
_ROLES, _DOUBTFUL = frozenset(("role",)), words("out sent")
_OF_A_MESSAGE = words("text body message content payload html plaintext bodytext textbody snippet")

# In the names of an object's keys, where one of them may tell: most objects have none, and cost one look.
_MAY_TELL = re.compile(
    r"from|role|sender|author|speaker|(?:message|part|note)[ _-]?type|direct|richt|sens|direcc|direz|direca|agent|staff|bot|echo|internal|note|bound"
    r"|going|coming|(?:is|by)[ _-]?customer|(?:created|posted|written)[ _-]?by|actor",
    re.IGNORECASE,
)


def is_ours(value: Mapping[str, Any]) -> bool:
    """Whether an object says of itself, or of its author, that it is ours. Whoever gives a rating is the customer, whatever else it says."""
    if not _MAY_TELL.search("\n".join(value)):
        return False
    named = {letters(key): inner for key, inner in value.items()}
    return (
        any(_is_said(key, inner) for key, inner in named.items() if not _is_doubtful(key, inner) or _is_message(named))
        and not any(inner is not None and Means.RATING in meanings(key) for key, inner in value.items())
    )  # fmt: skip


def _is_doubtful(key: str, inner: Any) -> bool:
    said = letters(inner) if isinstance(inner, str) else ""
    return said in _DOUBTFUL or (key in _ROLES and said in _IN_A_ROLE)


def _is_message(named: Mapping[str, Any]) -> bool:
    """Whether an object is a message in a conversation: called so, and not signed with an address, as a form is."""
    is_signed = any(isinstance(inner, str) and _ADDRESS.search(inner[:_LONGEST]) for inner in named.values())
    return not (is_signed or _OF_A_MESSAGE.isdisjoint(named))


_ADDRESS, _LONGEST = re.compile(r"\A\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*\Z"), 200


def _is_said(key: str, inner: Any) -> bool:
    if isinstance(inner, Mapping):
        return key in _WHO and any(
            _is_flagged(name, said) or (name in _TELLS_OF_WHO and _is_our_role(said))
            for name, said in ((letters(str(name)), said) for name, said in inner.items())
        )
    return _is_flagged(key, inner) or (key in _TELLS and _is_our_role(inner))


def _is_flagged(key: str, said: Any) -> bool:
    return (key in _IS_OURS and said in (True, "true")) or (key in _IS_THEIRS and said in (False, "false"))


def _is_our_role(said: Any) -> bool:
    return isinstance(said, str) and letters(said) in _OUR_ROLES
