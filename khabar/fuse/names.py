"""Names in a sentence, from capitals and from the reading, and when two of them are the same.

In: a ``Sentence`` and a ``NameSense`` (tables; which words are known names or common words from both versions; named
mentions of the reading). Out: ``Name`` records. At the start of a sentence a capital proves nothing, so there a name
needs a mention, a table, or its own occurrence elsewhere. Headlines In Title Case are read through the reading and the
body only. Being the same is spelling (Kiev, Kyiv), fuller or shorter form, acronym, country and adjective, or link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from khabar.fuse.words import Sentence, Word, in_title_case
from khabar.lexicon.nations import Nations
from khabar.lexicon.revision import RevisionWords, fold, revision_words
from khabar.model.articles import ReadArticle
from khabar.model.mentions import Form, Kind
from khabar.model.spans import Span

PLACES = frozenset({Kind.GPE, Kind.LOC, Kind.FAC})
DIGIT = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "ten": "10",
    "twenty": "20",
}
UNREAD = ""
"""the reader of a text that nobody has read: then patterns must do alone"""
LOCAL = "local:"


@dataclass(frozen=True, slots=True)
class Name:
    """A name: folded words without titles, a group that equal names share, words [first, last), kinds of evidence."""

    words: tuple[str, ...]
    group: str
    span: Span
    first: int
    last: int
    place: bool
    adjective: bool
    titled: bool
    target: str | None

    @property
    def nation(self) -> bool:
        """Whether it is a country, its adjective or its people."""
        return self.group.startswith("nation:")


Spelling = tuple[frozenset[str], frozenset[str]]
"""keys seen with a capital inside a sentence, and keys seen in lower case"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSense:
    """What is known when looking for names in one version. ``mentions``: named mentions as (span, kind, target)."""

    words: RevisionWords
    nations: Nations
    known: frozenset[str]
    lowers: frozenset[str]
    mentions: tuple[tuple[Span, Kind, str | None], ...]
    places: Mapping[Span, str]
    sure: frozenset[int]
    """where mentions begin that are linked to something known: the rest are the parser's guess"""
    read: bool


def name_sense(article: ReadArticle, spelt: Spelling, words: RevisionWords, nations: Nations) -> NameSense:
    """The sense for one version; ``spelt``: how both versions spell their words, which tells names from words."""
    known, lowers = spelt
    targets = {e.entity_id: e.target_id for e in article.resolution.entities}
    placed = {p.mention_id: p.place_id for p in article.resolution.places}
    mentions = [m for m in article.reading.mentions if m.form is Form.NAM]
    real = {e for e, target in targets.items() if not target.startswith(LOCAL)}
    return NameSense(
        words=words,
        nations=nations,
        known=known,
        lowers=lowers,
        mentions=tuple((m.span, m.kind, targets.get(m.entity_id)) for m in mentions),
        places={m.span: placed[m.mention_id] for m in mentions if m.mention_id in placed},
        sure=frozenset(m.span.start for m in mentions if m.entity_id in real or m.mention_id in placed),
        read=article.reading.reader != UNREAD,
    )


def names_in(sentence: Sentence, sense: NameSense) -> tuple[Name, ...]:
    """The names of a sentence, left to right."""
    sense = replace(sense, mentions=tuple(m for m in sense.mentions if m[0].overlaps(sentence.span)))
    flags = _flags(sentence, sense)
    out: list[Name] = []
    i = 0
    while i < len(sentence.words):
        if not flags[i]:
            i += 1
            continue
        end = i + 1 if _head(sentence.words[i].text) != sentence.words[i].text else _run_end(sentence.words, flags, i)
        name = _name(sentence, i, end, sense)
        if name:
            out.append(name)
        i = end
    return tuple(out)


def same_name(a: Name, b: Name) -> bool:
    """Whether two names are one: same group or link, one inside the other, acronym, or nearly the same spelling."""
    if a.group == b.group or (a.target is not None and a.target == b.target):
        return True
    if a.nation and b.nation:
        return False
    left, right = set(a.words), set(b.words)
    if left <= right or right <= left:
        return True
    if _initials(a.words) == "".join(b.words) or _initials(b.words) == "".join(a.words):
        return True
    return _spelt_alike(" ".join(a.words), " ".join(b.words))


