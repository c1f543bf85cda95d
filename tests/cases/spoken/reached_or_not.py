"""What colleagues say of a contact: sixty that deny it and sixty that tell of one were written before the code that reads them.

`MORE_DENIED` and `MORE_REACHED` were written after it, before it was tried on them.
"""

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


MORE_DENIED = """
    no pickup
    not picking up
    phone is switched off
    she never answers
    tried calling 3x no success
    called - vm
    VM
    no one home
    couldn't reach
    didnt answer
    wasn't there
    nobody there
    her phone is off
    line dead
    went to voicemail twice
    spoke with his wife, he is at work
    secretary says he is in a meeting
    rang, no joy, will text
    asked her mother to tell her
    mail daemon, address unknown
    Mailer-Daemon: user unknown
    message not delivered
    sms not delivered
    I have not called yet
    not yet
    haven't called yet
    need to call tomorrow
    calling her later today
    email returned, mailbox full
    auf die Mailbox gesprochen
    AB
    nicht erreichbar
    keiner da
    hat nicht abgehoben
    ging nicht dran
    geht keiner ran
    Leitung besetzt, versuche es später
    werde ihn morgen anrufen
    konnte niemanden erreichen
    leider kein Erfolg
    mit ihrem Mann gesprochen, sie war nicht da
    Rückruf erbeten, Nachricht auf Anrufbeantworter
    ligne occupée
    elle ne répond pas
    personne ne répond
    messagerie pleine
    absente, je réessaie demain
    on n'a pas réussi à la joindre
    le mail est revenu
    buzón lleno
    nadie contesta
    comunica
    no he podido localizarla
    no estaba en casa
    lo intentaré más tarde
    telefono spento
    non sono riuscito a parlarle
    casella piena
    ha squillato a vuoto
    la richiamo lunedì
    in gesprek
    hij was niet thuis
    niet bereikt
    antwoordapparaat
    morgen nog eens proberen
    ninguém atende
    telefone desligado
    deixei recado na caixa postal
    não consegui falar com ela
    ocupado
    phoned at nine and at ten, nobody picked up either time
    she doesn't answer her phone
    no response to my email so far
    could only speak to the machine
    talked to his colleague, he's in Spain till Friday
    phone number doesn't exist
    my text was not delivered
    tried the mobile and the landline without luck
    I'm going to ring her after the meeting
    reached only her daughter
    Anruf ging ins Leere
    hat aufgelegt
    unter der Nummer meldet sich niemand
    Nummer existiert nicht
    bin nicht durchgekommen
    ich melde mich morgen bei ihr
    toujours pas de réponse
    je n'arrive pas à la joindre
    ce numéro n'existe pas
    personne au bout du fil
    nadie coge el teléfono
    saltó el contestador
    mañana vuelvo a llamar
    non ha risposto nessuno
    riproverò domani
    la segreteria è piena
    niemand nam op
    nummer bestaat niet
    ninguém atendeu
    tentei duas vezes, sem sucesso
    tento de novo amanhã
    caiu na caixa postal
"""
MORE_REACHED = """
    she is fine now
    all good
    sorted
    Spoke w/ customer, refunding
    apology accepted
    had a good chat, no further action
    answered all her questions
    customer not happy but understands
    she wasn't pleased, wants a refund
    no answer needed, she is content
    she'd tried to call us five times, we talked it over
    he said he will call us tomorrow
    talked, will call again next week with the result
    first voicemail, then got her on the mobile
    refund agreed
    explained the delay, she will wait until Friday
    no voicemail this time, she picked up
    he could not find the parcel, we looked together
    spoke to Mr Busy
    she cried, I listened
    the line was bad but we talked
    nobody had told her about the delay, apologised
    wants to be called tomorrow with the date
    sent the replacement form by mail
    texted, she texted back a heart
    war nicht mehr sauer
    hat die Entschuldigung angenommen
    nach drei Versuchen endlich erreicht
    sie hat zurückgeschrieben
    Kundin ist zufrieden
    keine Rückerstattung gewünscht, nur eine Entschuldigung
    lange geredet, alles gut
    Gutschein per Mail geschickt
    elle ne veut pas de remboursement
    elle a décroché tout de suite
    il a bien compris
    très en colère au début, puis calmée
    on s'est parlé au téléphone
    excuses acceptées
    no está enfadada
    aceptó el cupón
    muy amable
    al final contestó y hablamos
    le expliqué el retraso
    era arrabbiata ma ha capito
    accetta il buono
    tutto risolto
    mi ha ringraziato
    ze was erg blij
    gebeld, alles besproken
    niet meer boos
    opgelost
    ela aceitou o vale
    não quer reembolso
    muito simpática
    conversamos bastante
    she picked up straight away
    got through on the second number
    had her on the phone for half an hour
    he rang me back this morning
    no answer yesterday, today we talked
    she says thanks for calling
    gave her a full refund, no complaints left
    she does not want a voucher, she wants the table
    sent flowers and a card
    apologised in person at the desk
    Kundin erreicht
    sie nimmt die Entschuldigung an, will aber kein neues Paket
    ging gleich ran
    heute zurückgerufen, alles geklärt
    sie hat sich für den Anruf bedankt
    j'ai eu la cliente au téléphone
    elle n'est plus fâchée
    il accepte l'échange
    ya no está enfadada
    he hablado con él
    l'ho sentita al telefono
    non è più arrabbiato
    heb met hem gebeld
    ze nam meteen op
    zij vindt het goed
    ela atendeu logo
    falei com a cliente, vai trocar amanhã
    enviei um e-mail com o pedido de desculpas
    respondeu que está tudo bem
"""
