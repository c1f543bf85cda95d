"""What colleagues say of a contact, written before the code that reads it: sixty that deny it, sixty that tell of one."""

DENIED = {
    "en": """
        tried to call, no answer
        left a voicemail
        she did not pick up
        not reached
        nobody answered the phone
        called twice, it just rang
        the number is not in service
        wrong number
        line was busy all morning
        e-mail bounced
        mail came back as undeliverable
        will call tomorrow
        I'll try again after lunch
        couldn't get through to him
        haven't been able to reach her yet
        spoke to her voicemail
        left a message with her husband
        her mailbox is full
        he is on holiday until Monday, unreachable
        no luck
        rang out three times, going to email instead
        went straight to the answering machine
    """,
    "de": """
        keine Antwort
        niemand rangegangen
        auf Band gesprochen
        habe sie nicht erreicht
        Mailbox, rufe morgen noch mal an
        nur der Anrufbeantworter
        Nummer falsch
        besetzt
        geht nicht ans Telefon
        E-Mail kam zurück
        Nachricht hinterlassen
        nicht zu Hause angetroffen
    """,
    "fr": """
        pas de réponse
        je suis tombé sur le répondeur
        elle n'a pas décroché
        j'ai laissé un message
        injoignable
        numéro erroné
        je rappellerai demain
    """,
    "es": """
        no contesta
        no cogió el teléfono
        dejé un mensaje en el buzón de voz
        sin respuesta
        número equivocado
        llamaré mañana
    """,
    "it": """
        nessuna risposta
        non risponde
        ho lasciato un messaggio in segreteria
        numero sbagliato
        richiamo domani
    """,
    "nl": """
        geen gehoor
        voicemail ingesproken
        neemt niet op
        ik bel morgen terug
    """,
    "pt": """
        não atendeu
        caixa postal
        sem resposta
        vou ligar amanhã
    """,
}
REACHED = {
    "en": """
        she was relieved
        apologised, she will send photos
        left a message with her husband, she called back and we talked
        she did not answer at first, then we spoke
        spoke to her, no answer on the refund yet
        talked for ten minutes, very upset but fair
        he picked up on the third try
        told her about the refund
        not angry any more, takes the voucher
        no hard feelings, he will come again
        promised a new vase by Friday
        she is happy with a refund, will send it tomorrow
        voicemail first, then she rang back
        got hold of him at last
        reached her after two voicemails
        sent a long letter with an apology
        wrote to her and offered a replacement
        she replied within minutes
        explained why nobody had answered her mails
        she had left us three voicemails, we talked them through
        he accepts the apology
        met her in the shop
        no refund wanted, only an apology
        will get a new one, agreed on the phone
    """,
    "de": """
        war sehr freundlich
        mit ihr gesprochen, sie nimmt den Gutschein
        erst nicht erreicht, dann zurückgerufen und gesprochen
        haben telefoniert, Ersatz kommt morgen
        er hat sich gemeldet und bedankt
        erreicht, sie ist nicht mehr böse
        per Mail entschuldigt
        niemand hatte ihr geantwortet, das habe ich erklärt
        sie ging beim zweiten Mal ran
        habe ihr geschrieben und eine Erstattung angeboten
    """,
    "fr": """
        elle était soulagée
        je lui ai parlé, elle accepte le bon
        elle a rappelé après mon message
        joint au deuxième essai
        présenté nos excuses, remboursement demain
        pas contente mais elle comprend
        nous avons discuté longuement
    """,
    "es": """
        hablé con ella, está contenta
        contestó a la segunda
        primero no contestó, luego me llamó
        pedí disculpas y ofrecí un reembolso
        no quiere nada más
        me devolvió la llamada
    """,
    "it": """
        ho parlato con lei
        ha risposto subito
        mi ha richiamato dopo il messaggio
        non vuole il rimborso
        ci siamo scusati
    """,
    "nl": """
        ik heb haar gesproken
        ze belde terug na mijn voicemail
        excuses aangeboden
        hij was niet boos
    """,
    "pt": """
        falei com ela
        ele atendeu e ficou satisfeito
        pedi desculpa
        retornou a ligação
    """,
}


def listed(said: dict[str, str]) -> list[tuple[str, str]]:
    """(language, what was said), one for each line."""
    return [(tongue, line.strip()) for tongue, lines in said.items() for line in lines.strip().splitlines()]