def _spelt_alike(a: str, b: str) -> bool:
    digits = [c for c in a if c.isdigit()] == [c for c in b if c.isdigit()]
    return digits and min(len(a), len(b)) >= 5 and a[:1] == b[:1] and fuzz.ratio(a, b) >= 86


def _initials(words: Sequence[str]) -> str:
    return (
        "".join(DIGIT.get(w, w[0]) for w in words if w not in revision_words().inside_names) if len(words) > 1 else ""
    )


def spelling(sentences: Iterable[Sentence]) -> Spelling:
    """Keys seen with a capital inside a sentence that is not in title case, and keys seen in lower case."""
    known: set[str] = set()
    lowers: set[str] = set()
    for sentence in sentences:
        titled = in_title_case(sentence.words)
        for i, word in enumerate(sentence.words):
            if not word.capital:
                lowers.add(word.key)
            elif i and not titled and not _opens(word):
                known.add(word.key)
    return frozenset(known), frozenset(lowers)


def _opens(word: Word) -> bool:
    """Whether a quotation, a colon or a bullet stands before the word: it may have its capital from that."""
    return any(c in word.gap for c in '“"‘:–—•;')


def _flags(sentence: Sentence, sense: NameSense) -> list[bool]:
    titled = in_title_case(sentence.words)
    return [_is_name_word(sentence, i, sense, titled=titled) for i in range(len(sentence.words))]


def _raised(word: Word) -> bool:
    """Whether a word begins as a name does: with a capital, or with one behind "al-" or "d'"."""
    if word.capital:
        return True
    inner = word.text.partition("-")[2]
    elided = word.key[:2] in {"d'", "l'"} and word.text[2:3].isupper()
    return elided or (word.key.startswith(("al-", "el-", "ar-", "as-", "ash-")) and inner[:1].isupper())


def _is_name_word(sentence: Sentence, i: int, sense: NameSense, *, titled: bool) -> bool:
    word = sentence.words[i]
    key = word.key
    if not _raised(word) or (key in sense.words.no_names and word.text.rstrip("s").isupper()):
        return False
    if (
        key in sense.words.weekdays
        or (key in sense.words.months and key not in {"may", "march"})
        or key in {"i", "i'm", "i've"}
    ):
        return False
    if i == 0 and (_long_title(sentence, i, sense) or _is_rubric(sentence, sense)):
        return False
    if any(span.overlaps(word.span) and not _guessed(sentence, i, span, sense) for span, _, _ in sense.mentions):
        return True
    if sense.nations.any(word.text) or fold(word.text) in sense.words.same:
        return key not in sense.lowers or not (i == 0 or titled)
    if titled:
        return key in sense.known
    if i == 0 or _opens(word):
        return _first_word(sentence, i, sense)
    return key not in sense.words.inside_names | {"a", "an"}


def _first_word(sentence: Sentence, i: int, sense: NameSense) -> bool:
    """Whether the first word of a sentence is a name: known from elsewhere, before another name, or odd enough."""
    word = sentence.words[i]
    key = word.key
    common = key in sense.words.openers or key in sense.words.common
    if key in sense.known and not (common and not _followed(sentence, i)):
        return True
    if key in sense.words.openers or key in sense.lowers or key in sense.words.roles:
        return (key,) in sense.words.titles and _followed(sentence, i)
    compound = word.text.partition("-")[2][:1].islower()
    if (key,) in sense.words.titles or _followed(sentence, i):
        return _followed(sentence, i) and not key.endswith(tuple(sense.words.common_ends)) and not compound
    return not (sense.read or compound or key in sense.words.common or key.endswith((*sense.words.common_ends, "s")))


def _guessed(sentence: Sentence, i: int, mention: Span, sense: NameSense) -> bool:
    """Whether the parser alone takes the first word for a name, and it is a common one or an adjective: "Tributes paid",
    "Deadly Russian strikes"."""
    key = sentence.words[i].key
    opening = (i == 0 or _opens(sentence.words[i])) and key not in sense.known and mention.start not in sense.sure
    common = key in sense.words.openers or key.endswith(tuple(sense.words.adjective_ends))
    alone = not _followed(sentence, i) and (key in sense.words.common or key.endswith(tuple(sense.words.common_ends)))
    return opening and (common or alone)


