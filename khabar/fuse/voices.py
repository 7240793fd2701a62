"""Who speaks, how surely, and whether it is denied: the words for it in one sentence.

In: a ``Sentence``, the word table, the printed text, attributions of the reading. Out: ``Voice`` (source and cue), and
``Marker`` (hedge, negation, denial) records with the words they stand on; ``Quoted`` stretches. Text patterns: "X says",
"says X" after a comma or quotation mark, "according to X", a short "X:" before a headline and " - X" after it. A
passive cue ("it was reported that") names nobody and counts as a hedge. Of many cue words the text does not tell whether
they report ("suspect held", "bodies found in"): where a version was read, the reading's cues decide; where it was not,
such a noun can pass for a cue.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from khabar.fuse.words import Sentence, Word, in_title_case
from khabar.lexicon.revision import Phrase, Phrases, RevisionWords, revision_words
from khabar.model.spans import Span

STOPS = re.compile(r"[,;:—–“”\"()…]|\s-\s|[‘’'](?=\s)|(?<=\s)[‘']")
QUOTE = re.compile(r"“[^“”]{2,}(?:”|$)|‘[^‘]{2,}?’(?!\w)|(?<!\w)\"[^\"]{2,}(?:\"|$)|(?<![\w’])'[^'\n]{2,}?'(?!\w)")
LONGEST_SOURCE = 12
SAYS = frozenset({"says", "said"})
ORDER = 7
"""words behind "told" among which "to" makes an order of it"""
MOST_TURNED = 4
"""words of a source behind "says" """


@dataclass(frozen=True, slots=True)
class Voice:
    """A source and its cue: keys of the source's content words, spans, lemma, kind of cue (neutral, distance, denial)."""

    source: tuple[str, ...]
    span: Span
    cue: Span | None
    lemma: str
    kind: str

    @property
    def whole(self) -> Span:
        """From the first to the last word of source and cue."""
        cue = self.cue or self.span
        return Span(min(self.span.start, cue.start), max(self.span.end, cue.end))


@dataclass(frozen=True, slots=True)
class Marker:
    """A hedge, negation or denial: its phrase, strength (hedges) and words [first, last)."""

    phrase: Phrase
    strength: int
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks; ``span`` includes the marks."""

    keys: tuple[str, ...]
    span: Span


def voices_in(
    sentence: Sentence,
    words: RevisionWords,
    read: Iterable[tuple[Span, Span | None, str]] = (),
    heard: Collection[tuple[str, str]] | None = None,
) -> tuple[Voice, ...]:
    """The voices of a sentence; ``read``: (source, cue, lemma) of the reading, used where the patterns see nothing;
    ``heard``: the cues that readings of both versions found, each with the word before it; None if nothing was read."""
    out: list[Voice] = []
    for i in range(len(sentence.words)):
        found = _by_cue(sentence, i, words)
        if found and heard is not None and not _surely(sentence, i, found, heard):
            found = None
        found = found or _by_preposition(sentence, i, words)
        if found and not any(found.whole.overlaps(v.whole) for v in out):
            out.append(found)
    if sentence.headline or not sentence.key.endswith("."):
        out.extend(v for v in _by_mark(sentence, words) if not any(v.span.overlaps(x.whole) for x in out))
    for source, cue, lemma in read:
        voice = _from_reading(sentence, source, cue, lemma, words)
        if voice and not any(voice.whole.overlaps(x.whole) for x in out):
            out.append(voice)
    return tuple(sorted(out, key=lambda v: v.span))


def markers_in(sentence: Sentence, phrases: Phrases) -> tuple[Marker, ...]:
    """The longest phrases of a table in the sentence, left to right, none overlapping; "n't" is "not"."""
    keys = [_plain(w) for w in sentence.words]
    out: list[Marker] = []
    end = 0
    for i, key in enumerate(keys):
        sizes = phrases.sizes.get(key, ()) if i >= end else ()
        for size in sizes:
            phrase = tuple(keys[i : i + size])
            if phrase in phrases.strengths:
                end = i + len(phrase)  # fewer words than that may be left
                out.append(Marker(phrase, phrases.strengths[phrase], sentence.cut(i, end), i, end))
                break
    return tuple(out)


def passive_cues(sentence: Sentence, words: RevisionWords) -> tuple[Marker, ...]:
    """ "it was reported that", "is said to": hearsay without a source."""
    out: list[Marker] = []
    for i, word in enumerate(sentence.words):
        if word.key not in words.cues or i + 1 >= len(sentence.words) or not _is_passive(sentence.words, i):
            continue
        if sentence.words[i + 1].key in {"to", "that"} and not to_whom(sentence, i + 1, words):
            strength = 2 if words.cues[word.key][1] == "distance" else 1
            out.append(Marker((words.cues[word.key][0],), strength, sentence.cut(i - 1, i + 1), i - 1, i + 1))
    return tuple(out)


def to_whom(sentence: Sentence, i: int, words: RevisionWords) -> bool:
    """Whether the "to" at word i says to whom something was said or shown, and no verb follows: "said to reporters"."""
    after = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
    if after is None or sentence.words[i].key != "to":
        return False
    people = words.pronouns | words.roles | words.before_nouns | words.telling_things
    return after.capital or after.key in people


def quotes_in(text: str, sentence: Sentence) -> tuple[Quoted, ...]:
    """Quoted stretches of a sentence; a quotation that goes on into the next sentence ends with this one."""
    out = []
    for found in QUOTE.finditer(text, sentence.span.start, sentence.span.end):
        span = Span(*found.span())
        keys = tuple(w.key for w in sentence.words if span.contains(w.span))
        if keys:
            out.append(Quoted(keys, span))
    return tuple(out)


def content_keys(words: Iterable[Word], table: RevisionWords) -> tuple[str, ...]:
    """Keys that identify a source: without articles and small words."""
    plain = table.before_nouns | table.auxiliaries
    return tuple("u.s." if w.text == "US" else w.key for w in words if w.key not in plain or w.text == "US")


def _plain(word: Word) -> str:
    if word.key.endswith("n't"):
        return "not"
    return "" if word.key == "may" and word.capital and not word.gap.strip() and word.gap else word.key


def _is_passive(words: Sequence[Word], i: int) -> bool:
    return (i > 0 and words[i - 1].key in revision_words().copulas) or (
        i > 1 and words[i - 2].key in revision_words().copulas and words[i - 1].key.endswith("ly")
    )


def before_cue(words: Sequence[Word], i: int) -> tuple[str, str]:
    """A cue's key with that of the word before it: how the cue of one version is known again in the other."""
    return (words[i - 1].key if i else "", words[i].key)


