"""One line of JSON Lines to one submission: the input form of contract/READING.md.

In: the bytes of a line, its name ("path:line"), when the file was written, the publication date to use where the record
has none. Out: a Submission, or a Refusal that keeps the record's id where it could be read. Only ``text`` or ``html``
is required; where a record has both, ``text`` counts, because it is exact. Other fields are ignored.
"""

from __future__ import annotations

import json
from typing import Any

from khabar.capture.decoding import BOM
from khabar.errors import InputRefused
from khabar.model.documents import Refusal, Submission

MAX_TEXT_BYTES = 5_000_000
"""UTF-8 bytes of one plain text; the longest news article is about a fiftieth of it"""
MAX_PAGE_BYTES = 16 * 1024 * 1024
"""bytes of one page or file, as in the fetcher"""
_OPTIONAL = ("text", "html", "published", "publisher", "url", "headline", "updated")


def read_record(line: bytes, name: str, *, observed_at: str | None, published: str | None) -> Submission | Refusal:
    """The submission that a line holds, or why it holds none."""
    input_id = name
    try:
        record = _load(line, name)
        input_id = _own_id(record, name)
        fields = {key: _field(record, key, name) for key in _OPTIONAL}
        text, html = _body(fields, name)
    except InputRefused as error:
        return Refusal(name=error.name, input_id=input_id, reason=error.reason)
    fields["published"] = fields["published"] or published
    return Submission(
        name=name,
        input_id=input_id,
        text=text,
        html=html,
        observed_at=observed_at,
        published=fields["published"],
        publisher=fields["publisher"],
        url=fields["url"],
        headline=fields["headline"],
        updated=fields["updated"],
    )


def check_text(text: str, name: str) -> str:
    """The text itself, if it can be read; InputRefused if it is blank, too long or not text."""
    if not text.strip():
        raise InputRefused(name, "is empty; give a text to read")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        reason = f"holds half a character (a lone surrogate) at character {error.start}; write the text again as UTF-8"
        raise InputRefused(name, reason) from error
    if size > MAX_TEXT_BYTES:
        raise InputRefused(name, f"text of {size:,} bytes, the limit is {MAX_TEXT_BYTES:,}; split it into its articles")
    if "\0" in text:
        raise InputRefused(name, f"is binary (a NUL at character {text.index(chr(0))}); give text, HTML or JSON Lines")
    return text


def _load(line: bytes, name: str) -> dict[str, Any]:
    try:
        record = json.loads(line.removeprefix(BOM).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputRefused(name, f"invalid UTF-8 at byte {error.start} of the line; write the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputRefused(name, f"not JSON ({error.msg} at character {error.pos}); one JSON object a line") from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, thousands of brackets
        raise InputRefused(
            name, "JSON nested too deep or with too long a number; one flat JSON object a line"
        ) from error
    if not isinstance(record, dict):
        raise InputRefused(name, f"a JSON {type(record).__name__}, not an object; one JSON object a line")
    return record


def _own_id(record: dict[str, Any], name: str) -> str:
    found = record.get("id")
    if found is None or found == "":
        return name
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return _string(found, "id", name)


def _field(record: dict[str, Any], key: str, name: str) -> str | None:
    found = record.get(key)
    if found is None:
        return None
    words = found if key in {"text", "html"} and isinstance(found, str) else _string(found, key, name)
    return words or None


def _string(value: object, key: str, name: str) -> str:
    if not isinstance(value, str):
        raise InputRefused(name, f'"{key}" must be a string, not {type(value).__name__}')
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputRefused(
            name, f'"{key}" holds half a character (a lone surrogate); write it again as UTF-8'
        ) from error
    return value


def _body(fields: dict[str, str | None], name: str) -> tuple[str | None, bytes | None]:
    text, html = fields["text"], fields["html"]
    if text is not None:
        return check_text(text, name), None
    if html is None or not html.strip():
        raise InputRefused(name, 'has neither "text" nor "html"; one of them is required')
    page = BOM + _string(html, "html", name).encode("utf-8")  # the mark outranks whatever charset the page declares
    if len(page) > MAX_PAGE_BYTES:
        raise InputRefused(
            name, f"page of {len(page):,} bytes, the limit is {MAX_PAGE_BYTES:,}; save the article alone"
        )
    return None, page
