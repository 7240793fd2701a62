"""Tests that keep ordinary words from being read as times: "may", "march", "second", "fall", names of people and papers.

In: the Scene and a Match. Out: whether the match may stand. Each test is named by rules of ``lexicon/en/timex.yml``.
The parser's tags are one witness, capitals and neighbours the other; in an all-capitals text only the latter remain.
"""

from __future__ import annotations

from collections.abc import Callable

from khabar.read.timepatterns import Match, Scene
from khabar.read.tokens import Token

Guard = Callable[[Scene, Match], bool]
POINTERS = frozenset(
    [
        "in",
        "on",
        "at",
        "since",
        "of",
        "by",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "to",
        "through",
        "for",
        "between",
        "and",
        "early",
        "late",
        "mid",
        "this",
        "next",
        "last",
        "around",
        "about",
        "throughout",
        "over",
        "within",
        "into",
        "per",
        "or",
        "versus",
        "than",
    ]
)
"""words before a bare calendar word that show it to be one"""
DOUBTFUL = frozenset({"may", "march", "august", "april", "june", "jan", "mar", "dec"})
UNITS_BEHIND = frozenset(
    [
        "%",
        "percent",
        "per",
        "million",
        "billion",
        "thousand",
        "hundred",
        "people",
        "men",
        "women",
        "dollars",
        "euros",
        "km",
        "miles",
        "feet",
        "troops",
    ]
)

CLIMB = 6
"""heads climbed from a time expression to its verb"""


def _at(scene: Scene, i: int) -> Token | None:
    tokens = scene.parse.tokens
    return tokens[i] if 0 <= i < len(tokens) else None


def _capital(scene: Scene, i: int) -> bool:
    token = _at(scene, i)
    return token is not None and token.text[0].isupper()


def month_day(scene: Scene, match: Match) -> bool:
    """A month with a day: the month has its capital, the day is no share or sum, and no body is named after it ("the 17th of
    February Brigade").
    """
    if not _capital(scene, match.pivot) or scene.lower(match.last) in UNITS_BEHIND:
        return False
    behind = _at(scene, match.last)
    named = behind is not None and behind.tag == "NNP" and scene.parse.tokens[match.pivot].head == behind.i
    return not (named and "YEAR" not in match.got and scene.lower(match.first) == "the")


def month_year(scene: Scene, match: Match) -> bool:
    """A month with its year has a capital; a season need not."""
    return "SEASON" in match.got or _capital(scene, match.pivot)


def month(scene: Scene, match: Match) -> bool:
    """A bare month: capitalised, a name to the parser, and not part of a person's name."""
    token = scene.parse.tokens[match.pivot]
    if not token.text[0].isupper() or token.pos in {"AUX", "VERB"}:
        return False
    ahead = match.first - (2 if scene.lower(match.first - 1) == "-" else 1)
    pointed = "NEAR" in match.got or scene.lower(ahead) in POINTERS
    if token.lower in DOUBTFUL and not pointed:
        return token.lower not in {"may", "march"} and token.ent == "DATE"
    before, after = _at(scene, match.first - 1), _at(scene, match.last)
    named = after is not None and after.tag == "NNP" and after.text[0].isupper() and token.dep == "compound"
    titled = before is not None and before.tag == "NNP" and before.dep == "compound" and before.head == token.i
    return not (named and token.ent != "DATE") and not titled


def day_of_month(scene: Scene, match: Match) -> bool:
    """ "on the 15th", not "the 15th century" or "the 5th Fleet"."""
    token, after = scene.parse.tokens[match.pivot], _at(scene, match.last)
    if token.text[-1].isdigit() or scene.lower(match.first - 1) not in POINTERS:
        return False
    return after is None or after.pos not in {"NOUN", "PROPN", "ADJ", "NUM"} or "month" in scene.lower(match.last - 1)


