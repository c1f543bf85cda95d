"""Whether words about a contact deny it: "no answer", "auf Band gesprochen" and "will call tomorrow" are no contact.

Words are read clause by clause for what happened: the customer was *reached*, somebody else or nobody was (*denied*), a letter
was *sent*, or it was only *tried* or is *to come*. One event of reaching that is asserted beats all that was denied before or after it
("she did not answer at first, then we spoke"); of a denial and a letter the later one counts; words that tell of none of
these deny nothing. Seven languages share one set of classes: a word of one hardly ever means something else in another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

from cases.spoken.signs import level


class Event(Enum):
    """What a clause tells of, as far as it bears on whether the customer was contacted."""

    REACHED = "they heard us, or we them"
    DENIED = "nobody was there, or somebody else was"
    SENT = "a letter or a message went out"
    MOOD = "how they took it"
    TRIED = "somebody tried"
    TO_COME = "somebody will"


def denies_contact(words: str | None) -> bool:
    """Whether these words, said of a contact, say that there was none."""
    events = [event for clause in _clauses(words or "") for event in _events(clause)]
    if Event.REACHED in events:
        return False
    decisive = [event for event in events if event in (Event.DENIED, Event.SENT)]
    if decisive:
        return decisive[-1] is Event.DENIED
    return bool({Event.TRIED, Event.TO_COME} & set(events)) and Event.MOOD not in events


_AN_ACCOUNT = 5  # words; whoever writes so many tells something


def tells_of_contact(words: str | None) -> bool:
    """Whether these words say anything of a contact: that the customer was reached or written to, how they took it, or an account.

    "ok", "done" and "on it" say no more than a click.
    """
    clauses = list(_clauses(words or ""))
    events = {event for clause in clauses for event in _events(clause)}
    told = events & {Event.REACHED, Event.SENT, Event.MOOD}
    return bool(told) or sum(len(clause.split()) for clause in clauses) >= _AN_ACCOUNT


# -- words and clauses -------------------------------------------------------------------------------------------------

_PARTS = re.compile(
    r"[.,;:!?()\[\]/|\n+>&]|\s-+\s|--"
    r"|\b(?:but|and|then|after|afterwards|because|since|although|though|when|while|until|so|instead"
    r"|aber|und|dann|danach|nachdem|weil|dass|bis|also|sondern|mais|et|puis|ensuite|parce que|car|donc"
    r"|pero|y|luego|despues|porque|ma|e|poi|quindi|perche|maar|en(?! (?:casa|el|la|linea|reunion)\b)|daarna|omdat|dus|mas|depois)\b"
)
_SHORT_NOT = re.compile(r"\b(do|does|did|could|would|should|have|has|had|is|was|were|are|ca|wo)n'?t\b")


def _clauses(words: str) -> Iterator[str]:
    """The clauses in small letters without accents, words parted by one space each."""
    text = unicodedata.normalize("NFKD", level(words).casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = (
        _SHORT_NOT.sub(r"\1 not", text)
        .replace("'ll ", " will ")
        .replace("e-mail", "email")
        .replace("cannot", "can not")
    )
    for clause in _PARTS.split(text):
        if plain := " ".join(re.findall(r"\w+", clause)):
            yield plain


def _class(words: str) -> str:
    """A class of words and phrases as one pattern; spaces of the table are between its entries, `_` is one within an entry."""
    entries = (re.sub(r"\((?!\?)", "(?:", entry.replace("_", " ")) for entry in words.split())
    return rf"\b(?:{'|'.join(entries)})\b"


# -- classes -----------------------------------------------------------------------------------------------------------

# In English what denies stands in front of what it denies; elsewhere it may follow ("nahm nicht ab", "ne répond pas").
_NOT_BEFORE = _class("not no nobody no_?one none never nothing without unable failed failing")
_NOT_ANYWHERE = _class("""
    nicht nie niemand(en|em)? nichts kein(e|en|er|em)? ohne pas personne jamais aucune? sans ne n sin nadie ningun[ao]? nunca no
    non nessun[ao]? senza mai niet niemand geen nooit zonder nao ninguem nenhuma? sem
