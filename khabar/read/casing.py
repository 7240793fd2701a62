"""Texts in capitals (old wire copy, telexes, headlines) as a sentence would be written, letter for letter.

In: a text, the tables, a test for common words, what is known of names. Out: the text with its paragraphs in capitals
rewritten; the same length, so that offsets stay. A word keeps a capital if it opens a sentence, is a country, day,
month or known name, stands after a title, joins a name, or is no common word at all; it keeps all its capitals if it
looks like an abbreviation. What the rest of a text shows in normal case goes before every rule. It cannot tell Reading the
town from reading the book unless a title stands before the person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from khabar.lexicon.casing import CaseWords
from khabar.lexicon.entities import EntityWords
from khabar.lexicon.nations import Nations
from khabar.model.mentions import Kind
from khabar.read.capitals import LONG, PARAGRAPH, WORD, in_capitals, in_normal_case, lowered
from khabar.read.gazetteer import NameKinds

ENDS = frozenset(".!?")
"""marks after which a sentence begins"""
BETWEEN = frozenset(" \"'“”‘’([")
LONGEST_NAME = 6
"""words of a name that the tables are asked about at once"""
SHORT = 3
"""letters up to which an unknown word by itself is an abbreviation"""
LONGEST_ACRONYM = 10
CONTRACTION = re.compile(r"(?:n['’]t|['’](?:re|ll|ve|d|m|s))$")
SMALL = frozenset({"and", "for", "the", "of"})
QUOTES = ('"', "“", "”")
BODY = frozenset({Kind.ORG})
VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõ")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTables:
    """What the rules ask of lower-case words: ``closed`` are function words; ``common`` says whether a word is an ordinary
    one, ``verbal`` whether it can be a verb, adjective or adverb.
    """

    case: CaseWords
    words: EntityWords
    nations: Nations
    names: NameKinds
    closed: frozenset[str]
    common: Callable[[str], bool]
    verbal: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text in capitals; ``bare`` is without possessive 's."""

    start: int
    end: int
    lower: str
    bare: str


def recased(text: str, tables: Callable[[], CaseTables]) -> str:
    """The text, its paragraphs in capitals rewritten; the tables are made only if there are any."""
    whole = in_capitals(text)
    spans = [m.span() for m in PARAGRAPH.finditer(text) if whole or in_capitals(m.group())]
    if not spans:
        return text
    out = list(text)
    pen = Recaser(tables(), text, spans)
    for start, end in spans:
        for word, form in pen.forms(start, end):
            out[word.start : word.end] = form
    return "".join(out)


