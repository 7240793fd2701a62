"""XML from strangers to a tree, with nothing in it that could reach out or blow up.

In: bytes. Out: the root element, or InputRefused. No external entity is loaded, no internal one expanded, no DTD read, no
network asked; lxml's own limits on depth and size stay on. What is broken is repaired as far as that goes, because many
feeds are. It has no time limit of its own: run it in a worker (``workers.py``).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from khabar.capture.canonical import clean
from khabar.errors import InputRefused

LARGEST = 16 * 1024 * 1024
_HALF = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""half a character (a surrogate) by its number: lxml takes it and then cannot give it back"""
_REPLACED = b"&#xFFFD;"
_GZIP = b"\x1f\x8b"


def read_xml(data: bytes, name: str) -> Any:
    """The root of an XML document. Raises InputRefused where there is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(_HALF.sub(_REPLACED, unpacked(data, name)), parser)
        if root is not None:
            etree.tostring(root, encoding="unicode")  # every name and text in it can be read
    except UnicodeDecodeError as error:
        raise InputRefused(name, "not XML that can be read (it holds half a character)") from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused(name, f"not XML that can be read ({error})") from error
    if root is None:
        raise InputRefused(name, "not XML that can be read; check that it is a feed, a sitemap or OPML")
    return root


def unpacked(data: bytes, name: str) -> bytes:
    """The bytes themselves, or what a gzip file (sitemap.xml.gz) holds, up to the limit."""
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            whole = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputRefused(name, f"gzip data that is damaged ({error})") from error
    if len(whole) > LARGEST:
        raise InputRefused(name, f"more than {LARGEST:,} bytes when unpacked")
    return whole


def local(element: Any) -> str:
    """An element's name without its namespace, lower case; empty for what is no element."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of some names, in order."""
    return (child for child in element if local(child) in names)


def words(element: Any, *names: str) -> str | None:
    """The text of the first child that has some, in canonical form."""
    for name in names:
        for child in children(element, name):
            found = clean("".join(child.itertext()))
            if found:
                return found
    return None
