"""What a person typed to documents, in order: files, folders and standard input as they are, URLs by one fetch each.

In: names, standard input, the date of documents that state none, a function that fetches a URL. Out: submissions and
refusals, one at a time. Whatever has a scheme ("https://…", "file://…") is taken for a URL, so that the guarded fetch
decides about it and nothing else does. A file that ends in .timemap is a TimeMap (RFC 7089): its
mementos are fetched, one each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from khabar.capture.inputs import open_inputs
from khabar.capture.memento import read_timemap
from khabar.errors import InputRefused
from khabar.model.addresses import without_password
from khabar.model.documents import Refusal, Submission

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
TIMEMAP = ".timemap"
LARGEST = 64 * 1024 * 1024
Fetch = Callable[[str], Submission]


def gather(
    names: Sequence[str], *, stdin: BinaryIO, published: str | None, fetch: Fetch
) -> Iterator[Submission | Refusal]:
    """The documents behind the names, without a password in any address of theirs."""
    for found in _behind(names, stdin=stdin, published=published, fetch=fetch):
        yield discreet(found)


def discreet(found: Submission | Refusal) -> Submission | Refusal:
    """A document or refusal as it may be stored, shown and exported for ever."""
    name, input_id = without_password(found.name), without_password(found.input_id)
    if isinstance(found, Refusal):
        return Refusal(name=name, input_id=input_id, reason=without_password(found.reason))
    return replace(found, name=name, input_id=input_id, url=found.url and without_password(found.url))


def _behind(
    names: Sequence[str], *, stdin: BinaryIO, published: str | None, fetch: Fetch
) -> Iterator[Submission | Refusal]:
    for name in names:
        if SCHEME.match(name):
            yield _fetched(name, fetch)
        elif name.lower().endswith(TIMEMAP):
            yield from _mementos(Path(name), fetch)
        else:
            yield from open_inputs([name], stdin=stdin, published=published)


def _mementos(path: Path, fetch: Fetch) -> Iterator[Submission | Refusal]:
    """The captures that a TimeMap names, fetched from their archive, the oldest first, under the page's own URL."""
    name = str(path)
    try:
        listed = read_timemap(path.read_text(encoding="utf-8", errors="replace")[:LARGEST], name)
    except OSError as error:
        yield Refusal(name=name, input_id=name, reason=f"cannot be read ({error.strerror or error}); check the path")
        return
    except InputRefused as error:
        yield Refusal(name=name, input_id=name, reason=error.reason)
        return
    for one in listed:
        found = _fetched(one.memento or "", fetch)
        if isinstance(found, Submission):
            found = replace(found, input_id=one.original, url=one.original, observed_at=one.at)
        yield found


def _fetched(url: str, fetch: Fetch) -> Submission | Refusal:
    """One page, or why there is none."""
    try:
        return fetch(url)
    except InputRefused as error:
        return Refusal(name=url, input_id=url, reason=error.reason)
