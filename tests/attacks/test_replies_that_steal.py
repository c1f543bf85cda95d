"""Attacks 11 and 34: a reply that asks for secrets or money, or leads the customer to a stranger, in any spelling.

Each line stands in an otherwise good letter, so that nothing but the line can block it; each good letter passes.
"""

from __future__ import annotations

import pytest

from cases.model import Customer, Feedback
from cases.policy.page import Policy
from cases.replies.checks import Finding, Given
from cases.replies.drafts import Reply
from cases.replies.verdict import verdict

ANA = Customer(name="Ana Ruiz", email="ana@example.org", phone="+49 30 55501234")
KNOWN = Given(
    feedback=Feedback(
        external_id="1", source="form", customer=ANA, comment="Soup cold, an hour late.", order_ref="8812"
    ),
    signed_by="Tom",
)
LETTER = (
    "Dear Ana,\n\nI am sorry. I sent your soup out cold and an hour late. I have refunded the €38.50 you paid. "
    "May I bring a fresh one on Friday at 7 pm?\n{}\n\nTom"
)


def judged(body: str) -> tuple[Finding, ...]:
    return verdict(Reply(subject="Your soup", body=body), KNOWN, Policy())


def blocking(body: str) -> set[str]:
    return {finding.rule for finding in judged(body) if finding.severity == "block"}


def test_the_letter_around_the_attacks_is_a_good_one() -> None:
    assert blocking(LETTER.format("Would that suit you?")) == set()


@pytest.mark.long
@pytest.mark.parametrize(
    "line",
    [
        "Please confirm your card so the money can go back.",
        "Reply with your card number and the three digits on its back.",
        "Reply with your c-v-v and the month it runs out.",
        "Please reply with your c a r d n u m b e r.",
        "Please reply with your pаsswоrd.",  # two Cyrillic letters
        "Please reply with your p\u200bassw\u00adord.",
        "Please reply with your ｐａｓｓｗ０ｒｄ.",
        "Send me the code you get by text message and I will finish the refund.",
        "I have sent you a six-digit number; please read it back to me.",
        "I cannot refund you unless you send me your card number.",
        "Do not worry, just give me your bank details.",
        "What is your PIN?",
        "You chose a PIN when you signed up. Please send it to me.",
        "Could you send me a photo of both sides of your credit card?",
        "For the refund we require a copy of your passport.",
        "Please pay the redelivery fee of €1.99 first.",
        "You need to transfer a small amount so that we can match your account.",
        "Buy a 50 euro gift card and read me the numbers on the back.",
        "Install AnyDesk and tell me the nine digits it shows.",
        "Please let me connect to your computer so that I can fix the order.",
        "Let us continue on Signal.",
        "Your password, please.",
        "PIN?",
        "A quick photo of your passport and I release the payment.",
        "Once we receive your £5 we send back £58.",
        "A deposit of 20 euros to our account frees the parcel.",
        "Tell me the six numbers it shows.",
        "Zur Freigabe zahlen Sie bitte 4,99 € Bearbeitungsgebühr.",
        "Merci d'envoyer une copie de votre carte d'identité.",
        "¿Me puede dar su contraseña?",
        "Add soupdesk on Telegram for the refund.",
        "Bitte bestätigen Sie Ihre Kartennummer und die Prüfziffer, dann buche ich zurück.",
        "Schicken Sie mir bitte den Code, den Sie gleich per SMS bekommen.",
        "Überweisen Sie bitte 1 Euro, damit wir Ihr Konto zuordnen können.",
        "Por favor, indíqueme el número de su tarjeta y el código de seguridad.",
        "Escríbame por Telegram y lo arreglamos hoy mismo.",
        "Merci de me communiquer votre numéro de carte et le cryptogramme.",
        "Veuillez virer 3 euros de frais pour recevoir votre remboursement.",
        "Mi comunichi la password del suo conto, così faccio il rimborso.",
        "Faccia un bonifico di 2 euro per sbloccare il rimborso.",
        "Por favor envie o número do seu cartão e a senha.",
        "Faça um Pix de 5 reais para liberar o reembolso.",
        "Stuur mij uw kaartnummer en uw pincode, dan boek ik het terug.",
        "Maak eerst 1 euro over zodat wij uw rekening kunnen controleren.",
    ],
)
def test_reply_that_asks_for_what_no_shop_may_ask_blocks(line: str) -> None:
    assert "B7" in blocking(LETTER.format(line))


@pytest.mark.parametrize(
    "line",
    [
        "Write to @refund_desk and she will sort it out.",
        "Send it to refunds@okbank.",
        "Find me as $RefundDesk.",
        "It goes to 0x52908400098527886E0F7030069857D2E4169EE7.",
        "It goes to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.",
        "Mail it to rob at evil dot care.",
        "Mail it to rob (arroba) evil (punto) care.",
        "Look at refund-desk.services/claim for it.",
        "Look at claims.academy for it.",
        "Look at 203.0.113.9 for it.",
        "Look at refund-desk。care for it.",
    ],
)
def test_reply_that_names_a_strangers_address_blocks(line: str) -> None:
    assert blocking(LETTER.format(line)) & {"B2", "B3"}


