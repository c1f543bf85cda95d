"""Emoji by the short names Slack writes between colons, and the few the page offers to react with."""

from __future__ import annotations

import re
from typing import Final

# Names as in Slack's own events ("thumbsup" arrives as "+1"); both spellings are read.
_TABLE: Final = """
eyes 👀|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|zzz 💤|wave 👋|tada 🎉|no_entry_sign 🚫|no_entry ⛔
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|heart ❤️|broken_heart 💔|fire 🔥|rocket 🚀|pray 🙏|clap 👏|raised_hands 🙌|muscle 💪
point_right 👉|point_left 👈|point_up 👆|point_down 👇|ok_hand 👌|handshake 🤝|hand ✋|raised_hand ✋|writing_hand ✍️|v ✌️
smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|sweat_smile 😅|thinking_face 🤔|neutral_face 😐
slightly_frowning_face 🙁|disappointed 😞|cry 😢|sob 😭|angry 😠|rage 😡|worried 😟|sleeping 😴|partying_face 🥳|hugging_face 🤗
relieved 😌|weary 😩|scream 😱|sunglasses 😎|heart_eyes 😍|face_with_monocle 🧐|shrug 🤷|facepalm 🤦|person_frowning 🙍
red_circle 🔴|large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|white_circle ⚪|black_circle ⚫
large_green_square 🟩|large_red_square 🟥|large_yellow_square 🟨|warning ⚠️|rotating_light 🚨|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢
hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|clock3 🕒|clock9 🕘|date 📅|calendar 📆
spiral_calendar_pad 🗓️|sunrise 🌅|sunny ☀️|crescent_moon 🌙|coffee ☕|birthday 🎂|gift 🎁|package 📦|bouquet 💐|sparkles ✨|star ⭐|star2 🌟
email 📧|envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|mailbox 📫|phone 📞|telephone_receiver 📞|telephone ☎️|iphone 📱
speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|paperclip 📎|link 🔗
bookmark 🔖|pushpin 📌|round_pushpin 📍|label 🏷️|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑|bulb 💡|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|moneybag 💰|euro 💶|dollar 💵|credit_card 💳|receipt 🧾|truck 🚚
shopping_trolley 🛒|shopping_bags 🛍️|convenience_store 🏪|house 🏠|office 🏢|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️
arrows_counterclockwise 🔄|leftwards_arrow_with_hook ↩️|repeat 🔁|recycle ♻️|heavy_plus_sign ➕|heavy_minus_sign ➖|x ❌|o ⭕
question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|bangbang ‼️|information_source ℹ️|100 💯|trophy 🏆|medal 🏅|scales ⚖️
first_place_medal 🥇|crown 👑|robot_face 🤖|bust_in_silhouette 👤|busts_in_silhouette 👥|baby 👶|globe_with_meridians 🌐|earth_africa 🌍
rainbow 🌈|zap ⚡|boom 💥|dart 🎯|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|seedling 🌱|four_leaf_clover 🍀|hospital 🏥
ambulance 🚑|shield 🛡️|construction 🚧|octagonal_sign 🛑|passport_control 🛂|see_no_evil 🙈|speak_no_evil 🙊|salute 🫡
saluting_face 🫡|black_square_for_stop ⏹️|double_vertical_bar ⏸️|arrow_forward ▶️|fast_forward ⏩|stop_button ⏹️|pause_button ⏸️
"""
_ENTRIES: Final = [entry.split(" ") for entry in _TABLE.strip().replace("\n", "|").split("|")]
_CHARACTER: Final[dict[str, str]] = {name: character for name, character in _ENTRIES}  # noqa: C416 - dict() takes no lists
_TONE: Final = {str(number): chr(0x1F3FB + number - 2) for number in range(2, 7)}
_SHORTCODE: Final = re.compile(r"^(?P<name>[a-z0-9_+'-]+?)(?:::skin-tone-(?P<tone>[2-6]))?$")

PICKER: Final = (
    *("eyes", "white_check_mark", "zzz", "wave", "tada", "no_entry_sign"),
    *(
        "+1",
        "heart",
        "pray",
        "clap",
        "raised_hands",
        "+1::skin-tone-3",
        "wave::skin-tone-5",
        "joy",
        "cry",
        "thinking_face",
    ),
    *("fire", "bulb", "warning", "question", "x", "100", "coffee", "birthday"),
)
"""What the reaction picker shows: first the six the bot listens to, then what colleagues use anyway."""


def emoji(shortcode: str) -> str | None:
    """The characters of `wave` or `wave::skin-tone-3` (no outer colons), or None where the table has no such name."""
    found = _SHORTCODE.match(shortcode)
    character = _CHARACTER.get(found["name"]) if found else None
    if not found or not character or not found["tone"]:
        return character
    return character.removesuffix("\ufe0f") + _TONE[found["tone"]]
