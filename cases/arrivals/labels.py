"""What a question asks for, told by its words: one table, in the seven languages that the product speaks to customers in."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cases.arrivals.ratings import in_words
from cases.arrivals.told import Means
from cases.spoken.english import words
from cases.spoken.seen import unaccented

_LONGEST = 300  # characters by which a question is known; some patterns take the square of their number
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^(q|question|frage|field|input)? ?\d+ ")  # "q3_howWas", "12. How was it?"
# Words that a short question has around what it asks for: "What is your name?", "Ihre Bestellnummer (falls vorhanden)".
AROUND = words(
    "a an the your our my please enter what whats is are if any optional required of for to us give"
    " freiwillig freiwillige angabe facultatif opcional facoltativo vrijwillig ihr ihre ihren dein deine der die das wie lautet ist bitte angeben falls vorhanden"
    " votre vos ton le la les l quel quelle est s il vous plait de du des un une"
    " su sus tu el los las cual es por favor del d lo suo sua tuo qual e di della per"
    " o os as seu do da uw je jouw het wat van alstublieft"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# Whose name, number or id it is, where a key says so; help desks say of what, too: "ticket_contact_name".
_PERSON = (
    r"(ticket |conversation |review |message )?"
    r"(customer|client|guest|user|consumer|reviewer|author|contact|requester|sender|member|buyer|patient"
    r"|person|visitor|subscriber|submitter|recipient|caller|profile|from)"
)
_WHOSE = rf"((respondent|contact person|comment author|{_PERSON}) ?)?"

# By the words of the label, small and without accents. Where ^ and $ stand, it is the whole label, save for what is AROUND.
# The first row that fits a label and whose field can take the value has it, so what is narrow stands above what is wide.
_TABLE: tuple[tuple[Means, re.Pattern[str]], ...] = (
    (
        Means.CONTACT_OK,
        _any(
            r"^(contact|contact ok|contact allowed|ok to contact|contact consent|consent to contact|kontakt erlaubt|ruckruf erwunscht)$",
            r"\b(may|can|could|shall|should) (we|i|our \w+|somebody|someone)\b.*\b(contact|call|ring|write|phone|email|reach|reply|follow up|get in touch)",
            r"\b(want|like|wish|prefer)\b.*\b(us|somebody|someone)\b.*\b(contact|call|ring|write|phone|email|reach|get in touch)",
            r"\b(ok|okay|fine|mind|happy|allow|agree)\b.*\b(contact|call|ring|write|reach|phone|email)",
            r"\b(durfen|konnen|sollen) wir\b.*(anruf|kontakt|schreib|melden|erreichen|mailen)",
            r"\b(mochten|wunschen|wollen) sie\b.*(kontakt|ruckruf|zuruckgerufen|angerufen)", r"\b(souhait|voulez|desirez)\w*\b.*(contact|rappel|joint)",
            r"\b(desea|quiere|gustaria|deseja|gostaria)\b.*(contact|llam|ligue|contat)", r"\b(desidera|vuole|vorrebbe)\b.*(contatt|chiam)", r"\bwilt u\b.*(contact|gebeld|bellen)",
            r"\b(pouvons|peut|peuvent|pourrions)\b.*\b(contact|appel|ecri|joindre|recontact)",
            r"\b(podemos|puede|podriamos)\b.*\b(contact|llam|escrib)",
            r"\b(possiamo|possono|potremmo)\b.*\b(contatt|chiam|scriv|telefon)",
            r"\b(podemos|poderemos)\b.*\b(contat|contact|ligar|escrev)",
            r"\b(mogen|kunnen) (we|wij)\b.*(contact|bellen|schrijven|mailen)",
            r"\b(acc?e[pt]t|aceit|autori[sz]|consent|stimmen sie)\w*\b.*(conta[ck]?t|kontakt|rappel|ruckruf|anruf|llam|chiam|call)",
        ),
    ),
    (
        Means.EMAIL,
        _any(r"\be ?mail\b", r"emailadresse", r"\bemail ?(address|adres)?\b", r"\bmail ?(address|adresse|adres)?$", r"\bcourriel\b", r"\bcorreo\b", r"posta elettronica", r"^username$"),
    ),
    (
        Means.PHONE,
        _any(
            r"\b(tele)?phone\b", r"\b(cell|mobile|mobil|mobiel|movil|celular|cellulare|telemovel|telemobile|handy|portable|whatsapp|gsm|tel)\b",
            r"\b(telefon|telefoon|telefono|telefone|telephone)", r"(handy|mobil|ruf)nummer\b", r"\b(msisdn|wa id|raw digits)\b",
            r"^(contact|daytime|evening|callback|call back|best|caller|calling|from) (number|no|nr)$", r"^ruckruf( unter)?$", r"\bnumber\b.*\breach\b", r"^(from|sender|caller)$",
        ),
    ),
    (
        Means.CUSTOMER_ID,
        _any(
            rf"^{_PERSON} ?(user )?(id|uuid|guid|no|nr|number|ref|reference)$",
            r"^(userid|customerid|kunden ?(nr|nummer|id)|numero (client|cliente)|codice cliente|klant ?(nr|nummer|id)|n (client|cliente))$",
        ),
    ),
    (
        Means.ORDER_REF,
        _any(
            r"\b(order|booking|reservation|confirmation|purchase|invoice|receipt) ?(no|nr|number|id|ref|reference|code|name)\b",
            r"^(order|booking|reservation|reference|reference id|orderid|ordernumber|orderref|bestellung|commande|pedido|ordine|encomenda|bestelling)$",
            r"\b(bestell|auftrags|buchungs|reservierungs|rechnungs|bestel|order|boekings|reserverings) ?(nr|nummer|id)\b",
            r"\bnumero (commande|reservation|pedido|reserva|ordine|prenotazione|encomenda)", r"\b(n|no|nr|ref) (commande|pedido|ordine|encomenda)",
        ),
    ),
    (
        Means.EXTERNAL_ID,
        _any(
            r"^(id|external id|externalid|(\w+ )?(response|respondent|submission|review|feedback|rating|answer|entry|ticket|conversation|comment|message|event|update|record|case|complaint|fingerprint)s? ?(s?id|uuid|guid)|fingerprint|ticket|antwort id|response token|uuid|guid)$",
            r"^(response|submission|review|entry|ticket|conversation|case|complaint) ?(no|nr|number|ref|reference)$|^(conversation|(antwort|vorgangs|ticket|fall|beschwerde|reklamations) ?(nr|nummer))$",
        ),
    ),
    (Means.FIRST_NAME, _any(rf"^{_WHOSE}(first|given|fore) ?name$", r"^(vorname|prenom|nombre de pila|primer nombre|primeiro nome|voornaam|(\w+ )?name first)$")),
    (Means.LAST_NAME, _any(rf"^{_WHOSE}(last|family|sur) ?name$", r"^(nachname|familienname|nom (de )?famille|apellidos?|cognome|sobrenome|apelido|achternaam|(\w+ )?name last)$")),
    (
        Means.NAME,
        _any(
            rf"^{_WHOSE}(user ?)?((full|display) ?)?name( full)?$",
            r"^(customer|client|guest|author|reviewer|nickname|comment author|reviewer nickname|name and surname|first and last name|vor und nachname|nom( et)? prenom|prenom( et)? nom|nombre( y)? apellidos?|nome( e)? cognome|nome completo|nombre completo|nom complet)$",
            r"^(wie heisst|comment vous appelez( vous)?|como se llama|como te llamas|come si chiama|como se chama|hoe heet)\b|\bwie heissen sie\b|\bhoe heet (u|je)\b",
            r"^(complainant|requester|reported by|beschwerdefuhrer(in)?|ospite|huesped|hospede|auteur|autor(in)?|autore|verfasser|rezensent|kunde|kundin|kundenname|gast|nom|nombre|nome|naam|cliente|client nom|klant|klantnaam|contactpersoon)$",
        ),
    ),
    (Means.OCCASION_AT, _any(r"^(occasion|event|party|wedding|birthday) ?(date|at|day)$", r"^(datum (anlasses|feier)|date (evenement|fete)|fecha evento|data (evento|festa))$")),
    (Means.OCCASION, _any(r"^(occasion|special occasion|anlass|ocasion|occasione|ocasiao|gelegenheid)$")),
    (
        Means.PUBLIC_URL,
        _any(r"^(public|review|ticket|conversation|survey response|post|feedback|comment)? ?(url|link|permalink|uri|url with protocol)$",
            r"^(url|link|permalink) (review|ticket|conversation|response|post|feedback|comment)$"),
    ),
    (Means.LOCALE, _any(r"^((reviewer|review|customer|user|browser|survey)? ?(locale|language|lang|language code)|sprache|langue|idioma|lingua|taal)$")),
    (
        Means.OCCURRED_AT,
        _any(
            r"^(when|day|ts|unixreviewtime|unix review time|reviewtime|createdat|submittedat|updatedat)$",
            r"^((review|comment|survey|response|feedback|rating|satisfaction|answer|submission|visit|last|original|update|updated|post|tweet|ticket|conversation|case) ){0,3}"
            r"((date |time )?(submit|submitted|created|creation|completed|completion|occurred|opened|posted|published|received|end|start|started|recorded|scored|ended|rated|responded|answered|create)"
            r"( (date|time|at|on|datetime|date and time|date time|timestamp))?|date|time|at|datetime|date and time|date time|timestamp)( utc| gmt)?$",
            r"^(date ?time|date|time) (opened|created|submitted|completed|posted|published|review|response|received|rated|comment|visit)$",
            r"^((start|end|abschluss|fertigstellungs)zeit|heure (debut|fin)|hora (inicio|finalizacion|conclusao)|ora (inizio|completamento)|begintijd|tijd voltooien|zeitstempel|datum|zeit|uhrzeit|zeitpunkt|erstellt( am)?|eingegangen( am)?|eingang( am)?|(eingangs|erfassungs|melde|reklamations|beschwerde)datum|date (reception|reclamation|depot)|fecha (recepcion|reclamacion|queja)|data (ricezione|reclamo|segnalazione|recepcao|reclamacao)|datum (klacht|melding|ontvangst)|ontvangen op|abgegeben( am)?|bewertet am|bewertungsdatum|horodateur|horodatage|date( et)? heure|date (d )?(avis|publication)|fecha publicacion|data (di )?pubblicazione|data publicacao|veroffentlicht( am)?|veroffentlichungsdatum|marca temporal|fecha( y hora)?|fecha (creacion|resena|envio)|informazioni cronologiche|data( e ora)?|data (recensione|creazione|invio)|carimbo (de )?data( e)? hora|data (e )?hora|data (avaliacao|envio)|tijdstempel|tijd|datum( en)? tijd|ingezonden( op)?)$",
        ),
    ),
    (Means.SCALE, _any(r"^(scale|out|rating scale|score scale|max|max rating|max score|maximum|score max|score maximum|rating max|rating out|skala|echelle|escala|scala|schaal)$")),
    (
        Means.SUBJECT,
        _any(r"^((review|ticket|conversation|email|mail|message|feedback|reviewer)? ?(subject|title|headline|topic)|summary|betreff|titel|uberschrift|titre( avis)?|sujet|objet|asunto|titulo|oggetto|titolo|assunto|onderwerp)$"),
    ),
    (
        Means.COMMENT,
        _any(
            r"^((ticket|conversation|case)? ?(customer|review|survey|feedback|rating|score|nps|csat|answer|additional|other|further|satisfaction|satisfaction rating|reviewer|user|visitor|comment|open|general|free|current|satisfaction current|private|public)? ?(comments?|feedback|text|message|body|remarks?|content|description|complaint|review|review body|review text|free text|plain text|note|notes|details?|opinion|suggestions?|experience|response text|feedback message))$",
            r"^(text|body|message|complaint|verbatim|why|content|answer comment|comment content|review|reviews|what happened|pros|cons|customer said|body text|text body|plain|body plain|plain body|stripped text( reply)?)$",
            r"\bwhat (went|was|is|has|did)? ?(wrong|happen|the matter|the problem|bother|annoy|disappoint|miss|dislike)",
            r"\b(went|was) wrong\b",
            r"\bwhat went\b",
            r"\bwhat (did|do|would|could|should|can) (you|we)\b",
            r"^(enquiry|inquiry|concern|problem|issue)$", r"^(nature|details) (complaint|enquiry|inquiry|concern|problem|issue)$", r"\bon your mind\b", r"\bhow can we help\b",
            r"\b(was hat (ihnen|dir)|qu est ce qu|que le (gust|ha)|cosa (le|ti) |o que (gost|mais)|wat (vond|vindt))", r"\btell us\b", r"\banything (else|more|you)\b", r"\b(reason|why)\b", r"\b(improve|do better|be better)\b",
            r"\b(likes?|liked|dislikes?|disliked|enjoy(ed)?) (most|least|best|about)\b", r"\bin your own words\b", r"\bdescribe\b", r"\bleave (us )?a (comment|message|review)\b",
            r"^(positive|negative)s?( (review|comments?|feedback|aspects?|points?))?$|^(aspetti|punti|aspectos|puntos|pontos) (positiv|negativ)[aio]s?$|^points (positifs|negatifs)$",
            r"^(positives?|negatives?|vorteile|nachteile|lob|kritik|pluspunten|minpunten)$|^(schilderung|sachverhalt|beschreibung)( (kunde|kunden|vorfall|vorfalls))?$",
            r"^(anliegen|beanstandung|reklamation)( (kunde|kunden|kundin|gast|gastes|patient|patienten))?$", r"^(kommentare?|nachricht|bemerkung(en)?|anmerkung(en)?|rezension|beschwerde|ruckmeldung|mitteilung|freitext|feedbacktext|bewertungstext|begrundung|text bewertung)$",
            r"\b(was|ist etwas|lief etwas)\b.*\b(schief|passiert|nicht gefallen|gestort|gefehlt|storte)", r"\b(verbessern|besser machen|warum|weshalb|grund|erzahlen sie|mochten sie uns (noch )?(sagen|mitteilen)|wollen sie uns|sonst noch)\b",
            r"^(commentaires?|avis|message|remarques?|reclamation|temoignage|precisions?|votre avis)$", r"\b(pourquoi|raison|ameliorer|dites nous|s est (il )?(mal )?passe|que s est il|ajouter|deplu)\b",
            r"^(comentarios?|opinion(es)?|resena|mensaje|reclamacion|queja|observaciones?|texto)$", r"\b(por ?que|motivo|mejorar|cuentenos|cuentanos|que (paso|ha pasado|salio mal|fallo)|algo mas)\b",
            r"^(commenti?|recensione|messaggio|reclamo|osservazioni|note|testo)$", r"\b(perche|migliorare|raccont|cosa (e )?(andat|success)|qualcos altro|non ha funzionato)",
            r"^(comentarios?|mensagem|reclamacao|opiniao|observacoes|testemunho)$", r"\b(porque|melhorar|conte nos|o que (aconteceu|correu mal|deu errado)|algo mais)\b",
            r"^(opmerking(en)?|bericht|toelichting|klacht|reactie|recensie)$", r"\b(waarom|reden|verbeteren|beter doen|wat (ging|er) (er )?(mis|fout)|vertel ons|verder nog)\b",
        ),
    ),
    (
        Means.RATING,
        _any(
            r"^((overall|star|review|product|customer|survey|feedback|comment|reviewer|current|satisfaction|satisfaction current|conversation|service|average|csat|nps|ces|csat survey response)? ?(rating|ratings|score|scores|stars?|grade|starrating|reviewstars)|nps|csat|ces|satisfaction|star rating|stars|answer score|survey results?)( (value|score|current|given|1 5|1 to 5|0 10|0 to 10|out 5|out 10))?$",
            r"\b(satisf|unsatisf|dissatisf|happy|pleased|content) ?\w* (are|were|with)\b", r"\b(satisfaction|satisfied)\b", r"\bhow (was|were|did|would|do|satisfied|happy|likely|pleased|good|easy|well|much)\b",
            r"\b(stars?|sterne|etoiles|estrellas|stelle|estrelas|sterren)\b", r"\brate\b", r"\brating\b", r"\brecommend", r"\beverything (all ?right|ok|okay|fine|as expected|to your)",
            r"^(bewertung|gesamtbewertung|sterne|sternebewertung|punkte|note|schulnote|zufriedenheit|gesamteindruck)$", r"\b(zufrieden|bewerten|wie (war|gefiel|hat|gefallen|wahrscheinlich)|weiterempfehl|alles (in ordnung|gut|ok))",
            r"^(evaluation|etoiles|nombre etoiles|satisfaction|note globale|note|nota)$", r"\b(quelle note|note (donn|attribu)|satisfait|satisfaction|recommand|evaluer|noteriez|notez|comment (s est|etait|jugez|evalu)|tout (s est|va|etait) bien)",
            r"^(valoracion|puntuacion|calificacion|estrellas|nota|satisfaccion)$", r"\b(satisfech|satisfaccion|recomend|calific|valor(a|e|aria)|puntu|como (fue|le|te|califica|valora|estuvo)|todo bien)",
            r"^(valutazione|voto|punteggio|stelle|soddisfazione|giudizio)$", r"\b(soddisfatt|soddisfazione|consigli|raccomand|valut|come (e|valut|giudic|si e)|tutto bene)",
            r"^(avaliacao|classificacao|pontuacao|estrelas|satisfacao)$", r"\b(satisfeit|satisfacao|recomend|avali|classific|como (foi|avali|correu)|tudo bem)",
            r"^(beoordeling|cijfer|waardering|sterren|tevredenheid|rapportcijfer)$", r"\b(tevreden|aanbevelen|beoordeel|waardeer|hoe (was|waren|waarschijnlijk|vond|beviel)|alles (goed|in orde))",
        ),
    ),
)  # fmt: skip
# What is known not to be the customer's own words, however long: addresses, answers of the house, technical things.
_NOTHING = _any(
    r"\b(reply|replies|replied|replier|response (text|comment|body)|developer|owner (reply|response|answer)|company|business|our|antwort|reponse|respuesta|risposta|resposta|antwoord)\b",
    r"\b(sentiment|tone|polarity|mood score)\b",  # a machine's opinion
    r"\b(street|city|zip|postcode|country|region|state|address|adresse|lieferadresse|anschrift|direccion|indirizzo|morada|endereco|adres)\b",
    r"\b(product|item|sku|variant|branch|store|shop|location|site|page|app|device|browser|platform|version|user agent|ip|form|survey|collector|campaign|utm|referrer|tag|tags|status|type|kind|channel|verified|picture|photo|image|images|file|attachment|schema|token|hash|signature|account|inbox|assignee|team|workspace|organi[sz]ation|group)\b",
    r"^question (text|title|label|name|type|id)$",
    r"^(choice|option|question|variant|template|webhook)s? (id|uuid|key|value)$",
    r"\b(to|called|dialed|dialled|destination|display|line|shop) (number|phone|phone number|email|name)$",
    r"\b(privacy|terms|policy|agree|gdpr|datenschutz|newsletter|marketing)\b",
)
# Whose a column is that holds the house's own people: their names, addresses and notes are never the customer's.
_OF_THE_HOUSE = _any(
    r"\b(agent|assignee|assigned|operator|staff|employee|teammate|representative|advisor|adviser|merchant|seller|host|internal|intern[aeo]?s?)\b",
    r"\b(case|ticket|contact|account|record|conversation|deal) (owner|manager)\b",
    r"\b(sach)?bearbeiter(in|s)?\b|\bmitarbeiter(in|s)?\b|\b(kunden)?berater(in|s)?\b|\bmfa\b",
    # what was done about it, in a register of complaints
    r"\b(actions? taken|corrective actions?|resolution|solution|outcome|(handled|resolved|closed|answered|entered|recorded|investigated) by)\b",
    r"\b(massnahmen?|losung|abhilfe|erledigung|stellungnahme|verantwortliche?r?|zustandige?r?|mesures?( prises?)?|suites? donnees?|traite par|responsable)\b",
    r"\b(acciones|accion tomada|medidas|solucion|resolucion|azioni|azione|provvedimenti|soluzione|risoluzione|responsabile|acoes|solucao|resolucao|responsavel)\b",
    r"\b(maatregel(en)?|oplossing|afhandeling|afgehandeld( door)?|verantwoordelijke)\b",
    r"\b(conseillere?|agente|operatore|operatrice|operador(a)?|asesor(a)?|atendente|medewerker|behandelaar)\b",
)
# … but what is said of these people or to them, or wished for, is the customer's.
_SPEAKS_OF = re.compile(
    r"\b(about|on|with|for|to|towards|uber|zu|zum|zur|mit|an|sur|avec|envers|sobre|con|al|su|sul|sull|sulla|over|met|aan|com)( \w+){0,2} $"
)
_ASKED_OF_A_CUSTOMER = _any(
    r"\b(feedback|experience|behaviou?r|incident|friendliness|erfahrung(en)?|verhalten|vorfall|freundlichkeit)\b",
    r"\b(your|you|desired|requested|suggested|preferred|wanted|ihre?|deine?|gewunscht\w*|votre|souhait\w*|su|desead\w*|sua|desiderat\w*|uw|gewenste?|desejad\w*)\b",
)
_A_PERSONS = frozenset([Means.EMAIL, Means.PHONE, Means.CUSTOMER_ID, Means.FIRST_NAME, Means.LAST_NAME, Means.NAME])
_A_TITLE = 4  # words; a longer label is a question, which may speak of anybody


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """A name by what counts of it: "E-mail", "e_mail" and "Email" are one."""
    return "".join(char for char in name.casefold() if char.isalnum())


def meanings(label: str) -> tuple[Means, ...]:
    """What a question with this label may ask for, the likeliest first; NOTHING at the end, where it is none of the customer's words."""
    return _meanings(_short(label))


