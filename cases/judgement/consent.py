"""Whether a customer asks to be left alone: a refusal in plain words, as against a wish for another time or another way."""

from __future__ import annotations

from cases.judgement.heads import OPENS
from cases.model import Score
from cases.spoken.plain import Sentence, any_of, found_in

# In each language: a "no" to our calling or writing, the wish for peace, and "no need to answer".
_REFUSAL = any_of(
    # English: the imperative stands where a phrase begins; "you do not reply" and "why do you not call" are complaints.
    "(?<!you )(?<!they )(?<!to )(?<!i )(?<!we )(do not|never|no longer) (you |ever |even |please |try to |dare |bother to |have to ){0,2}(call|phone|ring|contact|email|text|write|message|mail|reply|respond|answer|get in touch|get back|come back to|bother (me|us)|chase|pester)( (me|us|to me|to us|back|again|to this)){0,3}",
    "do not (even )?bother ?(calling|writing|replying|to (call|write|reply))?(?= $| ,)",
    "do not (even )?bother ((to )?(call|write|reply|contact|email|answer)|(calling|writing|replying|ringing|contacting|emailing))",
    "(refrain|desist|abstain) from ~ (calling|contacting|writing|emailing|contact)",
    "(stop|quit|cease) (calling|ringing|phoning|emailing|texting|contacting|writing|messaging|mailing|pestering|bothering|harassing)",
    "no (further |more )?(calls?|call back|callback|reply|response|answer|contact|emails?|follow up|phone calls?|texts?|messages?|visits?) ?(is |are )?(from you |about this )?(needed|necessary|required|please|pls|wanted|expected)",
    "(no need|not necessary|no point|need not|needn t|not need) (for (you|anyone|anybody) |in )?(to )?(call|phone|ring|contact|email|write|reply|respond|answer|get back|get in touch|give us a buzz|replying|calling)",
    "leave (me|us) (alone|in peace|be) ?(with|please|now)?(?! to)",
    "(not|never|no longer|rather not) (want|wish|like|care|wish for|expect|consent to|interested in|be taking|taking)? ?(to )?(be )?(contacted|called|phoned|emailed|rung|hear from|a call|a call back|any calls?|any more calls|calls|an answer|a reply|talking about it|win back calls|an apology call)",
    "(wish|want|prefer) no (further )?contact", "(take|remove|delete) my (number|address|details) ~ (off|from)", "all further communication through",
    # German
    "(nicht|nie|nie mehr|nicht mehr|nimmer) (mehr )?(anrufen|an|kontaktieren|melden|anschreiben|zuruckrufen|antworten|zu antworten|zuruck|bei mir|nachzufassen|zu melden)(?= (bitte )?$)", "bitte (mich )?(deswegen |deshalb |dazu )?nicht (mehr )?(anrufen|zuruckrufen|kontaktieren|melden|anschreiben|antworten)", "(rufen|schreiben|kontaktieren|melden|antworten|ruft|schreibt|meldet|kontaktiert) (sie )?(sich |mich |mir )?(deswegen |bitte )?(nicht|nie)( mehr)?",
    "(keine|keinen|kein) (weitere*|einzige*)? ?(anruf|anrufe|ruckruf|ruckmeldung|kontakt|kontaktaufnahme|antwort|erklarung|gesprach|nachricht*) ?(notig|mehr|erwunscht|bitte|gewunscht|erforderlich)?", "(lassen sie|lasst|lass) (mich|uns) ~ (in ruhe|in frieden)", "nichts mehr ~ horen", "von ~ (anrufen|kontaktaufnahme|besuchen|ruckmeldungen) ~ (abzusehen|abstand)",
    # French
    "ne (me |nous )?(rappelez|appelez|contactez|recontactez|relancez|telephonez|repondez|ecrivez|rappeler|contacter|recontacter|appeler|relancer) (plus|pas)", "m (appelez|ecrivez) (plus|pas)", "(inutile|pas besoin|pas la peine|pas necessaire) (de |d )(me |m |nous )?(rappeler|repondre|contacter|recontacter|appeler|ecrire)", "(laissez|laisse) (moi|nous) (tranquille*|en paix)", "qu on me laisse tranquille", "(veux|souhaite|desire|voulons|veut|tiens) (pas|plus|aucun|a ce)? ?(qu on me (rappelle|appelle|contacte|telephone)|etre (contacte*|rappele*|recontacte*|derange*)|de contact|suivi|de suivi)", "arretez de (m|me|nous) (ecrire|appeler|contacter|relancer|telephoner)", "ne pas (donner suite|me (contacter|rappeler|relancer|recontacter))", "sans contact merci",
    # Spanish
    "no (me |nos )(llamen|llame|llameis|contacten|contacte|contacteis|escriban|escriba|escribais|respondan|molesten|busquen|vuelvan a (llamar|escribir|contactar))", "(no hace falta|no es necesario|no necesito|no quiero|prefiero) que ~ (no )?(llam*|contact*|contest*|respond*|escrib*|pongan en contacto)", "(dejenme|dejadme|dejame|dejen) (en paz|tranquil*|de (llamar|marcar|escribir)*)", "(ni|sin) llamadas?( de cortesia| ni)", "no busco respuesta", "no intenten localizarme",
    # Italian
    "non (mi |ci )?(chiamate|chiamatemi|contattate|contattatemi|richiamate|richiamatemi|rispondete|scrivete|scrivetemi|telefonate|telefonatemi|chiamarmi|cercatemi)", "(lasciatemi|lasciateci) in pace", "(non (voglio|desidero|vorrei|serve|occorre)|preferirei non|preferisco non) (piu )?(essere |che mi )?(contattat*|richiamat*|chiamat*|ricontattat*|rispond*|telefon*)", "niente (chiamate|telefonate)", "che nessuno mi (telefoni|chiami|contatti)", "smettetela di (chiamar|scriver)*",
    # Dutch
    "(niet|nooit) (meer )?(bellen|terugbellen|contacteren|mailen|te contacteren|te bellen|opvolgen|contact opnemen)(?= (aub |svp )?$)", "(bel|mail|contacteer|schrijf|app) (me|mij|ons) (niet|nooit|hierover niet)( meer)?", "(hoef|hoeft|hoeven|wil|wens|willen) ~ (geen|niet) ~ (reactie|antwoord|contact|telefoontje|gebeld|schrijven|bellen|teruggebeld)", "laat (me|mij|ons) ~ met rust", "met rust gelaten", "(neem|verder|geen) (verder )?contact ~ (op|nodig|gewenst)", "liever geen (telefoontje|contact|reactie)", "gelieve ~ niet te (contacteren|bellen)", "stop met (terug)?bellen", "met niemand over praten",
    # Portuguese
    "nao (me |nos |lhe )?(liguem|ligue|contactem|contatem|contacte|respondam|telefonem|escrevam|mandem|entrem em contato|entrem em contacto|procurem)", "(deixem|deixa|deixe) (me|nos) em paz", "nao (e preciso|precisam?|quero|desejo) ~ (responder|ligar|contactar|contactad*|contatad*|resposta|telefonema|que me liguem)", "(parar|parem|pare) de (me )?(ligar|contactar|contatar|escrever)", "(sem|dispenso) (retorno|contato|contacto)", "favor nao me (procurar|ligar|contatar|contactar)",
    # Polish, Swedish, Danish, Norwegian
    "(prosze|tylko) ~ nie (dzwonic|pisac|dzwoncie|odpisujcie|kontaktowac)", "(nie trzeba|nie ma potrzeby|prosze) ~ (dzwonic|sie odzywal|o niekontaktowanie)", "nie zycze sobie ~ (telefonow|kontaktu|maili)", "kontakt zbedny", "dajcie mi ~ spokoj",
    "(ring|kontakta|mejla|skriv|hor) (mig |till mig |helst )?(inte|ej)", "(onskar|vill|behover) (inte|ingen|inget|ikke) ~ (kontakt|svar|bli kontaktad|hora av er)", "lat mig vara", "kontakt undanbedes", "(trenger|behover|onsker) ikke ~ (svar|kontakt*|ringe)", "at ingen tar kontakt",
)  # fmt: skip
# What follows makes it a wish about when, how or by whom, or what comes first an "if".
_TERMS = any_of(
    "(before|after|until|till|between|during|past|earlier|later than|while|when|at (work|night|home|lunch|the office)|in the (morning|evening|afternoon)|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends|my|the|that|this|office)|my (landline|work|office|home|old|mobile|husband|wife)|instead|phone me|text me|email me|without notice|hesitate|if|unless|to this (e mail|email|mail|message))",
    "(vor|nach|bis|zwischen|auf (dem|der|meinem)|festnetz|lieber|sondern|wenn|textbaustein*|auf diese (e mail|mail|nachricht))", "(avant|apres|entre|pendant|sur le|plutot|mais rappelez|si)", "(antes|despues|hasta|entre|sino|mejor|el mismo|si no|por telefono)", "(prima|dopo|fino|solo dopo|ma|meglio|alla mail|mail dell ufficio|se non)", "(voor|na|tussen|maandag|dinsdag|woensdag|donderdag|vrijdag|alle andere|maar gewoon|als)", "(antes|depois|ate|entre|catalogo)", "(przed|po|miedzy)", "(fore|efter|innan|pa formiddagen|min mobil|mobil)",
)  # fmt: skip


def refuses(text: list[Sentence], score: Score | None = None) -> bool:
    """Whether a text asks that nobody contacts its writer: a table hears it, or the learned judge."""
    if score is not None and score.no_contact >= OPENS:
        return True
    return any(not _TERMS.search(sentence.plain) for sentence, _ in found_in(text, _REFUSAL))
