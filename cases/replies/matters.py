"""What a complaint is about, as a house names it to its customer: in our words, calm, and never in their insults.

In English triage's reasons say it. Of other languages triage knows only that somebody complains, so the plainest words of
each matter are looked for; what is named by none of them stays a blank for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cases.judgement.wording import read
from cases.model import Reason
from cases.replies.skeletons import Language
from cases.spoken.money import sums

_MOST = 2  # matters named in one sentence
_AND: dict[Language, str] = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "pt": "e"}


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of failing: the reasons by which it is known in English, and how each language names it.

    `named` is the phrase where they call what it is about by its name, `english` the one where they do not. `abroad` is,
    for every other language, the words by which it is known and the phrase.
    """

    codes: frozenset[str]
    english: str
    named: str
    abroad: dict[Language, tuple[re.Pattern[str], str]] = field(default_factory=dict)


def _matter(codes: str, english: str, named: str = "", **abroad: tuple[str, str]) -> Matter:
    compiled = {code: (re.compile(rf" (?:{words})"), phrase) for code, (words, phrase) in abroad.items()}
    return Matter(frozenset(codes.split()), english, named or english, compiled)  # type: ignore[arg-type]


# {thing} is what they name as theirs, {sum} the sums of money; where neither is plain it is left out.
_BILL = _matter(
    "billing money_lost",
    "the bill{sum}",
    de=(r"(?:rechnung|abgebucht|berechnet|belastet)\w*", "die Rechnung{sum}"),
    fr=(r"(?:factur|debit|preleve|surfactur)\w*", "la facture{sum}"),
    es=(r"(?:factura|cobr)\w*", "la factura{sum}"),
    it=(r"(?:fattur|addebit)\w*", "la fattura{sum}"),
    nl=(r"(?:rekening|factuur|afgeschreven|berekend|afschrijving)\w*", "de rekening{sum}"),
    pt=(r"(?:fatura|cobra)\w*", "a fatura{sum}"),
)
MATTERS: tuple[Matter, ...] = (
    _BILL,
    _matter(
        "not_arrived where_is",
        "what did not come",
        "the {thing} that did not come",
        de=(r"(?:nicht|nie|nichts) (?:\w+ ){0,3}(?:an)?(?:gekommen|geliefert|erhalten|bekommen|eingetroffen)", "die Bestellung, die nicht angekommen ist"),
        fr=(r"(?:pas|jamais|rien) (?:\w+ ){0,3}(?:recu|arrive|livre)\w*", "la commande qui n'est pas arrivée"),
        es=(r"(?:no|nunca|nada) (?:\w+ ){0,3}(?:lleg|recib|entreg)\w*", "el pedido que no ha llegado"),
        it=(r"(?:non|mai|niente|nulla) (?:\w+ ){0,3}(?:arrivat|ricevut|consegnat)\w*", "l'ordine che non è arrivato"),
        nl=(r"(?:niet|nooit|niets) (?:\w+ ){0,3}(?:ontvangen|gekregen|aangekomen|geleverd|bezorgd)", "de bestelling die niet is aangekomen"),
        pt=(r"(?:nao|nunca|nada) (?:\w+ ){0,3}(?:cheg|receb|entreg)\w*", "o pedido que não chegou"),
    ),
    _matter(
        "wrong_item",
        "the wrong item that you were sent",
        de=(r"falsch\w* (?:\w+ )?(?:artikel|ware|produkt|paket|grosse|farbe|bestellung|gericht|teil)\w*|falsch geliefert", "das Falsche, das Sie bekommen haben"),
        fr=(r"(?:pas le bon|pas la bonne|mauvais (?:article|produit|colis)|mauvaise (?:taille|couleur|commande))", "l'article qui n'était pas le bon"),
        es=(r"(?:articulo|producto|pedido|talla|color|plato|paquete) (?:\w+ ){0,2}(?:equivocad|errone|incorrect)\w*", "el artículo equivocado"),
        it=(r"(?:articolo|prodotto|ordine|taglia|colore|piatto|pacco) (?:\w+ ){0,2}sbagliat\w*", "l'articolo sbagliato"),
        nl=(r"verkeerd\w* (?:\w+ )?(?:artikel|product|maat|kleur|bestelling|pakket|gerecht)", "het verkeerde artikel"),
        pt=(r"(?:artigo|produto|pedido|encomenda|tamanho|cor|prato) (?:\w+ ){0,2}(?:errad|trocad)\w*", "o artigo errado"),
    ),
    _matter(
        "missing",
        "what was missing",
        de=(r"(?:fehlt|fehlen|gefehlt)\w*", "das, was gefehlt hat"),
        fr=(r"(?:manqu)\w*", "ce qui manquait"),
        es=(r"(?:falta|faltaba|faltan|faltaron) ", "lo que faltaba"),
        it=(r"(?:manca|mancava|mancano|mancavano) ", "ciò che mancava"),
        nl=(r"(?:ontbr)\w*", "wat er ontbrak"),
        pt=(r"(?:faltava|faltou|faltavam|falta) ", "o que faltava"),
    ),
    _matter(
        "broken",
        "what was damaged",
        "the damaged {thing}",
        de=(r"(?:kaputt|beschadigt|zerbrochen|defekt|zerstort)\w*", "das, was beschädigt war"),
        fr=(r"(?:casse|abime|endommage|brise)\w*", "ce qui était abîmé"),
        es=(r"(?:rot[oa]s?|danad\w*|estropead\w*|defectuos\w*) ", "lo que estaba dañado"),
        it=(r"(?:rott[oaie]|danneggiat\w*|difettos\w*) ", "ciò che era danneggiato"),
        nl=(r"(?:kapot|beschadigd|stuk|defect) ", "wat er kapot was"),
        pt=(r"(?:partid|quebrad|danificad|estragad|avariad)\w*", "o que estava danificado"),
    ),
    _matter(
        "not_working",
        "the fault that you ran into",
        "the {thing} that does not work",
        de=(r"(?:funktionier)\w* (?:\w+ ){0,2}nicht", "das, was nicht funktioniert"),
        fr=(r"(?:ne )?(?:marche|fonctionne)\w* (?:pas|plus)", "ce qui ne fonctionne pas"),
        es=(r"no (?:\w+ )?(?:funciona|sirve)", "lo que no funciona"),
        it=(r"non (?:\w+ )?funzion\w*", "ciò che non funziona"),
        nl=(r"(?:werkt|doet het) (?:\w+ ){0,2}niet", "wat er niet werkt"),
        pt=(r"nao (?:\w+ )?funcion\w*", "o que não funciona"),
    ),
    _matter(
        "rude harassment discrimination",
        "the way you were treated",
        de=(r"(?:unfreundlich|unverschamt|frech|beleidig|angeschrien)\w*", "die Art, wie Sie behandelt wurden"),
        fr=(r"(?:impoli|grossier|malpoli|desagreable|insult)\w*", "la façon dont on vous a parlé"),
        es=(r"(?:groser|maleducad|insult|grit)\w*", "el trato que recibió"),
        it=(r"(?:maleducat|scortes|insult|urlato)\w*", "il trattamento ricevuto"),
        nl=(r"(?:onbeschoft|onvriendelijk|uitgescholden)\w*", "de manier waarop u bent behandeld"),
        pt=(r"(?:mal educad|grosseir|insult|gritaram)\w*", "o tratamento que recebeu"),
    ),
    _matter(
        "late",
        "the delay",
        "the {thing} that came late",
        de=(r"(?:zu spat|verspat)\w*", "die Verspätung"),
        fr=(r"(?:retard)\w*", "le retard"),
        es=(r"(?:tarde|retras)\w*", "el retraso"),
        it=(r"(?:ritard|in ritardo)\w*", "il ritardo"),
        nl=(r"(?:te laat|vertrag)\w*", "de vertraging"),
        pt=(r"(?:atras|tarde)\w*", "o atraso"),
    ),
    _matter(
        "still_waiting long_wait",
        "the time that you have had to wait",
        de=(r"(?:warte|gewartet|warten)\w*", "die lange Wartezeit"),
        fr=(r"(?:attend|attente)\w*", "la longue attente"),
        es=(r"(?:esper)\w*", "la larga espera"),
        it=(r"(?:aspett|attes)\w*", "la lunga attesa"),
        nl=(r"(?:wacht|gewacht)\w*", "het lange wachten"),
        pt=(r"(?:esper|aguard)\w*", "a longa espera"),
    ),
    _matter(
        "no_answer asked_before",
        "the answer that you did not get from us",
        de=(r"(?:keine|niemand|nicht) (?:\w+ ){0,3}(?:antwort|reagier|erreich|ruckmeldung|zuruckgerufen|gemeldet)\w*", "die Antwort, die Sie von uns nicht bekommen haben"),
        fr=(r"(?:pas|personne|aucune|jamais) (?:\w+ ){0,3}(?:repons|repond|rappel)\w*", "la réponse que vous n'avez pas reçue"),
        es=(r"(?:no|nadie|sin|ninguna) (?:\w+ ){0,3}(?:respu|respond|contest|llam)\w*", "la respuesta que no recibió"),
        it=(r"(?:non|nessuno|nessuna|senza) (?:\w+ ){0,3}(?:rispos|rispond|richiam)\w*", "la risposta che non ha ricevuto"),
        nl=(r"(?:geen|niemand|niet) (?:\w+ ){0,3}(?:antwoord|reactie|gereageerd|teruggebeld|bereikbaar)", "het antwoord dat u niet kreeg"),
        pt=(r"(?:nao|ninguem|sem|nenhuma) (?:\w+ ){0,3}(?:respo|atend|lig)\w*", "a resposta que não recebeu"),
    ),
    _matter(
        "refund",
        "the money that you want back",
        de=(r"(?:geld zuruck|ruckerstatt|erstatt)\w*", "das Geld, das Sie zurückmöchten"),
        fr=(r"(?:rembours)\w*", "le remboursement"),
        es=(r"(?:reembols|devoluci|mi dinero)\w*", "el reembolso"),
        it=(r"(?:rimbors|soldi indietro)\w*", "il rimborso"),
        nl=(r"(?:terugbeta|geld terug)\w*", "het geld dat u terug wilt"),
        pt=(r"(?:reembols|dinheiro de volta)\w*", "o reembolso"),
    ),
    _matter(
        "quality",
        "the quality of what you got",
        de=(r"(?:kalt|schmutzig|dreckig|ekelhaft|schimmel|stinkt|mangelhaft)\w*", "die Qualität"),
        fr=(r"(?:froid|sale|decev|sentait)\w*", "la qualité"),
        es=(r"(?:fri[oa]s?|suci[oa]s?|asco|mala calidad) ", "la calidad"),
        it=(r"(?:fredd[oaie]|sporc\w*|schifo|scadent\w*) ", "la qualità"),
        nl=(r"(?:koud|vies|vuil|smerig)\w* ", "de kwaliteit"),
        pt=(r"(?:fri[oa]s?|suj[oa]s?|estragad\w*) ", "a qualidade"),
    ),
    _matter("neglected unhelpful", "the help that you did not get from us"),
)  # fmt: skip

