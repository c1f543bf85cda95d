"""Which language words are in, told by the commonest words of those that we know; and words in other scripts than ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from cases.spoken.english import words
from cases.spoken.seen import unaccented
from cases.spoken.tongues import ABROAD, ENGLISH, tongue_of

UNKNOWN: Final = ""
"""A language, but none of those that we know."""

# What replies say more often than complaints do.
_IN_REPLIES = {
    "en": "sorry apologise apologies refund refunded card money back today tomorrow tonight noon morning out off went sent fixed version update released wrong size late may might"
    " should let know help follow here link its them some any more only than now soon own right could used using way thing things try these those two three both over"
    " through until since while next then put take takes took bring brings come comes came give gave keep please restart clear open",
    "de": "dass hat habe ihnen ihre ihren ihrem ihrer ihr uns mich mir dir dich du am um als wenn noch schon heute dann nur oder aus vom zur zum durch uber werde darf mochte liebe lieber"
    " hallo guten tag morgen freitag donnerstag dienstag montag uhr so da was dafur damit wieder ohne",
    "fr": "nos notre leur leurs puis peut ici oui aujourd hui demain matin soir jeudi lundi mardi vendredi heure heures moi toi te tu ton ta tes si ou donc aussi chez entre sans sous bonjour cher chere madame monsieur"
    " voulez avez etes suis avons sera etait fait tout toute tous y par quel quelle",
    "es": "si sin sobre entre hasta porque ya ahora hoy manana viernes jueves lunes hora horas usted ustedes su sus tu tus vuestra vuestro os va hola querida querido estimada estimado senor senora he hemos habia"
    " puedo quiere tiene tienes otro otra ese esa eso esto le les al del ni tambien",
    "it": "le gli lei voi noi tuo tua suo sua loro ci vi si se ma o oggi domani mattina sera venerdi giovedi lunedi mercoledi ora ore va bene ciao gentile signora signor cara caro puoi puo posso vuole altro altra"
    " parte hai hanno stato stata fatto questa queste quello quella tra fra senza sopra gia cosi quando qui",
    "pt": "voce voces lhe lhes ele ela eles tem tenho tinha sao ser estar esta estao hoje amanha manha sexta quinta quarta segunda feira hora horas ola oi caro cara querido querida outro outra isso isto esse essa"
    " aqui ate entre sobre pelo pela pelos pelas ao aos num numa posso pode podemos quer ja bem so tambem",
    "nl": "hem haar hun ons onze uw jij jou jouw dan als maar door naar tot bij over na voor weer vandaag morgen vrijdag donderdag maandag uur hoi hallo beste geachte mevrouw heer kan kunt mag wil wilt zal zou"
    " staat sinds zit krijgt alles ander andere deze dit wat wie waar hoeft",
}  # fmt: skip
_COMMON = {"en": ENGLISH | words(_IN_REPLIES["en"])} | {
    code: common | words(_IN_REPLIES[code]) for code, common in ABROAD.items()
}
_WORD = re.compile(r"[^\W\d_]{2,}")
_BEYOND_LATIN = re.compile(
    "[\u0370-\u1dff\u2c00-\ua7ff\ua840-\ufaff\ufb07-\ufdff\ufe70-\ufefc\U00010000-\U0001efff\U00020000-\U0003ffff]+"
)
# A word in small letters with one that none of our languages writes: "să", "kartę", "på". A name may have any.
_STRANGE = re.compile(
    r"(?<![^\W\d_])(?=[^\W\d_]*[^\W\d_a-zA-ZàâäáãçéèêëíìîïñóòôöõúùûüßœÀÂÄÁÃÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜŒªº])[^\W\d_]+"
)
_TELLING = 8  # words of a whole letter, and of a sentence that is judged beside its letter
_SENTENCE = 6  # words of a sentence that is judged by itself; a shorter one is too short to tell
# Of 1,941 English sentences of the corpus of replies, two have fewer common words than this, and both hold names.
_ENGLISH, _OTHERS = 0.09, 0.2


def other_scripts(text: str) -> list[re.Match[str]]:
    """Every run of letters that is not Latin, signs of other alphabets that stand for a unit among them."""
    return list(_BEYOND_LATIN.finditer(text))


def tongue_of_letter(text: str) -> str:
    """ "en" where most of the words are or where they are too few to tell, another code of ABROAD, or UNKNOWN."""
    if 2 * sum(len(run[0]) for run in other_scripts(text)) > sum(map(str.isalpha, text)):
        return UNKNOWN
    said, shares = _shares(text)
    if _TELLING * len(_strange(text)) >= len(said) > 1:
        return UNKNOWN
    best = max(shares, key=shares.__getitem__)
    if len(said) < _TELLING or (shares["en"] >= shares[best]):
        return "en" if len(said) < _TELLING or shares["en"] >= 0.15 else UNKNOWN
    return best if shares[best] >= 0.15 else UNKNOWN


def spoken_by(said: str, locale: str | None) -> tuple[str, str]:
    """The language a customer writes in, as a code and by its English name: by their words, else by what their form says.

    Of a language that we do not know the code is that of the locale, or UNKNOWN, and the name what can be told: the
    script, or that it is another language.
    """
    told = (locale or "").replace("_", "-").split("-")[0].lower()
    letters = _WORD.findall(unaccented(said))
    if 2 * sum(len(run[0]) for run in other_scripts(said)) > sum(map(str.isalpha, said)):
        found = UNKNOWN
    elif len(letters) >= _TELLING:
        found = tongue_of_letter(said)
    else:
        few = tongue_of([word.lower() for word in letters])
        found = few if few in _COMMON and (len(letters) >= _FEW or not told) else told or "en"
    if found in _COMMON:
        return found, _NAMES[found]
    foreign = told if told and told not in _COMMON else found
    return foreign, _NAMES.get(foreign) or _by_script(said)


def _by_script(said: str) -> str:
    """Japanese is written with Chinese characters too, hence the order."""
    names = " ".join(unicodedata.name(char, "") for run in other_scripts(said) for char in run[0])
    return next((language for script, language in _SCRIPTS.items() if script in names), "their own language")


_FEW = 4  # words in which one that is common in a language begins to tell
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pt": "Portuguese",
    "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian", "nn": "Norwegian", "fi": "Finnish",
    "is": "Icelandic", "pl": "Polish", "cs": "Czech", "sk": "Slovak", "sl": "Slovenian", "hr": "Croatian", "sr": "Serbian",
    "bs": "Bosnian", "hu": "Hungarian", "ro": "Romanian", "bg": "Bulgarian", "el": "Greek", "tr": "Turkish",
    "ru": "Russian", "uk": "Ukrainian", "et": "Estonian", "lv": "Latvian", "lt": "Lithuanian", "ca": "Catalan",
    "eu": "Basque", "gl": "Galician", "ga": "Irish", "cy": "Welsh", "mt": "Maltese", "sq": "Albanian", "mk": "Macedonian",
    "he": "Hebrew", "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "hi": "Hindi", "bn": "Bengali", "ta": "Tamil",
    "th": "Thai", "vi": "Vietnamese", "id": "Indonesian", "ms": "Malay", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
}  # fmt: skip
_SCRIPTS = {
    "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "CJK": "Chinese", "GREEK": "Greek",
    "HEBREW": "Hebrew", "ARABIC": "the language they wrote in Arabic letters", "THAI": "Thai",
    "CYRILLIC": "the language they wrote in Cyrillic letters", "DEVANAGARI": "Hindi", "BENGALI": "Bengali", "TAMIL": "Tamil",
}  # fmt: skip


@lru_cache(maxsize=512)
def tongue_of_sentence(sentence: str, letters: str) -> str | None:
    """As `tongue_of_letter`, for one sentence of a letter in `letters`; None where it says too little to tell."""
    said, shares = _shares(sentence)
    best = max(shares, key=shares.__getitem__)
    strange = len(_strange(sentence))
    if strange > 1 or (strange and len(said) > 1 and not shares[best]):
        return UNKNOWN
    if letters not in ("en", UNKNOWN):
        return UNKNOWN if len(said) >= _TELLING and not shares[best] else None
    if len(said) < _SENTENCE:
        return UNKNOWN if len(said) > 3 and not shares[best] and not sentence.isascii() else None
    if shares["en"] >= _ENGLISH and 2 * shares["en"] >= shares[best]:
        return "en"
    return best if shares[best] >= _OTHERS else UNKNOWN


def _strange(text: str) -> list[str]:
    return [word[0] for word in _STRANGE.finditer(text) if word[0][0].islower()] if not text.isascii() else []


def _shares(text: str) -> tuple[list[str], Mapping[str, float]]:
    """The words of two letters and more, and how many of them are common in each language."""
    spoken = " ".join(word for word in text.split() if "/" not in word and "@" not in word)  # a link has no language
    said = _WORD.findall(unaccented(spoken))
    return said, {code: sum(word in common for word in said) / (len(said) or 1) for code, common in _COMMON.items()}
