"""Time expressions of a text: typed, valued, not yet on the calendar (TIMEX3, with TimeBank's conventions).

In: a Parse and the table of ``lexicon/en/timex.yml``. Out: Timexes in order of the text, none overlapping another.
The span leaves the preposition out ("on *Wednesday*") and keeps what modifies ("*early next year*").

``value`` is a TIMEX3 value or one of these, which ``resolve/times.py`` completes:

    XXXX-05  XXXX-05-14  XXXX-SU  XXXX-Q3  XXXX-H1      the year follows from the tense of the governing verb
    XXXX-WXX-3  XXXX-WXX-WE  XXXX-XX-15                 weekday, weekend, day of the month: likewise
    <V  >V  =V                                          last, next, this V (V one of the above)
    now-1Y  now+2D  ref+1W                              so many units from the document time or from the anchor; the grain
                                                        is the unit: TS TM TH D W WE M Q Y DE CE
    now-1Y:V  now-1W:V  ref+0Y:V  ref+0M:V              V inside that year, week or month ("June last year")
    V@W                                                 the week that holds V
    V@now                                               V up to the document time ("so far this year")
    V@ON_OR_AFTER  V@BEFORE …                           what "since" makes of a V that has a modifier ("since late last year")
    P2W@now-  P24TH@now+  P3D@ref-                      a length that ends or begins at the document time or anchor
    P3D@now=                                            a length whose last unit is the present one ("the third straight day")
    A/B                                                 from A to B
    A..t5                                               from A to the end of what timex t5 denotes ("from May to July")
    XXXX:fixed-12-25  XXXX:nth-11-4-4  XXXX:easter-2  XXXX:hijri-09       feasts
    …TMO TAF TEV TNI  …T15:00                           part of day or clock time behind any day
    XXXX-XX-XXT15:00                                    a clock time on the day spoken of

``anchor`` is the timex that "ref" counts from, or the trigger "p:start:end" of a happening ("hours after retaking X");
None = document time. ``mod`` says early/mid/late (START MID END), more or less, and for since, until, by, before and
after what the preposition makes of the interval. In a
text that tells history rather than news (``storytime.py``) a month takes the year told last. It cannot tell one
narrative time line from another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from khabar.lexicon.timewords import Phrase, TimeRule, TimeWords
from khabar.model.mentions import Timex, TimexType
from khabar.model.spans import Span
from khabar.read.storytime import STORY, in_story, is_narrative, names_a_year
from khabar.read.timeguards import GUARDS, event_after
from khabar.read.timepatterns import Match, Scene, make_scene, match_rule, pivots
from khabar.read.timevalues import BUILDERS, Made
from khabar.read.tokens import Parse, Token

Found = tuple[Match, Made]
FUTURE_MODALS = frozenset(
    ["will", "'ll", "’ll", "wo", "shall", "ca", "can", "may", "might", "would", "could", "should", "must"]
)
UNREAL = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
DATED = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-\d\d)?$")
WHOLE_DAYS = re.compile(r"P(\d{1,4})([DWMY])")
LOOK_BACK = 8
"""timexes looked back through for an anchor: a news text rarely counts from further away"""


def find_timexes(parse: Parse, words: TimeWords) -> tuple[Timex, ...]:
    """All time expressions of a parsed text."""
    scene = make_scene(parse, words)
    out: list[Timex] = []
    found = _longest(_all(scene))
    if is_narrative([made.value for _, made in found]):
        found = list(zip([m for m, _ in found], in_story([made for _, made in found]), strict=True))
    for number, (match, made) in enumerate(found, start=1):
        following = found[number][0] if number < len(found) else None
        out.append(_timex(scene, match, made, out, following))
    return tuple(_join_ranges(scene, out, [m for m, _ in found]))


def _all(scene: Scene) -> list[Found]:
    """The best match at every pivot."""
    out = []
    for pivot, rules in pivots(scene):
        best: tuple[int, int, Match] | None = None
        for rule in rules:
            match = _guarded(scene, rule, pivot)
            if match is not None and (best is None or (best[0], best[1]) < (match.last - match.first, -rule.order)):
                best = (match.last - match.first, -rule.order, match)
        if best is not None and (made := _make(best[2])):
            out.append((best[2], made))
    return out


def _make(match: Match) -> Made | None:
    """The builder's answer, told what the table fixes."""
    rule = match.rule
    fixed = {"VALUE": rule.value, "TYPE": rule.type, "MOD": rule.mod}
    return BUILDERS[rule.make]({**match.got, **{k: v for k, v in fixed.items() if v is not None}})


