"""One name for each side of an event, and the event's title.

In: the names that the reports give a side, and its linked ids (only what has a name has an id). Out: "the Azawad Front and
others". The name is the most specific proper one (most words, then the longest); without one, the description whose last
word occurs most often, the first of equals. It cannot tell two descriptions of one party from two parties: the dossier
lists what each report says.
"""

from __future__ import annotations

from collections import Counter

from khabar.show.naming import capital, lowered


def side(names: tuple[str, ...], ids: tuple[str, ...]) -> str:
    """The representative name, with "and others" if there are more."""
    distinct = list(dict.fromkeys(name for name in names if name))
    if not distinct:
        return ""
    chosen = representative(distinct, linked=bool(ids))
    return f"{chosen} and others" if len(distinct) > 1 else chosen


def representative(names: list[str], *, linked: bool) -> str:
    """The most specific proper name, else the commonest description."""
    proper = [name for name in names if is_proper(name, linked=linked)]
    if proper:
        return max(proper, key=lambda name: (name.count(" "), len(name)))
    heads = Counter(name.lower().rsplit(" ", 1)[-1] for name in names)
    chosen = max(names, key=lambda name: heads[name.lower().rsplit(" ", 1)[-1]])
    return lowered(chosen) if " " in chosen else chosen.lower()


def is_proper(name: str, *, linked: bool) -> bool:
    """Whether a name is one and no description: its last word has a capital; a single word needs a link."""
    last = name.rsplit(" ", 1)[-1]
    return last[:1].isupper() and (" " in name or linked)


def title(lemma: str, actors: str, recipients: str) -> str:
    """ "Gash Brigade — accuse — Eritrea": the event's parties around its verb."""
    return capital(" — ".join(part for part in (actors, lemma, recipients) if part))