def _surely(sentence: Sentence, i: int, voice: Voice, heard: Collection[tuple[str, str]]) -> bool:
    """Whether a cue reports: "say" does, and so does one behind the words reported, one that a reading found, and one that
    gives a figure ("put the toll at"), which no reading takes for words."""
    behind = voice.cue is not None and voice.span > voice.cue
    sure = voice.lemma in revision_words().sure_cues or before_cue(sentence.words, i) in heard
    return sure or behind or _gives_figure(sentence, i)


def _gives_figure(sentence: Sentence, i: int) -> bool:
    """Whether a figure follows the cue: "put the toll at"."""
    after = [w.key for w in sentence.words[i + 1 : i + 4]]
    table = revision_words()
    if table.cues[sentence.words[i].key][0] not in table.figure_cues:
        return False
    return after[:1] not in (["for"], ["since"]) and any(
        key in revision_words().figures or key.isdigit() for key in after
    )


def _by_cue(sentence: Sentence, i: int, words: RevisionWords) -> Voice | None:
    word = sentence.words[i]
    if word.key not in words.cues or word.key.endswith("ing"):
        return None
    if i and not _says_nothing(sentence, i) and sentence.words[i + 1].key == "by":
        return _by_agent(sentence, i, words)
    if _is_passive(sentence.words, i) or is_bare_participle(sentence, i, words):
        return None
    if word.capital and i and not in_title_case(sentence.words):
        return None
    turned = _turned(sentence, i, words)
    if turned is None and _is_no_verb(sentence, i, words):
        return None
    if i and sentence.words[i - 1].key in words.before_nouns and not STOPS.search(word.gap):
        return None
    span = turned or _left(sentence, i, words) or _apposed(sentence, i, words) or _right(sentence, i, words)
    if span is None or (span[0] == 0 and _says_nothing(sentence, i)) or sentence.words[span[0]].key in words.asking:
        return None
    return _voice(sentence, span, i, i + 1, words)