def _guarded(scene: Scene, rule: TimeRule, pivot: int) -> Match | None:
    match = match_rule(scene, rule, pivot)
    if match is None or (rule.guard is not None and not GUARDS[rule.guard](scene, match)):
        return None
    return match


def _longest(found: list[Found]) -> list[Found]:
    """Of overlapping matches the longest, then in order of the text."""
    taken: set[int] = set()
    out = []
    for match, made in sorted(found, key=lambda f: (f[0].first - f[0].last, f[0].first)):
        cover = range(match.first, match.last)
        if taken.isdisjoint(cover):
            taken.update(cover)
            out.append((match, made))
    return sorted(out, key=lambda f: f[0].first)


def _timex(scene: Scene, match: Match, made: Made, before: list[Timex], following: Match | None) -> Timex:
    """One record: modifiers in front, tense, anchor."""
    first, mod = _modifier(scene, match, made)
    tokens = scene.parse.tokens
    value, anchor, kind = made.value, None, made.type
    if kind == "DURATION" and "@" not in value:
        value, anchor, kind = _event_anchor(scene, match, made, following, len(before))
    elif value.startswith(STORY):
        anchor = next((t.timex_id for t in before[::-1] if names_a_year(t.value)), None)
    elif value.startswith(("ref", "now-1Y")) or "@ref" in value or "XXXX-XX-XX" in value:
        value, anchor = _story_anchor(match, value, before)
    own_id = f"t{len(before) + 1}"
    governed = bool(before) and before[-1].anchor == own_id
    placed = kind in {"DATE", "TIME"} and value not in UNREAL and not governed
    opening = _opening(scene, first, match) if placed else None
    if opening and mod and "@" not in value:
        value = f"{value}@{opening}"
    return Timex(
        timex_id=own_id,
        span=Span(tokens[first].start, tokens[match.last - 1].end),
        type=TimexType(kind),
        value=value,
        mod=mod or made.mod or opening,
        quant=made.quant,
        freq=made.freq,
        tense="future" if _lies_ahead(scene, first) else tense(scene, _head(scene.parse, match)),
        anchor=anchor,
        head_token=_head(scene.parse, match),
        rule=match.rule.name,
    )


def _head(parse: Parse, match: Match) -> int:
    """The token of the match whose head lies outside it; the pivot if the parse is odd."""
    for i in range(match.first, match.last):
        head = parse.tokens[i].head
        if (not match.first <= head < match.last or head == i) and parse.tokens[i].pos not in {"PUNCT", "DET", "ADP"}:
            return i
    return match.pivot


def _modifier(scene: Scene, match: Match, made: Made) -> tuple[int, str | None]:
    """The first token with the modifier in front of the match, and what it says."""
    first = match.first
    if made.value in UNREAL or made.type == "SET":
        return first, None
    if made.type == "DURATION":
        bare = scene.lower(first) not in {"the", "this", "these", "those", "past", "next", "last"}
        return _phrase_before(scene, first, scene.words.before_length) if bare else (first, None)
    if scene.lower(first - 1) == "-":
        found = _phrase_before(scene, first - 1, scene.words.before_point)
        return found if found[1] else (first, None)
    return _phrase_before(scene, first, scene.words.before_point)


