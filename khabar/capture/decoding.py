"""Bytes to characters, honestly: nothing is guessed, replaced or dropped without a word.

In: the bytes of a file or page. Out: the characters, or InputRefused with the byte at which decoding stopped and what
to do. Plain text is UTF-8, with or without a byte-order mark (the mark is not part of the text). A page may declare
another encoding: a byte-order mark first, then its meta charset (the order of the HTML standard, section 13.2.3.2);
without a declaration it is UTF-8, and a page that declares wrongly but is UTF-8 is read as UTF-8. No statistics are
used, so a page in an undeclared legacy encoding is refused.
"""

from __future__ import annotations

import codecs
import re

from khabar.errors import InputRefused

MARKUP = frozenset({"text/html", "application/xhtml+xml"})
"""MIME types of pages"""
BOM = codecs.BOM_UTF8
_HEAD = 4096
"""bytes in which a page must declare its encoding; the standard's 1,024 is often overrun by comments"""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""labels that browsers read as a larger encoding (WHATWG Encoding Standard, section 4.2)"""
_SEVEN_BIT = frozenset({"iso2022_jp", "hz"})
"""encodings whose bytes are also valid UTF-8: here the declaration decides"""


def decode_text(data: bytes, name: str) -> str:
    """The characters of a plain text file: UTF-8 exactly, line ends untouched, a byte-order mark kept out."""
    _refuse_binary(data, name)
    try:
        return data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(data, error, name) from error


def decode_html(data: bytes, name: str) -> str:
    """The characters of a page, by its byte-order mark, its declared encoding, or UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16", name)
    _refuse_binary(data, name)
    if data.startswith(BOM):
        return _strict(data.removeprefix(BOM), "utf-8", name)
    declared = declared_encoding(data)
    if declared in _SEVEN_BIT:
        return _strict(data, str(declared), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared in {None, "utf-8"}:
            raise _broken(data, error, name) from error
    return _strict(data, declared or "utf-8", name)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's meta tag names, as Python calls it; None if it names none that is known."""
    found = _CHARSET.search(data[:_HEAD])
    return known_encoding(found.group(1).decode("ascii")) if found else None


def known_encoding(label: str) -> str | None:
    """A label's encoding as Python calls it; UTF-16 in a meta tag means UTF-8 (HTML standard); None if unknown."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # ValueError: a NUL in it
        return None
    return "utf-8" if name.startswith("utf-16") else _AS_BROWSERS.get(name, name)


def with_charset(body: bytes, label: str | None) -> bytes:
    """The body as UTF-8 with a byte-order mark where its HTTP header names another encoding that fits it."""
    encoding = known_encoding(label) if label else None
    if encoding in {None, "utf-8"} or body.startswith(BOM):
        return body
    try:
        return BOM + body.decode(encoding or "utf-8").encode("utf-8")
    except (UnicodeError, LookupError):
        return body


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"not valid {encoding}, its declared encoding, at byte {error.start}"
        raise InputRefused(name, f"{where}; save it again as UTF-8") from error
    except (LookupError, ValueError) as error:  # codecs that are not encodings of text: "base64", "idna"
        raise InputRefused(name, f"declares the encoding {encoding!r}, which is none; save it as UTF-8") from error


def _refuse_binary(data: bytes, name: str) -> None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputRefused(name, "is UTF-16; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)")
    if data.startswith(b"\x1f\x8b"):
        raise InputRefused(name, "is gzip data under another name; unpack it first (gunzip), or call it .jsonl.gz")
    at = data.find(b"\0")
    if at >= 0:
        raise InputRefused(name, f"is binary (a NUL byte at byte {at}); give text, HTML or JSON Lines")


def _broken(data: bytes, error: UnicodeDecodeError, name: str) -> InputRefused:
    at = error.start + (len(BOM) if data.startswith(BOM) else 0)
    return InputRefused(name, f"invalid UTF-8 at byte {at} (0x{data[at]:02x}); convert it to UTF-8 first (iconv)")
