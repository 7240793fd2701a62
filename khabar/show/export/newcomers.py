"""Newcomers as entries for an ``actors.yml``, to be looked at by a person and pasted, and as plain dictionaries.

In: newcomers. Out: YAML in the form that ``atlas/check.py`` accepts, under comments that say what the texts say; or rows for
JSON. Only what the table can hold goes into the entry: parents and bodies led that are curated or proposed beside it;
titles, states, dates and allies stay in the comments, for a person to decide. What seems to be an outlet gets an entry for an
``outlets.yml``, commented out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from khabar.model.mentions import Kind
from khabar.show.newcomers import HAS_PART, LEADS, LED_BY, PART_OF, Newcomer, Tie

CURATED, OUTLET = "khabar:", "khabar:outlet/"
SHOWN, LONGEST = 3, 110
"""sentences, places and happenings that a comment shows; code points of a line of it"""


def newcomer_rows(found: Sequence[Newcomer]) -> Iterator[dict[str, Any]]:
    """One dictionary a newcomer, with its proposed entry under ``entry``."""
    slugs = slugs_of(found)
    for one in found:
        yield {
            "local_id": one.local_id,
            "name": one.names[0],
            "kind": one.kind.value,
            "mentions": one.mentions,
            "documents": list(one.documents),
            "titles": list(one.titles),
            "described": list(one.described),
            "ties": [tie_row(tie) for tie in one.ties],
            "happenings": dict(one.happenings),
            "places": list(one.places),
            "entry": entry(one, slugs),
        }


def tie_row(tie: Tie) -> dict[str, Any]:
    """What is said of a newcomer and somebody."""
    return {"how": tie.how, "name": tie.name, "link": tie.target_id, "sentences": list(tie.sentences)}


def entry(one: Newcomer, slugs: Mapping[str, str]) -> dict[str, Any]:
    """The entry that is proposed."""
    source = f"proposed from {counted(len(one.documents), 'article')}, first {one.documents[0]}"
    if one.outlet:
        names = {"id": slugs[one.local_id], "names": list(one.names), "aliases": list(one.acronyms)}
        return names | {"domains": [], "country": one.country, "kind": one.sort, "source": source}
    out: dict[str, Any] = {
        "id": slugs[one.local_id],
        "kind": one.kind.value,
        "sort": one.sort,
        "country": one.country,
        "names": list(one.names),
    }
    if one.acronyms:
        out["acronyms"] = list(one.acronyms)
    parents = list(dict.fromkeys(i for tie in one.ties if tie.how == PART_OF and (i := known(tie, slugs))))
    if parents:
        out["parents"] = [{"id": i} for i in parents]
    led = list(dict.fromkeys(i for tie in one.ties if tie.how == LEADS and (i := known(tie, slugs))))
    if led and one.kind is Kind.PER:
        out["offices"] = [{"title": "leader", "of": i} for i in led]
    return out | {"source": source}


def known(tie: Tie, slugs: Mapping[str, str]) -> str | None:
    """The id under which an entry may point at the other side of a tie."""
    target = tie.target_id or ""
    if target.startswith(CURATED) and not target.startswith((OUTLET, "khabar:place/")):
        return target.removeprefix(CURATED)
    return slugs.get(target)


def slugs_of(found: Sequence[Newcomer]) -> dict[str, str]:
    """Proposed ids by local id, each once."""
    out: dict[str, str] = {}
    for one in found:
        slug = one.slug
        out[one.local_id] = slug if slug not in out.values() else f"{slug}-{one.local_id.removeprefix('local:')[:6]}"
    return out


def yaml_entries(found: Sequence[Newcomer]) -> Iterator[str]:
    """The lines of a table: a comment and an entry each."""
    slugs = slugs_of(found)
    for one in found:
        yield from (f"# {line[:LONGEST]}" for line in remarks(one))
        flow = yaml.safe_dump(
            entry(one, slugs), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
        )
        yield f"{'# outlets.yml: ' if one.outlet else ''}- {flow.strip()}"


def counted(number: int, noun: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def remarks(one: Newcomer) -> Iterator[str]:
    """What the texts say, a line each, without line ends."""
    often = "once" if one.mentions == 1 else f"{one.mentions} times"
    yield f"{one.names[0]}: {often} in {counted(len(one.documents), 'article')}: {_some(one.documents)}"
    yield f"  {one.local_id}"
    if one.titles:
        yield f"  titled {_some(one.titles)}"
    if one.described:
        yield f"  called {_some(one.described)}"
    for tie in sorted(one.ties, key=lambda t: (LED_BY, LEADS, PART_OF, HAS_PART).index(t.how) if t.how in ORDER else 9):
        yield f"  {tie.how} {tie.name}" + (f": “{tie.sentences[0]}”" if tie.sentences else "")
    if one.happenings:
        yield f"  in {_some([f'{what} ({n})' for what, n in one.happenings])}"
    if one.places:
        yield f"  at {_some(one.places)}"


ORDER = frozenset({LED_BY, LEADS, PART_OF, HAS_PART})


def _some(words: Sequence[str]) -> str:
    shown = ", ".join(" ".join(w.split()) for w in words[:SHOWN])
    return f"{shown} and {len(words) - SHOWN} more" if len(words) > SHOWN else shown