""")  # fmt: skip
_NOBODY_AFTER = _class("nobody no_?one none niemand(en)? personne nadie nessuno ninguem")
_WANTS = _class("want(s|ed)? need(s|ed)? expect(s|ed)? quiere veut vuole wil quer braucht necesita")

# What only the customer can do: who did it, was reached.
_THEIRS = _class("""
    answered picked_(it_|the_phone_)?up replied responded (called|rang|phoned|wrote|texted|mailed|emailed)_(me_|us_)?back
    got_back_to_(me|us) returned_(my|our|the)_call took_(my|our|the)_call
    abgenommen abgehoben d?rangegangen ging_(\\w+_){0,5}d?ran nahm_(\\w+_){0,2}ab zuruckgerufen zuruckgeschrieben geantwortet
    gemeldet meldete_sich rief_(\\w+_){0,3}zuruck
    decroche repondu rappelee? contesto respondio respondido contestado descolgo cogio atendio devolvio me_llamo
    risposto richiamat[oa] opgenomen nam_(\\w+_){0,2}op teruggebeld belde_(\\w+_){0,2}terug geantwoord reageerde
    atendeu respondeu retornou me_ligou ligou_de_volta
""")  # fmt: skip
_CUSTOMER = r"\b(?:she|he|they|customer|client)(?: (?:then|later|just|has|had|finally|really|now|also|even))*"
_BY_CUSTOMER = _class(
    "called phoned rang wrote texted emailed sa(id|ys) told tells asks asked wants agree(s|d) accept(s|ed) thanked confirmed forg[ai]ve(s)?"
)
# What we do with the customer: with a machine, or with somebody else, it reaches nobody.
_OURS = _class("""
    spoke spoken talked reached chatted met got_through got_(a_)?hold got_(her|him|them)_on discussed agreed explained
    apologi[sz]ed told asked had_a_(\\w+_)?(talk|chat|call|conversation) offered promised
    gesprochen sprach(en)? erreichte? telefoniert geredet unterhalten getroffen entschuldigt gebeten erklart vereinbart
    parle joint discute eu_au_telephone convenu presente_nos_excuses explique
    hable hablamos hablado charlamos pedi_disculpas acordamos
    parlato raggiunt[oa] sentit[oa] spiegato scusat[oi] gesproken sprak bereikt uitgelegd afgesproken
    falei falamos conversei conversamos expliquei pedi_desculpas? combinamos
""")  # fmt: skip
_TELLING = (
    "explained apologi[sz]ed told promised offered discussed erklart explique explique spiegato uitgelegd expliquei"
)
# What denies only together with a word that does: a noun, an infinitive, a present.
_IF_DENIED = _class("""
    answers? answering reply respon(se|d|ds) pick(s|ing)?_up reach get_through get_hold luck joy success contact speak talk
    connect(ion)? available reachable call_back sent written called pick_?up delivered (at_)?home there
    antwort erreichbar erreichen ran dran ans_telefon meldet melden nimmt hebt abnimmt erfolg durchgekommen angetroffen anschluss
    zu_hause daheim rangeht geschafft hingekommen zugestellt (?<=keiner_)da (?<=niemand_)da
    reponse repond(re|s)? decroche(r|s)? joindre joignable disponible au_bout (lui_|leur_)parler
    contesta(n|r)? responde(n|r)? respuesta coge(n|r)? localizar\\w* contactar\\w* atiende(n)? hablar exito estaba
    risposta risponde(re)? raggiungere raggiungibile disponibile in_casa riuscit[oa] successo parlar\\w* era_in
    gehoor antwoord opnemen neemt bereikbaar bereiken thuis aanwezig reactie gelukt
    atende(r)? resposta disponivel em_casa consegui sucesso falar estava
""")  # fmt: skip
_MACHINE = _class("""
    voice_?mails? vm answer(ing)?_machine (to|with|got|reached)_(the|a)_machine answer_?phone answering_service mailbox inbox_full ^ab$ recorded_message
    anrufbeantworter band (den|dem|der|nur)_ab repondeur messagerie boite_vocale buzon contestador segreteria
    antwoordapparaat caixa_postal correio_de_voz secretaria_elet\\w+
""")  # fmt: skip
_LEFT_WORD = _class("""
    left_(\\w+_){0,3}(message|voice_?mail|note|word|msg) hinterlassen laisse_(\\w+_){0,2}(message|mot) deje_(\\w+_)?(mensaje|recado)
    lasciato_(\\w+_)?(messaggio|detto) achtergelaten ingesproken deixei_(\\w+_)?(recado|mensagem)
