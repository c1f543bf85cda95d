"""What comes with a letter: listed whatever it is, shown only where its first bytes say what it is."""

from __future__ import annotations

import pytest

from cases.letters.attached import LARGEST_SHOWN, MOST_SHOWN, Attached, listed, shown

PNG, JPEG, PDF = b"\x89PNG\r\n\x1a\n..", b"\xff\xd8\xff\xe0..", b"%PDF-1.7 .."


@pytest.mark.parametrize(
    ("name", "kind", "content", "as_"),
    [
        ("soup.jpg", "image/jpeg", JPEG, "soup.jpg"),
        ("soup.JPEG", "application/octet-stream", JPEG, "soup.JPEG"),
        ("soup.png", "image/png", JPEG, "soup.png.jpg"),
        ("bill.pdf", "application/pdf", PDF, "bill.pdf"),
        ("bill.pdf.exe", "application/pdf", PDF, "bill.pdf.exe.pdf"),
        ("../../etc/passwd", "image/png", PNG, "passwd.png"),
        ("C:\\photos\\a<!channel>.png", "image/png", PNG, "a__channel_.png"),
        ("", "image/png", PNG, "attached.png"),
        ("soup.jpg", "image/jpeg", b"MZ\x90\x00", None),
        ("page.svg", "image/svg+xml", b"<svg onload=alert(1)>", None),
        ("page.html", "image/png", b"<html>", None),
        ("large.jpg", "image/jpeg", JPEG + b"x" * LARGEST_SHOWN, None),
        ("empty.png", "image/png", b"", None),
    ],
)
def test_kind_is_told_by_the_first_bytes_alone(name: str, kind: str, content: bytes, as_: str | None) -> None:
    pictures = shown([Attached(name, kind, content, len(content))])
    assert [each.name for each in pictures] == ([as_] if as_ else [])


def test_only_the_first_few_of_many_are_shown_and_listed() -> None:
    many = [Attached(f"{number}.png", "image/png", PNG, len(PNG)) for number in range(300)]
    assert [each.name for each in shown(many)] == [f"{number}.png" for number in range(MOST_SHOWN)]
    assert listed(many)[-1] == "and 280 more"
    assert len(listed(many)) == 21
