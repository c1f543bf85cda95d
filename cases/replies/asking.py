"""How seven languages ask: for secrets, for money, for a look at somebody's machine, to go on elsewhere.

Patterns work on `asks.plain`: small letters, no accents, no apostrophes, single spaces, a space at both ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CURRENCY = "eur|euros?|pounds?|quid|gbp|dollars?|usd|bucks|cents?|pence|francs?|chf|reais|real|pfund|franken|livres?|libras|sterline|pond"
_SUM = rf"(?:[€$£] ?\d[\d.,]*|\d[\d.,]* ?(?:[€$£]|(?:{_CURRENCY})\b))"
_PLACES = (
    r"(?:whats ?app|telegram\w*|viber|we ?chat|kakao ?talk|discord|snapchat|skype|i ?message|messenger|facebook|instagram|insta"
    r"|zalo|threema|tik ?tok|signal|google chat|hangouts|line app|wire|telegramm)\b"
)
_TOOLS = r"\b(?:any ?desk|team ?viewer|ultra ?viewer|rust ?desk|quick ?assist|screen ?connect|log ?me ?in|supremo|air ?droid|remote ?desktop)\b"
# The same in every language.
_WORLDWIDE = r"\bcv[vcn]2?\b|\bpin ?code\b|\bpincodes?\b|\btancode\b|\biban\b|\botp\b|\bmtan\b|\bbic\b"
_ON = r"(?: [^ ,]+){0,5}? "
# "Your PIN, please", "PIN?", "A photo of your ID and I release it": a sentence that opens with what it asks for.
_OPENING = r"^(?: (?!(?:i|we|ive|weve|our|my|he|she|they) )[^ ,:]+){{0,5}} (?:{private})(?: ,|\?)*(?: (?:{then})\b| $)"


@dataclass(frozen=True, slots=True)
class Asking:
    """One language. `give` and `need` count beside something `private`, `straight` by itself, `gives_it` in the sentence after.

    `ours` in front of a request says that it is we who act, `denied` in its clause that nobody need.
    """

    private: re.Pattern[str]
    give: re.Pattern[str]
    need: re.Pattern[str]
    straight: re.Pattern[str]
    gives_it: re.Pattern[str]
    ours: re.Pattern[str]
    denied: re.Pattern[str]


def _asking(
    *,
    private: str,
    give: str,
    need: str,
    bare: str,
    pay: str,
    elsewhere: str,
    to: str,
    it: str,
    access: str,
    ours: str,
    denied: str,
    then: str,
) -> Asking:
    """`then` follows a thing that is asked for without a verb; `bare` asks for one in a single breath; `pay` and `elsewhere` are whole; `to` joins a verb and a place to write."""
    private = rf"{_WORLDWIDE}|{private}"
    straight = rf"{bare}|{pay}|{access}|{_OPENING.format(private=private, then=then)}|{_TOOLS}|(?:{elsewhere}){_ON}(?:{to}) (?:[^ ,]+ ){{0,2}}?{_PLACES}"
    return Asking(
        private=re.compile(private),
        give=re.compile(give),
        need=re.compile(need),
        straight=re.compile(straight),
        gives_it=re.compile(it),
        ours=re.compile(ours),
        denied=re.compile(denied),
    )


_BEGIN_EN = (
    r"(?:(?<=^ )|(?<=, )|(?<=: )|(?<= and )|(?<= then )|(?<= please )|(?<= just )|(?<= kindly )|(?<= first )|(?<= simply )|(?<= now )"
    r"|(?<= so )|(?<= only )|(?<= once )|\byou (?:will |now |only |just |still |first )?(?:need|have|must|should|ought|are asked|are required)"
    r"(?: only| just| first| to){0,3} |\b(?:can|could|would|will) you (?:please |also |kindly |just |first |quickly )?"
    r"|\b(?:ask|asking|want|need|like|invite|require) you to |\b(?:if|once|until|after|when|as soon as) you (?:have |could |would |can |first |just )?)"
)
_FEE = r"(?:fees?|charges?|customs|duty|deposit|postage|funds|crypto|bitcoin|money)\b"

ENGLISH = _asking(
    private=(
        r"(?<!\bmy )(?<!\bour )\b(?:card|account|cards) ?(?:numbers?|no|nr|details?|data|digits|information|info)\b|\bdigits (?:on|of|from|at) (?:the|its|your)\b"
        r"|\b(?:digits?|numbers?|figures|code)\b(?=(?: [^ ]+){1,7}? (?:card|visa|mastercard|maestro|plastic)\b)|\b(?:security|three|sixteen|16|last three) (?:digits?|figures|numbers)\b"
        r"|\b(?:confirmation|verification|security) (?:text|message|sms)\b|\b(?:six|four|five|eight|6|4|5|8) (?:numbers|digits|figures)\b|\b(?:banking|account) user ?name\b|\blog ?in (?:for|of|to) your\b"
        r"|\b(?:security|secret) (?:code|number|digits|word|question|answer)\b|\bnumbers? on (?:the|its|your) (?:back|front|card)\b|\bmonth (?:it|the card|your card) (?:runs out|expires)\b"
        r"|\bexpir(?:y|ation) date (?:of|on) (?:the|your) (?:\w+ )?card\b|\byour (?:\w+ )?pin\b|\bpin numbers?\b|\b(?:card|bank|secret) pin\b"
        r"|\bpass ?(?:words?|codes?|phrases?)\b|\bcredentials\b|\b(?:log ?in|sign ?in|access|banking|account) (?:details|data|credentials|information|name|code|number)\b|\bbanking (?:log ?in|app)\b"
        r"|\b(?:one time|single use|verification|authentication|authori[sz]ation|activation|unlock|sms|text|text message|confirmation|security) (?:code|number|pass\w*|pin)\b(?! (?:is )?\w*\d)"
        r"|\b(?:code|number|digits|message) (?:you|that|which|we|i|our|just|from|in)\b(?: [^ ,]+){0,6} (?:text|sms|phone|mobile|authenticator)\b"
        r"|\b(?:six|four|five|eight|6|4|5|8) (?:digit|figure) (?:code|number|pin)\b"
        r"|\b(?:bic|swift) code\b|\bsort code\b|\brouting number\b|\bbank(?:ing)? (?:details|data|information|account numbers?|log ?in)\b"
        r"|\bsocial security\b|\bssn\b|\bnational insurance number\b|\btax (?:number|idcode)\b|\bmaiden name\b|\bpassport\b|\b(?:driving|drivers) licen[cs]e\b|\bidentity (?:card|document|papers)\b"
        r"|\b(?:photo|picture|copy|scan|selfie|image)s?(?: [^ ,]+){0,6} (?:idcode|identification|card|licence|license)\b|\b(?:both sides|front and back) of\b"
        r"|\b(?:recovery|seed|secret|mnemonic) (?:phrase|words?|key)\b|\bprivate key\b|\b(?:twelve|12|24) words\b"
    ),
    give=(
        r"\b(?:send|give|tell|share|confirm|verify|validate|provide|enter|type|reply|answer|respond|text|mail|email|forward|read|submit|supply|fill|note"
        r"|state|quote|let (?:me|us)|show|upload|attach|dictate|spell|photograph|scan|key in|paste|insert|repeat|disclose|reveal|pass|drop|hand|write|message|furnish|reading me|giving me|sending me|telling me"
        r"|call|ring|log in|sign in|use|have ready|keep)\b(?! (?:you\b|us back))"
        r"|\b(?:what is|whats|what are|which is|may (?:i|we) have|can (?:i|we) have|could (?:i|we) (?:please )?(?:have|get)|might (?:i|we) have|(?:can|may) (?:i|we) get|would you mind|all that remains)\b"
    ),
    need=(
        r"\b(?:grateful for|appreciate|glad of|(?<!he )(?<!she )(?<!they )(?<!you )(?:need|needed)|needs|needed|require|required|requires|necessary|all i want|all we want|missing|waiting for|wait for|ask you for|asking you for|only lack|cannot do without)\b"
    ),
    bare=(
        r"\b(?:re ?enter|enter|confirm|verify|validate|update|type(?: in)?|provide|share|photograph|register|give (?:me|us)|send (?:me|us)|photo of|picture of|scan of)"
        r" (?:again )?(?:the |your |a )(?:bank |credit |debit |payment |visa |master ?card )?(?:card|bank account)\b(?! (?:statement|company|holder|reader|machine|payment|is|was|has|again works|you wrote))"
        r"|\b(?:verify|validate|re ?activate|unlock) your (?:\w+ )?account\b|\b(?:with|have|keep|hold) your (?:bank |credit |debit |payment )?card (?:ready|at hand|to hand|beside|near|in front|handy)\b"
        r"|\bread (?:it|them|this|that|the code|the number)(?: back| out)? (?:back )?to (?:me|us)\b"
    ),
    pay=(
        rf"{_BEGIN_EN}(?:(?:pay|transfer|wire|deposit|remit|top up|load|advance|put down|settle)(?! (?:you|nothing)\b)(?: [^ ,]+){{0,4}}? (?:{_SUM}|{_FEE}|(?:amount|balance|difference|tax|shipping)\b)"
        rf"|send(?! (?:you|nothing|the box|it)\b)(?: [^ ,]+){{0,4}}? (?:{_SUM}(?! (?:voucher|gift|discount|refund|credit|off|back)\b)|{_FEE}))"
        rf"|\b(?:once|when|as soon as|after|until) (?:we|i) (?:receive|get|see|have received|have) your (?:{_SUM}|payment|transfer|deposit|fee)"
        rf"|\b(?:a|one|the) (?:small )?(?:deposit|payment|transfer|fee) of {_SUM}(?: [^ ,]+){{0,4}}? (?:frees?|releases?|unlocks?|is needed|is required|is due|first|beforehand|to us|to our)\b"
        rf"|\b(?:once|after|when|until|if|as soon as) you have (?:paid|sent|transferred|wired|deposited)(?: [^ ,]+){{0,4}}? (?:{_SUM}|{_FEE}|amount|balance|difference)"
        rf"|{_BEGIN_EN}(?:make|making) (?:a|an|the|one) (?:\w+ )?(?:payment|transfer|deposit)\b"
        rf"|{_BEGIN_EN}(?:buy|purchase|pick up|grab|scratch|fetch|get me|get us|get yourself)(?: [^ ,]+){{0,6}}? (?:gift|steam|itunes|i tunes|apple|google play|amazon|prepaid|paysafe|pre paid) ?(?:cards?|vouchers?|codes?)\b"
        r"|\b(?:move|send|transfer) (?:the|your|a) (?:deposit|money|savings|funds|crypto|bitcoin) (?:to|into|onto)\b"
    ),
    elsewhere=(
        r"(?<!your )(?<!my )(?<!the )(?<!a )\b(?:write|message|text|contact|reach|chat|talk|add|dm|find|continue|carry on|go on|reply|answer|call|ping|follow|join|move|switch|speak|settle|ring|meet|discuss|hit|look|reach out|drop|tell)\b"
    ),
    to=r"on|via|over|by|in|to|through|using|at",
    it=r"\b(?:send|give|tell|read|type|enter|text|forward|share|reply with|write)\b (?:it|them|this|that|these|those|both)\b(?! (?:back )?to you)",
    access=(
        r"\bremote (?:access|session|support|help|control of your)\b|\b(?:share|sharing|see|mirror) (?:your|the) screens?\b|\bscreen ?shar(?:e|ing)\b"
        r"|\b(?:connect to|take over|take control of|log (?:on|in) ?to|get into|onto|into) your (?:computer|laptop|pc|phone|mobile|tablet|telephone|device|machine)\b"
        r"|\b(?:my|our) (?:handle|telegram|whats ?app|signal|skype)(?: name| number| account)? is\b"
    ),
    ours=(
        r"(?<!let )(?<!give )\b(?:i|we|ill|ive|id|well|weve|wed|im|he|she|they)(?: (?:have|had|will|can|could|would|am|are|shall|may|might|did|didnt|do|dont|not|never|just|also|already|now|then"
        r"|gladly|happily|should|must|want|wanted|like|love|to|be|been|able|going|happy|glad|forgot|failed|tried|promise|promised|asked|meant|even|still|only)){0,6} $"
        r"|\b(?:to|you|me) be asked(?: [^ ]+){0,2} $"
    ),
    then=r"please|and i|and we|then i|then we|so i|so that",
    denied=(
        r"\b(?:never|not(?! only| just)|no|dont|doesnt|didnt|wont|cannot|cant|couldnt|neednt|nobody|none|nothing|without|instead of|rather than|stop)\b(?<!why dont)(?<!why not)"
    ),
)  # fmt: skip

_DU = r"(?: sie| du| mir| uns| bitte| zuerst| vorab| doch| einfach| erst| einmalig| kurz| nur| noch| mal| jetzt| einmal| dazu| dafur| dann| ihr| ihre| einen| eine| die| den| das| ein){0,6}"
GERMAN = _asking(
    private=(
        r"\b(?:karten|kreditkarten|bankkarten|ec ?karten|konto|bank)(?:nummern?|daten|nr|verbindung|zugang\w*|pin)\b|\b(?:nummer|daten|ziffern)(?: [^ ,]+){0,3} (?:\w*karte|konto\w*)\b"
        r"|\b(?:ziffern|zahlen|nummer)(?: [^ ,]+){1,5} (?:ruckseite|vorderseite|\w*karte)\b|\bpruf(?:ziffern?|nummer|zahl)\b|\bsicherheits(?:code|nummer|zahl|frage)\b|\b(?:ihre|deine|der|die|den|geheime) pin\b|\bgeheim(?:zahl|nummer|code)\b|\b(?:pass|kenn|code)wor(?:t|ter)\b"
        r"|\b(?:zugangs|anmelde|login|log ?in|konto)daten\b|\b(?:sms|bestatigungs|freigabe|verifizierungs|sicherheits|einmal|aktivierungs|zugangs)[ -]?(?:codes?|passwort|kennwort|tan)\b"
        r"|\b(?:code|nummer|zahl|ziffern)(?: [^ ]+){0,7} (?:sms|handy|nachricht|telefon)\b|\b(?:sms|nachricht)(?: [^ ]+){0,4} code\b|\bausweis\w*\b|\breisepass\w*\b|\bpersonalausweis\w*\b"
        r"|\b(?:foto|bild|kopie|scan)(?: [^ ,]+){0,5} \w*(?:karte|ausweis\w*)\b|\bonline ?banking\b|\b(?:ihre|deine) tan\b"
    ),
    give=(
        r"\b(?:schick\w*|send(?:e|en|et)?|ubersend\w*|nenn\w*|(?:an|ein|durch|durchzu|anzu|einzu)?geb(?:e|en|t)?|gib|sag\w*|teil\w*|mitteil\w*|bestatig(?:e|en|t)?|verifizier\w*|schreib\w*|mail\w*|antwort\w*"
        r"|tipp\w*|hinterleg\w*|lies|lesen|vorlesen|diktier\w*|fotografier\w*|zeig\w*|trag\w*|eintrag\w*|ubermittel\w*|verrat\w*|halt\w*|durchgeb\w*)\b(?! (?:ich|wir)\b)"
    ),
    need=(
        r"\b(?:brauch\w*|benotig\w*|fehlt mir|fehlt uns|erforderlich|notwendig|wie lautet|was ist ihre?|darf ich um|bitte um)\b"
    ),
    bare=r"\bbestatig(?:e|en)\b(?: sie| du| bitte| noch| einmal| kurz){0,4} (?:ihre|deine) (?:bank|kredit|ec)? ?karte\b|\bkarte(?: [^ ,]+){0,2} bereit(?: ?halten| ?legen)?\b",
    pay=(
        rf"\b(?:uberweis(?:e|en|t)?|zahl(?:e|en|t)?|bezahl(?:e|en|t)?|send(?:e|en)|schick(?:e|en)?|leg(?:e|en)|entricht\w*){_DU}(?<! ich)(?<! wir) (?:{_SUM}|\w*(?:gebuhr|betrag|kaution|porto|zoll|kosten|summe|geld)\b)"
        rf"|\b(?:mussen|mussten|sollen|sollten|konnen|konnten|bitte|sie|du)\b(?: [^ ,]+){{0,5}}? (?:{_SUM}|gebuhr|betrag|kaution|porto|zoll)(?: [^ ,]+){{0,4}}? (?:uberweisen|zahlen|bezahlen|senden|schicken|auslegen|vorstrecken)\b"
        r"|\b(?:kauf(?:e|en)?|besorg(?:e|en)?|hol(?:e|en)?)\b(?: [^ ,]+){0,6}? (?:gutschein ?karten?|geschenk ?karten?|guthaben ?karten?|steam|paysafe\w*|google play|itunes|apple|amazon)\b"
    ),
    elsewhere=r"\b(?:schreib\w*|meld\w*|kontaktier\w*|erreich\w*|antwort\w*|add\w*|ruf\w*|weiter\w*|chat\w*|komm\w*|wechsel\w*|folg\w*|fuge|fugen|such\w*|find\w*|sprech\w*|red\w*|mach\w*)\b(?! (?:ich|wir) ihnen)",
    to="auf|uber|per|via|bei|in|mit|zu",
    it=r"\b(?:schick\w*|send\w*|nenn\w*|sag\w*|schreib\w*|mail\w*|gib|geben)(?: sie| du| mir| uns){0,3} (?:sie|ihn|es|diese|diesen|beides|das)\b(?! ihnen)",
    access=r"\bfernzugriff\w*\b|\bfernwartung\w*\b|\bbildschirm (?:teilen|freigeben)\b|\bteilen sie(?: [^ ,]+){0,3} bildschirm\b|\bzugriff auf (?:ihren|ihr|deinen|dein) (?:rechner|computer|pc|handy|telefon|gerat)\b",
    ours=r"\b(?:ich|wir)(?: (?:habe|haben|werde|werden|kann|konnen|mochte|mochten|will|wollen|hatte|ihnen|dir|sie|es|das|die|den|heute|gern|gerne|schon|jetzt|nicht|nie|auch|sofort|gleich|selbst|noch)){0,5} $",
    then=r"bitte|und ich|dann|damit",
    denied=r"\b(?:nie|niemals|nicht(?! nur)|kein\w*|niemand|nichts|ohne|statt)\b",
)  # fmt: skip

SPANISH = _asking(
    private=(
        r"\b(?:numeros?|datos|digitos|cifras)(?: [^ ,]+){0,5} (?:tarjeta|cuenta|bancari[oa]s?)\b|\bdatos bancarios\b|\bcodigo (?:de (?:seguridad|verificacion|confirmacion|acceso|un solo uso)|pin|secreto|sms)\b"
        r"|\bcodigo(?: [^ ,]+){0,7} (?:sms|mensaje|movil|celular|telefono)\b|\b(?:clave|claves|contrasena|contrasenas)\b|\b(?:su|tu|el) pin\b|\bcredenciales\b|\bbanca (?:online|en linea|electronica)\b"
        r"|\b(?:foto|copia|imagen|escaneo)(?: [^ ,]+){0,5} (?:dni|pasaporte|tarjeta|documento|identidad)\b|\bdni\b|\bpasaporte\b"
    ),
    give=(
        r"\b(?:envi(?:e|a|ar)(?:me|nos)?|mand(?:e|a|ar)(?:me|nos)?|indi(?:que|ca|car|quen)(?:me|nos)?|dig(?:a|ame|anos)|dime|decir(?:me|nos)|facilit(?:e|a|ar)(?:me|nos)?|confirm(?:e|a|ar|en)(?:me|nos)?"
        r"|verifi(?:que|ca|car)|introduzca|introduce|introducir|escrib(?:a|e|ir)(?:me|nos)?|proporcion(?:e|a|ar)(?:me|nos)?|compart(?:a|e|ir)|respond(?:a|e|er)|contest(?:e|a|ar)|deme|denos|dame|dar(?:me|nos)?"
        r"|pas(?:e|a)me|comuni(?:que|ca)(?:me|nos)?|lea(?:me)?|remita(?:me|nos)?|aporte|rellene|teclee)\b"
    ),
    need=r"\b(?:necesit\w*|hace falta|falta|requerimos|cual es)\b",
    bare=r"\b(?:confirme|verifique|introduzca|actualice) (?:su|la|los datos de su) (?:tarjeta|cuenta bancaria)\b|\btenga(?: [^ ,]+){0,3} tarjeta (?:a mano|lista)\b",
    pay=(
        r"\b(?:haga|haz|hacer|realice|realiza|realizar|efectue|haganos|hagame) (?:una|un|el|la) (?:pequen[oa] )?(?:transferencia|pago|ingreso|deposito|bizum|giro)\b"
        rf"|\b(?:pague|paga|pagar|transfiera|transfiere|transferir|ingrese|ingresar|abone|abonar|envie|envia|envieme|mande|deposite)\b(?: [^ ,]+){{0,4}}? (?:{_SUM}|tasa|gastos|comision|importe|tarifa|fianza|aduana|dinero)"
        r"|\bcompre\b(?: [^ ,]+){0,5}? tarjetas? (?:de )?regalo\b|\bcompre\b(?: [^ ,]+){0,5}? (?:steam|itunes|google play|paysafe\w*)\b"
    ),
    elsewhere=r"\b(?:escrib\w*|contact\w*|habl\w*|sig(?:a|amos|ue|ame)|continu\w*|llam(?:e|a|eme|ame|enos)|anad\w*|agreg\w*|mand(?:e|a)(?:me|nos)|envi(?:e|a)(?:me|nos)|busqu\w*|respond\w*|pas(?:e|emos))\b",
    to="por|en|a|al|via|con",
    it=r"\b(?:envie|mande|diga|escriba|indique|confirme|pase|envia|manda)(?:me|nos)?(?:lo|la|los|las)\b|\bme (?:lo|la|los|las) (?:envie|mande|diga|indique)\b",
    access=r"\b(?:acceso|control) remot[oa]\b|\bcompart\w* (?:su|la|tu) pantalla\b|\bconectar(?:me|nos)? (?:a|con) su (?:ordenador|computadora|movil|telefono|equipo)\b",
    ours=r"\b(?:le|les|te|os|se la|se lo|te lo|te la) $|\b(?:yo|nosotros|he|hemos|voy a|vamos a|puedo|podemos|quiero|podria|acabo de|para)(?: (?:le|les|te|os|hoy|ya|no|a|volver)){0,3} $",
    then=r"por favor|y le|y te|y lo|para que",
    denied=r"\b(?:no|nunca|jamas|nadie|ningun\w*|sin|nada)\b",
)  # fmt: skip

FRENCH = _asking(
    private=(
        r"\b(?:numeros?|coordonnees|donnees|informations|chiffres|date d expiration)(?: [^ ,]+){0,3} (?:cartes?|comptes?|bancaires?)\b|\brib\b|\bcryptogramme\b|\bcode (?:de (?:securite|verification|confirmation|validation)"
        r"|secret|confidentiel|pin|sms|recu|a usage unique)\b|\bcode(?: [^ ,]+){0,7} (?:sms|message|telephone|portable|mobile)\b|\bmots? de passe\b|\bidentifiants?\b|\b(?:votre|le|ton) pin\b"
        r"|\b(?:photo|copie|scan)(?: [^ ,]+){0,5} (?:cartes?|identite|passeport|permis)\b|\bpiece d ?identite\b|\bpasseport\b|\bnumero de securite sociale\b"
    ),
    give=(
        r"(?<!vous )(?<!vous l )(?<!te )\b(?:envoyez|envoie|envoyer|communiquez|communiquer|indiquez|indiquer|donnez|donne|donner|confirmez|confirmer|transmettez|transmettre|saisissez|saisir|entrez|entrer"
        r"|fournissez|fournir|repondez|repondre|ecrivez|dites|dire|renseignez|renseigner|validez|valider|verifiez|lisez|partagez|partager|laissez|tapez|scannez|photographiez|preparez|munissez)\b"
    ),
    need=r"\b(?:besoin|il me faut|il nous faut|manque|necessaire|quel est|quelle est|quels sont)\b",
    bare=r"\b(?:confirmez|verifiez|saisissez|renseignez|entrez)(?: a nouveau)? (?:votre|la) carte(?: bancaire| de credit)?\b|\bcarte(?: bancaire)? (?:sous la main|a portee)\b",
    pay=(
        r"\b(?:faites|faire|effectuez|effectuer)(?: nous| moi)? (?:un|le|une) (?:petit )?(?:virement|paiement|versement|depot|transfert)\b"
        rf"|(?<!vous )\b(?:virez|virer|payez|payer|versez|verser|reglez|regler|envoyez|transferez|transferer|acquittez|avancez)\b(?: [^ ,]+){{0,4}}? (?:{_SUM}|frais|montant|somme|caution|taxe|douane)"
        r"|\bachetez\b(?: [^ ,]+){0,5}? (?:cartes? cadeaux?|steam|itunes|google play|paysafe\w*|transcash|pcs)\b"
    ),
    elsewhere=r"\b(?:ecrivez|ecrire|contactez|joignez|joindre|parlez|ajoutez|rejoignez|retrouvez|appelez|repondez|continuons|poursuivons|passons|discutons|suivez|cherchez|envoyez)\b",
    to="sur|via|par|a|avec",
    it=r"\b(?:envoyez|donnez|dites|communiquez|transmettez) (?:le|la|les) ?(?:moi|nous)?\b",
    access=r"\b(?:acces|prise de controle|controle) a distance\b|\bpartage\w* (?:votre|d) ?ecran\b|\bconnecter a votre (?:ordinateur|telephone|appareil)\b",
    ours=r"\b(?:je|nous|j ai|jai|puis je|pouvons nous|viens de|vais|allons)(?: (?:vais|vous|peux|pouvons|dois|ai|avons|allons|voudrais|viens|de|bien|deja|aussi|veux|te)){0,4} $",
    then=r"svp|s il vous plait|sil vous plait|merci|et je",
    denied=r"\b(?:ne|n|pas|jamais|rien|aucun\w*|sans|personne|inutile)\b",
)  # fmt: skip

ITALIAN = _asking(
    private=(
        r"\b(?:numeri?|dati|cifre|coordinate)(?: [^ ,]+){0,3} (?:carta|conto|bancari[oae]?)\b|\bcoordinate bancarie\b|\bcodice (?:di (?:sicurezza|verifica|conferma|accesso)|pin|otp|segreto|sms|monouso)\b"
        r"|\bcodice(?: [^ ,]+){0,7} (?:sms|messaggio|telefono|cellulare)\b|\bpasswords?\b|\bparola d ?ordine\b|\b(?:il suo|suo|tuo|il) pin\b|\bcredenziali\b"
        r"|\b(?:foto|copia|scansione)(?: [^ ,]+){0,5} (?:carta|documento|passaporto|identita|patente)\b|\bpassaporto\b"
    ),
    give=(
        r"\b(?:(?:mi |ci )?(?:mandi|invii|comunichi|indichi|dica|confermi|fornisca|scriva|dia|legga|passi|inoltri)|mand(?:a|are)(?:mi|ci)?|invi(?:a|are|ar)(?:mi|ci)|comunicar(?:mi|ci)?|indicar(?:mi|ci)?|dimmi|dirmi|dirci"
        r"|confermar(?:e|mi|ci)|inserisca|inserisci|inserire|fornir(?:e|mi|ci)|scrivi(?:mi|ci)|scriver(?:mi|ci)|verifichi|dammi|darmi|darci|risponda|condivida)\b"
    ),
    need=r"\b(?:ho bisogno|abbiamo bisogno|mi serve|ci serve|mi servono|manca|qual e|occorre)\b",
    bare=r"\b(?:confermi|verifichi|inserisca|aggiorni) (?:di nuovo )?la (?:sua )?carta\b|\btenga(?: [^ ,]+){0,3} carta (?:a portata|pronta)\b",
    pay=(
        r"\b(?:faccia|fai|fare|effettui|effettuare|esegua|eseguire) (?:un|il|una) (?:piccol[oa] )?(?:bonifico|pagamento|versamento|ricarica|deposito)\b"
        rf"|\b(?:paghi|paga|pagare|versi|versare|trasferisca|bonifichi|invii|mandi)\b(?: [^ ,]+){{0,4}}? (?:{_SUM}|spese|importo|commissione|tassa|dogana|cauzione|denaro|soldi)"
        r"|\b(?:compri|acquisti)\b(?: [^ ,]+){0,5}? (?:carte? regalo|buoni regalo|steam|itunes|google play|paysafe\w*)\b"
    ),
    elsewhere=r"\b(?:scriv\w*|contatt\w*|chiami|chiamami|parl\w*|continu\w*|aggiung\w*|sentiamoci|passiamo|mand(?:a|i)(?:mi|ci)?|risponda|cerchi|cercami|segua|seguimi)\b",
    to="su|via|tramite|con|per|a",
    it=r"\b(?:me|ce) (?:lo|la|li|le) (?:mandi|invii|comunichi|dica|scriva|legga)\b|\b(?:manda|invia|dimme|scrivi)me(?:lo|la|li|le)\b",
    access=r"\b(?:accesso|controllo|assistenza) (?:da )?remot[oa]\b|\bcondivid\w* (?:il suo|lo|il tuo) schermo\b|\bcollegar(?:mi|ci) al suo (?:computer|telefono|cellulare)\b",
    ours=r"\b(?:io|noi|ho|abbiamo|le|ti|gliel[oa]|posso|possiamo|voglio|vorrei|sto per)(?: (?:gia|subito|anche|ora|da|oggi)){0,2} $",
    then=r"per favore|per piacere|e le|cosi",
    denied=r"\b(?:non|mai|nessun\w*|senza|niente|nulla)\b",
)  # fmt: skip

PORTUGUESE = _asking(
    private=(
        r"\b(?:numeros?|dados|digitos)(?: [^ ,]+){0,3} (?:cartao|conta|bancari[oa]s?)\b|\bcodigo (?:de (?:seguranca|verificacao|confirmacao|acesso)|pin|secreto|sms)\b|\bcodigo(?: [^ ,]+){0,7} (?:sms|mensagem|telemovel|celular|telefone|whats ?app)\b"
        r"|\b(?:senhas?|palavras? passe)\b|\bnib\b|\bchave (?:do )?pix\b|\b(?:seu|o|teu) pin\b|\bcredenciais\b|\b(?:foto|copia)(?: [^ ,]+){0,5} (?:cartao|documento|identidade|passaporte|cpf|rg)\b|\bcpf\b"
    ),
    give=(
        r"\b(?:envi(?:e|ar)(?: me| nos)?|mand(?:e|ar)(?: me| nos)?|inform(?:e|ar)(?: me| nos)?|dig(?:a|am)(?: me| nos)?|dizer(?: me| nos)?|confirm(?:e|ar)(?: me| nos)?|fornec(?:a|er)|indi(?:que|car)(?: me| nos)?|digit(?:e|ar)"
        r"|insir(?:a|am)|inserir|escreva(?: me| nos)?|pass(?:e|ar) me|de me|me de|respond(?:a|er)|partilh(?:e|ar)|compartilh(?:e|ar)|introduza|faculte)\b"
    ),
    need=r"\b(?:preciso|precisamos|necessito|falta|qual e)\b",
    bare=r"\b(?:confirme|verifique|insira|atualize) (?:de novo )?o (?:seu )?cartao\b|\btenha(?: [^ ,]+){0,3} cartao (?:a mao|pronto)\b",
    pay=(
        r"\b(?:faca|fazer|efetue|efetuar|realize|realizar) (?:um|uma|o|a) (?:pequen[oa] )?(?:pix|transferencia|pagamento|deposito|mb ?way|boleto)\b"
        rf"|\b(?:pague|pagar|transfira|transferir|deposite|depositar|envie|mande)\b(?: [^ ,]+){{0,4}}? (?:{_SUM}|r[$] ?\d|taxa|valor|custo|frete|dinheiro|caucao)"
        r"|\bcompre\b(?: [^ ,]+){0,5}? (?:cart(?:ao|oes) (?:de )?(?:presente|oferta)|steam|itunes|google play|gift card|paysafe\w*)"
    ),
    elsewhere=r"\b(?:me cham\w*|cham(?:e|a)|escrev\w*|contact\w*|contat\w*|fal(?:e|a|ar|amos)|entre em contac?to|adicion\w*|sig(?:a|amos)|continu\w*|mand(?:e|a)(?: me)?|responda|procure|passemos)\b",
    to="no|pelo|por|via|na|pela|ao|com",
    it=r"\b(?:envie|mande|diga|informe)(?: me| nos)? ?(?:o|a|os|as|los?|las?)\b(?= ?(?:por|para|aqui|ja|,|$))|\bmos? (?:envie|mande|diga)\b",
    access=r"\b(?:acesso|controle|controlo) remoto\b|\b(?:com)?partilh\w* (?:a sua|o seu|a) (?:tela|ecra)\b|\bligar me ao seu (?:computador|telefone|telemovel)\b",
    ours=r"\b(?:eu|nos|vou|vamos|posso|podemos|queria|acabei de|para|lhe|te)(?: (?:lhe|te|ja|hoje|tambem|a)){0,3} $",
    then=r"por favor|e eu|para que",
    denied=r"\b(?:nao|nunca|jamais|ninguem|nenhum\w*|sem|nada)\b",
)  # fmt: skip

DUTCH = _asking(
    private=(
        r"\b(?:kaart|rekening|pas|creditcard|bankkaart|bank)(?:nummers?|gegevens|code)\b|\b(?:nummer|gegevens|cijfers)(?: [^ ,]+){0,3} (?:\w*kaart|rekening|pas)\b|\b(?:uw|je|de) pin\b|\bpincode\b|\bbeveiligings(?:code|nummer)\b"
        r"|\bwachtwoord(?:en)?\b|\binlog(?:gegevens|codes?|naam)\b|\bcode(?: [^ ,]+){0,7} (?:sms|bericht|telefoon|mobiel)\b|\b(?:verificatie|bevestigings|veiligheids|sms|controle|inlog|tan)[ -]?codes?\b|\bsms(?: [^ ,]+){0,4} code\b"
        r"|\b(?:foto|kopie|scan)(?: [^ ,]+){0,5} (?:paspoort|identiteits\w*|\w*kaart|rijbewijs|pas)\b|\bpaspoort\b|\bidentiteitsbewijs\b|\bbsn\b"
    ),
    give=(
        r"\b(?:stuur|sturen|geef|geven|mail|mailen|bevestig|bevestigen|vul|vullen|invullen|noem|noemen|vertel|vertellen|schrijf|voer|invoeren|antwoord|deel|delen|typ|typen|lees|voorlezen|toon|laat|houd|stuurt|geeft|door ?geven)\b(?! (?:ik|wij|we)\b)"
    ),
    need=r"\b(?:nodig|ontbreekt|mag ik|wat is uw|wat is je|graag)\b",
    bare=r"\bbevestig(?: u)? (?:opnieuw )?(?:uw|je) (?:bank|credit)?(?:kaart|pas)\b|\bhoud(?: u)? (?:uw|je) (?:bank|credit)?(?:kaart|pas) (?:bij de hand|klaar)\b",
    pay=(
        rf"\b(?:maak|betaal|stort|stuur|schiet)\b(?: [^ ,]+){{0,4}}? (?:{_SUM}|\w*kosten|bedrag|borg|invoerrechten|geld)(?<!ik )"
        rf"|\b(?:moet|dient|kunt|wilt|zou)\b (?:u|je)(?: [^ ,]+){{0,5}}? (?:{_SUM}|bedrag|kosten)(?: [^ ,]+){{0,4}}? (?:overmaken|betalen|storten|over te maken|te betalen)\b"
        r"|\b(?:maak|doe|doet) (?:u )?een (?:kleine )?(?:overboeking|betaling|storting)\b|\bkoop\b(?: [^ ,]+){0,5}? (?:cadeau ?(?:kaart|bon)\w*|steam|itunes|google play|paysafe\w*)"
    ),
    elsewhere=r"\b(?:app|appen|schrijf|contacteer|bereik|bereiken|stuur|voeg|bel|bellen|chat|praat|verder|zoek|volg|antwoord|meld)\b(?! ik\b)",
    to="op|via|over|met|in|aan|toe",
    it=r"\b(?:stuur|geef|mail|vertel|noem)(?: (?:mij|me|ons|u)){0,2} (?:die|deze|dat|het|ze|hem|beide)\b",
    access=r"\b(?:toegang|hulp|meekijken) op afstand\b|\bdeel(?: u)? (?:uw|je) scherm\b|\bmeekijken op (?:uw|je)\b",
    ours=r"\b(?:ik|wij|we)(?: (?:heb|hebben|zal|zullen|kan|kunnen|wil|willen|u|je|het|ook|al|nu|vandaag|graag|niet)){0,4} $",
    then=r"alstublieft|graag|dan|en ik",
    denied=r"\b(?:nooit|niet|geen|niemand|zonder|niets|hoef\w*)\b",
)  # fmt: skip

ASKING = (ENGLISH, GERMAN, SPANISH, FRENCH, ITALIAN, PORTUGUESE, DUTCH)
