"""Languages other than English: which one a text is in, and its plainest words of complaint, praise and danger."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from cases.judgement.cues import TELLS, Cue
from cases.judgement.gravity import CRITICAL_STAKES
from cases.judgement.patterns import Phrase, phrases
from cases.model import Severity
from cases.spoken.english import COMMON, words

ENGLISH = COMMON | words(
    "they he she does been could when where how why who there their us please thanks thank very as after before again "
    "still never out up just like get got order ordered delivered delivery service great good bad food staff nice "
    "room price customer monday tuesday wednesday thursday friday saturday sunday day days week weeks call called "
    "phone money every too than his her am into because one two don t only also well yes yep hello test lol wow hey "
    "dear new same first last want need make made love"
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: words by which it is known, and patterns over plain text without accents."""

    common: frozenset[str]
    complaint: Phrase
    praise: Phrase
    grave: Phrase
    critical: Phrase
    no_contact: Phrase


def _tongue(common: str, complaint: str, praise: str, grave: str, critical: str, no_contact: str) -> Tongue:
    return Tongue(words(common), *phrases(complaint, praise, grave, critical, no_contact))


TONGUES: dict[str, Tongue] = {
    "de": _tongue(
        "der die das und ich ist nicht ein eine wir sie mit fur auf den dem zu von es war sind haben hat ihr mein meine sehr aber noch immer wie wann kann sich bei auch nach wurde leider alles gut bin"
        " wo bitte danke gerne wieder im am keine kein nie mehr essen zimmer lieferung bestellung service paket seit",
        "(nicht|nie|nichts|niemand|keine[rn]?|kein) <3>(angekommen|gekommen|geliefert|erhalten|bekommen|da|funktioniert|erreichbar|erreichen|geantwortet|antwortet|antwort|ruckmeldung|meldet|gemeldet"
        "|zufrieden|empfehlen|zuruckgerufen|geholfen|in ordnung|entschuldigung|kummert|geht|gut|warmwasser|eingetroffen)|(noch immer|immer noch) <3>(nicht|kein|keine|nichts|warte*)|(warte|warten|gewartet) <3>(seit|schon|immer|auf|vergeblich)"
        "|(kaputt|defekt|beschadigt|zerbrochen|kalt|verspatet|verspatung|enttausch*|unfreundlich*|unverschamt*|frech*|schlecht*|schrecklich|furchtbar|katastroph*|unmoglich|frechheit|betrug|abzocke|schmutzig|dreckig"
        "|ekelhaft|falsche[sn]?|reklamation|beschwerde|beschweren|geld zuruck|ruckerstattung|nie wieder|unzumutbar|inakzeptabel|mangelhaft|unzufrieden|arger*|wutend|saumassig|doppelt abgebucht|zu spat|kundigen|kundige|mies*|fehlt|fehlen|laut|larm|sturzt|absturz*|abgesturzt|standig|dauernd|erschienen nicht|stinkt|gestank|schimmel|uberteuert|zu (teuer|lange|laut|klein)|abgesagt|ausgefallen|(wieder|erneut) nicht|langsam|ignoriert|verloren|vergessen|verletz*)",
        "(super|toll*|sehr gut|zufrieden|wunderbar|punktlich*|nichts zu (meckern|beanstanden)|perfekt|prima|wunderbar*|nette[nrsm]?|nett|lecker*|freundlich*|gemutlich*|sauber*|herzlich*|hilfsbereit*|kompetent*|geklappt|empfehl*|ausgezeichnet|hervorragend|freundlich|gerne wieder|danke|lecker|klasse|begeistert|bestens|schnelle|schnell)",
        "(seit <2>(wochen|monaten)|(zum|das) <1>(zweiten|dritten|vierten) mal|geburtstag|hochzeit|beerdigung|kundig*|doppelt abgebucht|unverschamt*|schwanger|beleidigt|angeschrien|aufgelegt)",
        "(anwalt*|rechtsanwalt*|gericht|klage|verklage*|polizei|vergiftung|lebensmittelvergiftung|krankenhaus|notarzt|verletzt|stromschlag|rassis*|diskriminier*|belastig*|anzeige|presse|datenschutz|allergisch*|brand|feuer|verbraucherzentrale|umbringen|verbrannt)",
        "(nicht|nie) (mehr )?(anrufen|kontaktieren|melden|anschreiben|zuruckrufen|angerufen|kontaktiert)|(keine|kein|keinen) <1>(anruf|anrufe|ruckruf|ruckmeldung|kontakt|antwort) (notig|mehr|erwunscht|bitte|gewunscht)|rufen sie mich nicht|lassen sie mich in ruhe|melden sie sich nicht",
    ),
    "fr": _tongue(
        "le la les un une des et je est pas ne que qui nous vous avec pour dans sur mon ma mes votre vos ce cette tres mais plus toujours j n l d c qu en du au a ete ai suis bon merci bien rien depuis il elle on comment quand m s deux fois facture chambre commande livraison service",
        "(pas|jamais|rien|personne|aucun|aucune) <3>(recu|arrive*|livre*|repond*|reponse|marche|fonctionne|satisfait*|content*|rappel*|normal|acceptable|recommande|aide|nouvelle*|remboursement|conforme|propre)|toujours (pas|rien|aucun*)|(attends|attend|attendre|attendu|attente) <3>(depuis|toujours|encore|heures?|jours?|semaines?)"
        "|(casse*|abime*|endommage*|defectueux|defectueuse|retard|froid|froide|sale|lamentable|nul|nulle|horrible|inadmissible|inacceptable|honteux|scandaleux|catastroph*|decu|decue|decevant*|deception|impoli*|desagreable|mauvais|mauvaise|pire|arnaque|voleurs?|rembours*|reclamation|plainte"
        "|jamais plus|plus jamais|a fuir|incompetent*|en panne|manque|erreur|grossier*|malpoli*|mecontent*|deplorable|desastr*|debite deux fois|insupportable|furieux|bruit|bruyant*|mauvais|sentait|fuyait|fuite|facture* (deux|a tort|trop)|preleve* (deux|sans)|trop (cher|long|facture*)|personne ne|jamais (venu|vu|arrive*))",
        "(tres bon|tres bien|parfait*|excellent*|super|recommande|merci|rien a redire|ravi|ravie|satisfait|satisfaite|genial|delicieux|rapide|bravo|impeccable|agreable|gentil*|accueillant*|sympa*|adorable*|merveill*|chaleureu*|souriant*|efficace*|au top|formidable)",
        "(depuis <3>(semaines|mois)|anniversaire|mariage|enterrement|obseques|deux fois|(deuxieme|troisieme) fois|resili*|enceinte|raccroche|insulte*|concurrence)",
        "(avocat*|tribunal|justice|police|porter plainte|intoxication*|hopital|urgences|blesse*|racis*|discrimin*|harcel*|journal|presse|cnil|rgpd|allergi*|incendie|pris feu|electrocut*|dgccrf|fraude|suicid*|brule*|vomi)",
        "ne (me |nous )?<1>(contactez|appelez|rappelez|repondez|ecrivez|telephonez|contacter|appeler) (plus|pas)|inutile de (me |nous )?<1>(repondre|rappeler|contacter|appeler)|laissez moi tranquille|(pas|plus) (etre|besoin d etre) (contacte*|rappele*)|arretez de m",
    ),
    "es": _tongue(
        "el la los las un una y de que no es en me mi mis con por para se lo su pero muy mas nunca servicio pedido comida esta fue son les te nos ha han todo gracias nadie nada desde cuando donde como buen",
        "(no|nunca|nadie|nada|ningun|ninguna|sin) <3>(llego|llega|llegado|llegaron|recib*|entreg*|contest*|respond*|respuesta|funciona|funciono|sirve|servia|recomiendo|volver*|vuelvo|ayud*|atiend*|soluci*|devuelv*|devol*|explic*)|(sigo|seguimos|llevo|llevamos|todavia|aun) <3>(esperando|sin|no)"
        "|(roto|rota|danad*|defectuos*|tarde|retraso|frio|fria|sucio|sucia|pesim*|horrible|terrible|malisim*|mal|mala|malo|peor|decepcion*|grosero*|maleducad*|inaceptable|verguenza|estafa*|reembolso|mi dinero|queja|reclamacion|nunca mas|incompetent*|equivocad*|faltaba|falta|fatal|desastre|asco|lamentable|cobraron|cobrado|ruido|ruidos[oa]|cobr* de mas|carisim*|demasiado (caro|lento)|perdid[oa]|perdieron|cancelaron|lent[oa])",
        "(perfecto|excelente|muy bien|muy bueno|encant*|gracias|recomiendo|recomendable|genial|rapido|maravill*|estupend*|buenisim*|delicios*|satisfech*|amable|amables|inmejorable*|volveremos|volvere|atent[oa]s?|riquisim*|maravilla|agradable*|espectacular*|feliz)",
        "(dos veces|(segunda|tercera) vez|hace <2>(semanas|meses)|cumpleanos|boda|funeral|embarazada|semanas esperando|cancelar|me gritaron|insult*)",
        "(abogad*|tribunal*|denuncia*|demanda*|juzgado|policia|intoxic*|hospital|urgencias|herid*|racis*|discrimin*|acos*|periodico|prensa|alergi*|incendio|se incendio|fraude|suicid*|quemadura|quem[oe]|consumo)",
        "no (me |nos )?(llamen|llame|contacten|contacte|escriban|escriba|respondan|molesten|llameis)|no hace falta que (me )?<1>(llamen|respondan|contacten|contesten)|dejenme en paz|no quiero que me (llamen|contacten|escriban)",
    ),
    "it": _tongue(
        "il lo gli un una e di che non mi mio mia con per in del della dei sono ho ha abbiamo era ma piu molto da tutto grazie nessuno ancora mai il pacco servizio questo questa come quando dove anche alla dal al si ci esperienza torneremo personale camera ordine",
        "(non|mai|nessuno|nessuna|niente|senza) <3>(arrivat*|ricevut*|consegnat*|rispond*|risposta|risposto|funzion*|consiglio|torner*|aiut*|richiam*|soddisfatt*|tornero)|(ancora|sto) <2>(aspettando|attesa|aspetto|niente)|(aspetto|aspettiamo|attendo) <3>(da|ancora)"
        "|(rotto|rotta|danneggiat*|difettos*|ritardo|fredd[oa]|sporc[oa]|pessim[oai]|orribile|terribile|schifo|vergogn*|delus[oai]|deludente|delusione|maleducat*|scortes*|inaccettabile|truffa|rimborso|reclamo|mai piu|incompetent*|sbagliat[oa]|manca|peggio*|peggiore|disastro|scarso|scadente|addebitat*|soldi indietro|rumoros[oa]|rumore|troppo (caro|lento|lungo)|pers[oa] (il|la|mio)|cancellat[oa]|lentissim*|nessuno (ci|mi|ha|risponde|sa))",
        "(ottim[oai]|perfett[oai]|eccellente|consigliat*|consiglio vivamente|grazie|bravissimi|buonissim*|veloce|gentil*|fantastic*|soddisfatt[oai]|meraviglios*|tutto bene|torneremo|accoglient*|disponibil*|squisit*|splendid*|cordial*|non vedo l ora)",
        "(due volte|(seconda|terza) volta|da <2>(settimane|mesi)|compleanno|matrimonio|funerale|incinta|disdetta|disdico|urlato|insult*)",
        "(avvocat*|tribunale|denunci*|polizia|carabinieri|intossic*|ospedale|pronto soccorso|ferit[oa]|razzis*|discrimin*|molest*|giornale|stampa|allergi*|incendio|preso fuoco|frode|suicid*|ustion*)",
        "non (mi |ci )?(chiamate|chiamatemi|contattate|contattatemi|richiamate|rispondete|scrivete|scrivetemi|richiamatemi)|lasciatemi in pace|non voglio essere (contattat*|chiamat*|richiamat*)|non (serve|occorre|c e bisogno di) (rispondere|richiamare)",
    ),
    "nl": _tongue(
        "de het een en ik is niet van dat met voor op zijn was wij we je jullie mijn heb hebben heeft maar nog ook aan er om bij zo zeer heel geen niets niemand wanneer hoe goed bedankt nooit meer wordt dit die uit kamer bestelling pakket nooit slechte",
        "(niet|nooit|niets|niks|niemand|geen) <3>(ontvangen|gekregen|aangekomen|geleverd|bezorgd|gekomen|antwoord|reactie|bereikbaar|werkt|gewerkt|gereageerd|reageert|tevreden|goed|teruggebeld|geholpen|gehoord)|nog (steeds|altijd) <3>(niet|niets|geen|niks|wacht*|aan het)|(wacht|wachten|gewacht) <3>(op|al|sinds|nog|uur|weken|dagen)"
        "|(kapot|beschadigd|defect|stuk|te laat|koud|vies|vuil|slecht|slechte|slechtste|verschrikkelijk|vreselijk|teleurgesteld|teleurstell*|onbeschoft|onvriendelijk|onacceptabel|schandalig|belachelijk|oplichter*|oplichting|geld terug|terugbetaling|klacht|nooit meer|waardeloos|verkeerde|ontbreekt|ramp|boos|ontevreden|lawaai|herrie|gehorig|te (duur|lang|laat)|kwijt|geannuleerd|traag|vergeten|genegeerd)",
        "(tevreden|prima|uitstekend|geweldig|fantastisch|snelle|aanrader|geen klachten|alles goed|bedankt|dank|top|perfect|heerlijk|vriendelijk|goed verpakt|lekker*|netjes|gastvrij*|behulpzaam|gezellig*|super|blij)",
        "((al|sinds) <2>(weken|maanden)|(tweede|derde) keer|verjaardag|bruiloft|begrafenis|zwanger|opzeg*|dubbel afgeschreven|uitgescholden|opgehangen)",
        "(advocaat|rechter|rechtbank|aangifte|politie|voedselvergiftiging|vergiftig*|ziekenhuis|gewond|racis*|discrimin*|aangerand|krant|pers|allergisch*|brand|fraude|zelfmoord|datalek|elektrische schok)",
        "(niet|nooit) (meer )?(bellen|contacteren|terugbellen|mailen|contact opnemen|reageren)|(geen|geen verder) contact|bel (mij|me) niet|laat (mij|me) met rust|neem geen contact",
    ),
    "pt": _tongue(
        "o os as um uma e de que nao eu nos com por para em do da dos das meu minha foi esta mas muito mais ainda nunca ninguem todos tudo obrigado obrigada no na se ja seu sua como quando onde voces a bom encomenda comida chegou atendimento produto pedido",
        "(nao|nunca|ninguem|nada|nenhum|nenhuma|sem) <3>(cheg*|receb*|entreg*|respond*|resposta|atend*|funcion*|recomend*|volt*|ajud*|resolv*|devolv*)|(ainda|continuo) <3>(espera|esperando|aguardo|nao|sem)|(estou|estamos) <2>(espera|esperando|aguardando)"
        "|(partid[oa]|quebrad[oa]|danificad[oa]|estragad[oa]|avariad[oa]|atras*|fri[oa]|suj[oa]|pessim*|horrivel|terrivel|vergonha|desilu*|dececion*|decepcion*|desapont*|mal educad*|grosseir*|inaceitavel|burla|golpe|reembolso|dinheiro de volta|reclama*|nunca mais|incompeten*|errad[oa]|falta|pior|desastre|cobrad[oa]|lixo|ruim|mau|barulho|barulhent[oa]|muito (caro|lento)|perdid[oa]|perderam|cancelaram|demor*|lent[oa])",
        "(excelente*|otim[oa]|perfeit[oa]|recomendo|obrigad[oa]|maravilh*|muito bom|muito bem|rapid[oa]|adorei|satisfeit[oa]|simpatic*|voltarei|voltaremos|atencios*|incrivel|adoramos|gostei|gostamos|delicios*|parabens|impecavel)",
        "(duas vezes|(segunda|terceira) vez|ha <2>(semanas|meses)|aniversario|casamento|funeral|gravida|cancelar|gritaram|insult*)",
        "(advogad*|tribunal|processo|processar|policia|intoxica*|hospital|urgencia|ferid[oa]|racis*|discrimin*|assedi*|jornal|imprensa|alergi*|incendio|pegou fogo|fraude|suicid*|queimad*|livro de reclamacoes|procon|deco|asae)",
        "nao (me |nos )?(liguem|ligue|contactem|contatem|respondam|telefonem|escrevam|entrem em contato|entrem em contacto)|deixem me em paz|nao (e preciso|precisam?) (de )?(responder|ligar|contactar)|nao quero ser (contactad*|contatad*)",
    ),
}

