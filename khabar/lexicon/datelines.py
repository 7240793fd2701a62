"""Datelines: where and when an agency writes from, before the first sentence: "GAO, Mali, June 12 (Reuters) - ".

In: a paragraph. Out: where its dateline ends, and where the agency in it begins. The form is that of English-language
agencies: a place in capitals, or one with a day or an agency behind it, then country or state, day, agency in brackets, and
a dash, a bar or an underscore; a paragraph that holds nothing else may leave the dash out behind the agency. It takes any
word in capitals before a dash for a place ("BEIRUT - "), also a kicker ("ANALYSIS - ").
"""

from __future__ import annotations

import re

_DAY = r"(?:,\ (?:[A-Z][a-z]{2,8}\.?\ \d{1,2} | \d{1,2}\ [A-Z][a-z]{2,8})(?:,?\ \d{4})?)?"
_PATTERN = re.compile(
    rf"""(?: [A-Z][A-Z.'/ -]{{2,40}} (?:,\ [A-Z][\w. ]{{1,25}}){{0,2}}      # TRIPOLI; GAO, Mali; WASHINGTON, D.C.
          | [A-Z][\w.'/ -]{{2,40}} (?:,\ [A-Z][\w. ]{{1,25}}){{0,2}}       # Gao, with a day or an agency behind it
            (?=,\ \d|,\ [A-Z][a-z]{{2,8}}\.?\ \d|\ \())
        {_DAY}
        (?: (?:\ ?(?P<agency>\([A-Z][\w. /]{{1,30}}\)){_DAY})?\ ?(?:--?|–|—|\||_)(?:\ +|$)
          | \ ?(?P<alone>\([A-Z][\w. /]{{1,30}}\))\ *$)""",
    re.VERBOSE,
)


def dateline_end(paragraph: str) -> int:
    """Where a paragraph's dateline ends with the blank behind it, 0 if it opens with none."""
    match = _PATTERN.match(paragraph)
    return match.end() if match else 0


def agency_start(paragraph: str) -> int:
    """Where the agency of a paragraph's dateline begins, with its bracket; the end of the dateline if it names none."""
    match = _PATTERN.match(paragraph)
    if match is None:
        return 0
    starts = [match.start(group) for group in ("agency", "alone") if match[group]]
    return starts[0] if starts else match.end()


def only_dateline(line: str) -> bool:
    """Whether a line is a dateline and nothing else."""
    return bool(line.strip()) and dateline_end(line.strip()) == len(line.strip())