# Nouns for what a house brings, lends or does; what they call theirs is said back in their word.
_THING = re.compile(
    r" (order|parcel|package|delivery|meal|food|pizza|soup|box|hamper|cake|flowers|bouquet|candle|dress|shoes|suitcase|luggage"
    r"|letter|card|invitation|ticket|tickets|replacement|refund|prescription|medicine|bike|phone|laptop|printer|router|boiler"
    r"|heating|washing machine|fridge|app|website|engineer|technician|plumber|driver|taxi|cab|nurse|carer) "
)
_NEAR = 6  # words
_SENTENCE = re.compile(r"[.!?\n]+")
_INSTEAD = re.compile(
    r"instead of|when (?:i|we) (?:only )?(?:owed?|agreed|ordered|were quoted)|(?:should|ought to) have been|rather than|not the"
    r"|(?:was|were) (?:told|quoted|promised)|statt|au lieu de|en (?:vez|lugar) de|invece di|in plaats van|em vez de|ao inves de"
)
_SUMS: dict[Language, tuple[str, str]] = {
    "en": (" of {0}", " of {0} instead of {1}"),
    "de": (" über {0}", " über {0} statt {1}"),
    "fr": (" de {0}", " de {0} au lieu de {1}"),
    "es": (" de {0}", " de {0} en lugar de {1}"),
    "it": (" di {0}", " di {0} invece di {1}"),
    "nl": (" van {0}", " van {0} in plaats van {1}"),
    "pt": (" de {0}", " de {0} em vez de {1}"),
}