UNKNOWN = "unknown"
DENIED_ABROAD = re.compile(
    r" (?:nicht|kein\w*|wenig|pas|peu|jamais|ni|no|poc[oa]|nada|non|mai|niet|geen|weinig|nao|nunca|pouco)(?: [^ .,?]+){0,2}$"
)


def _spoken_in(commons: dict[str, frozenset[str]]) -> dict[str, list[str]]:
    """For every common word the languages it is common in."""
    spoken: defaultdict[str, list[str]] = defaultdict(list)
    for code, common in commons.items():
        for word in common:
            spoken[word].append(code)
    return dict(spoken)


_SPOKEN_IN = _spoken_in({"en": ENGLISH} | {code: tongue.common for code, tongue in TONGUES.items()})
_NONE_MET = dict.fromkeys(["en", *TONGUES], 0)


def tongue_of(said: list[str]) -> str:
    """The language most of the words `said` belong to: "en", one of TONGUES, or "unknown" when no common word is met."""
    met = _NONE_MET.copy()
    for word in set(said):
        for code in _SPOKEN_IN.get(word, ()):
            met[code] += 1
    best = max(met, key=met.__getitem__)
    return best if met[best] else UNKNOWN


def foreign_cues(code: str) -> tuple[Cue, ...]:
    """What to look for in a text of the language `code`."""
    tongue = TONGUES[code]
    return (
        Cue("complaint", TELLS, (tongue.complaint,)),
        Cue("high_stakes", TELLS / 2, (tongue.grave,), Severity.HIGH),
        Cue(CRITICAL_STAKES, TELLS, (tongue.critical,), Severity.CRITICAL),
    )