def weekday(scene: Scene, match: Match) -> bool:
    """Not "Sunday Times", "Friday Harbor", "Bloody Sunday"."""
    token = scene.parse.tokens[match.pivot]
    head, before = scene.parse.tokens[token.head], _at(scene, match.first - 1)
    in_name = token.dep == "compound" and head.tag == "NNP" and head.text[0].isupper() and head.i == token.i + 1
    if in_name and match.last == token.i + 1 and token.ent not in {"DATE", "TIME"}:
        return False
    epithet = (
        before is not None
        and before.text[0].isupper()
        and before.head == token.i
        and before.dep in {"compound", "amod"}
    )
    return not epithet or before is None or before.ent == "DATE" or before.i == scene.parse.sentences[before.sent].first


def year(scene: Scene, match: Match) -> bool:
    """A bare four-digit number: not a sum, a count, a flight or a model."""
    token, before = scene.parse.tokens[match.pivot], scene.lower(match.first - 1)
    after = _at(scene, match.last)
    if before in {"$", "£", "€", "#", "no.", "flight", "room", "resolution", "article", "model"} or before.isdigit():
        return False
    if after is not None and (
        after.lower in UNITS_BEHIND or after.tag == "CD" or (after.text == "-" and not _spaced(scene, after))
    ):
        return False
    head = scene.parse.tokens[token.head]
    if _opens_at(scene, match.first) and after is not None and after.text == ",":
        return False
    if token.dep == "nummod" and head.tag == "NNS" and head.i > token.i and scene.lower(match.first) != "the":
        return False
    if int(match.got["YEAR"]) < 1500:
        return before in {"in", "since", "until", "from", "during", "early", "late", "mid"} and token.dep != "nummod"
    return before in POINTERS or 1900 <= int(match.got["YEAR"]) < 2050


def _spaced(scene: Scene, token: Token) -> bool:
    return scene.parse.text[token.end : token.end + 1].isspace()


def year_words(_scene: Scene, match: Match) -> bool:
    """ "nineteen ninety-six", not "twenty four men": the second number has two digits."""
    number = float(match.got["NUM"])
    return 10 <= number < 100 if "CENT" in match.got else 1500 <= number < 2100


def round_year(_scene: Scene, match: Match) -> bool:
    """ "the 1980 's" is a decade, "the 1987 's" is not."""
    return match.got["YEAR"].endswith("0")


def season(scene: Scene, match: Match) -> bool:
    """A season as a noun: not "prices fall", "the fall of the city", "summer camp"."""
    token, after = scene.parse.tokens[match.pivot], _at(scene, match.last)
    if token.pos not in {"NOUN", "PROPN"}:
        return False
    if token.dep == "compound" or (scene.lower(match.last) == "of" and "YEAR" not in match.got):
        return False
    before = scene.lower(match.first - 1)
    clear = before in POINTERS and (token.lower not in {"fall", "spring"} or before != "of")
    return clear or "YEAR" in match.got or "NEAR" in match.got or (after is not None and after.tag == "CD")


def deictic(scene: Scene, match: Match) -> bool:
    """Not the paper "USA Today"."""
    return not (_capital(scene, match.pivot) and scene.parse.tokens[match.pivot].ent in {"ORG", "WORK_OF_ART"})


def the_part(scene: Scene, match: Match) -> bool:
    """ "in the evening", not "the evening news"."""
    after = _at(scene, match.last)
    return scene.lower(match.first - 1) in {"in", "during", "by", "through", "into"} and (
        after is None or after.pos not in {"NOUN", "PROPN"}
    )


def the_unit(scene: Scene, match: Match) -> bool:
    """ "during the week", "of the year", not "the year of the plague" or "the day"."""
    after = _at(scene, match.last)
    if match.got.get("LONGUNIT", "Q") not in {"W", "M", "Y", "Q", "WE"} or scene.lower(match.first - 1) not in POINTERS:
        return False
    return after is None or (after.lower not in {"of", "-", "'s", "ago"} and after.pos not in {"NOUN", "PROPN"})


def rel_unit(scene: Scene, match: Match) -> bool:
    """No "last minute", "past hour" or "last day" (those are lengths or figures of speech)."""
    unit, rel = match.got["LONGUNIT"], match.got["REL"]
    if unit in {"TH", "TM"} or (unit == "D" and rel == "now-1"):
        return False
    return scene.lower(match.pivot - 1) != "past" and scene.lower(match.last) != "before"