class Recaser:
    """The rules with what one document teaches: words it shows in normal case, abbreviations in brackets, titled names."""

    def __init__(self, tables: CaseTables, text: str, capitals: list[tuple[int, int]]) -> None:
        self._tables = tables
        self._text = text
        self._small, self._shown = in_normal_case(text, capitals)
        self._acronyms: set[str] = set()
        self._people: set[str] = set()
        self._phrases: set[tuple[str, ...]] = set()
        self._common: dict[str, bool] = {}
        nations = tables.nations
        keys = (k for table in (nations.by_name, nations.by_adjective, nations.by_people) for k in table)
        self._nation_words = frozenset(key.replace("-", " ").split()[0] for key in keys)
        for start, end in capitals:
            self._learn(self._words(start, end))

    def forms(self, start: int, end: int) -> Iterator[tuple[Word, str]]:
        """Each word of a paragraph with the form that it takes."""
        words = self._words(start, end)
        named = self._named(words)
        for n, word in enumerate(words):
            raw = self._text[word.start : word.end]
            shown = self._shown.get(word.bare)
            if shown is not None:
                yield word, shown + lowered(raw[len(shown) :])
            elif self._is_acronym(words, n, named):
                yield word, raw[: len(word.bare)] + raw[len(word.bare) :].lower()
            elif n in named or self._opens(word):
                yield word, _title(raw)
            else:
                yield word, lowered(raw)

    def _words(self, start: int, end: int) -> list[Word]:
        out = []
        for m in WORD.finditer(self._text, start, end):
            lower = lowered(m.group())
            out.append(Word(m.start(), m.end(), lower, lower[:-2] if lower.endswith(("'s", "’s")) else lower))
        return out

    # ------------------------------------------------------------------ what the document teaches

    def _learn(self, words: list[Word]) -> None:
        for n, word in enumerate(words):
            if len(word.bare) in range(2, LONGEST_ACRONYM) and not self._is_common(word.bare):
                self._acronyms |= self._short_for(words, n)
            if (
                n
                and self._adjacent(words[n - 1 : n + 1])
                and self._bears_name(words[n - 1].lower)
                and self._may_be_person(word)
            ):
                self._people.add(word.bare)

    def _bears_name(self, before: str) -> bool:
        """A title or a first name: a surname may follow."""
        words = self._tables.words
        return words.is_title(before) or (words.gender(before) != "any" and words.head(before) is None)

    def _short_for(self, words: list[Word], n: int) -> set[str]:
        """The word, if it stands in brackets behind a name that its letters begin, or before such a name in brackets."""
        text, letters = self._text, words[n].bare
        if text[words[n].start - 1 : words[n].start] in ("(", "["):
            runs = [words[max(0, n - k) : n] for k in range(len(letters), len(letters) + 4)]
            found = next(
                (run for run in runs if run and _letters(run) == sorted(letters) and run[0].bare not in SMALL), None
            )
        else:
            found = self._bracketed(words, n)
            if found is not None and len(set(_letters(found)) & set(letters)) < len(letters) / 2:
                found = None
        if found is None:
            return set()
        self._phrases.add(tuple(w.bare for w in found))
        return {letters}

    def _bracketed(self, words: list[Word], n: int) -> list[Word] | None:
        """The words between brackets that open directly behind the n-th word."""
        end = words[n].end
        if self._text[end : end + 2] not in (" (", " ["):
            return None
        close = next((k for k in range(end + 2, min(len(self._text), end + 90)) if self._text[k] in ")]"), end)
        run = [w for w in words[n + 1 : n + 9] if w.end <= close]
        return run if len(run) > 1 and abs(len(_letters(run)) - len(words[n].bare)) <= 1 else None

    def _may_be_person(self, word: Word) -> bool:
        """Whether a word after a title is the person's name: an unknown word, or a known surname."""
        tables = self._tables
        if (
            tables.words.head(word.bare) is not None
            or tables.words.is_title(word.bare)
            or word.bare in tables.case.calendar
            or self._is_closed(word.bare)
        ):
            return False
        return not self._is_common(word.bare) or Kind.PER in tables.names.kinds(word.bare.title())

    # ------------------------------------------------------------------ what each word is

    def _named(self, words: list[Word]) -> set[int]:
        """Indices of the words that take a capital for being names."""
        named: set[int] = set()
        n = 0
        while n < len(words):
            size = self._known_name(words, n)
            if size:
                named.update(k for k in range(n, n + size) if k == n or words[k].bare not in self._tables.case.joints)
            elif self._is_name(words, n):
                named.add(n)
            n += max(size, 1)
        self._grow(words, named)
        return named

    def _known_name(self, words: list[Word], n: int) -> int:
        """How many words from the n-th on are a country, or a name of several words that somebody knows."""
        closed, small = self._is_closed(words[n].bare), self._is_common(words[n].bare)
        nation = not closed and words[n].bare in self._nation_words
        run = words[n : n + LONGEST_NAME]
        while run:
            if len(run) == 1 or self._adjacent(run):
                bare = tuple(w.bare for w in run)
                if " ".join(bare) in self._tables.case.names or bare in self._phrases:
                    return len(run)
                name = _title(self._text[run[0].start : run[-1].start] + run[-1].bare) if nation or not small else ""
                if nation and self._tables.nations.any(name):
                    return len(run)
                if not closed and 1 < len(run) < LONGEST_NAME - 1 and self._is_known(run, name, common=small):
                    return len(run)
            run.pop()
        return 0

    def _is_known(self, run: list[Word], name: str, *, common: bool) -> bool:
        """Whether somebody knows a name of several words; of common words only the names of bodies count."""
        if not common:
            return bool(self._tables.names.kinds(name))
        if len(run) > SHORT or any(self._is_closed(w.bare) for w in run):
            return False
        return self._tables.names.kinds(_title(self._text[run[0].start : run[-1].start] + run[-1].bare)) == BODY

    def _adjacent(self, run: list[Word]) -> bool:
        return all(self._text[a.end : b.start] in (" ", "-") for a, b in pairwise(run))

    def _is_name(self, words: list[Word], n: int) -> bool:
        word, tables = words[n].bare, self._tables
        if word in self._shown:
            return True
        if word == "us":
            return self._is_country(words, n)
        if word in tables.case.doubtful:
            return self._is_month(words, n)
        if word in tables.case.calendar or word in self._people or self._is_people(word):
            return True
        if word in self._small or self._is_closed(word):
            return word == "i"
        if not self._is_common(word):
            return True
        return not tables.verbal(word) and self._known_by_name(word)

    def _is_people(self, word: str) -> bool:
        """ "Muslim", "Shiites": peoples are capitalised, currents of opinion ("communist") are not."""
        tables, stem = self._tables, word.removesuffix("s")
        if word in tables.case.always or stem in tables.case.always:
            return True
        return stem in tables.words.peoples and tables.words.head(word) is None and not tables.verbal(word)

    def _known_by_name(self, word: str) -> bool:
        """A noun that is a first name or a place, and no head of descriptions."""
        tables = self._tables
        if tables.words.head(word) is not None or word in tables.words.name_ends:
            return False
        title = word.title()
        return tables.words.gender(word) != "any" or bool(tables.nations.capital(title) or tables.names.kinds(title))

    def _is_country(self, words: list[Word], n: int) -> bool:
        """US the country, not the pronoun: after "THE", before an office or a body."""
        after = words[n + 1].bare if n + 1 < len(words) and self._adjacent(words[n : n + 2]) else ""
        return (n > 0 and words[n - 1].lower == "the") or self._tables.words.head(after) is not None

    def _is_month(self, words: list[Word], n: int) -> bool:
        """ "5 MAY", "MAY 5", "IN MARCH", not "MAY BE" or "A MARCH"."""
        around = self._text[max(0, words[n].start - 4) : words[n].start], self._text[words[n].end : words[n].end + 4]
        if any(c.isdigit() for part in around for c in part):
            return True
        return n > 0 and words[n - 1].lower in self._tables.case.before_month and len(words[n].bare) > SHORT - 1

    def _grow(self, words: list[Word], named: set[int]) -> None:
        """Names grow over articles before them ("EL ALTO"), nouns after first names, the last words of bodies."""
        tables = self._tables
        for n in range(len(words) - 1, -1, -1):
            if n + 1 in named and words[n].bare in tables.case.articles and self._adjacent(words[n : n + 2]):
                if n - 1 not in named or words[n].bare not in tables.case.joints:
                    named.add(n)
                elif n in named:
                    named.discard(n)
            if n in named and words[n].bare in tables.case.joints and n + 1 not in named:
                named.discard(n)
        for n in range(len(words)):
            named.update(self._quoted_name(words, n))
        for n in range(len(words) - 1):
            if n + 1 in named and self._adjacent(words[n : n + 2]) and self._ranks(words[n].bare):
                named.update(
                    k for k in (n - 1, n) if k == n or (n and words[k].bare in self._tables.words.title_modifiers)
                )
        for n in range(1, len(words)):
            if n in named or n - 1 not in named or not self._adjacent(words[n - 1 : n + 1]):
                continue
            if self._is_surname(words, n) or self._ends_name(words, n):
                named.add(n)

    def _ends_name(self, words: list[Word], n: int) -> bool:
        """ "MARIN COUNTY": the last word of a name's kind after a name that is no adjective of nationality."""
        before, word = words[n - 1].bare, words[n].bare
        return (
            word in self._tables.words.name_ends
            and not self._is_closed(word)
            and not self._tables.nations.adjective(before.title())
        )

    def _quoted_name(self, words: list[Word], n: int) -> range:
        """The words from the n-th on that stand alone in quotation marks, if they can be a name: few, no function words."""
        text = self._text
        if text[words[n].start - 1 : words[n].start] not in QUOTES:
            return range(0)
        run = words[n : n + LONGEST_NAME]
        last = next((k for k, w in enumerate(run) if text[w.end : w.end + 2].lstrip(",.")[:1] in QUOTES), None)
        if last is None or text[words[n].start - 3 : words[n].start - 1].strip() in {",", ":"}:
            return range(0)
        inside = run[: last + 1]
        plain = [w for w in inside if w.bare not in self._tables.case.joints]
        if any(self._is_closed(w.bare) for w in plain) or all(self._tables.verbal(w.bare) for w in plain):
            return range(0)
        return range(n, n + len(inside))

    def _ranks(self, word: str) -> bool:
        """A title, rank or office, not a mere role ("driver"): capitalised before a name."""
        if not self._is_title(word):
            return False
        head = self._tables.words.heads.get(word)
        return head is None or head.group in ("office", "rank")

    def _is_surname(self, words: list[Word], n: int) -> bool:
        """A noun directly after a first name that nothing else explains ("RONALD REAGAN")."""
        word, before, tables = words[n].bare, words[n - 1].bare, self._tables
        if tables.words.gender(before) == "any" or self._is_closed(word) or tables.verbal(word):
            return False
        return tables.words.head(word) is None and words[n - 1].lower == before

    def _is_acronym(self, words: list[Word], n: int, named: set[int]) -> bool:
        word, tables = words[n].bare, self._tables
        after = self._text[words[n].end : words[n].end + 2]
        if len(word) <= SHORT and after[:1] == "-" and after[1:].isdigit():
            return True
        if word == "us" and n in named:
            return True
        if "." in word or word in self._acronyms or word in tables.case.marks:
            return word not in tables.words.capitals or word in self._acronyms or not self._is_closed(word)
        if (
            n not in named
            or self._is_common(word)
            or self._is_title(word)
            or word in self._people
            or word in tables.case.calendar
        ):
            return False
        if tables.nations.any(word.title()) or word in tables.case.articles or word in tables.case.joints:
            return False
        if not VOWELS.intersection(word) or not self._can_begin(word):
            return True
        joined = any(
            k in named and self._adjacent(sorted((words[n], words[k]), key=lambda w: w.start))
            for k in (n - 1, n + 1)
            if 0 <= k < len(words)
        )
        return (
            len(word) <= SHORT
            and not joined
            and not tables.names.kinds(word.title())
            and tables.words.gender(word) == "any"
        )

    def _can_begin(self, word: str) -> bool:
        """Whether the consonants at a word's beginning can begin a name."""
        size = next((k for k, c in enumerate(word) if c in VOWELS), len(word))
        return size == 0 or (word.startswith("mc") and len(word) > LONG) or word[:size] in self._tables.case.onsets

    def _is_closed(self, word: str) -> bool:
        plain = CONTRACTION.sub("", word)
        return word in self._tables.words.not_names or len(plain) == 1 or plain in self._tables.closed

    def _is_common(self, word: str) -> bool:
        known = self._common.get(word)
        if known is None:
            tables = self._tables
            known = (
                word in tables.case.words
                or word.endswith(tables.case.endings)
                or word in self._small
                or tables.words.head(word) is not None
                or tables.common(word)
            )
            self._common[word] = known
        return known

    def _opens(self, word: Word) -> bool:
        """Whether a word stands first in its sentence: nothing before it in its paragraph, or a mark that ends one."""
        at = word.start - 1
        while at >= 0 and self._text[at] in BETWEEN:
            at -= 1
        if at < 0 or self._text[at] == "\n":
            return True
        if self._text[at] in ":,":
            return self._text[at + 1 : word.start].strip() in ('"', "“", '"[')
        if self._text[at] == "]":
            return self._aside(at)
        return self._text[at] in ENDS and at < word.start - 1 and not self._abbreviated(at)

    def _aside(self, at: int) -> bool:
        """Whether the brackets that end here stand between sentences or before one."""
        at = self._text.rfind("[", 0, at) - 1
        while at >= 0 and self._text[at] == " ":
            at -= 1
        return at < 0 or self._text[at] in "\n.!?-]"

    def _abbreviated(self, at: int) -> bool:
        """Whether a full stop belongs to "U.S." or "GEN."."""
        begin = at
        while begin and (self._text[begin - 1].isalpha() or self._text[begin - 1] == "."):
            begin -= 1
        before = lowered(self._text[begin:at])
        return "." in before or len(before) == 1 or self._is_title(before)

    def _is_title(self, word: str) -> bool:
        return self._tables.words.is_title(word) or self._tables.words.is_title(word + ".")


def _letters(run: list[Word]) -> list[str]:
    """First letters of the words that count, in order of the alphabet: a translated name has them in another order."""
    return sorted(w.bare[0] for w in run if w.bare not in SMALL)


def _title(text: str) -> str:
    """Every part of a name with a capital: "O'Neill", "Al-Amin"; the possessive small."""
    out = [
        c if k == 0 or text[k - 1] in " -" or (text[k - 1] in "'’" and k == 2 and len(text) > LONG) else lowered(c)
        for k, c in enumerate(text)
    ]
    return "".join(out)