@lru_cache(maxsize=4096)
def _meanings(label: str) -> tuple[Means, ...]:
    asked = _words(_SCALE_TOLD.sub(" ", _ZONE.sub(" ", label))) or _words(label)
    bare = " ".join(word for word in asked.split() if word not in AROUND) or asked
    found = [means for means, pattern in _TABLE if any(pattern.search(form) for form in (asked, bare))]
    if house := _OF_THE_HOUSE.search(asked):
        theirs = _SPEAKS_OF.search(asked[: house.start()]) or _ASKED_OF_A_CUSTOMER.search(asked)
        title = len(asked.split()) <= _A_TITLE and "?" not in label and not theirs
        found = [means for means in found if means not in _A_PERSONS and not (title and means is Means.COMMENT)]
        return tuple(found) or ((Means.NOTHING,) if title else ())
    if not found and _NOTHING.search(asked):
        found.append(Means.NOTHING)
    tells_scale = _SCALE_TOLD.search(label) and not _HOW_MANY.search(asked)
    return tuple(found) or ((Means.RATING,) if tells_scale else ())


_HOW_MANY = re.compile(
    r"\b(how many|number|count|age|anzahl|wie viele?|alter|combien|nombre|cuant[oa]s|edad|quant[aeio]s?|numero|hoeveel|aantal)\b"
)