def ago(scene: Scene, match: Match) -> bool:
    """ "two days before" alone; with a happening behind it ("two days before the vote") it is a length."""
    word = scene.parse.tokens[match.last - 1]
    return word.lower not in {"before", "after"} or event_after(scene, match.last - 1) is None


def event_after(scene: Scene, i: int) -> Token | None:
    """The verb or noun that "after", "before" or "since" at an index governs."""
    token = scene.parse.tokens[i]
    below = scene.parse.kid(i, "pobj", "pcomp")
    if below is not None and below.i > i:
        return below
    head = scene.parse.tokens[token.head]
    return head if token.dep in {"mark", "advmod"} and head.i > i and head.pos in {"VERB", "AUX"} else None


def length(scene: Scene, match: Match) -> bool:
    """A number of units: not "a second man", "three quarters of", "May 5 days"."""
    token, unit = scene.parse.tokens[match.pivot], match.got.get("UNIT") or match.got.get("UNITS", "")
    if unit == "TS" and (token.pos != "NOUN" or token.lower == "second"):
        return False
    if unit == "Q" and scene.lower(match.last) in {"of", "-"}:
        return False
    article = "ART" in match.got
    return not (article and (unit in {"D", "Q", "WE", "TS"} or token.dep == "compound"))


def bare_units(scene: Scene, match: Match) -> bool:
    """ "for years", "hours after": a plural without a number that measures time."""
    after, before = scene.lower(match.last), scene.lower(match.first - 1)
    if scene.lower(match.last - 1) == "long" or after in {"after", "before"}:
        return True
    return before in {"for", "in", "within", "over", "take", "takes", "took", "last", "lasted", "spent", "after"}


def noun(scene: Scene, match: Match) -> bool:
    """The pivot is a noun."""
    return scene.parse.tokens[match.pivot].pos == "NOUN"


def past_noun(scene: Scene, match: Match) -> bool:
    """ "in the past", not "the past three years"."""
    return scene.parse.tokens[match.pivot].dep in {"pobj", "dobj", "nsubj"}


def adverb(scene: Scene, match: Match) -> bool:
    """The pivot is an adverb."""
    return scene.parse.tokens[match.pivot].pos == "ADV"


def soon(scene: Scene, match: Match) -> bool:
    """Not "as soon as", "sooner", "how soon", "shortly after"."""
    return scene.lower(match.first - 1) not in {"as", "how", "too"} and scene.lower(match.last) not in {
        "after",
        "before",
    }


def current(scene: Scene, match: Match) -> bool:
    """The adjective."""
    return scene.parse.tokens[match.pivot].pos == "ADJ"


def freq(scene: Scene, match: Match) -> bool:
    """Not the paper "Daily Mail", nor the "quarterly report", which is a kind of thing."""
    token = scene.parse.tokens[match.pivot]
    return token.pos == "ADV" or (token.pos == "ADJ" and token.lower == "daily")


def recently(scene: Scene, match: Match) -> bool:
    """Not inside "the previously announced plan", which dates nothing that is told."""
    token = scene.parse.tokens[match.pivot]
    return token.pos == "ADV" and scene.parse.tokens[token.head].dep != "amod"


def decade(scene: Scene, match: Match) -> bool:
    """ "the 1930s", not "in his 30s"."""
    return len(match.got["DECADE"]) >= 4 or scene.lower(match.first - 1) not in {
        "his",
        "her",
        "their",
        "my",
        "our",
        "your",
    }


def decade_word(scene: Scene, match: Match) -> bool:
    """ "the seventies", "the late seventies", not "in his seventies"."""
    return "the" in {scene.lower(match.first), scene.lower(match.first - 2)}


