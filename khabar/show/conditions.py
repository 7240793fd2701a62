"""The condition that a happening hangs on, in the text's own words: "if the rebels advance".

In: the look-ups of an article and a predication. Out: the clause that "if" or "unless" opens in the same sentence, or ""
where there is none, where it is too long to be shown, or where it holds the happening itself.
"""

from __future__ import annotations

import re

from khabar.model.claims import Predication
from khabar.model.spans import Span
from khabar.show.naming import Names, lowered, resolved

SENTENCE = re.compile(r"[.!?“”\"]\s|\n")
CONDITION = re.compile(r"\b(?:if|unless)\b[^,;:“”\"\n]+", re.IGNORECASE)
LONGEST = 70
"""code points of a condition that is shown"""


def condition_of(names: Names, predication: Predication) -> str:
    """The condition as words, with names for pronouns; "" if none is shown."""
    text, at = names.text, predication.trigger
    starts = [m.end() for m in SENTENCE.finditer(text, 0, at.start)]
    start = starts[-1] if starts else 0
    end = next((m.start() for m in SENTENCE.finditer(text, at.end)), len(text))
    for found in CONDITION.finditer(text, start, end):
        span = Span(found.start(), found.end())
        if not span.overlaps(at) and len(span.cut(text)) <= LONGEST:
            words = resolved(names, span).rstrip(" .!?")
            return f"{words[:1].lower()}{lowered(words)[1:]}"
    return ""
