"""How vendors sign what they send: an HMAC over the exact bytes of the body, some with the time of sending before it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handlers.sources.contract import BadSignature, NotSigned


@dataclass(frozen=True, slots=True, kw_only=True)
class HmacShape:
    """One vendor's way: which header, which digest, how written, after which prefix.

    Where `time_header` is set, what is signed is that header's text, `separator` and the body. The key is the secret's
    UTF-8 bytes.
    """

    header: str
    digest: Literal["sha1", "sha256"] = "sha256"
    encoding: Literal["base64", "hex"] = "base64"
    prefix: str = ""
    time_header: str | None = None
    separator: str = ""

    def sign(self, body: bytes, secret: str, sent: str = "") -> str:
        """The header's value for `body`; `sent` is the text of the time header, if there is one."""
        signed = f"{sent}{self.separator}".encode("utf-8", "replace") + body if self.time_header else body
        mac = hmac.new(secret.encode(), signed, getattr(hashlib, self.digest)).digest()
        return self.prefix + (mac.hex() if self.encoding == "hex" else base64.b64encode(mac).decode())

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str) -> None:
        """Raises BadSignature unless the header fits. How old the request is, it does not look at."""
        if not secret:  # an empty key can be guessed by anybody
            raise BadSignature("no secret is set for this source")
        sent = header(headers, self.time_header) if self.time_header else ""
        wanted = self.sign(body, secret, sent).encode()
        if not hmac.compare_digest(wanted, header(headers, self.header).encode("utf-8", "replace")):
            raise BadSignature(f"the signature in {self.header} does not fit the body")


def bearer(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """Raises NotSigned unless the whole secret is shown as a bearer token, for programs that cannot sign."""
    scheme, _, token = header_if_any(headers, "authorization").partition(" ")
    if not secret or scheme.lower() != "bearer" or not token.strip():
        raise NotSigned("show the source's secret: Authorization: Bearer …, or at the end of the address")
    if not hmac.compare_digest(token.strip().encode("utf-8", "replace"), secret.encode("utf-8", "replace")):
        raise NotSigned("the token is not this source's secret")


def header(headers: Mapping[str, str], name: str) -> str:
    """The value of a header, whatever the case of its name. Raises NotSigned where it is missing."""
    value = header_if_any(headers, name)
    if not value:
        raise NotSigned(f"the header {name} is missing")
    return value


def header_if_any(headers: Mapping[str, str], name: str) -> str:
    """As `header`; nothing where it is missing."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")
