"""Which language a text is in, told by the commonest words of those that we speak to customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cases.spoken.english import COMMON, words

ENGLISH = COMMON | words(
    "they he she does been could when where how why who there their us please thanks thank very as after before again "
    "still never out up just like get got order ordered delivered delivery service great good bad food staff nice "
    "room price customer monday tuesday wednesday thursday friday saturday sunday day days week weeks call called "
    "phone money every too than his her am into because one two don t only also well yes yep hello test lol wow hey "
    "dear new same first last want need make made love"
)
"""In small letters, without accents."""

ABROAD: Mapping[str, frozenset[str]] = {
    "de": words(
        "der die das und ich ist nicht ein eine wir sie mit fur auf den dem zu von es war sind haben hat ihr mein meine "
        "sehr aber noch immer wie wann kann sich bei auch nach wurde leider alles gut bin  wo bitte danke gerne wieder "
        "im am keine kein nie mehr essen zimmer lieferung bestellung service paket seit"
    ),
    "fr": words(
        "le la les un une des et je est pas ne que qui nous vous avec pour dans sur mon ma mes votre vos ce cette tres "
        "mais plus toujours j n l d c qu en du au a ete ai suis bon merci bien rien depuis il elle on comment quand m s "
        "deux fois facture chambre commande livraison service"
    ),
    "es": words(
        "el la los las un una y de que no es en me mi mis con por para se lo su pero muy mas nunca servicio pedido "
        "comida esta fue son les te nos ha han todo gracias nadie nada desde cuando donde como buen"
    ),
    "it": words(
        "il lo gli un una e di che non mi mio mia con per in del della dei sono ho ha abbiamo era ma piu molto da tutto "
        "grazie nessuno ancora mai il pacco servizio questo questa come quando dove anche alla dal al si ci esperienza "
        "torneremo personale camera ordine"
    ),
    "nl": words(
        "de het een en ik is niet van dat met voor op zijn was wij we je jullie mijn heb hebben heeft maar nog ook aan "
        "er om bij zo zeer heel geen niets niemand wanneer hoe goed bedankt nooit meer wordt dit die uit kamer "
        "bestelling pakket nooit slechte"
    ),
    "pt": words(
        "o os as um uma e de que nao eu nos com por para em do da dos das meu minha foi esta mas muito mais ainda nunca "
        "ninguem todos tudo obrigado obrigada no na se ja seu sua como quando onde voces a bom encomenda comida chegou "
        "atendimento produto pedido"
    ),
}
"""The same for every other language we speak, by its code."""

UNKNOWN = "unknown"


def _spoken_in(commons: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """For every common word the languages it is common in."""
    spoken: defaultdict[str, list[str]] = defaultdict(list)
    for code, common in commons.items():
        for word in common:
            spoken[word].append(code)
    return dict(spoken)


_SPOKEN_IN = _spoken_in({"en": ENGLISH, **ABROAD})
_NONE_MET = dict.fromkeys(["en", *ABROAD], 0)


def tongue_of(said: Iterable[str]) -> str:
    """The language most of the words `said` belong to: "en", one of ABROAD, or UNKNOWN when no common word is met."""
    met = _met(said)
    best = max(met, key=met.__getitem__)
    return best if met[best] else UNKNOWN


def common_in_one(said: Iterable[str]) -> int:
    """How many different words of `said` are common in one of these languages, in that which has most of them."""
    return max(_met(said).values())


def _met(said: Iterable[str]) -> dict[str, int]:
    met = _NONE_MET.copy()
    for word in set(said):
        for code in _SPOKEN_IN.get(word, ()):
            met[code] += 1
    return met