""")  # fmt: skip
_CUSTOMERS_OWN_WORD = r"\b(?:she|he|they|customer|client) (?:had |has |have )?left\b.*"
_LETTER = "(?:e?mail|letter|post|brief|correo|courriel|lettera|bericht|mensagem)"
_FAULT = _class(rf"""
    busy engaged (wrong|dead|invalid)_number number_(\w+_){{0,2}}(wrong|dead|invalid|disconnected) (not_in|out_of)_service
    (keeps?|kept|still|only)_ringing (wrong|old|invalid)_(address|e?mail) (address|adresse?|indirizzo|direccion|endereco|adres)_(\w+_){{0,3}}(not|nicht|unknown|pas|inconnue|non|no|nao|niet) disconnected bounced? undeliverabl[ey] undelivered delivery_fail\w+ {_LETTER}_(\w+_){{0,2}}(came_back|zuruck|revenu|terug|voltou)
    (phone|mobile|handy|telefon|telefono|telefone)_(\w+_){{0,2}}(off|dead|aus|spento) line_(\w+_)?(dead|cut) (user|address)_unknown
    mail(er)?_daemon in_a_meeting ^not_yet$ noch_nicht$ casella_piena
    returned_to_sender unreachable unavailable hung_up r[ai]ng(s|ing)?_out just_r[ai]ng(s|ing)? not_(at_)?home not_(in|there)$
    on_(holiday|vacation|leave) out_of_(the_)?office
    besetzt ins_leere falsche_nummer nummer_(\w+_)?(falsch|ungultig|vergeben) falsch_verbunden unzustellbar unerreichbar aufgelegt
    durchgeklingelt im_urlaub nicht_da erst_(\w+_){{0,2}}(da|zu_?hause|erreichbar|zuruck) weggedruckt
    occupee? (faux|mauvais)_numero numero_(errone|invalide|incorrect|non_attribue) injoignable absente? raccroche dans_le_vide
    indisponible en_vacances ocupad[oa] numero_(equivocado|erroneo|incorrecto) comunica(ba)? rebot(o|ado) apagado
    fuera_de_servicio colgo occupato numero_(sbagliato|errato|inesistente) ^(inesistente|sbagliato|errato)$ irraggiungibile spento a_vuoto
    bezet in_gesprek verkeerd_nummer onbereikbaar opgehangen afwezig op_vakantie
    numero_(errado|incorreto|inexistente) fora_d[ea]_area desligado indisponivel
""")  # fmt: skip
_OTHERS = _class("""
    (her|his|their)_colleague husband wife partner boyfriend girlfriend son daughter mother father brother sister neighbou?r secretary receptionist
    reception assistant flatmate roommate operator
    (ihrem|ihr|ihren)_mann (seiner|seine)_frau kollege kollegin nachbar(in)? sekretarin tochter sohn
    mari sa_femme collegue voisine? marido esposa mujer hij[oa] vecin[oa] marito moglie figli[oa] vicin[oa]
    haar_man zijn_vrouw zoon dochter buur(man|vrouw) filh[oa] vizinh[oa]
""")  # fmt: skip
_SENT = _class("""
    wrote written emailed mailed texted messaged sent posted geschrieben schrieb geschickt gesendet gemailt ecrit envoye
    escribi escrito envie enviado mande scritto inviat[oa] mandat[oa] geschreven gestuurd gemaild escrevi enviei mandei
""")  # fmt: skip
_TRIED = _class("""
    tried trying attempt(s|ed)? versucht probiert essaye tente intente intentado provato tentato geprobeerd tentei missed
""")  # fmt: skip
_MOOD = _class("""
    happy glad relieved pleased satisfied calm grateful delighted content zufrieden erleichtert contente? content[oa] satisfech[oa]
    soulagee? sollevat[oa] soddisfatt[oa] blij tevreden opgelucht angry upset furious
""")  # fmt: skip
_CONTACTING = """call ring phone try contact write e?mail reach text speak talk visit get_back_to follow_up chase
    anrufen versuchen probieren schreiben melden kontaktieren zuruckrufen appeler rappeler essayer ecrire contacter joindre
    llamar intentar escribir contactar chiamare richiamare provare scrivere contattare bellen terugbellen proberen schrijven mailen
    ligar tentar escrever contatar"""  # fmt: skip
_WILL = _class("""
    will shall going_to gonna plan(ning)?_to about_to to need_to have_to werde(n)? wollen vais va allons dois voy vamos voglio
    devo devo_ancora zal ga gaan moet vou vamos preciso
""")  # fmt: skip
_FUTURE = _class("""
    r?appeller(ai|ons) essaier(ai|ons) (re)?contacter(ai|ons) ecrir(ai|ons) llamar(e|emos) intentar(e|emos) escribir(e|emos)
    (ri)?chiamer(o|emo) (ri)?prover(o|emo) scriver(o|emo) ligarei tentarei escreverei
""")  # fmt: skip
_LATER = _class("""
    tomorrow later again tonight tmrw next_\\w+ (on_)?(mon|tues|wednes|thurs|fri|satur|sun)day this_(afternoon|evening) morgen spater
    nachher heute_abend nochmal noch_mal demain plus_tard manana mas_tarde domani piu_tardi straks amanha mais_tarde
    (mon|diens|donners|frei|sams|sonn)tag mittwoch lundi mardi mercredi jeudi vendredi lunes martes miercoles jueves viernes
    lunedi martedi mercoledi giovedi venerdi (maan|dins|woens|donder|vrij)dag (segunda|terca|quarta|quinta|sexta)
