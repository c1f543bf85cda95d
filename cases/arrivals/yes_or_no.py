"""Yes and no, as forms send them and as people say them, in seven languages; what is neither is not guessed."""

from __future__ import annotations

import re
from typing import Any

from cases.spoken.english import words
from cases.spoken.seen import unaccented

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
# Whatever comes after them, these decide; the second three only at the end of what they say: "si" begins other sentences as well.
_FIRST = re.compile(
    r"(?:(?P<yes>yes|ja|oui|sim|sí)|(?P<no>no|nein|non|não|nao|nee)|(?:(?P<short_yes>si|y)|(?P<short_no>n))(?=[,.;:!]|$))(?![\w/'’])"
)
_NO = words(
    "no n not dont didnt never nope nah nein nicht nie niemals keinen keine keinesfalls keineswegs ungern non pas jamais nunca "
    "jamas mai nao nee niet nooit geen"
)
_YES = words(
    "yes y yeah yep sure ok okay certainly course gladly please absolutely definitely ja jawohl gern gerne klar naturlich sicher "
    "selbstverstandlich einverstanden bitte oui ouais volontiers daccord sur certainement plaisir plait si claro vale supuesto "
    "luego favor encantado encantada certo certamente volentieri bene daccordo favore sim certeza pode podem graag natuurlijk tuurlijk zeker "
    "akkoord prima wel alsjeblieft alstublieft"
)
# What polite people put around the one or the other; none of these says anything of its own.
_AROUND = words(
    "i id would rather prefer you do did of to that it thanks thank very much really at all better me be this time for now need needed "
    "necessary want wish the moment today ich mochte wurde lieber eher besser danke vielen dank auf fall sie mich das es ist notig "
    "erforderlich gewunscht werden wird je prefere prefererais plutot merci surtout mieux que vous ne souhaite veux besoin il ce cest "
    "nest necessaire du tout pour le linstant avec bien s sil prefiero preferiria mejor gracias muchas de ser es lo por hace falta "
    "necesario quiero ahora desde preferisco preferirei meglio piuttosto grazie di che mi vi essere necessario va per ora "
    "prefiro preferia melhor obrigado obrigada e eu preciso com liever u ik heb hebben bedankt dat nodig op dit wil"
)
_REACHING = re.compile(r"(?:kontakt|contact|contatt|contat)\w*")  # "please do not contact me"
_THOUGH_NO = re.compile(
    r"\b(no (problems?|objections?)|why not|(do not|dont|wouldnt|would not) mind|kein problem|warum nicht|nichts dagegen"
    r"|pas de (probleme|souci)|pourquoi pas|pas dinconvenient|sin problemas?|no hay (ningun )?(problema|inconveniente)|por que nao"
    r"|por que no|nessun problema|senza problemi|perche no|sem problemas?|nao ha problema|porque nao|geen (enkel )?probleem"
    r"|geen bezwaar|waarom niet)\b"
)
_DOUBT = re.compile(
    r"\b(not sure|(do not|dont) know|no idea|nicht sicher|weiss (ich )?nicht|keine ahnung|(ne )?sais pas|no (lo )?se(?! \w)|no worries|ni idea"
    r"|non (lo )?so|nao (tenho certeza|sei)|weet (ik )?(het )?niet|niet zeker|geen idee)\b"
)


def yes_or_no(said: Any) -> bool | None:
    """true or false, or plain words for one of them, however polite; blank is None.

    Raises ValueError for anything else: it is whether we may write to somebody.
    """
    if isinstance(said, bool):
        return said
    text = str(said).strip()
    if not text:
        return None
    found = _FLAGS.get(text.casefold(), _in_words(text[:200]) if isinstance(said, str) else None)
    if found is None:
        raise ValueError("must be true, false or null, or a plain yes or no")
    return found


def _in_words(text: str) -> bool | None:
    plain = re.sub(r"['’]", "", unaccented(text))
    first, though_no = _FIRST.match(text.casefold()), _THOUGH_NO.search(plain)
    says_no = first is not None and bool(first["no"] or first["short_no"])
    if _DOUBT.search(plain):
        return None
    if though_no:
        return None if says_no and though_no.start() else True
    if first:
        return not says_no
    tokens = {token for token in re.findall(r"[^\W_]+", plain) if not _REACHING.fullmatch(token)}
    if tokens - _NO - _YES - _AROUND or "/" in text:
        return None
    return False if tokens & _NO else True if tokens & _YES else None


_PLAIN = {"yes": True, "ja": True, "oui": True, "si": True, "sim": True} | dict.fromkeys(
    ("no", "nein", "non", "nao", "nee"), False
)


def said_plainly(text: str) -> bool | None:
    """A yes or a no and nothing beside it; None for all else."""
    return _PLAIN.get(unaccented(text).strip(" .!").casefold()) if len(text) <= 8 else None
