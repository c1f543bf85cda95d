"""Files in the shapes in which tools export feedback, and what must be read of each row. Every word and name is invented."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from cases.arrivals.told import Means

Cell = str | float | bool | datetime | date | None
Read = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """A file by its name, and for each row what must be read of it, by the names of policy; None: it must not be read.

    `named` and `scale` are what nobody but the team can tell: it says so in policy or with --map and --scale.
    """

    name: str
    content: bytes
    read: tuple[Read, ...]
    named: tuple[tuple[Means, str], ...] = ()
    scale: float | None = None

    def __str__(self) -> str:
        return self.name


def _text(
    name: str,
    content: str,
    *read: Read,
    encoding: str = "utf-8",
    named: tuple[tuple[Means, str], ...] = (),
    scale: float | None = None,
) -> Export:
    return Export(name, content.encode(encoding), read, named, scale)


# Workbooks, as small as the formats allow

_DAY_ZERO = datetime(1899, 12, 30)
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(*sheets: Sequence[Sequence[Cell]], hidden: Sequence[int] = ()) -> bytes:
    """An Excel workbook of these sheets, dates as Excel keeps them: a number of days with a style."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(
        f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"{" state=" + chr(34) + "hidden" + chr(34) if n in hidden else ""}/>'
        for n in numbers
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in numbers
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="b" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="s" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, rows in enumerate(sheets, start=1)},
    }
    return _zipped(files)


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    lines = "".join(
        f'<row r="{r}">{"".join(_cell(f"{chr(64 + c)}{r}", cell) for c, cell in enumerate(cells, start=1))}</row>'
        for r, cells in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, datetime):
        return f'<c r="{place}" s="1"><v>{(cell - _DAY_ZERO).total_seconds() / 86400}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def ods(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A LibreOffice workbook of one sheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return _zipped({"mimetype": kind, "META-INF/manifest.xml": listed, "content.xml": content})


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, datetime):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def _zipped(files: Mapping[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return kept.getvalue()


# The exports. Times without a zone are Berlin's.

TRUSTPILOT = Export(
    "trustpilot.xlsx",
    xlsx(
        [
            ["Review Id", "Review Created (UTC)", "Review Consumer User Id", "Review Title", "Review Content", "Review Stars",
             "Source Of Review", "Review Language", "Domain Url", "Company Reply Date (UTC)", "Reference Id",
             "Consumer User Name", "Review Url"],
            ["65a1f0c2b7", datetime(2026, 1, 5, 10, 0), "5f0a", "Never again", "Three weeks, and no parcel came", 1.0,
             "Organic", "en", "shop.example", None, "8812", "Ana R", "https://reviews.example/65a1f0c2b7"],
            ["65a1f0c2b8", datetime(2026, 7, 6, 8, 30), "5f0b", "Lovely", "So pretty", 5.0,
             "Invitation", "en", "shop.example", datetime(2026, 7, 7, 9, 0), "8813", "Bo", "https://reviews.example/65a1f0c2b8"],
        ]
    ),
    (
        {"external_id": "65a1f0c2b7", "rating": (1, 5), "comment": "Three weeks, and no parcel came", "subject": "Never again",
         "name": "Ana R", "order_ref": "8812", "locale": "en", "occurred_at": "2026-01-05T10:00:00Z",
         "public_url": "https://reviews.example/65a1f0c2b7", "customer_id": "5f0a"},
        {"external_id": "65a1f0c2b8", "rating": (5, 5), "comment": "So pretty", "occurred_at": "2026-07-06T08:30:00Z", "name": "Bo"},
    ),
)  # fmt: skip

GOOGLE_PLAY = _text(
    "reviews_com.shop.example_202601.csv",
    "Package Name\tApp Version Code\tApp Version Name\tReviewer Language\tDevice\tReview Submit Date and Time\t"
    "Review Submit Millis Since Epoch\tReview Last Update Date and Time\tReview Last Update Millis Since Epoch\tStar Rating\t"
    "Review Title\tReview Text\tDeveloper Reply Date and Time\tDeveloper Reply Millis Since Epoch\tDeveloper Reply Text\tReview Link\r\n"
    "com.shop.example\t210\t2.1\tde\tpixel8\t2026-01-05T10:00:00Z\t1767607200000\t2026-01-05T10:00:00Z\t1767607200000\t1\t\t"
    'Stürzt ständig ab, "Bezahlen" geht nie\t2026-01-06T10:00:00Z\t1767693600000\tDas tut uns leid. Bitte schreiben Sie uns.\t'
    "https://play.example/r?reviewid=1\r\n"
    "com.shop.example\t210\t2.1\ten\tpixel8\t2026-01-07T10:00:00Z\t1767780000000\t2026-01-07T10:00:00Z\t1767780000000\t4\t"
    "Fine\tWorks\t\t\t\thttps://play.example/r?reviewid=2\r\n",
    {"rating": (1, 5), "comment": 'Stürzt ständig ab, "Bezahlen" geht nie', "locale": "de", "name": None,
     "occurred_at": "2026-01-05T10:00:00Z", "public_url": "https://play.example/r?reviewid=1"},
    {"rating": (4, 5), "comment": "Works", "subject": "Fine", "locale": "en", "public_url": "https://play.example/r?reviewid=2"},
    encoding="utf-16",
)  # fmt: skip

YELP = _text(
    "yelp_academic_dataset_review.json",
    '{"review_id":"KU_O5udG6zpxOg","user_id":"mh_-eMZ6K5RLWh","business_id":"XQfwVwDr-v0ZS3","stars":1.0,"useful":0,"funny":0,'
    '"cool":0,"text":"Waited an hour.\\nThe soup was cold.","date":"2026-01-05 22:11:03"}\n'
    '{"review_id":"BiTunyQ73aT9WB","user_id":"OyoGAe7OKpv6SyGZ","business_id":"7ATYjTIgM3jUlt","stars":5.0,"useful":1,"funny":0,'
    '"cool":1,"text":"Great brunch.","date":"2026-01-06 09:00:00"}\n',
    {"external_id": "KU_O5udG6zpxOg", "rating": (1, 5), "comment": "Waited an hour.\nThe soup was cold.",
     "customer_id": "mh_-eMZ6K5RLWh", "occurred_at": "2026-01-05T21:11:03Z"},
    {"external_id": "BiTunyQ73aT9WB", "rating": (5, 5), "comment": "Great brunch."},
)  # fmt: skip

JUDGE_ME = _text(
    "judgeme-published-reviews.csv",
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,picture_urls,ip_address,location\n"
    'Broken,"Arrived in two pieces,\nno answer to my mail",1,2026-01-05 10:12:00 UTC,web,ok,Camille Roux,camille@example.org,701,vase,'
    "We are sorry to hear that and will send another one.,https://img.example/1.jpg,203.0.113.4,Lyon\n"
    "Lovely,So pretty,5,2026-01-06 10:12:00 UTC,web,ok,Ida,ida@example.org,701,vase,,,203.0.113.5,\n",
    {"rating": (1, 5), "comment": "Arrived in two pieces,\nno answer to my mail", "subject": "Broken", "name": "Camille Roux",
     "email": "camille@example.org", "occurred_at": "2026-01-05T10:12:00Z", "order_ref": None},
    {"rating": (5, 5), "comment": "So pretty", "name": "Ida", "email": "ida@example.org"},
)  # fmt: skip

SHOPIFY = _text(
    "product_reviews.csv",
    "product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at\n"
    "vase,published,2,Meh,Ben,ben@example.org,Berlin,The glaze came off after a day,,2026-01-05 10:00:00 -0500,\n"
    "vase,published,5,Great,Ida,ida@example.org,Berlin,Love it,Thank you,2026-01-15 10:00:00 -0500,2026-01-16 10:00:00 -0500\n",
    {"rating": (2, 5), "comment": "The glaze came off after a day", "subject": "Meh", "name": "Ben", "email": "ben@example.org",
     "occurred_at": "2026-01-05T15:00:00Z"},
    {"rating": (5, 5), "comment": "Love it", "subject": "Great", "name": "Ida"},
)  # fmt: skip

WOOCOMMERCE = _text(
    "woocommerce-reviews.csv",
    "\ufeffsep=;\r\ncomment_ID;comment_post_ID;comment_author;comment_author_email;comment_author_url;comment_author_IP;"
    "comment_date;comment_date_gmt;comment_content;comment_karma;comment_approved;comment_agent;comment_type;comment_parent;user_id;rating\r\n"
    "12;7;Ben;ben@example.org;;203.0.113.4;2026-01-05 10:00:00;2026-01-05 09:00:00;Never arrived, nobody answers;0;1;"
    '"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit";review;0;0;1\r\n'
    "13;7;Ida;ida@example.org;;203.0.113.5;2026-01-05 11:00:00;2026-01-05 10:00:00;Wonderful;0;1;"
    '"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit";review;0;0;5\r\n',
    {"external_id": "12", "rating": (1, 5), "comment": "Never arrived, nobody answers", "name": "Ben", "email": "ben@example.org",
     "occurred_at": "2026-01-05T09:00:00Z"},
    {"external_id": "13", "rating": (5, 5), "comment": "Wonderful", "name": "Ida"},
)  # fmt: skip

SURVEYMONKEY = Export(
    "Order survey.xlsx",
    xlsx(
        [
            ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
             "Custom Data 1", "How satisfied are you with your order?", "What went wrong?", "How can we reach you?", None, None],
            [None, None, None, None, None, None, None, None, None, "Response", "Open-Ended Response", "Name", "Email Address", "Phone Number"],
            [114420000001.0, 430000001.0, datetime(2026, 1, 5, 10, 0), datetime(2026, 1, 5, 10, 2, 11), "203.0.113.9", None, None, None,
             "8812", "Very dissatisfied", "The box came open, and half of it was gone", "Ana Ruiz", "ana.ruiz@example.org", "+34 600 000 001"],
            [114420000002.0, 430000001.0, datetime(2026, 1, 15, 21, 10), datetime(2026, 1, 15, 21, 12, 30), "203.0.113.10", None, None, None,
             "8813", "Very satisfied", None, "Ben Okafor", "ben@example.org", None],
        ]
    ),
    (
        {"external_id": "114420000001", "rating": (1, 5), "comment": "The box came open, and half of it was gone", "name": "Ana Ruiz",
         "email": "ana.ruiz@example.org", "phone": "+34 600 000 001", "occurred_at": "2026-01-05T09:02:11Z"},
        {"external_id": "114420000002", "rating": (5, 5), "comment": None, "name": "Ben Okafor", "email": "ben@example.org"},
    ),
)  # fmt: skip

DELIGHTED = _text(
    "delighted-export.csv",
    "ID,Person ID,Survey type,Score,Comment,Permalink,Created at,Updated at,Customer name,Customer email,Tags,Notes\n"
    '90001,2,nps,3,"Slow, and no reply",https://delighted.example/r/1,2026-01-05 10:00:00 UTC,2026-01-05 10:00:00 UTC,Ana,ana@example.org,,\n'
    "90002,3,nps,9,Great,https://delighted.example/r/2,2026-01-06 10:00:00 UTC,2026-01-06 10:00:00 UTC,Bo,bo@example.org,vip,\n",
    {"external_id": "90001", "rating": (3, 10), "comment": "Slow, and no reply", "name": "Ana", "email": "ana@example.org",
     "occurred_at": "2026-01-05T10:00:00Z", "public_url": "https://delighted.example/r/1"},
    {"external_id": "90002", "rating": (9, 10), "comment": "Great", "name": "Bo"},
)  # fmt: skip

ASKNICELY = _text(
    "asknicely_responses.csv",
    "name,email,answer,comment,sent,responded,segment\n"
    "Ana,ana@example.org,3,Slow and careless,1767600000,1767607200,A\n"
    "Bo,bo@example.org,9,Great,1767600000,1767693600,B\n",
    {
        "rating": (3, 10),
        "comment": "Slow and careless",
        "name": "Ana",
        "email": "ana@example.org",
        "occurred_at": "2026-01-05T10:00:00Z",
    },
    {"rating": (9, 10), "comment": "Great", "name": "Bo"},
    named=((Means.RATING, "answer"),),
    scale=10,
)

CHATWOOT = _text(
    "csat_report.csv",
    "CSAT report from 2026-01-01 to 2026-01-31\n\n"
    "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date\n"
    "Lea,1,Nobody answered for two days,Ana Ruiz,ana@example.org,+34600000001,https://desk.example/app/accounts/1/conversations/55,"
    '"5 January 2026, 10:00"\n'
    'Lea,5,thanks,Bo,bo@example.org,,https://desk.example/app/accounts/1/conversations/56,"6 January 2026, 10:00"\n',
    {"rating": (1, 5), "comment": "Nobody answered for two days", "name": "Ana Ruiz", "email": "ana@example.org", "phone": "+34600000001",
     "public_url": "https://desk.example/app/accounts/1/conversations/55", "occurred_at": "2026-01-05T09:00:00Z"},
    {"rating": (5, 5), "comment": "thanks", "name": "Bo", "phone": None},
)  # fmt: skip

GOOGLE_FORMS = _text(
    "How was your order_ (Responses).csv",
    'Timestamp,"How was your order?\n(1 = terrible, 5 = wonderful)",What could we do better?,Your name,Email Address,Order number,'
    "May we contact you?\n"
    "1/15/2026 10:00:12,2,The ribbon was missing,Ana Ruiz,ana@example.org,8812,No\n"
    "1/5/2026 9:30:00,5,,Bo,bo@example.org,8813,Yes\n",
    {"rating": (2, 5), "comment": "The ribbon was missing", "name": "Ana Ruiz", "email": "ana@example.org", "order_ref": "8812",
     "contact_ok": False, "occurred_at": "2026-01-15T09:00:12Z"},
    {"rating": (5, 5), "comment": None, "name": "Bo", "contact_ok": True, "occurred_at": "2026-01-05T08:30:00Z"},
)  # fmt: skip

AMAZON = _text(
    "Reviews.csv",
    "Id,ProductId,UserId,ProfileName,HelpfulnessNumerator,HelpfulnessDenominator,Score,Time,Summary,Text\n"
    '1,B001E4KFG0,A3SGXH7AUHU8GW,delmartian,1,1,5,1767607200,Good quality,"I have bought several of these, and they are good."\n'
    '2,B00813GRG4,A1D87F6ZCVE5NK,dll pa,0,0,1,1767693600,Not as advertised,"Arrived labelled as jumbo; the peanuts were ""small"". '
    'Was this an error?"\n',
    {"external_id": "1", "rating": (5, 5), "comment": "I have bought several of these, and they are good.", "subject": "Good quality",
     "name": "delmartian", "customer_id": "A3SGXH7AUHU8GW", "occurred_at": "2026-01-05T10:00:00Z"},
    {"external_id": "2", "rating": (1, 5), "comment": 'Arrived labelled as jumbo; the peanuts were "small". Was this an error?',
     "subject": "Not as advertised", "occurred_at": "2026-01-06T10:00:00Z"},
    scale=5,
)  # fmt: skip

POLISH = _text(
    "opinie.csv",
    "Data;Ocena;Komentarz;Imię i nazwisko;Adres e-mail;Numer zamówienia\r\n"
    "05.01.2026 10:00;1;Paczka przyszła zgnieciona, a nikt nie odbiera telefonu. Żądam zwrotu pieniędzy!;Łucja Wójcik;lucja@example.org;8812\r\n"
    "15.01.2026 11:30;5;Wszystko w porządku, dziękuję;Zbigniew Żak;zbigniew@example.org;8813\r\n",
    {"rating": (1, 5), "comment": "Paczka przyszła zgnieciona, a nikt nie odbiera telefonu. Żądam zwrotu pieniędzy!",
     "email": "lucja@example.org", "occurred_at": "2026-01-05T09:00:00Z", "name": "Łucja Wójcik", "order_ref": "8812"},
    {"rating": (5, 5), "comment": "Wszystko w porządku, dziękuję", "email": "zbigniew@example.org"},
    encoding="cp1250",
    named=((Means.RATING, "Ocena"), (Means.NAME, "Imię i nazwisko"), (Means.ORDER_REF, "Numer zamówienia")),
    scale=5,
)  # fmt: skip

TITLED = Export(
    "Reklamationen Januar.xlsx",
    xlsx(
        [
            ["Reklamationen Januar 2026", None, None, None, None],
            ["Stand: 31.01.2026", None, None, None, None],
            [None, None, None, None, None],
            ["Datum", "Sterne", "Was ist passiert?", "Kunde", "Telefon"],
            [datetime(2026, 1, 5, 10, 0), 2.0, "Die Torte war zerdrückt", "Ana Ruiz", "030 23125017"],
            [datetime(2026, 1, 6, 0, 0), 4.0, "Kerze fehlte", "Bo Lind", 301234567.0],
        ],
    ),
    (
        {"rating": (2, 5), "comment": "Die Torte war zerdrückt", "name": "Ana Ruiz", "phone": "030 23125017",
         "occurred_at": "2026-01-05T09:00:00Z"},
        {"rating": (4, 5), "comment": "Kerze fehlte", "name": "Bo Lind", "phone": "301234567"},
    ),
)  # fmt: skip

LIBREOFFICE = Export(
    "retours.ods",
    ods(
        [
            ["Horodateur", "Note globale (1 à 5)", "Commentaire", "Nom", "Courriel"],
            [datetime(2026, 1, 5, 10, 0), 1, "Le gâteau était écrasé", "Ana Ruiz", "ana@example.org"],
            [datetime(2026, 1, 6, 10, 0), 5, "Parfait", "Bo", "bo@example.org"],
        ]
    ),
    (
        {"rating": (1, 5), "comment": "Le gâteau était écrasé", "name": "Ana Ruiz", "email": "ana@example.org",
         "occurred_at": "2026-01-05T09:00:00Z"},
        {"rating": (5, 5), "comment": "Parfait", "name": "Bo"},
    ),
)  # fmt: skip

ZENDESK = _text(
    "satisfaction_ratings.json",
    '{\n  "satisfaction_ratings": [\n    {\n      "id": 35436, "score": "bad", "comment": "Three agents and no answer",\n'
    '      "ticket_id": 208, "requester_id": 7881, "created_at": "2026-01-05T10:00:00Z"\n    },\n'
    '    {"id": 35437, "score": "good", "comment": null, "ticket_id": 209, "requester_id": 7882, "created_at": "2026-01-06T10:00:00Z"}\n'
    '  ],\n  "next_page": null,\n  "count": 2\n}\n',
    {
        "external_id": "35436",
        "comment": "Three agents and no answer",
        "customer_id": "7881",
        "occurred_at": "2026-01-05T10:00:00Z",
    },
    {"external_id": "35437", "comment": None, "customer_id": "7882"},
)

BUSINESS = _text(
    "reviews-1.json",
    '[{"reviewId": "g1", "reviewer": {"displayName": "Ana R"}, "starRating": "ONE", "comment": "Nobody at the counter",'
    ' "createTime": "2026-01-05T10:00:00.5Z"},\n {"reviewId": "g2", "reviewer": {"displayName": "Bo"}, "starRating": "FIVE",'
    ' "createTime": "2026-01-06T10:00:00Z"}]',
    {
        "external_id": "g1",
        "rating": (1, 5),
        "comment": "Nobody at the counter",
        "name": "Ana R",
        "occurred_at": "2026-01-05T10:00:00.500000Z",
    },
    {"external_id": "g2", "rating": (5, 5), "name": "Bo"},
)

EXPORTS = (
    *(TRUSTPILOT, GOOGLE_PLAY, YELP, JUDGE_ME, SHOPIFY, WOOCOMMERCE, SURVEYMONKEY, DELIGHTED, ASKNICELY, CHATWOOT),
    *(GOOGLE_FORMS, AMAZON, POLISH, TITLED, LIBREOFFICE, ZENDESK, BUSINESS),
)

# What is no table
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
NO_WORKBOOK = _zipped({"readme.txt": "nothing to see"})
BROKEN_ZIP = b"PK\x03\x04" + bytes(60)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
PACKED = gzip.compress(b"rating,comment\n1,late\n")
