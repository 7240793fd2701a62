"""What one sentence states, in the kinds of thing a revision can change.

In: a ``ReadArticle`` (its reading may be empty) and the sentences of both versions. Out: ``Facts`` per sentence: names,
amounts, days, hedges, negations, denials, voices, quotations, and the trigger words of the reading. Text patterns come
first; the reading adds what they cannot see (a first word that is a name, a time that only a link can place).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache

from khabar.fuse.amounts import Amount, amounts_in
from khabar.fuse.days import Day, days_in, published_day
from khabar.fuse.names import UNREAD, Name, NameSense, Spelling, name_sense, names_in, spelling
from khabar.fuse.voices import (
    Marker,
    Quoted,
    Voice,
    before_cue,
    is_bare_participle,
    markers_in,
    passive_cues,
    quotes_in,
    to_whom,
    voices_in,
)
from khabar.fuse.words import Sentence, Word, sentences_of
from khabar.lexicon.counting import CountWords, load_counting
from khabar.lexicon.nations import Nations, load_nations
from khabar.lexicon.revision import RevisionWords, forms_of, revision_words
from khabar.lexicon.triggers import load_triggers
from khabar.model.articles import ReadArticle
from khabar.model.claims import Reading, Role
from khabar.model.links import Resolution
from khabar.model.spans import Span

REFUSED_BEFORE = 4
"""words before "rejected" among which what was refused stands: "the proposal has been rejected" """


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables that telling a revision needs."""

    words: RevisionWords
    counting: CountWords
    nations: Nations
    verbs: frozenset[str]
    """forms of the verbs that tell of happenings: what makes a stretch of words a clause"""
    bases: frozenset[str]
    """their lemmas: verbs only behind "to" """


