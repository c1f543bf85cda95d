"""What is at stake, by words that are grave in the company they stand in: law, press, privacy, dignity, harm, and what raises a failing.

A word alone tells nothing: *Gericht* is a dish, *Anzeige* an advertisement, *avocat* a fruit, and a solicitor may be the
firm that is praised. So each phrase names the neighbours that make the word grave, and counts only where the whole
text does not sound harmless. A word that languages share stands once, in the first of them. What is told without such words is for the head of danger to hear.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cases.model import Reason, Severity
from cases.spoken.phrases import Phrases
from cases.spoken.plain import Sentence

# The reason where somebody is in danger, by the sound of it, and where a model finds that very much is at stake.
DANGER, CRITICAL_STAKES = "danger", "critical_stakes"
OCCASION, CHURN = "occasion", "churn"


@dataclass(frozen=True)
class Stake:
    """One kind of thing at stake: the code of its reason, how grave it makes a case, and its phrases in each language."""

    code: str
    severity: Severity
    phrases: dict[str, tuple[str, ...]]

    @property
    def in_any_language(self) -> list[str]:
        """All the phrases: people mix languages, and one language's phrase says nothing in another."""
        return [phrase for phrases in self.phrases.values() for phrase in phrases]


def _critical(code: str, **phrases: tuple[str, ...]) -> Stake:
    return Stake(code, Severity.CRITICAL, phrases)


def _high(code: str, **phrases: tuple[str, ...]) -> Stake:
    return Stake(code, Severity.HIGH, phrases)