def _is_rubric(sentence: Sentence, sense: NameSense) -> bool:
    """Whether the first word says what the piece is: "Quiz: …", "Day 12: …"."""
    after = sentence.words[1] if len(sentence.words) > 1 else None
    return (
        sentence.words[0].key in sense.words.rubrics
        and after is not None
        and (":" in after.gap or after.text[:1].isdigit())
    )


def _long_title(sentence: Sentence, i: int, sense: NameSense) -> bool:
    """Whether a title of two words stands here without a name: "Prime minister to meet …"."""
    after = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
    return after is not None and not after.capital and (sentence.words[i].key, after.key) in sense.words.titles


def _followed(sentence: Sentence, i: int) -> bool:
    after = sentence.words[i + 1] if i + 1 < len(sentence.words) else None
    return after is not None and after.gap == " " and after.capital


def _run_end(words: Sequence[Word], flags: Sequence[bool], i: int) -> int:
    """Where a run of name words ends: joined by blanks, small words allowed between capitals."""
    end = i + 1
    while end < len(words):
        of_people = words[end - 1].key in revision_words().owners_in_names and words[end].gap in {
            "'s ",
            "’s ",
            "' ",
            "’ ",
        }
        if flags[end] and (words[end].gap == " " or of_people):
            end += 1
            continue
        j = end
        while j < len(words) and j < end + 2 and words[j].key in revision_words().inside_names and words[j].gap == " ":
            j += 1
        if j == end or j >= len(words) or not flags[j] or words[j].gap != " ":
            break
        end = j + 1
    return end


def _name(sentence: Sentence, first: int, last: int, sense: NameSense) -> Name | None:
    start = first
    while start < last and (sentence.words[start].key.rstrip("."),) in sense.words.titles:
        start += 1
    titled = start > first
    while start < last and sentence.words[start].key in sense.words.inside_names:
        start += 1
    while last > start + 1 and _is_office(sentence.words[last - 1], sense):
        last -= 1
    if start == last:
        return None
    span = sentence.cut(start, last)
    words = sentence.words[start:last]
    printed = " ".join(w.text for w in words)
    found = [(kind, target) for s, kind, target in sense.mentions if s.overlaps(span)]
    codes = sense.nations.any(printed) or sense.nations.any(_head(printed))
    return Name(
        words=tuple(sense.words.same.get(fold(w.key), fold(w.key)) for w in words),
        group=f"nation:{codes[0]}" if codes else sense.words.same.get(fold(printed), fold(printed)),
        span=span,
        first=start,
        last=last,
        place=_is_place(sentence, start, last, [k for k, _ in found], sense.words) and not titled,
        adjective=bool(sense.nations.adjective(printed) or sense.nations.people(printed))
        and not sense.nations.name(printed),
        titled=titled,
        target=_target([t for _, t in found], codes),
    )


def _is_office(word: Word, sense: NameSense) -> bool:
    """Whether a word behind a name is an office in capitals: "UK PM"."""
    return word.text.isupper() and (word.key,) in sense.words.titles


def _head(printed: str) -> str:
    """What is meant by a compound with a participle: "Iranian" of "Iranian-backed"; the words themselves else."""
    head, hyphen, tail = printed.partition("-")
    return head if hyphen and tail.islower() and tail.endswith(("ed", "held", "made", "born")) else printed


def _target(targets: Collection[str | None], codes: Collection[str]) -> str | None:
    """The one entity that a name is linked to, if it is a real one and the name is no country."""
    real = {t for t in targets if t and not t.startswith(LOCAL)}
    return real.pop() if len(real) == 1 and not codes else None


def _is_place(sentence: Sentence, first: int, last: int, kinds: Collection[Kind], words: RevisionWords) -> bool:
    if kinds and not any(k in PLACES for k in kinds) and any(k in {Kind.PER, Kind.ORG} for k in kinds):
        return False
    if any(k in PLACES for k in kinds):
        return True
    after = sentence.words[last] if last < len(sentence.words) else None
    if after is not None and after.key in words.place_nouns and after.gap == " ":
        return True
    before = [w.key for w in sentence.words[max(0, first - 2) : first]]
    near = before[-1:] if before[-1:] != ["the"] else before[:1]
    return bool(near) and near[0] in words.place_prepositions