def _is_no_verb(sentence: Sentence, i: int, words: RevisionWords) -> bool:
    """Whether a cue word is an infinitive ("set to announce"), an adjective or noun behind a preposition ("into alleged
    attack"), a noun behind "had" or before "of" ("had dispute", "fears of"), an order ("told the mission to leave"), or a
    verdict ("found him guilty")."""
    word, before = sentence.words[i], sentence.words[i - 1].key if i else ""
    lemma = words.cues[word.key][0]
    if before and not STOPS.search(word.gap) and (before == "to" or before in words.circumstances | words.after_agent):
        return True
    after = sentence.words[i + 1].key if i + 1 < len(sentence.words) else ""
    bare = word.key == lemma and word.key not in words.irregular.get(lemma, ())
    noun = (before in {"has", "have", "had"} and bare) or (after == "of" and lemma in words.noun_cues)
    only_object = lemma in words.object_cues and not (_says_more(sentence, i, words) or _gives_figure(sentence, i))
    told = [w.key for w in sentence.words[i + 1 : i + ORDER]]
    if lemma == "find" and set(told) & words.verdicts:
        return True
    ordered = lemma == "tell" and "to" in told and "that" not in told
    return noun or only_object or ordered


def _says_more(sentence: Sentence, i: int, words: RevisionWords) -> bool:
    """Whether a clause or quotation follows a cue: "finds that", "shows dam failed", not "finds mass grave"."""
    rest = sentence.words[i + 1 :]
    return any(w.key == "that" or STOPS.search(w.gap) for w in rest[:1]) or any(_verbal(w, words) for w in rest[1:])


def is_bare_participle(sentence: Sentence, i: int, words: RevisionWords) -> bool:
    """Whether a headline's participle has a preposition and no object behind it: "Deaths confirmed in"."""
    after = sentence.words[i + 1].key if i + 1 < len(sentence.words) else ""
    headline = sentence.headline or not sentence.key.endswith((".", "”", '"'))
    fate = after in words.tolls or after in words.fates_ahead
    return headline and sentence.words[i].key.endswith("ed") and (after in words.circumstances or fate)


def _says_nothing(sentence: Sentence, i: int) -> bool:
    """Whether the sentence ends with the cue: with the source at its head nothing is said ("held over hoax claim")."""
    return i + 1 == len(sentence.words)


def _by_agent(sentence: Sentence, i: int, words: RevisionWords) -> Voice | None:
    """The words after "rejected by", up to a boundary or the next preposition."""
    start = end = i + 2
    while end < len(sentence.words) and (end == start or not STOPS.search(sentence.words[end].gap)):
        if end > start and sentence.words[end].key in words.boundaries | words.clause_openers | words.after_agent:
            break
        end += 1
    return _voice(sentence, (start, end), i, i + 1, words) if start < end <= start + LONGEST_SOURCE else None


def _apposed(sentence: Sentence, i: int, words: RevisionWords) -> tuple[int, int] | None:
    """The words at the sentence's head, if an apposition or a relative clause between commas parts them from the cue."""
    ws = sentence.words
    first = next((k for k in range(i - 1, 0, -1) if STOPS.search(ws[k].gap)), 0)
    if not first or ws[i].gap.strip() != "," or ws[first].gap.strip() != "," or ws[0].key in words.place_prepositions:
        return None
    head, middle = ws[:first], ws[first:i]
    if i > LONGEST_SOURCE + 4 or any(_verbal(w, words) or STOPS.search(w.gap) for w in head):
        return None
    if middle[0].key in {"who", "which", "whose"}:
        return 0, first
    return None if any(_verbal(w, words) for w in middle) else (0, i)


def _verbal(word: Word, words: RevisionWords) -> bool:
    """Whether a word in lower case may be a finite verb."""
    known = word.key in words.plain_verbs | words.auxiliaries or word.key in words.cues
    return known or (word.key.endswith("ed") and not word.capital)


def _left(sentence: Sentence, i: int, words: RevisionWords) -> tuple[int, int] | None:
    """The words before the cue, back to a boundary; an inverted cue has none."""
    end = i
    while end and sentence.words[end - 1].key in words.auxiliaries and not STOPS.search(sentence.words[end].gap):
        end -= 1
    if not end or STOPS.search(sentence.words[end].gap):
        return None
    start = end - 1
    while (
        start
        and not STOPS.search(sentence.words[start].gap)
        and sentence.words[start - 1].key not in words.boundaries - {"and"}
    ):
        start -= 1
    return (start, end) if end - start <= LONGEST_SOURCE else None