STAKES: tuple[Stake, ...] = (
    _critical(
        "distress",
        en=("(kill|harm|hurt) myself", "end (my life|it all)", "(want|ready|going) to die", "(not|no) ~ go on living", "no way out (any more|anymore)"),
        de=("umbringen", "(selbstmord|suizid)*", "(mir|sich) das leben nehmen", "nicht mehr (leben|weiterleben)"),
        fr=("suicid*", "(me|se) (tuer|foutre en l air)", "en finir avec (la vie|tout)", "mettre fin a (mes|ses) jours", "(plus|pas) envie de vivre"),
        es=("quitar(me|se) la vida", "no (quiero|puedo) (mas |seguir )(vivir|viviendo)"),
        it=("toglier(mi|si) la vita", "ammazzarmi", "farla finita", "non (voglio|riesco) (piu )?(a )?vivere"),
        nl=("zelfmoord", "zelfdoding", "(mezelf|zichzelf) ~ (iets aan|van kant)", "niet meer (leven|verder leven)", "uit het leven stappen"),
        pt=("(matar me|me matar)", "tirar a (minha |propria )?vida", "nao (quero|consigo) ~ viver", "acabar com a (minha )?vida"),
        pl=("samoboj*", "odebrac sobie zycie", "sie zabic", "nie chce (mi sie )?zyc"),
        sv=("sjalvmord*", "ta livet av mig", "(vill|orkar) inte leva"),
    ),
    _critical(
        "safety",
        en=("food poisoning", "salmonel*", "carbon monoxide", "(smell|smells|smelled|smelt|reek|reeks|leak|leaks|leaking) ~ gas", "gas leak", "electric shock", "(caught|catch|on|set) fire ~ (bedroom|bed|kitchen|house|hand|charger|car|table|asleep)",
            "(charger|battery|heater|socket|cable|phone|boiler|oven|bike|toaster|dryer|blanket) ~ (caught fire|burst into flames|exploded|blew up)", "(glass|metal|needle|blade|screw) in (my|our|the|his|her) (food|soup|salad|bread|yoghurt|drink|mouth|throat|cake)",
            "(rushed|taken|went|ended up|landed|admitted|put|still|back) ~ (in|to|into) (the )?(hospital|a and e|a e|er|emergency room|intensive care)", "epipen", "anaphyla*", "allergic (reaction|shock)"),
        de=("lebensmittelvergiftung", "kohlenmonoxid", "(nach gas (riech*|roch|gerochen|stink*)|(riech*|roch|stink*|stank) ~ nach gas)", "gas(geruch|leck)", "stromschlag", "(scherbe|scherben|glassplitter|glasscherbe*|metallsplitter) ~ (im|in der|in dem)", "(im|ins) krankenhaus ~ (weg*|nach|seit|gelandet|eingeliefert|gekommen|gebracht|bin|liegt)",
            "allergischer schock", "(in brand|feuer gefangen)", "(akku|ladegerat|kabel|steckdose|heizung) ~ (gebrannt|explodiert|brennt|feuer)"),
        fr=("intoxication* (alimentaire*)?", "intoxique(e|s|es)?", "monoxyde", "(odeur|sent|sentait|fuite) ~ gaz", "electrocute*", "pris feu", "(morceau*|bout*|eclat*) de verre", "(aux|l) (urgences|hopital) ~ (apres|a cause|suite|avec|depuis)", "(fini|finis|emmene*|transporte*|hospitalise*) ~ (urgences|hopital)", "choc allergique"),
        es=("intoxicacion*", "intoxicad(o|a|os|as)", "monoxido", "(olor|huele|olia|fuga|escape) ~ gas", "(se incendio|prendio fuego|en llamas)", "(cristal*|vidrio*) (en|dentro)", "(en|a|al) (urgencias|hospital) ~ (por|despues|con|tras)", "(acab*|termin*|ingresad*) ~ (urgencias|hospital)", "(choque|shock) anafilactico", "(calambre|descarga electrica)"),
        it=("intossicazion*", "intossicat(o|a|i|e)", "monossido", "(odore|puzza|perdita) di gas", "preso fuoco", "(pezzo|pezzi|scheggia|schegge) di vetro", "(al|in) (pronto soccorso|ospedale) ~ (per|dopo|con)", "(finit*|portat*|ricoverat*) ~ (pronto soccorso|ospedale)", "shock anafilattico", "scossa elettrica"),
        nl=("voedselvergiftiging", "koolmonoxide", "(gaslucht|gaslek)", "naar gas (rook|ruik*|stonk|stinkt)", "vlam gevat", "(glas|glasscherf|glasscherven) in (de|het|mijn)", "(in|naar) het ziekenhuis ~ (door|na|omdat|met)", "(beland*|opgenomen) ~ ziekenhuis", "(allergische reactie|anafylactische shock)", "elektrische schok"),
        pt=("intoxicacao", "(cheiro|cheira|cheirava|vazamento) (a |de )?gas", "pegou fogo", "incendiou se", "(pedaco*|caco*) de vidro", "(no|ao|para o|nas|as) (hospital|urgencia*|pronto socorro) ~ (por|depois|com|apos)", "(parar|acabei|acabou|internad*) ~ (hospital|urgencia*|pronto socorro)", "choque (anafilatico|eletrico)"),
        pl=("zatrucie", "zatru(l|la|li|ly)", "czad*", "(zapach|ulatnia*|czuc) ~ gaz*", "zapalil* sie", "(szklo|odlamek szkla) w", "(trafil*|wyladowal*) ~ (szpital*|sor)"),
        sv=("matforgift*", "kolmonoxid", "luktar gas", "gaslacka", "(borjade brinna|fattade eld)", "glasbit*", "(hamnade|akte) ~ (sjukhus*|akuten)", "(allergisk chock|elstot)"),
    ),
    _critical(
        "legal",
        en=("(my|our|an?|family|union s) ~ (solicitor|lawyer|attorney|barrister)s?", "(hear|hearing|letter|word|call) from ~ (solicitor|lawyer|attorney)s?", "(through|via|with|to|see|contact|contacting|contacted|consulted|instructed|involving|hire|hired) (the )?(solicitors|lawyers?|attorneys?|barristers?)",
            "legal (action|proceedings|steps|advice|team|representative|counsel)", "(see|take|taking|took|taken|drag|meet|go|going|settle|end up) ~ (in|to) (small claims )?court", "small claims", "lawsuit", "(will|ll|shall|to|am|are|could|might|i|we) (sue|suing) (you|them|the|your|this|if|for|over|unless)", "letter before (action|claim)", "press(ing)? charges",
            "trading standards", "ombuds(man|men|person)", "attorney general", "better business bureau", "consumer (rights act|watchdog|protection|council)", "(report*|complain*|write|written|gone|go|going|escalat*|refer*|taken|taking) ~ (regulator*|watchdog|authorities|inspectorate|commission)", "(equality|human rights) commission", "environmental health", "health and safety executive",
            "(call|called|calling|rang|ring|phone|phoned|report|reported|reporting|going|gone|go|went|been|told|contact*|involv*|statement) ~ police", "police (report|complaint|statement|matter|are|have|has|know|came|were|will)", "crime (number|reference)", "(given|gave|handed|passed) ~ (transport )?police"),
        de=("(mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|einen|einem|zum|vom|per) ~ (rechtsanwalt*|anwalt*|rechtsbeistand)", "(mit|uber|durch) anwalt", "rechtliche (schritte|mittel)", "(rechtsweg|rechtsschutzversicherung|gerichtlich*|mahnbescheid|amtsgericht|landgericht|arbeitsgericht)", "vor gericht",
            "verklag*", "klage ~ (einreichen|erheben|erhoben|eingereicht)", "(straf)?anzeige ~ (erstatt*|raus|gestellt|lauft|aufgegeben)", "(erstatt*|stelle|mache|droh*) ~ (straf)?anzeige", "strafanzeige", "(polizei|staatsanwalt*) ~ (informier*|eingeschaltet|verstandigt|gerufen|gemeldet|angezeigt|ermittelt|war|kam)", "(bei|zur) (der )?polizei", "(hol*|ruf*|rief|informier*|geh*|ging*|schalt*) ~ polizei",
            "(verbraucherzentrale|verbraucherschutz|schlichtungsstelle|ombudsstelle|ombudsmann|aufsichtsbehorde|gesundheitsamt|gewerbeaufsicht*|bundesnetzagentur|bafin|arztekammer|konsumentenschutz|arbeiterkammer|volksanwalt*)"),
        fr=("(contact*|saisi*|consult*|prend*|pris|parl*|voir|vu|passe*|confi*|informe*) ~ avocate?s?", "(par|via|chez|avec|aupres de|a) (mon|notre|nos|mes) avocate?s?", "(mon|notre|mes|nos) avocate?s? ~ (va|vous|s en|se|prend*|ecri*|suit|saisi*|dit|pense|pourra|enverra)", "(au|le|du) tribunal", "en justice", "(port*|depos*) ~ plainte", "mise en demeure", "huissier", "(mon|notre) conseil maitre",
            "(poursuites|voie|suites) judiciaires?", "protection juridique", "prud hommes", "plainte ~ (deposee|enregistree)", "(dgccrf|signalconso|signal conso|cnil|mediateur|mediatrice|defenseur des droits|repression des fraudes|que choisir|ufc|autorite de controle|ordre des medecins)", "(appel*|alle*|prevenu*|prevenir|contact*|va*|signal*|a) ~ (la |au )(police|gendarmerie|commissariat)"),
        es=("(mi|mis|nuestro|nuestra|nuestros|un|una) abogad(o|a|os|as)", "(con|por|via) abogado*", "(acciones|vias?) (legal*|judicial*)", "(ir|iremos|ire|voy|vamos|llevar*|ante|acudir*) ~ (tribunal*|juzgado*|juicio)", "(pon*|puse|puest*|present*|hice|hecho|interpuest*|interpon*) ~ (denuncia|demanda)", "(los|les|lo|la|os) (denuncio|denunciare*|demandare*)", "(voy|vamos) a (denunciar|demandar)*", "(en ejercicio de|ejerzo) (mis|nuestros) derechos",
            "denunci* ~ (a|ante|en) ~ (policia|juzgado|guardia civil)", "denuncia ~ (numero|presentada|puesta|interpuesta)", "(oficina del consumidor|hoja de reclamaciones|omic|profeco|indecopi|sernac|facua|defensor del pueblo|defensa del consumidor|arbitraje)", "(ante|a|en) (consumo|sanidad)", "(llam*|avis*|fui|ido|ir|acud*) ~ (a la )?policia"),
        it=("(mio|nostro|mia|nostra|un|dal) (avvocat(o|a)|legale)", "(all|l) avvocato ~ (ha|vi|mi|per|e|si)", "(vie|azion(e|i)) legal(i|e)", "in tribunale", "(vi|li|la) (denuncio|denunceremo|denuncero|querelo|cito)", "(fare|faccio|faremo|faro) causa", "(sporto|sporgere|sporgero|sporgo|fatto|faccio|presentat*|presentero|in corso) ~ (denuncia|querela)", "una denuncia in corso", "(diffido|diffidiamo) codest(a|o)",
            "(associazion(e|i) ~ consumatori|altroconsumo|codacons|federconsumatori|giudice di pace|diffida|antitrust|agcom|difensore civico)", "(al|dal) garante", "(chiam*|avvis*|segnal*|alla|alle|ai|i|dai|dalla) ~ (nas|asl|carabinieri|polizia|procura)"),
        nl=("(mijn|onze|via een|naar een|met een) (advocaat|advocate|jurist)", "juridische (stappen|hulp|bijstand)", "rechtsbijstand*", "(naar|voor|aan) de (rechter|rechtbank)", "kort geding", "(doe|deed|doen|gedaan|gaan|ga) ~ aangifte", "aangifte (gedaan|doen|bij)", "(geschillencommissie|consumentenbond|tuchtraad|tuchtcollege|toezichthouder|deurwaarder|dagvaard*|nvwa|acm|afm|testaankoop)", "(naar|bij|gebeld|bel) de politie", "politie (gebeld|ingeschakeld|bellen|is|heeft)"),
        pt=("(meu|minha|nosso|nossa|um|uma|ao) advogad(o|a)s?", "(acao|processo|medidas|vias) (judicia*|lega*)", "(vou|vamos|ser|quero) processar", "processa los", "(em|no|ao|a) (tribunal|justica|juizado)", "(procon|deco|asae|anatel|aneel|reclame aqui|pequenas causas|livro de reclamacoes|provedor de justica|defesa do consumidor|queixa crime)", "(apresent*|fiz|fazer|registr*|abri|dei) ~ (queixa|boletim|denuncia)", "(na|a) (delegacia|policia|psp|gnr)", "(chamar|chamei|chamamos|liguei) ~ policia"),
        pl=("(moj*|nasz*|do|przez|z|bedzie) (adwokat*|prawnik*|mecenas*)", "(do|w|przed) sad(u|zie|em)", "(pozew|pozwe|pozwiemy|prokuratur*|uokik|sanepid(u|em|owi)?|rzecznik* (praw|konsument|finansow)*)", "(na|zglosz*|zawiadom*) ~ policj*", "(kroki|droge) (prawne|sadow*)"),
        sv=("(min|var|en|med|via) (advokat|jurist)*", "rattsliga (atgarder|steg)", "(domstol*|tingsratten|stamma er)", "(konsumentombudsman*|konsumentverket|reklamationsnamnden|tillsynsmyndighet*|integritetsskyddsmyndigheten|arbetsmiljoverket|ivo)", "polisanmal*", "(anmal*|ringt|ringer) ~ polis*"),
    ),
    _critical(
        "press",
        en=("(go|going|gone|went|take|taking|taken|tell|told|talk|talking|speak|spoken|spoke|contact|contacted|contacting|call|called|send|sent|write|wrote|hear|been on) ~ (to|by|from|with)? ?(every|the|a|our|my)? ?(national )?(newspapers?|press|journalists?|paper|reporters?|media)", "(journalist|reporter|newspaper|local paper|local radio|tv station|television)s? ~ (wants?|interested|story|called|calling|asked|has|have|is|knows?)", "to the (papers|tv|news)"),
        de=("(geh*|wend*|informier*|ruf*|schalt*|kontaktier*|schreib*|erfahr*|meld*|gesprochen|red*) ~ (presse|zeitung|lokalzeitung|medien|fernsehen|journalist*)", "(an|bei|mit|zur) (die |der )?(presse|zeitung|lokalzeitung|bild) ~ (geh*|wend*|geb*|meld*|schick*|red*|sprech*|gesprochen)", "mit (anwalt|zeitung|presse)", "(journalist*|redaktion) ~ (interessier*|ruf*|angerufen|gemeldet|geschrieben)"),
        fr=("(appel*|contact*|alert*|previen*|prevenir|parl*|ecri*|racont*|inform*|transmet*|envoy*|envoie|saisi*|avert*) ~ (la |les |aux |des |un )(presse|journaux|journal|journalistes?|medias?|tele)(?! a)",),
        es=("(llam*|habl*|ir|ire|iremos|voy|vamos|cont*|escrib*|avis*|acud*|public*|mand*) ~ (prensa|periodic*|periodista*|medios|tele|television)",),
        it=("(chiam*|contatt*|scriv*|parl*|raccont*|avvis*|rivolg*|mand*|segnal*|vado|andro|andremo) ~ (giornal(e|i)|giornalist*|stampa|televisione|tv|striscia)", "sul giornale ~ (locale|domani|per)"),
        nl=("(naar|met|bij|aan) de (krant|pers|media|televisie)", "de (krant|pers) (heeft|bellen|gebeld|inlichten|ingelicht)", "journalist* ~ (gesproken|gebeld|heeft)"),
        pt=("(chamar|fal*|ir|vou|vamos|cont*|escrev*|mand*|envi*|denunci*) ~ (imprensa|jornal|jornais|jornalista*|televisao|comunicacao social|midia)",),
        pl=("(pojd*|napis*|zglosz*|opisz*|zadzwoni*|dam*) ~ (gazet*|pras*|medi*|telewizj*|dziennikarz*)",),
        sv=("(kontakt*|ring*|ga|gar|tipsa*|beratt*) ~ (tidning*|press*|media|journalist*|tv)",),
    ),
    _critical(
        "privacy",
        en=("(my|our|her|his|their|personal|private|medical|customer|everybody s|everyone s) ~ (data|details|records?|results?|address|file|diagnosis|statements?) ~ (leaked|shared|sold|visible|exposed|public|published|disclosed|to everyone|to strangers?|to another)", "(leaked|shared|sold|disclosed|published|exposed|gave out|passed on|read out) ~ (my|our|her|his|their) ~ (data|details|number|address|results?|records?|diagnosis|salary|information|file|name)",
            "sent (my|our|her|his) (medical|test|bank|personal|private|confidential|blood|patient|payslip*|passport) ~ to", "data (protection|breach|leak)", "gdpr", "(another|someone else s|somebody else s|other|a different) (customer|patient|person|client|tenant|member|man|woman|company|guest)( s)? ~ (details|data|bills?|invoices?|statements?|letters?|records?|results?|documents?|file|loan|prescription)", "hidden camera", "(see|open|shows?|read) ~ (everybody|everyone|other people)( s)? ~ (data|details|results?|records?|bills?|invoices?)", "without (my|our) (consent|permission)"),
        de=("datenschutz*", "dsgvo", "datenleck", "(daten|adresse|diagnose|befund*|nummer|gehalt*|kontodaten|unterlagen|akte*) ~ (an (dritte|fremde|alle|meinen|meine|andere)|weitergegeben|weitergeleitet|weitergereicht|veroffentlicht|offentlich|verkauft|einsehbar|offen)", "(rechnung*|befund*|daten|unterlagen|brief*|akte*) (eines|einer|von) (anderen|fremden|anderem) (kund*|patient*|person|mieter*|leut*)*", "ohne (meine|unsere) (einwilligung|zustimmung)", "loschung (meiner|unserer) daten"),
        fr=("(rgpd|donnees personnelles|protection des donnees|vie privee|secret medical)", "(donne*|transmis*|divulgu*|communiqu*|vendu*|envoy*|diffus*) ~ (mes|mon|ma|nos) (donnees|coordonnees|dossier|adresse|numero|resultat*|diagnostic|fiches? de paie|releve*)", "(dossier|donnees|facture*|resultat*|courrier*) d (un|une) autre (client*|patient*|personne)", "sans (mon|notre) (consentement|accord)"),
        es=("(proteccion de datos|lopd|datos personales)", "(dieron|dado|filtr*|compart*|vendi*|publica*|mandado|enviado|pasaron) ~ (mi|mis|nuestros) ~ (datos|direccion|informe*|numero|resultados|telefono|diagnostico|historial)", "(datos|informe*|factura*|resultado*) de otr(o|a) (cliente|paciente|persona)", "sin mi (consentimiento|permiso)"),
        it=("(privacy|dati personali|protezione dei dati)", "(dato|dati|divulgat*|condivis*|vendut*|pubblicat*|mandat*|inviat*|raccontat*) ~ (mio|miei|mia|mie) (dati|indirizzo|referto|referti|numero|diagnosi|cartella|conto|stipendio)", "(dati|referto|fatture|cartella|esami) di un altr(o|a) (cliente|paziente|persona)", "senza (il )?(mio )?(consenso|permesso)"),
        nl=("(datalek|avg|persoonsgegevens)", "(adres|dossier|uitslag|nummer|gegevens) ~ (gedeeld|doorgegeven|verkocht|openbaar|gelekt|zichtbaar|doorgestuurd)", "(gegevens|dossier|rekening|brieven) van een ander* (klant|patient|persoon)*", "zonder mijn toestemming"),
        pt=("(lgpd|protecao de dados|dados pessoais)", "(deram|partilh*|compartilh*|vend*|divulg*|public*|enviaram|mandaram|passaram) ~ (meu|minha|meus|minhas) ~ (dados|morada|endereco|numero|exames?|resultado*|telefone|diagnostico)", "(dados|exames|fatura*|resultado*) de outr(o|a) (cliente|paciente|pessoa)", "sem (o )?(meu|minha) (consentimento|autorizacao)"),
        pl=("(rodo|danych osobowych|dane osobowe|wyciek danych)",),
        sv=("(personuppgift*|dataintrang)", "mina uppgifter ~ (vidare|spridda|salda|ut)"),
    ),
    _critical(
        "discrimination",
        en=("(rac(ial|ially)|homophob*|transphob*|islamophob*|antisemit*|xenophob*|ableis*|misogyn*)", "(racial )?slurs?", "(because|due to|over) ~ (i am|i m|we are|we re|he is|she is|of our|my|his|her) ~ (black|asian|african|muslim|jewish|gay|lesbian|trans|disabled|deaf|blind|skin|race|accent|religion|disability|headscarf|hijab|wheelchair|surname|pregnant|foreign*)",
            "(heard|saw|learned|realised|realized|gave|told) ~ (surname|accent|headscarf|hijab|skin|guide dog)", "people like (us|me|them)", "(not|refus*|no) ~ (rent|serve|sell|seat|hire|let) ~ (to )?(foreigners|blacks|asians|muslims|jews|gays|immigrants|women|refugees)"),
        de=("(rassis*|diskriminier*|sexis*|auslanderfeindlich*|fremdenfeindlich*|behindertenfeindlich*)", "(weil|wegen) ~ (schwarz*|hautfarbe|kopftuch|auslander*|muslim*|jud*|schwul|lesbisch|rollstuhl|akzent|nachname*|herkunft|behinder*)", "(keine|an) auslander"),
        fr=("(racis*|discrimin*|validis*)", "(parce que|cause) ~ (noir*|arabe*|musulman*|juif*|juive*|voile*|handicap*|accent|couleur|origine*|gay|lesbienne|fauteuil)"),
        es=("(machis*|homofob*|xenofob*)", "(por|porque) ~ (negr(o|a)s?|musulman*|gitan*|moren(o|a)s?|acento|color de piel|velo|extranjer*|discapacidad|gay|lesbiana*|silla de ruedas)"),
        it=("(razzis*|sessis*|omofob*)", "(perche|per) ~ (ner(o|a|i)|pelle scura|musulman*|velo|stranier*|disabil*|accento|gay|lesbic*|carrozzina|ebre*)"),
        nl=("seksis*", "(omdat|vanwege|wegens) ~ (zwart|hoofddoek|moslim*|buitenlander*|huidskleur|achternaam|accent|rolstoel|handicap|homo|lesbisch)"),
        pt=("(por|porque) ~ (pret(o|a)s?|brasileir*|sotaque|cor da pele|veu|estrangeir*|deficien*|lesbica*|cadeira de rodas|cigan*)",),
        pl=("(rasis*|rasizm*|dyskrymin*|ksenofob*)",),
        sv=("(diskriminer*|framlingsfientlig*)",),
    ),
    _critical(
        "harassment",
        en=("(groped|groping|molest(ed|ing|er)|stalk(ed|ing|er|s)|raped?|sexual(ly)? (assault*|harass*|abus*|comments?|remarks?|advances|explicit)|sexual)", "(physically|was|were|been|me|her|him) assault(ed)?", "(touched|grabbed|punched|slapped|kicked|hit|shook|choked|spat at|threatened|pushed) (me|him|her|my|our|the baby|the child)"),
        de=("(begrapscht|vergewaltig*|sexuell* (belastig*|ubergriff*|missbrauch*)|(mich|sie|uns|ihn) ~ (geschlagen|getreten|bedroht|belastigt|angefasst))",),
        fr=("(attouchement*|viole(e|es)?|harcelement|harcele(e|es)?|agresse(e|es|s)?|agression*)", "(m|l|nous|t) (a|ont) (frappe*|gifle*|touche*|menace*|pousse*|insulte* racial*)"),
        es=("(acos(o|ado|ada) ~ me|manose*|me (agredio|golpeo|pego|toco|pateo|amenazo)|agredid(o|a)|violacion)",),
        it=("(molestat*|molestie|aggredit*|aggressione|palpeggi*|stupr*|(mi|ci|lo|la) ha (picchiat*|schiaffeggiat*|minacciat*|toccat*|spint*))",),
        nl=("(aangerand|aanranding|verkracht|mishandel*|betast|seksu* (intimidatie|misbruik|opmerking*)|(mij|me|haar|hem) ~ (geslagen|geschopt|bedreigd))",),
        pt=("(assedi(o|ou|ada|ado)|apalp*|estupr*|(me agrediu|agrediu me|me bateu|bateu me|me ameacou|passou a mao))",),
        pl=("(molestow*|zgwalc*|napastow*|pobi(l|la|li|ty)|uderzyl* (mnie|moj*)|grozil* mi)",),
        sv=("(ofred*|valdtag*|antasta*|misshandl*|slog (mig|min|mitt)|hotade mig|tog pa mig)",),
    ),
    _critical(
        "fraud",
        en=("(fraud department|fraudulent*|identity theft|(commit*|is|was|this|reporting) fraud)", "unauthori(s|z)ed (transaction|payment|charge|withdrawal|access|debit)s?", "(payments?|transactions?|purchases?|withdrawals?) ~ (i|we) (did not|never|have not) ~ (make|made|authori*|recogni*)", "(loan|account|contract|card|phones?) ~ in (my|his|her) name", "(stole|stolen|disappeared|missing|took) ~ from (my|our|her|his) (room|bag|account|wallet|safe|locker|flat|house)", "emptied (my|our|her|his) account"),
        de=("auf (meinen|unseren|ihren|seinen) namen ~ (kredit|konto|vertrag|bestell*|abgeschlossen|eroffnet)", "(kredit|konto|vertrag) ~ auf (meinen|ihren|seinen) namen", "(gestohlen|geklaut|entwendet) ~ (aus|von) (meinem|meiner|unserem|dem)", "(unterschrift ~ gefalscht|gefalschte unterschrift|identitatsdiebstahl)"),
        fr=("(pret|credit|compte|contrat) ~ (a|en) (mon|son) nom", "(vole(e|es|s)?|disparu*) ~ (de|dans) (mon|ma|notre|sa) (sac|chambre|compte|casier|valise)", "usurpation d identite", "(signature ~ imitee|fausse signature)"),
        es=("(prestamo|cuenta|contrato|linea) ~ a (mi|su) nombre", "(robaron|robado|robo|desaparec*) ~ (de|en) (mi|mis|nuestra|la) (habitacion|cuenta|bolso|maleta|cartera|taquilla)", "suplantacion de identidad", "seguro que (jamas|nunca|no) firme"),
        it=("(prestito|conto|contratto) ~ a (mio|suo) nome", "(rubat*|sparit*) ~ (dalla|dal|in|nella) (mia |mio )?(camera|borsa|conto|valigia|stanza)", "(firma falsa|firma falsificata|furto d identita)"),
        nl=("(lening|rekening|contract|abonnement) ~ op mijn naam", "(gestolen|verdwenen) ~ uit (mijn|onze) (kamer|tas|kluis|auto|rekening)", "identiteitsfraude"),
        pt=("(emprestimo|conta|contrato) ~ (em|no) ?(meu|nome)", "(roubaram|roubad*|furtad*|sumiu|desapareceu) ~ (do|da|no|na) (meu|minha|nosso|nossa) (quarto|conta|mala|bolsa)", "roubo de identidade"),
        pl=("(kredyt|pozyczk*|umow*) na (moje|jej|jego) (nazwisko|dane)", "(ukrad*|skradzion*) ~ z (mojego|mojej|pokoju)"),
        sv=("(lan|konto|abonnemang) i mitt namn", "stulen fran (mitt|min)"),
    ),
    # What raises a failing and is no failing by itself.
    _high(
        OCCASION,
        en=("(birthday|wedding|funeral|anniversary|christening|baptism|graduation|honeymoon|baby shower|memorial|burial|cremation|bar mitzvah|communion|christmas (eve|day|dinner|present)|mother s day|valentine*|prom|engagement party)",),
        de=("(geburtstag*|hochzeit*|beerdigung*|begrabnis*|beisetzung*|taufe|trauung|kommunion|konfirmation|heiligabend|abiball|flitterwochen|trauerfeier)",),
        fr=("(anniversaire|mariage|noces|enterrement|obseques|bapteme|funerailles|lune de miel|reveillon)",),
        es=("(cumpleanos|boda|entierro|bautizo|primera comunion|luna de miel|nochebuena|quinceanera|velorio|velatorio)",),
        it=("(compleanno|matrimonio|nozze|funeral(e|i)|battesimo|comunione|laurea|luna di miele|vigilia)",),
        nl=("(verjaardag|bruiloft|trouw(dag|feest)|begrafenis|uitvaart|crematie|doop|communie|huwelijksreis|jubileum)",),
        pt=("(casamento|aniversario|enterro|batizado|batismo|lua de mel|formatura|missa)",),
        pl=("(urodzin*|wesel*|slub*|pogrzeb*|chrzcin*|komuni*)",),
        sv=("(fodelsedag*|brollop*|begravning*|dop|studenten)",),
    ),
    _high(
        "vulnerable",
        en=("(elderly|pensioner|wheelchair|pregnant|chemo*|cancer|alzheimer*|newborn|disabled|blind|deaf|autis*|dialysis|epilep*|bereaved|diabetic|housebound|terminally)", "(mother|father|mum|dad|gran|nan|grandmother|grandfather|husband|wife|son|daughter|aunt|uncle) (is|who is|has) (7|8|9)[0-9]", "(7|8|9)[0-9] year old", "(mother|father|mum|dad|wife|husband|son|daughter) ~ (died|passed away|dying)", "stranded"),
        de=("(schwanger*|rollstuhl*|krebs|demenz|pflegebedurftig*|behinder*|gehorlos*|neugeboren*|witwe*)", "(7|8|9)[0-9] ?jahr*", "(mutter|vater|mann|frau|oma|opa|sohn|tochter) ~ (gestorben|verstorben|verstarb)"),
        fr=("(enceinte|fauteuil roulant|chimio*|handicap*|nouveau ne|aveugle|sourd*|endeuil*)", "(7|8|9)[0-9] ans", "(mere|pere|mari|femme|fils|fille|mamie|papi) ~ (decede*|mort|morte)"),
        es=("(embarazada|silla de ruedas|quimio*|demencia|discapacitad*|discapacidad|recien nacid*|cieg(o|a)|sord(o|a))", "(7|8|9)[0-9] anos", "(madre|padre|mama|papa|marido|mujer|hijo|hija|abuela|abuelo) ~ (murio|fallecio|fallecid*)"),
        it=("(incinta|carrozzina|sedia a rotelle|cancro|tumore|chemio*|demenza|disabil*|neonat*|cieco|cieca)", "(7|8|9)[0-9] anni", "(madre|padre|mamma|papa|marito|moglie|figlio|figlia|nonna|nonno) ~ (mort(o|a)|mancat(o|a))"),
        nl=("(zwanger|rolstoel|kanker|dement*|gehandicapt*|pasgeboren|doof)", "(7|8|9)[0-9] jaar", "(moeder|vader|man|vrouw|zoon|dochter|oma|opa) ~ (overleden|gestorven)"),
        pt=("(gravida|cadeira de rodas|deficien*|recem nascid*|ceg(o|a)|surd(o|a))", "(mae|pai|marido|esposa|filho|filha|avo) ~ (morreu|faleceu|falecid*)"),
    ),
    _high(
        "asked_before",
        en=("(second|third|fourth|fifth|sixth|tenth|umpteenth|2nd|3rd|4th|5th|6th) (time|email|e mail|mail|message|call|attempt|letter|request|reminder|complaint|ticket|visit)", "(two|three|four|five|six|seven|eight|ten|several|many|countless|[2-9]|[1-9][0-9]) (times|emails|e mails|mails|calls|messages|letters|reminders|complaints|tickets)", "(asked|called|rang|wrote|written|emailed|complained|chased|phoned) ~ (twice|again|repeatedly)"),
        de=("zum (zweiten|dritten|vierten|funften|x ten|wiederholten) mal", "(zwei|drei|vier|funf|sechs|[2-9]) ?mal ~ (angerufen|geschrieben|gemeldet|reklamiert|nachgefragt|beschwert)", "(zweite|dritte|vierte|funfte) (mail|e mail|nachricht|anruf|brief|mahnung|termin|versuch)", "mehrfach ~ (angerufen|geschrieben|gemeldet|reklamiert|nachgefragt)"),
        fr=("(deuxieme|seconde|troisieme|quatrieme|cinquieme|enieme|[2-9]e|[2-9]eme) (fois|mail|message|appel|courrier|relance|visite)", "(deux|trois|quatre|cinq|plusieurs|[2-9]) (fois|mails|messages|appels|courriers|relances)"),
        es=("(segunda|tercera|cuarta|quinta|enesima) (vez|llamada|visita)", "(dos|tres|cuatro|cinco|varias|[2-9]) (veces|correos|llamadas|mensajes)"),
        it=("(seconda|terza|quarta|quinta|ennesima) (volta|mail|chiamata|telefonata)", "(due|tre|quattro|cinque|diverse|[2-9]) (volte|mail|chiamate|telefonate)"),
        nl=("(tweede|derde|vierde|vijfde|zoveelste) (keer|mail|bericht|telefoontje|brief)", "(twee|drie|vier|vijf|meerdere|[2-9]) (keer|mails|berichten|telefoontjes)"),
        pt=("(segunda|terceira|quarta|quinta|enesima) (vez|chamada|visita)", "(duas|tres|quatro|cinco|varias|[2-9]) (vezes|mensagens|chamadas)"),
    ),
    _high(
        "long_wait",
        en=("(for|since|after|waiting|waited|took|taken|past|in|over|than) ~ (weeks|months)", "(two|three|four|five|six|seven|eight|several|[2-9]|[1-9][0-9]) (weeks|months) (ago|later|late|now|and)", "(over|more than) a (month|week|year)"),
        de=("(seit|nach|warte|warten|uber|schon|vor) ~ (wochen|monaten|monate)",),
        fr=("(depuis|apres|attends|attend|ca fait|cela fait|voila|pendant) ~ (semaines|mois)",),
        es=("(desde|hace|llevo|llevamos|tras|despues de|esper*) ~ (semanas|meses)",),
        it=("(da|dopo|aspett*|sono) ~ (settimane|mesi)",),
        nl=("(al|sinds|na|wacht|wachten|gewacht) ~ (weken|maanden)",),
        pt=("(ha|faz|apos|aguardo) ~ (semanas|meses)",),
    ),
    Stake(
        CHURN,
        Severity.NORMAL,
        {
            "en": ("never again", "(not|never|no longer) ~ (order|come|coming|book|buy|shop|return|go|use|be back|recommend|set foot) ~ (again|back|anymore|any more|here|you)", "(cancel|cancelling|canceling|cancelled|closing|leaving|ending) ~ (contract|account|subscription|membership|policy)", "(last|final) (time|order) (i|we|from us)", "(moving|switching|switched|going|gone|taking) ~ (competitor|another|elsewhere)", "lost (me as )?a customer"),
            "de": ("nie wieder", "(komme|kommen|bestelle|bestellen|kaufe|kaufen|buche) ~ nicht (mehr|wieder)", "(kundig|wechsel)* ~ (vertrag|anbieter|abo|konto)", "(das letzte mal|zum letzten mal)"),
            "fr": ("plus jamais", "(reviendr|command|acheter)* (plus|pas)", "(resili|change)* ~ (contrat|abonnement|fournisseur|banque)", "derniere fois"),
            "es": ("nunca mas", "no (vuelvo|volvere|volveremos|vuelve)", "(cancel|cambi|dar de baja)* ~ (contrato|suscripcion|cuenta|compania)", "ultima vez"),
            "it": ("mai piu", "non (torno|tornero|torneremo|compro|ordino)", "(disdic|disdett|cambi)* ~ (contratto|abbonamento|fornitore|banca)", "ultima volta"),
            "nl": ("nooit meer", "(kom|koop|bestel)* ~ niet meer", "(zeg|opzeg|stap)* ~ (contract|abonnement|over|op)", "laatste keer"),
            "pt": ("nunca mais", "nao (volto|voltarei|voltamos|compro)", "(cancel|mud)* ~ (contrato|assinatura|conta|operadora|banco)", ),
        },
    ),
)  # fmt: skip


def at_stake(text: list[Sentence]) -> Iterator[tuple[Stake, Reason]]:
    """What is at stake by the words of a text, the gravest first, each once and with the words that say so."""
    for place, (sentence, match) in _phrases().first(text).items():
        yield STAKES[place], Reason(STAKES[place].code, sentence.quote(match))


@cache
def _phrases() -> Phrases:
    return Phrases([stake.in_any_language for stake in STAKES])


_OF_OLDER_CASES = frozenset({"child", "police"})  # safety and the law, before they were one reason each
GRAVE: frozenset[str] = _OF_OLDER_CASES.union(
    {DANGER, CRITICAL_STAKES, *(stake.code for stake in STAKES if stake.severity is Severity.CRITICAL)}
)
"""Reasons after which no model is told of the case, a person calls, and nothing is admitted in writing: a doctor, a court or a
newspaper may read it later."""
