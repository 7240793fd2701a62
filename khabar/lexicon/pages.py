"""Words by which a page tells that it is not the article: ``en/pages.yml`` as one frozen table.

In: nothing. Out: PageWords, read once a process. All words are lower case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khabar.lexicon.load import check_keys, check_words, read_table

WHERE = "en/pages.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Titles of pages where nothing is, and sentences that stand before a barrier."""

    missing: tuple[str, ...]
    barriers: tuple[str, ...]


@cache
def page_words() -> PageWords:
    """The packaged table. Raises DataFault on an unknown key or an empty list."""
    table = read_table(WHERE)
    check_keys(f"lexicon/{WHERE}", table, {"missing", "barriers"}, set())
    lists = {name: check_words(f"lexicon/{WHERE}: {name}", words) for name, words in table.items()}
    return PageWords(missing=tuple(lists["missing"]), barriers=tuple(lists["barriers"]))