""")  # fmt: skip
_PRESENT = _class("""
    call calling ring ringing phone phoning try trying write writing rufe probiere versuche schreibe melde appelle rappelle
    essaie llamo intento chiamo richiamo riprovo bel probeer mail ligo tento
""")  # fmt: skip

# -- events ------------------------------------------------------------------------------------------------------------

_GAP = rf"(?: (?!{_WANTS})\w+){{0,5}}? "
_NEEDED = "needed|required|necessary|wanted|expected"
_DENIED_BEFORE = re.compile(rf"{_NOT_BEFORE}{_GAP}(?:{_THEIRS}|{_OURS}|{_IF_DENIED}|{_SENT})(?! (?:is )?(?:{_NEEDED}))")
_REACHING = re.compile(rf"{_THEIRS}|{_OURS}|{_IF_DENIED}|{_SENT}")
_ELSEWHERE = re.compile(_NOT_ANYWHERE)
_NUMBER_IS = re.compile(
    r"\b(?:number|nummer|numero)\b(?: \w+){0,4}? (?:exist\w*|esiste|bestaat|klopt|stimmt|valid|works?)\b"
)
_REACHED_NOBODY = re.compile(rf"(?:{_THEIRS}|{_OURS}|{_SENT})(?: \w+){{0,2}} {_NOBODY_AFTER}")
_ROMANCE_THEIRS = _class("contesto atendio cogio descolgo respondio repondu decroche risposto atendeu respondeu")
_BY_SOMEBODY_ELSE = re.compile(
    rf"{_ROMANCE_THEIRS}(?: (?:su|il|la|lo|son|sa|o|a|seu|sua))? {_OTHERS}|(?:{_MACHINE}|{_OTHERS})(?: (?!she|he|they)\w+)? {_THEIRS}|{_OTHERS} {_BY_CUSTOMER}"
)
_BY_THEM = re.compile(rf"{_THEIRS}|{_CUSTOMER} {_BY_CUSTOMER}")
_WITH_US = re.compile(_OURS)
_NOT_THEM = re.compile(rf"{_MACHINE}|{_OTHERS}")
_NOBODY_THERE = re.compile(rf"{_MACHINE}|{_LEFT_WORD}|{_FAULT}")
_WILL_BE = re.compile(rf"{_WILL}(?: \w+){{0,4}}? {_class(_CONTACTING)}|{_FUTURE}|{_PRESENT}(?: \w+){{0,4}} {_LATER}|{_LATER}(?: \w+){{0,2}} {_PRESENT}|{_LATER}(?: \w+){{0,3}} {_class(_CONTACTING)}|^(?:(?:{_LATER}|today) ?)+$")  # fmt: skip
_ONES = ((re.compile(_MOOD), Event.MOOD), (re.compile(_TRIED), Event.TRIED), (_WILL_BE, Event.TO_COME))
_SENT_OUT = re.compile(_SENT)
_TOLD_FIRST = re.compile(
    rf"(?:(?:i|we|ich|wir|j|je|nous|ho|ik|wij) )?{_class(_TELLING)}"
)  # what follows is what was told


def _events(clause: str) -> Iterator[Event]:
    ours = re.sub(_CUSTOMERS_OWN_WORD, "", clause)
    if _is_denied(clause) and not _TOLD_FIRST.match(clause):
        yield Event.DENIED
    elif _is_reached(clause):
        yield Event.REACHED
    elif _NOBODY_THERE.search(ours) or (_WITH_US.search(clause) and _NOT_THEM.search(clause)):
        yield Event.DENIED
    elif _SENT_OUT.search(clause):
        yield Event.SENT
    yield from (event for pattern, event in _ONES if pattern.search(clause))


def _is_denied(clause: str) -> bool:
    elsewhere = _ELSEWHERE.search(clause)
    denied = _DENIED_BEFORE.search(clause) or (elsewhere and _REACHING.search(clause) and not _is_english(clause))
    no_number = _NUMBER_IS.search(clause) and (elsewhere or re.search(_NOT_BEFORE, clause))
    return bool(denied or no_number or _REACHED_NOBODY.search(clause) or _BY_SOMEBODY_ELSE.search(clause))


def _is_english(clause: str) -> bool:
    """Whether all that denies is a "no": in front of something else, or behind what it would deny, it denies nothing."""
    return set(_ELSEWHERE.findall(clause)) <= {"no"}


def _is_reached(clause: str) -> bool:
    return bool(_BY_THEM.search(clause) or (_WITH_US.search(clause) and not _NOT_THEM.search(clause)))