def is_of_the_house(name: str) -> bool:
    """Whether an object of this name holds what we say ourselves: an owner's reply, a colleague's notes."""
    return _HOUSES_PART.fullmatch(_words(_short(name))) is not None


_HOUSES_PART = re.compile(
    r"(?:review|owner|company|business|developer|seller|merchant|host|management|admin|agent|staff|vendor|shop|store) ?(?:reply|replies|responses?|answers?|comments?)"
    r"|agents?|assignees?|assigned to|teammates?|staff|admins?|operators?|internal(?: notes?)?|(?:agent|staff|private|internal) notes?"
)


def may_be_the_houses(name: str) -> bool:
    """Whether what is called so is the house's where something else holds the customer's words: a note, a reply, a comment on a review."""
    return _PERHAPS_OURS.fullmatch(_words(_short(name))) is not None


_PERHAPS_OURS = re.compile(r"notes?|(?:the )?repl(?:y|ies)|comment (?:content|text|body)")


def is_somebody(name: str) -> bool:
    """Whether an object of this name is a person: what stands in it is theirs, and not the feedback's."""
    return SOMEBODY.fullmatch(_words(_short(name))) is not None


SOMEBODY = re.compile(rf"respondent|{_PERSON}")


def _short(label: str) -> str:
    return " ".join(label[:_LONGEST].split())