def _phrase_before(scene: Scene, first: int, phrases: Mapping[Phrase, str]) -> tuple[int, str | None]:
    """The longest listed phrase that ends in front of a token."""
    for size in (4, 3, 2, 1):
        mod = phrases.get(tuple(scene.lower(k) for k in range(first - size, first)))
        if mod is not None and first >= size:
            return first - size, mod
    return first, None


def _opening(scene: Scene, first: int, match: Match) -> str | None:
    """What since, until, by, before or after make of the interval; "through the 1980s" is all of them."""
    word = scene.lower(first - 1)
    return None if word == "through" and match.rule.make == "decade" else scene.words.opens.get(word)


def _lies_ahead(scene: Scene, first: int) -> bool:
    """ "ahead of Friday's vote": the day is to come, whatever the tense of the verb."""
    first -= scene.lower(first - 1) == "the"
    return any(tuple(scene.lower(k) for k in range(first - len(p), first)) == p for p in scene.words.ahead)


def _event_anchor(
    scene: Scene, match: Match, made: Made, following: Match | None, count: int
) -> tuple[str, str | None, str]:
    """ "hours after retaking X": the happening; "two days after Christmas": the timex, and the length is a date."""
    side = {"after": "+", "before": "-", "following": "+"}.get(scene.lower(match.last))
    target = event_after(scene, match.last) if side else None
    if target is None:
        point = _point_ahead(scene, match, made)
        return point or made.value, None, "DATE" if point else made.type
    if following is not None and following.first <= target.i < following.last:
        number, unit = made.value.removeprefix("P").removeprefix("T")[:-1], made.value[-1]
        clock = "T" if made.value.startswith("PT") else ""
        if number.isdigit():
            return f"ref{side}{number}{clock}{unit}", f"t{count + 2}", "DATE"
    return made.value, f"p:{target.start}:{target.end}", made.type


def _point_ahead(scene: Scene, match: Match, made: Made) -> str | None:
    """ "will be tried in three weeks": after "in" and beside what is to come a length says when."""
    found = WHOLE_DAYS.fullmatch(made.value)
    if found is None or scene.lower(match.first - 1) != "in" or tense(scene, _head(scene.parse, match)) != "future":
        return None
    return f"now+{found[1]}{found[2]}"


def _story_anchor(match: Match, value: str, before: list[Timex]) -> tuple[str, str | None]:
    """The timex that the expression counts from, and its value, which for "a year ago" may take the grain of a quarter."""
    unit = value.rstrip("0123456789") if value.startswith(("ref", "now")) else value
    yearly = value == "ref-1Y" or (value == "now-1Y" and match.rule.make == "ago")
    near = [t for t in before[-LOOK_BACK:][::-1] if t.type in {"DATE", "TIME"} and t.value not in UNREAL]
    if yearly or unit.endswith("Q"):
        quarters = [t for t in near if "Q" in t.value and "-1Y" not in t.value and t.value != "ref-4Q"]
        if quarters:
            return value.replace("now", "ref"), quarters[0].timex_id
    if value.startswith("now"):
        return value, None
    fit = [t for t in near if _fine_enough(t.value, value)]
    return value, (fit[0].timex_id if fit else None)


def _fine_enough(value: str, wanted: str) -> bool:
    """Whether a date can be what "the day before" or "the same month" counts from: it must not be coarser."""
    day = value.endswith("D") or value.count("-") >= 2 or "WXX" in value or "T" in value
    if "D" in wanted or wanted.startswith("XXXX-XX-XX"):
        return day
    if wanted.endswith(("W", "M")):
        return day or value.endswith(("W", "M")) or (value.count("-") == 1 and value[-2:].isdigit())
    return True