def _turned(sentence: Sentence, i: int, words: RevisionWords) -> tuple[int, int] | None:
    """The words after "says" at the end of a headline that left the comma out: "Truce near says Dorn"."""
    ws = sentence.words
    if sentence.key.endswith(".") or i < 2 or ws[i].key not in SAYS or not 0 < len(ws) - i - 1 <= MOST_TURNED:
        return None
    source = ws[i + 1 :]
    if any(_verbal(w, words) or STOPS.search(w.gap) or w.key in words.small for w in source) or STOPS.search(ws[i].gap):
        return None
    return (i + 1, len(ws)) if source[-1].capital or source[-1].key in words.roles | words.telling_things else None


def _right(sentence: Sentence, i: int, words: RevisionWords) -> tuple[int, int] | None:
    """The words after an inverted cue (", said X"), up to a boundary."""
    start = end = i + 1
    if not i or not STOPS.search(sentence.words[i].gap):
        return None
    while end < len(sentence.words) and (end == start or not STOPS.search(sentence.words[end].gap)):
        if sentence.words[end].key in words.boundaries - {"and"}:
            break
        end += 1
    return (start, end) if 0 < end - start <= LONGEST_SOURCE else None


def _by_preposition(sentence: Sentence, i: int, words: RevisionWords) -> Voice | None:
    for size in words.prepositions_of_source.sizes.get(sentence.words[i].key, ()):
        found = tuple(w.key for w in sentence.words[i : i + size])
        if found in words.prepositions_of_source.strengths:
            start = end = i + size
            agent = sentence.words[start - 1].key == "by"
            while end < len(sentence.words) and (end == start or not STOPS.search(sentence.words[end].gap)):
                if agent and sentence.words[end].key in words.after_agent:
                    break
                end += 1
            return (
                _voice(sentence, (start, min(end, start + LONGEST_SOURCE)), i, i + size, words) if end > start else None
            )
    return None


def _voice(sentence: Sentence, span: tuple[int, int], cue: int, cue_end: int, words: RevisionWords) -> Voice | None:
    keys = content_keys(sentence.words[span[0] : span[1]], words)
    if not keys or {(keys[0],), (sentence.words[span[0]].key,)} & words.negators.strengths.keys():
        return None
    lemma, kind = words.cues.get(sentence.words[cue].key, (sentence.words[cue].key, "neutral"))
    return Voice(keys, sentence.cut(*span), sentence.cut(cue, cue_end), lemma, kind)


def _by_mark(sentence: Sentence, words: RevisionWords) -> list[Voice]:
    """Headline style: "Kyiv: …" and "… - Kerry"."""
    ws = sentence.words
    before = [
        Voice(content_keys(ws[:i], words), sentence.cut(0, i), None, ":", "neutral")
        for i in range(1, min(5, len(ws)))
        if ws[i].gap.strip().rstrip("“‘\"' ") == ":" and ws[0].capital and not _is_topic(sentence, i, words)
    ]
    after = [
        Voice(content_keys(ws[i:], words), sentence.cut(i, len(ws)), None, "-", "neutral")
        for i in range(max(3, len(ws) - 4), len(ws))
        if re.fullmatch(r"[’']?\s[-–—]\s", ws[i].gap) and ws[i].key not in words.place_prepositions
    ]
    return [v for v in (*before, *after)[:1] if v.source]


def _is_topic(sentence: Sentence, i: int, words: RevisionWords) -> bool:
    """Whether what stands before the colon says what the piece is, or is about: a rubric, or a question follows."""
    ws = sentence.words
    asked = ws[i].key in words.asking or sentence.key.endswith("?")
    thing = ws[i - 1].text.islower() and ws[i - 1].key not in words.roles | words.telling_things
    return asked or (thing and i > 1) or any(w.key in words.rubrics for w in ws[:i])


def _from_reading(sentence: Sentence, source: Span, cue: Span | None, lemma: str, words: RevisionWords) -> Voice | None:
    if not sentence.span.contains(source) or lemma not in words.cues:
        return None
    at = next((i for i, w in enumerate(sentence.words) if cue and w.span.overlaps(cue) and w.key in words.cues), None)
    if at is not None and (_is_no_verb(sentence, at, words) or is_bare_participle(sentence, at, words)):
        return None
    inside = [w for w in sentence.words if source.overlaps(w.span)]
    keys = content_keys(inside, words)
    nobody = bool(inside) and ((inside[0].key,) in words.negators.strengths or inside[0].key in words.asking)
    return Voice(keys, source, cue, lemma, words.cues[lemma][1]) if keys and not nobody else None