def in_words_of(label: str) -> str:
    """The words of a label that tell, in small letters, without accents, signs and what numbers it."""
    return _words(_short(label))


def _words(label: str) -> str:
    plain = _NOT_WORDS.sub(" ", unaccented(_CAMEL.sub(" ", label))).strip().replace("e mail", "email")
    return _NUMBERED.sub("", plain) or plain


_ZONE = re.compile(
    r"\(?\b((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/+-]+)\)?"
)
_IN_UTC = re.compile(r"(?<![^\W_])(utc|gmt)(?![^\W_])", re.IGNORECASE)


@lru_cache(maxsize=512)
def zone_told(label: str) -> tzinfo | None:
    """The zone of a column's times, where its header tells: "Submit Date (UTC)", "Updated at (America/New_York)"."""
    if _IN_UTC.search(label):
        return UTC
    named = _ZONE.search(_short(label))
    try:
        return ZoneInfo(named[1]) if named else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


# "(1-5)", "1 to 5", "1 = terrible, 5 = wonderful", "out of 10", "/10"
_SCALE_TOLD = re.compile(
    r"[\[(]?\s*(?:from|von|de|da|van|on)?\s*(?:(?<![\w.])[01]\s*(?:[-–—]|to|bis|a|à|al|tot|até|ate|=[^,;()]{1,30}[,;]?|\([^()]{1,30}\)[,;]?)\s*(?:to|bis|à|a|tot)?\s*|(?:\bout of|\bvon|\bsur|(?<!\d)/)\s*)"
    r"(?P<best>[3-9]|10|100)(?![\w.%])(?:\s*=[^()]{1,30})?\s*[\])]?",
    re.IGNORECASE,
)
_OUT_OF_TEN = re.compile(
    r"\bnps\b|\brecommend|weiterempf|\brecommand|\brecomend|\bconsigli|\braccomand|\baanbevel|\b0 (to|bis|a|tot) 10\b|\b0 10\b"
)
_STARS = re.compile(r"\b(stars?|starrating|reviewstars|sterne|etoiles|estrellas|stelle|estrelas|sterren)\b")
_USUALLY_FIVE = re.compile(r"\b(ratings?|bewertung|valoracion|valutazione|avaliacao|beoordeling)\b")