@cache
def tables(language: str = "en") -> Tables:
    """The tables of a language, loaded once."""
    bases = frozenset(lemma for lemma, pos in load_triggers() if pos == "verb")
    return Tables(
        words=revision_words(language),
        counting=load_counting(language),
        nations=load_nations(language),
        verbs=frozenset(f for lemma in bases for f in forms_of(lemma, language) - {lemma}),
        bases=bases,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sentence states."""

    sentence: Sentence
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    hedges: tuple[Marker, ...]
    negations: tuple[Marker, ...]
    denials: tuple[Marker, ...]
    voices: tuple[Voice, ...]
    quotes: tuple[Quoted, ...]
    triggers: tuple[Span, ...]
    actors: tuple[Span, ...] | None = None
    """who acts, as the reading has it; None if nobody has read the text"""
    silent: bool = False
    """the reading found nothing stated in the sentence, as in many a title: "The town that time forgot" """
    beside: bool = False
    """its spans count on a headline that stands beside the text, not on the text"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One version prepared for taking facts."""

    text: str
    today: date
    sense: NameSense
    linked: tuple[tuple[Span, str, str], ...]
    spoken: tuple[tuple[Span, Span | None, str], ...]
    triggers: tuple[Span, ...]
    actors: tuple[Span, ...] | None = None
    stated: tuple[Span, ...] | None = None
    """every predicate of the reading; None if nobody has read the text"""
    heard: frozenset[tuple[str, str]] | None = None
    """cues that the readings of the versions compared found, each with the word before it; None: nothing was read"""


def bare_headline(article: ReadArticle) -> ReadArticle:
    """A headline that stands beside the text as a text of its own that nobody has read."""
    version = article.version
    text = version.headline or ""
    empty = {f.name: () for f in fields(Reading) if f.name not in {"version_id", "reader"}}
    reading = Reading(version_id=version.version_id, reader=UNREAD, **empty)
    nothing = Resolution(version_id=version.version_id, entities=(), places=(), times=())
    alone = replace(version, text=text, headline=None, headline_end=len(text))
    return ReadArticle(version=alone, reading=reading, resolution=nothing)


def heard_in(article: ReadArticle, sentences: Iterable[Sentence]) -> frozenset[tuple[str, str]] | None:
    """The cues with a source that the reading found here, each with the word before it; None where nothing was read."""
    reading = article.reading
    if reading.reader == UNREAD:
        return None
    starts = {s.start for a in reading.attributions if a.source for s in a.cue}
    return frozenset(
        before_cue(sentence.words, i)
        for sentence in sentences
        for i, word in enumerate(sentence.words)
        if word.span.start in starts
    )


def prepare(
    article: ReadArticle, spelt: Spelling, table: Tables, heard: frozenset[tuple[str, str]] | None = None
) -> Reader:
    """What all sentences of a version share."""
    reading = article.reading
    times = {t.timex_id: t.span for t in reading.timexes}
    links = [(times[x.timex_id], x.earliest, x.latest) for x in article.resolution.times if x.timex_id in times]
    return Reader(
        text=article.version.text,
        today=published_day(article.version.published),
        sense=name_sense(article, spelt, table.words, table.nations),
        linked=tuple((span, low, high) for span, low, high in links if low and high),
        spoken=tuple((a.source[0], a.cue[0] if a.cue else None, a.cue_lemma) for a in reading.attributions if a.source),
        triggers=tuple(sorted(p.trigger for p in reading.predications if p.event_type or p.relation)),
        actors=_actors(reading),
        stated=None if reading.reader == UNREAD else tuple(sorted(p.trigger for p in reading.predications)),
        heard=heard,
    )


def _actors(reading: Reading) -> tuple[Span, ...] | None:
    """Who acts in any predication."""
    if reading.reader == UNREAD:
        return None
    fillers = (a.span for p in reading.predications for a in p.arguments if a.role is Role.ACTOR)
    return tuple(sorted({span for span in fillers if span}))


def facts_in(article: ReadArticle) -> tuple[Facts, ...]:
    """The facts of all sentences of one version, in order; a headline beside the text is not among them."""
    found = sentences_of(article.version.text, article.version.headline_end, tables().words)
    reader = prepare(article, spelling(found), tables())
    return tuple(facts_of(s, reader, tables()) for s in found)


def facts_of(sentence: Sentence, reader: Reader, table: Tables) -> Facts:
    """The facts of one sentence."""
    words = table.words
    days = days_in(sentence, words, reader.today, [x for x in reader.linked if sentence.span.contains(x[0])])
    names = tuple(n for n in names_in(sentence, reader.sense) if not _is_figure(n, days, table.counting))
    taken = {i for d in days for i in range(d.first, d.last)} | {i for n in names for i in range(n.first, n.last)}
    hedges = tuple(h for h in _hedges(sentence, words) if not any(d.span.overlaps(h.span) for d in days))  # "May 4"
    denials = tuple(m for m in markers_in(sentence, words.denials) if _denies(m, sentence, words, reader.heard))
    return Facts(
        sentence=sentence,
        names=names,
        amounts=amounts_in(sentence, table.counting, taken),
        days=days,
        hedges=hedges,
        negations=tuple(m for m in markers_in(sentence, words.negators) if _negates(m, sentence, names, hedges)),
        denials=denials,
        voices=voices_in(sentence, words, reader.spoken, reader.heard),
        quotes=quotes_in(reader.text, sentence),
        triggers=_inside(reader.triggers, sentence.span),
        silent=reader.stated is not None and not _inside(reader.stated, sentence.span),
        actors=None if reader.actors is None else _inside(reader.actors, sentence.span),
    )


def _inside(spans: Sequence[Span], sentence: Span) -> tuple[Span, ...]:
    """Those of the spans, which are in order, that lie in the sentence."""
    near = spans[bisect_left(spans, sentence.start, key=_start) : bisect_left(spans, sentence.end, key=_start)]
    return tuple(s for s in near if s.end <= sentence.end)


def _start(span: Span) -> int:
    return span.start


def _is_figure(name: Name, days: Sequence[Day], counting: CountWords) -> bool:
    """Whether a "name" is a month or a number that begins the sentence."""
    tens = {w.partition("-")[0] for w in name.words}
    return any(d.span.overlaps(name.span) for d in days) or tens <= (counting.cardinals.keys() | counting.groups.keys())


def _denies(marker: Marker, sentence: Sentence, words: RevisionWords, heard: frozenset[tuple[str, str]] | None) -> bool:
    """Whether a word of denial is one here: not an officer "dismissed after" something, a "false alarm", a "disputed
    border", a plan that was rejected, nor, where the text was read, a noun or verb that the reading does not hear."""
    ws = sentence.words
    if is_bare_participle(sentence, marker.first, words):
        return False
    before = ws[marker.first - 1].key if marker.first else ""
    key = ws[marker.first].key
    beside = marker.last < len(ws) and ws[marker.last].gap == " "
    behind = before in words.circumstances | words.after_agent | words.before_nouns
    if len(marker.phrase) == 1 and behind and beside and key.endswith(("ed", "ing")):
        return False
    lemma = words.cues.get(key, (key, ""))[0]
    if lemma in {"reject", "dismiss"} and any(
        w.key in words.refused for w in ws[max(0, marker.first - REFUSED_BEFORE) : marker.last + 4]
    ):
        return False
    after = ws[marker.last].key if marker.last < len(ws) else ""
    if lemma == "dismiss" and (after in words.out_of_office or _people(ws[marker.last : marker.last + 3], words)):
        return False
    if lemma == "dispute" and heard is not None and before_cue(ws, marker.first) not in heard:
        return False
    adjective = marker.phrase in {("false",), ("fabricated",), ("baseless",)}
    return not adjective or before in words.copulas | {"as"} or not beside


def _people(words: Sequence[Word], table: RevisionWords) -> bool:
    """Whether people stand here, an article, number or adjective before them: who is dismissed loses an office."""
    return any(w.key in table.roles and w.gap == " " for w in words) and not any(w.key == "that" for w in words)


def _negates(marker: Marker, sentence: Sentence, names: Sequence[Name], hedges: Sequence[Marker]) -> bool:
    """Whether a negator negates: not in a longer name ("Doctors Without Borders"), in a hedge ("not clear whether"), nor in
    an idiom ("like no other")."""
    if any(h.span.overlaps(marker.span) for h in hedges):
        return False
    if any(n.span.contains(marker.span) and n.last - n.first > 1 for n in names):
        return False
    after = sentence.words[marker.last].key if marker.last < len(sentence.words) else ""
    return not (marker.phrase in {("no",), ("not",), ("nothing",)} and after in revision_words().idle_negation)


def _hedges(sentence: Sentence, words: RevisionWords) -> tuple[Marker, ...]:
    """Hedge phrases, and passive cues where no phrase covers them."""
    found = [m for m in markers_in(sentence, words.hedges) if not _unable(m, sentence)]
    more = [m for m in passive_cues(sentence, words) if not any(m.span.overlaps(f.span) for f in found)]
    return (*found, *more)


def _unable(hedge: Marker, sentence: Sentence) -> bool:
    """Whether "could" tells of what was heard or seen, or of a failure ("could not open"; "could not have" is doubt); or
    "said to" of to whom it was said ("said to reporters")."""
    after = [w.key for w in sentence.words[hedge.last : hedge.last + 2]]
    if hedge.phrase == ("could",) and set(after) & revision_words().perceived:
        return True
    if hedge.phrase[-1] == "to" and to_whom(sentence, hedge.last - 1, revision_words()):
        return True
    failed = hedge.phrase in {("could",), ("couldn't",)} and after[:1] == ["not"]
    return failed and after[1:] != ["have"]