def matter(said: str, reasons: Iterable[Reason], language: Language) -> str:
    """The matter of a complaint as a noun phrase that follows "about"; empty where nothing names it."""
    found = _in_english(said, reasons) if language == "en" else _abroad(read(said).plain, language)
    phrases = dict.fromkeys(phrase.format(sum=_about_sums(said, language)) for phrase in found)
    return f" {_AND[language]} ".join(list(phrases)[:_MOST])


def _in_english(said: str, reasons: Iterable[Reason]) -> Iterator[str]:
    """In the order of the reasons, the most telling first."""
    for reason in reasons:
        things = _THING.findall(read(_up_to(reason.detail, said)).plain)
        for each in MATTERS:
            if reason.code in each.codes:
                yield each.named.replace("{thing}", things[-1]) if things else each.english


def _up_to(detail: str, said: str) -> str:
    """The words of a reason and a few of those before them in their sentence: what it is about stands there, if anywhere."""
    sentence = next((each for each in _SENTENCE.split(said) if detail and detail in each), detail)
    before = sentence[: sentence.find(detail)].split()
    return " ".join([*before[-_NEAR:], detail])


def _abroad(plain: str, language: Language) -> Iterator[str]:
    known = (each.abroad[language] for each in MATTERS if language in each.abroad)
    return (phrase for words, phrase in known if words.search(plain))


def _about_sums(said: str, language: Language) -> str:
    """ " of $400 instead of $9", as they wrote the sums; nothing where it is not plain which sum is which."""
    found = [span for _, span in sums(said)]
    written = [said[start:end] for start, end in found]
    one, two = _SUMS[language]
    if len(written) == 2 and _INSTEAD.search(said[found[0][1] : found[1][0]].casefold()):
        return two.format(*written)
    return one.format(written[0]) if len(written) == 1 else ""