# German school grades: 1 is the best of six, and everybody knows.
_SCHOOL = re.compile(r"\bschulnoten?\b")
_END_TOLD = re.compile(r"(?<![\w.])(\d{1,3})\s*[=(:]\s*([^\W\d][^\d,;()=:]{0,40})")  # "1 = terrible", "5 (wonderful)"
_TILL = re.compile(r"\s+(?:to|bis|à|a|tot|until)\s*\Z")


def usual_scale(label: str) -> float | None:
    """The scale that a question with this label has: as it says itself, ten for a recommendation, five for stars."""
    return _usual_scale(_short(label))


def best_of_all(label: str) -> int | None:
    """The lowest number, where that is the best answer, as the question says itself: "1 = very good, 5 = very bad"."""
    return _best_of_all(_short(label))


@lru_cache(maxsize=512)
def _best_of_all(label: str) -> int | None:
    ends = [(int(number), in_words(_TILL.sub("", words.strip()))) for number, words in _END_TOLD.findall(label)]
    known = sorted((number, said.value) for number, said in ends if said)
    if not known:
        return 1 if _SCHOOL.search(_words(label)) else None
    lowest, highest = min(ends)[0], max(ends)[0]
    is_turned = known[0][1] > known[-1][1] if len(known) > 1 else _is_turned(*known[0], lowest, highest)
    return (lowest if lowest < highest else min(lowest, 1)) if is_turned else None


