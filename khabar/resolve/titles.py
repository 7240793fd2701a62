"""A person's name without the titles before it: "spokesman Col. Karim Bouzid" is Karim Bouzid, a spokesman and colonel.

In: a name as it stands in the text. Out: title and name; the name keeps at least one word. Titles are the honorifics,
ranks, offices and roles of ``en/entities.yml`` with what stands between them ("Defence Minister", "prime
minister-designate"). It takes "Mullah" and "King" for titles too, though a given name follows.
"""

from __future__ import annotations

from functools import cache

from khabar.lexicon.entities import load_entities

words_of_titles = cache(load_entities)


def titled(name: str) -> tuple[str, str]:
    """Title ("" if there is none) and name."""
    table, words = words_of_titles(), name.split()
    at = 0
    for i, word in enumerate(words[:-1]):
        for part in word.lower().split("-"):
            if table.is_title(part) or (i > 0 and i == at and part in table.title_tails):
                at = i + 1
    return " ".join(words[:at]), " ".join(words[at:])
