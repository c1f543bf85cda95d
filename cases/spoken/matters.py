"""What complaints are about: the plainest words by which each language says it, and how a house names it back, calmly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cases.spoken.phrases import Phrases
from cases.spoken.plain import Sentence
from cases.spoken.tongues import tongue_of


@dataclass(frozen=True, slots=True)
class Naming:
    """One language's words for a matter, the phrase that names it, and the one where they call what it is about by its name."""

    words: str
    phrase: str
    named: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of failing: its code among the reasons, and how each language names it."""

    code: str
    by_language: dict[str, Naming]


def _matter(code: str, **said: tuple[str, ...]) -> Matter:
    return Matter(
        code,
        {
            tongue: Naming(words, phrase, named[0] if named else phrase)
            for tongue, (words, phrase, *named) in said.items()
        },
    )


# {thing} is what they name as theirs, {sum} the sums of money; where neither is plain it is left out.
MATTERS: tuple[Matter, ...] = (
    _matter(
        "billing",
        en=("(over)?(charge[ds]?|charging|billed|bills?|invoice[ds]?|debited|deducted|direct debit)|took ~ money|(price|fee)s? ~ (doubled|went up|wrong)", "the bill{sum}"),
        de=("(rechnung|abgebucht|berechnet|belastet)*", "die Rechnung{sum}"),
        fr=("(factur|debit|preleve|surfactur)*", "la facture{sum}"),
        es=("(factura|cobr)*", "la factura{sum}"),
        it=("(fattur|addebit)*", "la fattura{sum}"),
        nl=("(rekening|factuur|afgeschreven|berekend|afschrijving)*", "de rekening{sum}"),
        pt=("(fatura|cobra)*", "a fatura{sum}"),
    ),
    _matter(
        "not_arrived",
        en=("(not|never|nothing|nobody|no) ~ (arriv(e|ed|es)|come|came|delivered|received|turned up|showed up|shown up|here yet)|where (is|s|are) ~ (my|our)|failed to (arrive|deliver|appear)|(was|got|been) lost|lost (my|our)", "what did not come", "the {thing} that did not come"),
        de=("(nicht|nie|nichts) ~ (an)?(gekommen|geliefert|erhalten|bekommen|eingetroffen)", "die Bestellung, die nicht angekommen ist"),
        fr=("(pas|jamais|rien) ~ (recu|arrive|livre)*", "la commande qui n'est pas arrivée"),
        es=("(no|nunca|nada) ~ (lleg|recib|entreg)*", "el pedido que no ha llegado"),
        it=("(non|mai|niente|nulla) ~ (arrivat|ricevut|consegnat)*", "l'ordine che non è arrivato"),
        nl=("(niet|nooit|niets) ~ (ontvangen|gekregen|aangekomen|geleverd|bezorgd)", "de bestelling die niet is aangekomen"),
        pt=("(nao|nunca|nada) ~ (cheg|receb|entreg)*", "o pedido que não chegou"),
    ),
    _matter(
        "wrong_item",
        en=("wrong ~ (one|item|order|size|colou?r|product|thing|model|meal|dish|pizza|parcel|part|room|flavou?r|drink|shade|book)s?|not what (i|we) (ordered|asked|bought|booked)|i (had )?ordered ~ (and|but) ~ got", "the wrong item that you were sent"),
        de=("falsch* ~ (artikel|ware|produkt|paket|grosse|farbe|bestellung|gericht|teil)*|falsch geliefert", "das Falsche, das Sie bekommen haben"),
        fr=("(pas le bon|pas la bonne|mauvais (article|produit|colis)|mauvaise (taille|couleur|commande))", "l'article qui n'était pas le bon"),
        es=("(articulo|producto|pedido|talla|color|plato|paquete) ~ (equivocad|errone|incorrect)*", "el artículo equivocado"),
        it=("(articolo|prodotto|ordine|taglia|colore|piatto|pacco) ~ sbagliat*", "l'articolo sbagliato"),
        nl=("verkeerd* ~ (artikel|product|maat|kleur|bestelling|pakket|gerecht)", "het verkeerde artikel"),
        pt=("(artigo|produto|pedido|encomenda|tamanho|cor|prato) ~ (errad|trocad)*", "o artigo errado"),
    ),
    _matter(
        "missing",
        en=("missing|left out|forgot ~ (order|items?|drinks?|sauce|sides?|part|half)|without (the|its|any) (screws|parts?|cable|instructions|sauce|cutlery)", "what was missing"),
        de=("(fehlt|fehlen|gefehlt)*", "das, was gefehlt hat"),
        fr=("(manqu)*", "ce qui manquait"),
        es=("(falta|faltaba|faltan|faltaron)", "lo que faltaba"),
        it=("(manca|mancava|mancano|mancavano)", "ciò che mancava"),
        nl=("(ontbr)*", "wat er ontbrak"),
        pt=("(faltava|faltou|faltavam|falta)", "o que faltava"),
    ),
    _matter(
        "broken",
        en=("broken|damaged|smashed|cracked|shattered|torn|scratched|dented|faulty|defective|crushed|leaking|ripped|soaked|in (pieces|bits)|(came|fell|falls|falling) (apart|off|to pieces)|snapped|broke", "what was damaged", "the damaged {thing}"),
        de=("(kaputt|beschadigt|zerbrochen|defekt|zerstort)*", "das, was beschädigt war"),
        fr=("(casse|abime|endommage|brise)*", "ce qui était abîmé"),
        es=("(rot[oa]s?|danad*|estropead*|defectuos*)", "lo que estaba dañado"),
        it=("(rott[oaie]|danneggiat*|difettos*)", "ciò che era danneggiato"),
        nl=("(kapot|beschadigd|stuk|defect)", "wat er kapot was"),
        pt=("(partid|quebrad|danificad|estragad|avariad)*", "o que estava danificado"),
    ),
    _matter(
        "not_working",
        en=("(not|never|stopped|no longer) ~ (work|working|works|load|loading|charge|charging|start|turn on|heat|heating|cool|log in)|crash(es|ed|ing)?|out of order|keeps? (dropping|disconnecting|crashing|breaking|failing)|(error|fault) (message|code)s?|bugs?|glitch*", "the fault that you ran into", "the {thing} that does not work"),
        de=("(funktionier)* ~ nicht", "das, was nicht funktioniert"),
        fr=("(ne )?(marche|fonctionne)* (pas|plus)", "ce qui ne fonctionne pas"),
        es=("no ~ (funciona|sirve)", "lo que no funciona"),
        it=("non ~ funzion*", "ciò che non funziona"),
        nl=("(werkt|doet het) ~ niet", "wat er niet werkt"),
        pt=("nao ~ funcion*", "o que não funciona"),
    ),
    _matter(
        "rude",
        en=("rude(ly|ness|st)?|shouted|yelled|insult*|hung up|condescending|patroni[sz]ing|disrespect*|dismissive|arrogant|unfriendly|impolite|sneered|snapped at|called (me|us) ~ (rude|liar|stupid|names)|(voice|tone|staff|she|he|woman|man|lady|agent|receptionist|operator|assistant) ~ (was|were|is|so|sounded) ~ cold|rolled (his|her|their) eyes", "the way you were treated"),
        de=("(unfreundlich|unverschamt|frech|beleidig|angeschrien)*", "die Art, wie Sie behandelt wurden"),
        fr=("(impoli|grossier|malpoli|desagreable|insult)*", "la façon dont on vous a parlé"),
        es=("(groser|maleducad|insult|grit)*", "el trato que recibió"),
        it=("(maleducat|scortes|insult|urlato)*", "il trattamento ricevuto"),
        nl=("(onbeschoft|onvriendelijk|uitgescholden)*", "de manier waarop u bent behandeld"),
        pt=("(mal educad|grosseir|insult|gritaram)*", "o tratamento que recebeu"),
    ),
    _matter(
        "late",
        en=("late|later than|delay(ed|s)?|overdue|(hours?|minutes|days) (late|later|behind)", "the delay", "the {thing} that came late"),
        de=("(zu spat|verspat)*", "die Verspätung"),
        fr=("(retard)*", "le retard"),
        es=("(tarde|retras)*", "el retraso"),
        it=("(ritard|in ritardo)*", "il ritardo"),
        nl=("(te laat|vertrag)*", "de vertraging"),
        pt=("(atras|tarde)*", "o atraso"),
    ),
    _matter(
        "still_waiting",
        en=("still ~ waiting|wait(ed|ing|s)? ~ (hours?|minutes|days|weeks|months|since|on hold|in)|on hold", "the time that you have had to wait"),
        de=("(warte|gewartet|warten)*", "die lange Wartezeit"),
        fr=("(attend|attente)*", "la longue attente"),
        es=("(esper)*", "la larga espera"),
        it=("(aspett|attes)*", "la lunga attesa"),
        nl=("(wacht|gewacht)*", "het lange wachten"),
        pt=("(esper|aguard)*", "a longa espera"),
    ),
    _matter(
        "no_answer",
        en=("(not|never|nobody|no one|no|without) ~ (answer(s|ed|ing)?|repl(y|ies|ied)|respon(se|ded|ds|d)|call(ed|s)? ~ back|g[eo]t(ten)? back|heard back|picks? up|picked up)|unanswered|automatic (reply|answer)|ignor(ed|es|ing)", "the answer that you did not get from us"),
        de=("(keine|niemand|nicht) ~ (antwort|reagier|erreich|ruckmeldung|zuruckgerufen|gemeldet)*", "die Antwort, die Sie von uns nicht bekommen haben"),
        fr=("(pas|personne|aucune|jamais) ~ (repons|repond|rappel)*", "la réponse que vous n'avez pas reçue"),
        es=("(no|nadie|sin|ninguna) ~ (respu|respond|contest|llam)*", "la respuesta que no recibió"),
        it=("(non|nessuno|nessuna|senza) ~ (rispos|rispond|richiam)*", "la risposta che non ha ricevuto"),
        nl=("(geen|niemand|niet) ~ (antwoord|reactie|gereageerd|teruggebeld|bereikbaar)", "het antwoord dat u niet kreeg"),
        pt=("(nao|ninguem|sem|nenhuma) ~ (respo|atend|lig)*", "a resposta que não recebeu"),
    ),
    _matter(
        "refund",
        en=("refund*|money back|reimburs*|deposit back", "the money that you want back"),
        de=("(geld zuruck|ruckerstatt|erstatt)*", "das Geld, das Sie zurückmöchten"),
        fr=("(rembours)*", "le remboursement"),
        es=("(reembols|devoluci|mi dinero)*", "el reembolso"),
        it=("(rimbors|soldi indietro)*", "il rimborso"),
        nl=("(terugbeta|geld terug)*", "het geld dat u terug wilt"),
        pt=("(reembols|dinheiro de volta)*", "o reembolso"),
    ),
    _matter(
        "quality",
        en=(r"(stone |ice )?cold (food|soup|chips|fries|pizza|meal|dinner|coffee|tea|in the middle|inside)|(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|coffee|tea|steak|rice|pasta|fish|it|they|everything|lasagne|shower|room) ~ (was|were|is|are|came|arrived|so|stone)? ?(\w+ )?(cold|raw|burnt|dry|soggy|stale|tough|salty|lukewarm)|(food|soup|pizza|meal|dinner|coffee) cold|dirty|filthy|disgusting|soggy|stale|tasteless|bland|undercooked|overcooked|inedible|lukewarm|mould*|stained|smell(ed|s|y)?|stinks?|flimsy|shoddy", "the quality of what you got"),
        de=("(kalt|schmutzig|dreckig|ekelhaft|schimmel|stinkt|mangelhaft)*", "die Qualität"),
        fr=("(froid|sale|decev|sentait)*", "la qualité"),
        es=("(fri[oa]s?|suci[oa]s?|asco|mala calidad)", "la calidad"),
        it=("(fredd[oaie]|sporc*|schifo|scadent*)", "la qualità"),
        nl=("(koud|vies|vuil|smerig)* ", "de kwaliteit"),
        pt=("(fri[oa]s?|suj[oa]s?|estragad*)", "a qualidade"),
    ),
    _matter(
        "neglected",
        en=("(not|never|nobody|no one|none of them) ~ (told|tell|informed|warned|apologi[sz]ed?|cared?|helped?|listened|explained)|unhelpful|no (help|apology|explanation|warning)|useless", "the help that you did not get from us"),
    ),
)  # fmt: skip


def about(text: list[Sentence], tongue: str | None = None) -> Iterator[tuple[Matter, Naming, Sentence, re.Match[str]]]:
    """The matters that a text names, each where it is named first, in `tongue` or else in the language it seems to be in."""
    spoken = tongue or tongue_of([word for sentence in text for word in sentence.plain.split()])
    for place, (sentence, found) in _phrases(spoken).first(text).items():
        matter = _named_in(spoken)[place]
        yield matter, matter.by_language[spoken], sentence, found


@cache
def _named_in(tongue: str) -> list[Matter]:
    return [matter for matter in MATTERS if tongue in matter.by_language]


@cache
def _phrases(tongue: str) -> Phrases:
    return Phrases([[matter.by_language[tongue].words] for matter in _named_in(tongue)])