def _is_turned(number: int, fifth: float, lowest: int, highest: int) -> bool:
    """Whether the one end that is told in known words shows that low is good; alone, it is the low one if it is 0 or 1."""
    is_low = number == lowest if lowest < highest else number <= 1
    return fifth > 3 if is_low else fifth < 3


@lru_cache(maxsize=4096)
def _usual_scale(label: str) -> float | None:
    if told := _SCALE_TOLD.search(label):
        return float(told["best"])
    asked = _words(label)
    return 10 if _OUT_OF_TEN.search(asked) else 5 if _STARS.search(asked) else 6 if _SCHOOL.search(asked) else None


def is_usually_of_five(label: str) -> bool:
    """Whether most ratings with this label are out of five: no proof, but together with a whole column it tells."""
    return bool(_USUALLY_FIVE.search(_words(_short(label))))


# Questions whose yes is good: whether all was well, or would be recommended …
_WELL = _any(
    r"\b(satisf\w*|happy|pleased|everything|as expected|recommend\w*|all (right|good|ok|okay|fine|well))\b",
    r"\b(zufrieden|alles|weiterempfehl\w*|empfehl\w*|satisfait\w*|contente?|tout|recommand\w*|satisfech\w*|contenta|todo|recomend\w*)\b",
    r"\b(soddisfatt\w*|tutto|consigli\w*|raccomand\w*|satisfeit\w*|tudo|tevreden|aanbevel\w*|aanraden)\b",
)
# … and those whose yes is bad, or a leave that is given.
_NOT_WELL = _any(
    r"\b(dissatisf\w*|unsatisf\w*|unhappy|problems?|complain\w*|unzufrieden|insatisf\w*|mecontent\w*|insoddisf\w*|ontevreden)\b",
    r"\b(not|nicht|pas|niet|non|nao|no) (satisf\w*|happy|zufrieden|contente?|tevreden|soddisfatt\w*)\b",
    r"\b((may|can|could) (we|i)|allow\w*|consent|publish\w*|shar(e|ed|ing)|display\w*|quote)\b",
    r"\b((durfen|konnen) wir|erlaub\w*|veroffentlich\w*|pouvons nous|autoris\w*|publi\w*|podemos|possiamo|autoriz\w*|pubblic\w*|mogen we|toestemming)\b",
)


def yes_is_good(label: str) -> bool | None:
    """Whether a yes to a question is a good answer, and a no a bad one; False where it is not, None where nobody can tell."""
    asked = _words(_short(label))
    return False if _NOT_WELL.search(asked) else True if _WELL.search(asked) else None