def _join_ranges(scene: Scene, timexes: list[Timex], matches: list[Match]) -> list[Timex]:
    """ "from May to July", "between Monday and Friday": the first is open to the end of the second."""
    out = list(timexes)
    for k in range(len(out) - 1):
        left, right, gap = out[k], out[k + 1], matches[k + 1].first - matches[k].last
        ends = scene.words.joins.get(scene.lower(_opener(scene, left)), frozenset())
        if (
            gap == 1
            and scene.lower(matches[k].last) in ends
            and left.type == right.type
            and left.type in {"DATE", "TIME"}
        ):
            out[k] = replace(left, value=f"{_framed(left.value, right.value)}..{right.timex_id}")
            if right.mod == "ON_OR_BEFORE":
                out[k + 1] = replace(right, mod=None)
    return out


def _framed(left: str, right: str) -> str:
    """The frame that only the end of a range names holds for its beginning: "between Monday and Wednesday *last week*",
    "from May to July *2015*" ("from November to March 2015" begins the year before).
    """
    frame, mark, inner = right.partition(":XXXX-")
    if mark and left.startswith("XXXX-") and left.count("-") == inner.count("-") + 1:
        return f"{frame}:{left}"
    named, bare = DATED.match(right), DATED.match(left)
    if named and bare and named[1] != "XXXX" and bare[1] == "XXXX":
        return f"{int(named[1]) - (bare[2] > named[2]):04d}{left[4:]}"
    return left


def _opener(scene: Scene, timex: Timex) -> int:
    """The index of the token before a timex."""
    i = timex.head_token
    while i > 0 and scene.parse.tokens[i - 1].end > timex.span.start:
        i -= 1
    return i - 1


AHEAD = frozenset({"for", "to", "till", "until", "by"})
"""prepositions between such a verb and the day that it is set for"""


def tense(scene: Scene, i: int) -> str | None:
    """Past, present or future of the verb that governs a token; None if no finite verb does or another's noun owns it."""
    token, ahead, verbs = scene.parse.tokens[i], False, 0
    if token.dep == "poss":
        return None
    for _ in range(12):
        if token.pos in {"VERB", "AUX"}:
            direct = token.lemma in scene.words.forward_direct and not verbs and not _done_on(scene.parse, token, i)
            verbs += 1
            if direct or (ahead and token.lemma in scene.words.forward_infinitive):
                return "future"
            found = _verb_tense(scene.parse, token)
            if found != "infinitive":
                ahead = ahead and found is None
            if found in {"past", "present", "future"}:
                return "future" if ahead and found == "present" else found
            ahead = ahead or found == "infinitive"
        elif ahead and token.lemma in scene.words.forward_infinitive:
            return "future"
        if token.head == token.i:
            break
        token = scene.parse.tokens[token.head]
    return "future" if ahead else None


def _done_on(parse: Parse, verb: Token, time: int) -> bool:
    """ "set fire to it over the weekend", "targeted a mosque on Friday": done then; "set a vote for Friday" is not."""
    link = parse.tokens[parse.tokens[time].head]
    ahead = link.dep == "prep" and link.lower in AHEAD
    return verb.tag == "VBD" and parse.kid(verb.i, "dobj") is not None and not ahead


def _verb_tense(parse: Parse, verb: Token) -> str | None:
    """Tense of one verb with its auxiliaries; "infinitive" and None (bare gerunds) leave it to the head."""
    helpers = list(parse.kids(verb.i, "aux", "auxpass"))
    words = {k.lower for k in helpers}
    if words & FUTURE_MODALS or verb.lower in FUTURE_MODALS:
        return "past" if "have" in words else "future"
    if verb.tag == "VBD" or any(k.tag == "VBD" for k in helpers) or words & {"has", "have", "having", "'ve"}:
        return "past"
    if "to" in words:
        return "infinitive"
    if verb.tag in {"VBP", "VBZ"} or any(k.tag in {"VBP", "VBZ"} for k in helpers):
        return "present"
    return "past" if verb.tag == "VBN" else None