@pytest.mark.parametrize(
    "line",
    [
        "Please call +44 7700 900123 today.",
        "Ring me on zero two zero seven nine four six zero nine nine one.",
        "Ring me on ٠٢٠٧٩٤٦٠٩٩١ before five.",
        "My number is 7700 900 123.",
        "Text 60999 to claim.",
        "Call 0900-SOUPNOW.",
    ],
)
def test_telephone_number_of_a_stranger_blocks_with_an_empty_list(line: str) -> None:
    assert "B6" in blocking(LETTER.format(line))


@pytest.mark.parametrize(
    "line",
    [
        "请把验证码发给我，我马上退款。",
        "Пожалуйста, пришлите номер вашей карты и код.",
        "الرجاء إرسال رقم بطاقتك والرمز السري.",
        "カード番号と暗証番号を教えてください。",
        "Lütfen kart numaranızı ve şifrenizi yazın, parayı hemen iade edelim.",
        "Lutfen kart numaranizi ve sifrenizi bana yazin hemen.",
        "Proszę podać numer karty i kod z wiadomości.",
        "Vänligen skicka ditt kortnummer och din kod så betalar vi tillbaka.",
    ],
)
def test_words_that_nobody_here_reads_block_in_an_english_letter(line: str) -> None:
    """Attacks 34: the gist is the model's word, and the checks are silent about what they cannot read."""
    assert "L4" in blocking(LETTER.format(line))


@pytest.mark.parametrize(
    "line",
    [
        "请在 refund-desk.services 输入。",
        "请在refund-desk.services输入。",
        "请写信给 rob@evil.care",
        "请拨打 4008208820",
    ],
)
def test_addresses_and_numbers_are_seen_in_every_language(line: str) -> None:
    body = f"亲爱的安娜，汤是冷的，而且晚了一个小时，非常抱歉。{line}"
    assert blocking(body) & {"B2", "B3", "B6"}


@pytest.mark.parametrize(
    "line",
    [
        "The money is back on the card you paid with.",
        "You will never be asked for your password by any of us.",
        "I have reset your password; the old one is gone.",
        "I gave you the wrong PIN for the key box, and you stood in the rain.",
        "I saw your message on WhatsApp only this morning.",
        "You wrote to us on Instagram on Sunday and I did not answer.",
        "I have put €50 on a new gift card, and it is in the post.",
        "Your code for 15% off is SORRY15; just type it in when you order.",
        "I've sent 30 pounds back to the account it came from; you need not do anything.",
        "Would you check your statement on Monday?",
        "Send me the amount, no receipt needed.",
        "Please send the box back at our cost.",
        "Shall I send it to your bank instead?",
        "The parcel is 00340434161094042557 with DHL, and invoice.pdf is attached, e.g. for Mr.Smith at 9.am.",
        "We close at 20.00, 24/7 and/or 3.5 hours; the α-blend is 41.5 °C warm.",
        "I typed your account wrongly, so the transfer came back to us.",
        "If you'd like another size, tell me which.",
        "I packed the remote control of the small screen.",
        "I mislaid your driving licence copy, and you need not send another.",
        "Our till asked for a password nobody had given you.",
        "I told you the wrong PIN for the gate, 4711 instead of 4177.",
        "The card ending in 4242 should have been charged, and I have undone the other.",
    ],
)
def test_good_letter_is_not_taken_for_a_thief(line: str) -> None:
    assert {rule for rule in blocking(LETTER.format(line)) if rule[0] == "B" or rule == "L4"} == set()


@pytest.mark.parametrize(
    "body",
    [
        "Liebe Frau Kern,\n\nes tut mir leid: Ich habe Ihre Suppe kalt losgeschickt, z.B. ohne Deckel. Die 38,50 € sind wieder auf Ihrer "
        "Karte. Ich habe Ihre Nachricht auf WhatsApp zu spät gesehen. Darf ich Ihnen am Freitag eine frische bringen?\n\nMira Vogt",
        "Estimada Carmen:\n\nLo siento: le mandé la sopa fría y con una hora de retraso. Le he devuelto los 38,50 € a la tarjeta con la que "
        "pagó. ¿Le llevo una nueva el viernes a las 21:00?\n\nLucía",
        "Chère Madame Petit,\n\nje suis désolée : j'ai envoyé votre soupe froide et avec une heure de retard. Les 38,50 € sont de retour "
        "sur votre carte. Puis-je vous en apporter une autre vendredi à 19 h ?\n\nMireille",
        "Gentile Signora Bianchi,\n\nmi dispiace: le ho mandato la zuppa fredda e con un'ora di ritardo. I 38,50 € sono di nuovo sulla sua "
        "carta. Posso portargliene un'altra venerdì alle 20?\n\nLuca",
        "Cara Sra. Lopes,\n\ncobrei a sua conta duas vezes e lamento muito. Já anulei a segunda cobrança de 64,20 €. Ligo-lhe na "
        "segunda-feira às 15h. É boa hora?\n\nLuís",
        "Beste mevrouw Jansen,\n\nhet spijt me: ik heb uw soep koud en een uur te laat verstuurd. De € 38,50 staat weer op uw rekening. "
        "Mag ik u vrijdag om 19.00 uur een nieuwe brengen?\n\nMarieke",
    ],
)
def test_good_letter_in_a_language_that_is_half_read_only_warns(body: str) -> None:
    found = judged(body)
    assert "L4" in {finding.rule for finding in found}
    assert [finding for finding in found if finding.severity == "block" and finding.rule[0] in "BL"] == []
