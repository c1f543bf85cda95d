"""The sentences of a scaffold in the languages that replies can be begun in; what only a person knows is a blank.

They address the customer as strangers are addressed, and name nobody's sex: not the writer's, who is not known yet, nor
the customer's. Nor do they know whether the customer wrote, called or came by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "de", "fr", "es", "it", "nl", "pt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """One language. `question` asks what would make it right, `wished` answers what they said to it, `given` tells what they get; `holding_question` whether the time of a call suits.

    `late` is said before a promise falls due, `missed` after; `amends` and `new_date` go with them. `ended` asks whether all
    is well now, and `ended_else` what to do if it is not. A letter that follows an answer says `thanks`, has a blank for each
    thing `asked` or one for `all_else`, and says of each promise that it `stands` or is `kept`.
    """

    hello: str
    hello_nameless: str
    about: str
    about_what: str
    rated: str
    meant: str
    sorry: str
    told_twice: str
    not_the_first: str
    done: str
    question: str
    given: str
    wished: str
    promise: str
    holding_sorry: str
    holding: str
    holding_question: str
    late: str
    missed: str
    promised: str
    amends: str
    new_date: str
    ended: str
    ended_else: str
    thanks: str
    asked: str
    all_else: str
    stands: str
    kept: str
    order: str
    message: str
    your_name: str


SKELETONS: dict[Language, Skeleton] = {
    "en": Skeleton(
        hello="Hello {name},",
        hello_nameless="Hello,",
        about="You told us about {matter}.",
        about_what="⟨what went wrong for them, in your words⟩",
        rated="You gave us {value} out of {scale}.",
        meant="⟨what this meant for them, in one line⟩",
        sorry="I am sorry that we ⟨what we did wrong, plainly and without a reason⟩.",
        told_twice="You had to tell us more than once, and I am sorry for that too.",
        not_the_first="It is not the first time that you have had to turn to us, and I am sorry for that too.",
        done="I have ⟨what you have done already, or what you offer⟩.",
        question="What would make this right for you?",
        given="To put it right, ⟨what we give, as you say it to them: {what}⟩.",
        wished="⟨your answer to what would make it right for them: {what}⟩",
        promise="By ⟨weekday, date and time⟩ I will ⟨what you will do⟩.",
        holding_sorry="I am sorry that you are going through this.",
        holding="I would rather speak with you than write. ⟨who will call⟩ will call you by ⟨weekday, date and time⟩.",
        holding_question="Is that a good time for you?",
        late="We promised you {promised} by {due}. We will not keep that date, and I am sorry.",
        missed="We promised you {promised} by {due}. We did not keep that promise, and I am sorry.",
        promised="⟨what was promised, as you say it to them: {what}⟩",
        amends="To make up for it, ⟨what you give at once, such as some of the money back⟩.",
        new_date="By ⟨new weekday, date and time⟩ I will ⟨what you will do⟩.",
        ended="May I ask whether all is well now?",
        ended_else="If anything is not, please tell me.",
        thanks="Thank you for writing back.",
        asked="⟨your answer to: {question}⟩",
        all_else="⟨your answer to what they wrote⟩",
        stands="By {due} we will {promised}, as we promised.",
        kept="Done, as we promised: ⟨what came of it: {what}⟩.",
        order="Your order {order}",
        message="Your message",
        your_name="⟨your name⟩",
    ),
    "de": Skeleton(
        hello="Hallo {name},",
        hello_nameless="Guten Tag,",
        about="Sie haben sich an uns gewandt; es geht um {matter}.",
        about_what="⟨was schiefgegangen ist, in Ihren Worten⟩",
        rated="Sie haben uns {value} von {scale} gegeben.",
        meant="⟨was das für die Kundin oder den Kunden bedeutet hat, in einer Zeile⟩",
        sorry="Es tut mir leid, dass wir ⟨was wir falsch gemacht haben, klar und ohne Begründung⟩.",
        told_twice="Sie mussten es uns mehr als einmal sagen; auch das tut mir leid.",
        not_the_first="Es ist nicht das erste Mal, dass Sie sich an uns wenden müssen; auch das tut mir leid.",
        done="Ich habe ⟨was schon getan ist oder was Sie anbieten⟩.",
        question="Womit können wir das für Sie wiedergutmachen?",
        given="Damit es wieder gut wird: ⟨was wir geben, wie Sie es dem Gegenüber sagen: {what}⟩.",
        wished="⟨Ihre Antwort auf den Wunsch: {what}⟩",
        promise="Bis ⟨Wochentag, Datum und Uhrzeit⟩ werde ich ⟨was Sie tun werden⟩.",
        holding_sorry="Es tut mir leid, dass Sie das durchmachen.",
        holding="Ich möchte lieber mit Ihnen sprechen als schreiben. ⟨Wer anruft⟩ ruft Sie bis ⟨Wochentag, Datum und Uhrzeit⟩ an.",
        holding_question="Passt Ihnen diese Zeit?",
        late="Wir haben Ihnen bis {due} etwas versprochen: {promised}. Diesen Termin werden wir nicht halten; das tut mir leid.",
        missed="Wir haben Ihnen bis {due} etwas versprochen: {promised}. Das haben wir nicht gehalten; es tut mir leid.",
        promised="⟨was versprochen war, wie Sie es dem Gegenüber sagen: {what}⟩",
        amends="Als Wiedergutmachung ⟨was Sie sofort geben, etwa einen Teil des Geldes zurück⟩.",
        new_date="Bis ⟨neuer Wochentag, Datum und Uhrzeit⟩ werde ich ⟨was Sie tun werden⟩.",
        ended="Darf ich fragen, ob jetzt alles in Ordnung ist?",
        ended_else="Wenn nicht, sagen Sie es mir bitte.",
        thanks="Danke für Ihre Antwort.",
        asked="⟨Ihre Antwort auf: {question}⟩",
        all_else="⟨Ihre Antwort auf das, was geschrieben wurde⟩",
        stands="Es bleibt bei dem, was wir versprochen haben: {promised}, bis {due}.",
        kept="Erledigt, wie versprochen: ⟨was daraus geworden ist: {what}⟩.",
        order="Ihre Bestellung {order}",
        message="Ihre Nachricht",
        your_name="⟨Ihr Name⟩",
    ),
    "fr": Skeleton(
        hello="Bonjour {name},",
        hello_nameless="Bonjour,",
        about="Ce que vous nous avez dit concerne {matter}.",
        about_what="⟨ce qui s'est mal passé, avec vos mots⟩",
        rated="Vous nous avez donné {value} sur {scale}.",
        meant="⟨ce que cela a signifié pour la personne, en une ligne⟩",
        sorry="Je vous présente mes excuses : nous ⟨ce que nous avons mal fait, clairement et sans justification⟩.",
        told_twice="Vous avez dû nous le dire plus d'une fois ; je m'en excuse aussi.",
        not_the_first="Ce n'est pas la première fois que vous devez vous adresser à nous ; je m'en excuse aussi.",
        done="J'ai ⟨ce que vous avez déjà fait, ou ce que vous proposez⟩.",
        question="Qu'est-ce qui réparerait cela pour vous ?",
        given="Pour réparer cela : ⟨ce que nous donnons, comme vous le diriez à la personne : {what}⟩.",
        wished="⟨votre réponse au souhait : {what}⟩",
        promise="D'ici ⟨jour, date et heure⟩, je vais ⟨ce que vous ferez⟩.",
        holding_sorry="Je regrette ce que vous traversez.",
        holding="Je préfère vous parler plutôt que d'écrire. ⟨Qui appellera⟩ vous appellera avant ⟨jour, date et heure⟩.",
        holding_question="Ce moment vous convient-il ?",
        late="Nous vous avions promis {promised} pour le {due}. Nous ne tiendrons pas cette date ; je m'en excuse.",
        missed="Nous vous avions promis {promised} pour le {due}. Nous n'avons pas tenu cette promesse ; je m'en excuse.",
        promised="⟨ce qui a été promis, comme vous le diriez à la personne : {what}⟩",
        amends="Pour réparer cela, ⟨ce que vous donnez tout de suite, par exemple une partie de l'argent⟩.",
        new_date="D'ici ⟨nouveau jour, date et heure⟩, je vais ⟨ce que vous ferez⟩.",
        ended="Puis-je vous demander si tout va bien maintenant ?",
        ended_else="Si ce n'est pas le cas, dites-le-moi, je vous prie.",
        thanks="Merci de m'avoir répondu.",
        asked="⟨votre réponse à : {question}⟩",
        all_else="⟨votre réponse à ce message⟩",
        stands="Notre promesse tient toujours : {promised}, pour le {due}.",
        kept="C'est fait, comme promis : ⟨ce qu'il en est : {what}⟩.",
        order="Votre commande {order}",
        message="Votre message",
        your_name="⟨votre nom⟩",
    ),
    "es": Skeleton(
        hello="Hola, {name}:",
        hello_nameless="Hola:",
        about="Se dirigió a nosotros por {matter}.",
        about_what="⟨qué salió mal, con sus palabras⟩",
        rated="Nos dio {value} de {scale}.",
        meant="⟨qué supuso para la persona, en una línea⟩",
        sorry="Le pido disculpas porque ⟨qué hicimos mal, con claridad y sin excusas⟩.",
        told_twice="Tuvo que decírnoslo más de una vez; también por eso le pido disculpas.",
        not_the_first="No es la primera vez que tiene que acudir a nosotros; también por eso le pido disculpas.",
        done="He ⟨qué está hecho ya, o qué ofrece⟩.",
        question="¿Qué podríamos hacer para arreglarlo?",
        given="Para arreglarlo: ⟨qué damos, como se lo dice a la persona: {what}⟩.",
        wished="⟨su respuesta al deseo: {what}⟩",
        promise="A más tardar el ⟨día, fecha y hora⟩ voy a ⟨qué hará usted⟩.",
        holding_sorry="Siento mucho lo que está pasando.",
        holding="Prefiero hablar con usted a escribirle. ⟨Quién llamará⟩ le llamará antes del ⟨día, fecha y hora⟩.",
        holding_question="¿Le viene bien esa hora?",
        late="Le prometimos {promised} a más tardar el {due}. No vamos a cumplir esa fecha, y le pido disculpas.",
        missed="Le prometimos {promised} a más tardar el {due}. No hemos cumplido esa promesa, y le pido disculpas.",
        promised="⟨qué se prometió, como se lo dice a la persona: {what}⟩",
        amends="Para compensarlo, ⟨qué da ahora mismo, por ejemplo parte del dinero⟩.",
        new_date="A más tardar el ⟨nuevo día, fecha y hora⟩ voy a ⟨qué hará usted⟩.",
        ended="¿Puedo preguntarle si ahora todo está bien?",
        ended_else="Si no es así, le ruego que me lo diga.",
        thanks="Gracias por responder.",
        asked="⟨su respuesta a: {question}⟩",
        all_else="⟨su respuesta a lo que escribió la persona⟩",
        stands="Sigue en pie lo que le prometimos: {promised}, a más tardar el {due}.",
        kept="Hecho, como prometimos: ⟨en qué quedó: {what}⟩.",
        order="Su pedido {order}",
        message="Su mensaje",
        your_name="⟨su nombre⟩",
    ),
    "it": Skeleton(
        hello="Buongiorno {name},",
        hello_nameless="Buongiorno,",
        about="Ci ha contattato per {matter}.",
        about_what="⟨che cosa è andato storto, con parole Sue⟩",
        rated="Ci ha dato {value} su {scale}.",
        meant="⟨che cosa ha significato per la persona, in una riga⟩",
        sorry="Le chiedo scusa perché ⟨che cosa abbiamo sbagliato, con chiarezza e senza giustificazioni⟩.",
        told_twice="Ha dovuto dircelo più di una volta; Le chiedo scusa anche per questo.",
        not_the_first="Non è la prima volta che deve rivolgersi a noi; Le chiedo scusa anche per questo.",
        done="Ho ⟨che cosa è già fatto, o che cosa offre⟩.",
        question="Che cosa possiamo fare per rimediare?",
        given="Per rimediare: ⟨che cosa diamo, come lo dice alla persona: {what}⟩.",
        wished="⟨la Sua risposta al desiderio: {what}⟩",
        promise="Entro ⟨giorno, data e ora⟩ vado a ⟨che cosa farà⟩.",
        holding_sorry="Mi dispiace molto per quello che sta passando.",
        holding="Preferisco parlarLe piuttosto che scrivere. ⟨Chi chiamerà⟩ La chiamerà entro ⟨giorno, data e ora⟩.",
        holding_question="È un buon momento per Lei?",
        late="Le avevamo promesso {promised} entro {due}. Non rispetteremo questa data, e Le chiedo scusa.",
        missed="Le avevamo promesso {promised} entro {due}. Non abbiamo mantenuto questa promessa, e Le chiedo scusa.",
        promised="⟨che cosa era stato promesso, come lo dice alla persona: {what}⟩",
        amends="Per rimediare, ⟨che cosa dà subito, per esempio una parte del denaro⟩.",
        new_date="Entro ⟨nuovo giorno, data e ora⟩ vado a ⟨che cosa farà⟩.",
        ended="Posso chiederLe se adesso è tutto a posto?",
        ended_else="Se non lo è, La prego di dirmelo.",
        thanks="Grazie per averci risposto.",
        asked="⟨la Sua risposta a: {question}⟩",
        all_else="⟨la Sua risposta a quello che ha scritto la persona⟩",
        stands="Resta valido quello che Le abbiamo promesso: {promised}, entro {due}.",
        kept="Fatto, come promesso: ⟨com'è andata: {what}⟩.",
        order="Il Suo ordine {order}",
        message="Il Suo messaggio",
        your_name="⟨il Suo nome⟩",
    ),
    "nl": Skeleton(
        hello="Beste {name},",
        hello_nameless="Goedendag,",
        about="U nam contact met ons op over {matter}.",
        about_what="⟨wat er misging, in uw woorden⟩",
        rated="U gaf ons {value} van de {scale}.",
        meant="⟨wat dit voor de klant betekende, in één regel⟩",
        sorry="Het spijt me dat wij ⟨wat wij fout deden, duidelijk en zonder uitleg⟩.",
        told_twice="U moest het ons meer dan één keer vertellen; ook dat spijt me.",
        not_the_first="Het is niet de eerste keer dat u bij ons moet aankloppen; ook dat spijt me.",
        done="Ik heb ⟨wat al gedaan is, of wat u aanbiedt⟩.",
        question="Waarmee kunnen wij dit voor u goedmaken?",
        given="Om het goed te maken: ⟨wat wij geven, zoals u het tegen de klant zegt: {what}⟩.",
        wished="⟨uw antwoord op de wens: {what}⟩",
        promise="Uiterlijk ⟨dag, datum en tijd⟩ zal ik ⟨wat u gaat doen⟩.",
        holding_sorry="Het spijt me dat u dit meemaakt.",
        holding="Ik spreek u liever dan dat ik schrijf. ⟨Wie belt⟩ belt u uiterlijk ⟨dag, datum en tijd⟩.",
        holding_question="Komt dat tijdstip u gelegen?",
        late="Wij hebben u {promised} beloofd, uiterlijk {due}. Die datum gaan wij niet halen, en dat spijt me.",
        missed="Wij hebben u {promised} beloofd, uiterlijk {due}. Die belofte hebben wij niet gehouden, en dat spijt me.",
        promised="⟨wat er beloofd was, zoals u het tegen de klant zegt: {what}⟩",
        amends="Om het goed te maken ⟨wat u meteen geeft, bijvoorbeeld een deel van het geld terug⟩.",
        new_date="Uiterlijk ⟨nieuwe dag, datum en tijd⟩ zal ik ⟨wat u gaat doen⟩.",
        ended="Mag ik vragen of alles nu in orde is?",
        ended_else="Is dat niet zo, zegt u het me dan alstublieft.",
        thanks="Dank u voor uw antwoord.",
        asked="⟨uw antwoord op: {question}⟩",
        all_else="⟨uw antwoord op wat de klant schreef⟩",
        stands="Wat wij beloofden, blijft staan: {promised}, uiterlijk {due}.",
        kept="Gedaan, zoals beloofd: ⟨wat ervan geworden is: {what}⟩.",
        order="Uw bestelling {order}",
        message="Uw bericht",
        your_name="⟨uw naam⟩",
    ),
    "pt": Skeleton(
        hello="Olá, {name},",
        hello_nameless="Olá,",
        about="O que nos contou é sobre {matter}.",
        about_what="⟨o que correu mal, nas suas palavras⟩",
        rated="A sua avaliação foi de {value} em {scale}.",
        meant="⟨o que isto significou para a pessoa, numa linha⟩",
        sorry="Peço desculpa porque ⟨o que fizemos de errado, com clareza e sem justificações⟩.",
        told_twice="Teve de nos dizer mais de uma vez; também por isso peço desculpa.",
        not_the_first="Não é a primeira vez que tem de nos procurar; também por isso peço desculpa.",
        done="Da minha parte, ⟨o que já está feito, ou o que oferece⟩.",
        question="O que podemos fazer para resolver isto?",
        given="Para resolver isto: ⟨o que damos, como o diz à pessoa: {what}⟩.",
        wished="⟨a sua resposta ao desejo: {what}⟩",
        promise="Até ⟨dia, data e hora⟩ vou ⟨o que vai fazer⟩.",
        holding_sorry="Lamento muito o que lhe aconteceu.",
        holding="Prefiro falar consigo a escrever. ⟨Quem liga⟩ vai ligar-lhe até ⟨dia, data e hora⟩.",
        holding_question="É uma boa hora para si?",
        late="Prometemos-lhe {promised} até {due}. Não vamos cumprir essa data, e peço desculpa.",
        missed="Prometemos-lhe {promised} até {due}. Não cumprimos essa promessa, e peço desculpa.",
        promised="⟨o que foi prometido, como o diz à pessoa: {what}⟩",
        amends="Para compensar, ⟨o que dá já, por exemplo parte do dinheiro⟩.",
        new_date="Até ⟨novo dia, data e hora⟩ vou ⟨o que vai fazer⟩.",
        ended="Posso perguntar se agora está tudo bem?",
        ended_else="Se não estiver, peço que me diga.",
        thanks="Agradeço a sua resposta.",
        asked="⟨a sua resposta a: {question}⟩",
        all_else="⟨a sua resposta ao que a pessoa escreveu⟩",
        stands="Mantém-se o que lhe prometemos: {promised}, até {due}.",
        kept="Feito, como prometido: ⟨em que ficou: {what}⟩.",
        order="O seu pedido {order}",
        message="A sua mensagem",
        your_name="⟨o seu nome⟩",
    ),
}