def told(scene: Scene, match: Match) -> bool:
    """ "The next year riots began": a past verb governs it, so it is counted from what was told before."""
    token = scene.parse.tokens[match.pivot]
    if scene.lower(match.first - 1) in {"over", "in", "within", "for", "during", "until", "by"}:
        return False
    for _ in range(CLIMB):
        if token.pos == "VERB" or token.head == token.i:
            break
        token = scene.parse.tokens[token.head]
    return token.tag == "VBD" or any(kid.tag == "VBD" for kid in scene.parse.kids(token.i, "aux", "auxpass"))


def small_hours(scene: Scene, match: Match) -> bool:
    """ "in the early hours", "the small hours of Tuesday"; not "working late hours"."""
    return scene.lower(match.first) == "the" or "WEEKDAY" in match.got or "DEICTIC" in match.got


def day_side(scene: Scene, match: Match) -> bool:
    """Not "earlier in the day before leaving"."""
    return scene.lower(match.first - 1) not in {"in", "during", "of"} or event_after(scene, match.last - 1) is None


def the_years(scene: Scene, match: Match) -> bool:
    """ "over the years", "in the days that followed"."""
    return scene.lower(match.first - 1) in {"in", "over", "through", "during", "within"}


def rate(scene: Scene, match: Match) -> bool:
    """ "$3 a share a year", "5 percent per month": behind a sum, a share or a count."""
    before, token = _at(scene, match.first - 1), scene.parse.tokens[match.pivot]
    if scene.lower(match.first) == "per":
        return True
    if (
        before is None
        or before.pos not in {"NOUN", "NUM", "SYM", "ADV"}
        or scene.lower(match.last) in {"ago", "earlier", "later", "before", "after"}
    ):
        return False
    return token.dep == "npadvmod" and scene.parse.tokens[token.head].pos in {"NOUN", "NUM", "SYM", "ADV"}


def clock(scene: Scene, match: Match) -> bool:
    """ "at 14:30", "14:30 GMT", not a score."""
    known = "TZ" in match.got or "DEICTIC" in match.got or "WEEKDAY" in match.got
    token = scene.parse.tokens[match.pivot]
    return ":" in token.text and (
        known or scene.lower(match.first - 1) in POINTERS or scene.lower(match.last - 1).startswith("hour")
    )


def four_digits(scene: Scene, match: Match) -> bool:
    """ "at 1630 on 12 May": digits behind "at", with their day."""
    return scene.lower(match.first - 1) in {"at", "around", "about", "approximately"}


def opening_clock(scene: Scene, match: Match) -> bool:
    """ "At 1630, the patrol …": what opens a sentence so is a clock, elsewhere it may be a price."""
    return _opens_at(scene, match.first) and scene.lower(match.last) == ","


def _opens_at(scene: Scene, i: int) -> bool:
    """Whether a number stands behind an "at" that opens its sentence or what follows a colon."""
    ahead, before = _at(scene, i - 1), _at(scene, i - 2)
    if ahead is None or ahead.lower != "at":
        return False
    return before is None or before.sent != ahead.sent or before.text == ":"


def small_hour(_scene: Scene, match: Match) -> bool:
    """ "four in the morning": a number that a clock can show."""
    return "CLOCK" in match.got or (float(match.got["NUM"]) <= 12 and float(match.got["NUM"]).is_integer())


def bare_part(scene: Scene, match: Match) -> bool:
    """ "at dawn", not "the dawn of an era"."""
    known = "WEEKDAY" in match.got or "DEICTIC" in match.got
    return known or scene.lower(match.first) in {"at", "by"} or scene.lower(match.first - 1) in {
        "at", "before", "after", "until", "by", "since", "around", "from", "till", "of", "to",
    }  # fmt: skip


GUARDS: dict[str, Guard] = {
    f.__name__: f
    for f in (
        adverb, ago, bare_part, bare_units, clock, current, day_of_month, day_side, decade, decade_word, deictic,
        four_digits, freq, length, month, month_day, month_year, noun, opening_clock, past_noun, rate, recently,
        rel_unit, round_year, season, small_hour, small_hours, soon, the_part, the_unit, the_years, told, weekday,
        year, year_words,
    )
}  # fmt: skip
