"""What a person typed to documents, in order: files, folders and standard input as they are, URLs by one fetch each.

In: names, standard input, the date of documents that state none, a function that fetches a URL. Out: submissions and
refusals, one at a time. Whatever has a scheme ("https://…", "file://…") is taken for a URL, so that the guarded fetch
decides about it and nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from khabar.capture.inputs import open_inputs
from khabar.errors import InputRefused
from khabar.model.documents import Refusal, Submission

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
Fetch = Callable[[str], Submission]


def gather(
    names: Sequence[str], *, stdin: BinaryIO, published: str | None, fetch: Fetch
) -> Iterator[Submission | Refusal]:
    """The documents behind the names."""
    for name in names:
        if SCHEME.match(name):
            yield _fetched(name, fetch)
        else:
            yield from open_inputs([name], stdin=stdin, published=published)


def _fetched(url: str, fetch: Fetch) -> Submission | Refusal:
    """One page, or why there is none."""
    try:
        return fetch(url)
    except InputRefused as error:
        return Refusal(name=url, input_id=url, reason=error.reason)
