"""Counts, ranges, shares and sums: low, high, what is counted, and the rate if it is one.

In: a Parse, the table of ``lexicon/en/quantities.yml``, and the time expressions already found. Out: Quantities in order
of the text. ``low``..``high`` bound the number as printed, None = open: "at least ten" (10, None), "up to 30" (None, 30),
"three or four" (3, 4), "dozens" (24, None), "no" (0, 0). A strict bound keeps the number printed: "more than 20" is
(20, None) with rule "above", which says that 20 itself is left out. ``unit`` is the lemma of the noun counted, "percent",
an ISO 4217 code for sums of money with a sign of their own, or "person" where a bare number is killed or wounded.
``head_token`` is the noun counted, else the last word of the number. Dates, years and clock times are no quantities;
lengths of time are ("three days": unit day). It does not add up counts nor tell whether two of them overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from khabar.lexicon.counting import CountWords, Range
from khabar.model.mentions import Quantity, Timex
from khabar.model.spans import Span
from khabar.read.fates import called_by, fate_of, is_part, is_whole, of_state, whole_behind
from khabar.read.numerals import Numeral, find_numerals
from khabar.read.tokens import Parse, Token

RANGE_WORDS = frozenset({"to", "or", "-", "–", "and"})
NOUNS = frozenset({"NOUN", "PROPN", "SYM"})
SCALED = 100
"""the scale from which on a vague word multiplies it, as "several hundred" does"""
PLURAL_HUNDREDS = {"hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9}


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens ``first`` (inclusive) to ``last`` (exclusive), the range they say, and by which rule."""

    first: int
    last: int
    range: Range
    rule: str


def find_quantities(parse: Parse, words: CountWords, timexes: tuple[Timex, ...]) -> tuple[Quantity, ...]:
    """All quantities of a parsed text."""
    dated = {p for t in timexes if t.type != "DURATION" for p in range(t.span.start, t.span.end)}
    amounts = [a for a in _amounts(parse, words) if dated.isdisjoint(t.start for t in parse.tokens[a.first : a.last])]
    out: list[Quantity] = []
    for amount in amounts:
        found = _quantity(parse, words, amount)
        if found is not None:
            out.append(replace(found, quantity_id=f"q{len(out) + 1}", part_of=_whole(parse, amount, out)))
    return tuple(_parts(parse, out))


def _whole(parse: Parse, amount: Amount, before: list[Quantity]) -> str | None:
    """The quantity told last in the sentence, where the words make this one a part of it."""
    last = before[-1] if before else None
    if last is None or not (is_part(parse, amount.first, amount.last) or is_whole(parse, last)):
        return None
    same = parse.tokens[last.head_token].sent == parse.tokens[amount.first].sent
    return (last.part_of or last.quantity_id) if same and last.unit != "percent" else None


def _parts(parse: Parse, found: list[Quantity]) -> list[Quantity]:
    """Parts with the fate of their whole; "three of the 14" with the 14 behind."""
    out = list(found)
    for k, (one, two) in enumerate(pairwise(found)):
        if whole_behind(parse, one, two):
            out[k] = replace(one, part_of=two.quantity_id, unit=one.unit or two.unit)
    by_id = {q.quantity_id: q for q in out}
    return [replace(q, fate=by_id[q.part_of].fate) if q.part_of and not q.fate else q for q in out]


def _amounts(parse: Parse, words: CountWords) -> list[Amount]:
    """Numbers joined to ranges and bounded, and vague words, in order, none overlapping another."""
    numerals = [n for n in find_numerals(parse, words) if _counts(parse, words, n)]
    out, taken = [], 0
    for k, numeral in enumerate(numerals):
        if numeral.first >= taken:
            following = numerals[k + 1] if k + 1 < len(numerals) else None
            amount = _bounded(parse, words, _range(parse, words, numeral, following))
            out.append(amount)
            taken = amount.last
    covered = {i for n in numerals for i in range(n.first, n.last)}
    out += [a for a in _vague(parse, words) if covered.isdisjoint(range(a.first, a.last))]
    return sorted(out, key=lambda a: a.first)


def _counts(parse: Parse, words: CountWords, numeral: Numeral) -> bool:
    """Whether a number counts: not part of a name ("Flight 93"), not a bare year, not a number in a list."""
    token = parse.tokens[numeral.first]
    before = parse.tokens[numeral.first - 1] if numeral.first else None
    if before is not None and before.sent == token.sent and before.lemma in words.not_counted:
        return False
    if before is not None and (before.text == "#" or (before.lower == "no" and token.lower == "one")):
        return False
    if token.lower == "one" and token.tag != "CD":
        return False
    bare_year = numeral.last == numeral.first + 1 and token.text.isdigit() and 1900 <= numeral.value < 2100
    if bare_year and not (token.dep == "nummod" and parse.tokens[token.head].tag == "NNS"):
        return False
    named = before is not None and before.pos == "PROPN" and before.i == token.head and before.sent == token.sent
    return not (named and token.dep == "nummod")


def _range(parse: Parse, words: CountWords, one: Numeral, two: Numeral | None) -> Amount:
    """ "three or four", "5 to 7", "between 5 and 7", "$2 million to $3 million"; else the number alone."""
    alone = Amount(one.first, one.last, (one.value, one.value), "number")
    if two is None or parse.tokens[two.first].sent != parse.tokens[one.first].sent:
        return alone
    middle = [t.lower for t in parse.tokens[one.last : two.first] if t.text not in words.currency and t.text != "%"]
    if len(middle) != 1 or middle[0] not in RANGE_WORDS or one.digits != two.digits:
        return alone
    if middle[0] == "and" and not (one.first and parse.tokens[one.first - 1].lower == "between"):
        return alone
    low = one.value
    scale = words.scales.get(parse.tokens[two.last - 1].lower, 1)
    if low * scale < two.value and low < 1000 <= two.value:
        low *= scale
    first = one.first - (middle[0] == "and")
    return Amount(first, two.last, (low, two.value), "range") if low < two.value else alone


def _bounded(parse: Parse, words: CountWords, amount: Amount) -> Amount:
    """The amount with the words around it that open or close its range."""
    first, last, kind = amount.first, amount.last, None
    signed = first - (first > 0 and parse.tokens[first - 1].text in words.currency)
    for size in (3, 2, 1):
        phrase = tuple(t.lower for t in parse.tokens[max(0, signed - size) : signed])
        if kind is None and len(phrase) == size and phrase in words.bounds:
            first, kind = signed - size, words.bounds[phrase]
    for size in (3, 2):
        phrase = tuple(t.lower for t in parse.tokens[last : last + size])
        if kind is None and phrase in words.after:
            last, kind = last + size, words.after[phrase]
    return Amount(first, last, _opened(amount.range, kind), kind or amount.rule)


def _opened(bounds: Range, kind: str | None) -> Range:
    """At least and more than open the top, at most and less than the bottom."""
    low, high = bounds
    if kind in {"at_least", "above"}:
        return low, None
    if kind in {"at_most", "below"}:
        return None, high
    return low, high


def _vague(parse: Parse, words: CountWords) -> list[Amount]:
    """ "several men", "dozens of", "hundreds of thousands", "no one", "nobody", "no soldiers"."""
    out: list[Amount] = []
    for token in parse.tokens:
        word = token.text if token.text.islower() else token.lower
        if word in words.groups or word in words.vague:
            amount = _group(parse, words, token, word)
        elif word in words.nobody or word == "no":
            amount = _nobody(parse, words, token, word)
        else:
            continue
        if amount is not None and (not out or amount.first >= out[-1].last):
            out.append(amount)
    return out


def _group(parse: Parse, words: CountWords, token: Token, word: str) -> Amount | None:
    """A vague word as an adjective of a plural, or a group noun with "of" or without."""
    after = parse.tokens[token.i + 1 : token.i + 3]
    first = token.i - 1 if token.i and parse.tokens[token.i - 1].lower in {"a", "the"} else token.i
    if word in words.groups and (word in PLURAL_HUNDREDS or not after or after[0].lower == "of" or word.endswith("s")):
        factor = PLURAL_HUNDREDS.get(after[1].lower) if len(after) == 2 and after[0].lower == "of" else None
        low, high = words.groups[word]
        if factor is None:
            return _bounded(
                parse,
                words,
                Amount(first if word not in PLURAL_HUNDREDS else token.i, token.i + 1, (low, high), "group"),
            )
        base = {"tens": 10.0, "hundreds": 100.0}.get(word, low or 1.0)
        return Amount(token.i, token.i + 3, (2 * base * factor, None), "group")
    head = parse.tokens[token.head]
    scale = words.scales.get(after[0].lower) if after and word in words.vague else None
    if scale is not None and scale >= SCALED:
        low, high = (None if end is None else end * scale for end in words.vague[word])
        return Amount(first if word in {"few", "couple"} else token.i, token.i + 2, (low, high), "vague")
    if word in words.vague and token.dep in {"amod", "det", "nummod"} and head.pos in NOUNS:
        return Amount(first if word in {"few", "couple"} else token.i, token.i + 1, words.vague[word], "vague")
    return None


def _nobody(parse: Parse, words: CountWords, token: Token, word: str) -> Amount | None:
    """Nought: "nobody", "none", "no one", "no soldiers", "no soldier was hurt" (not "no longer")."""
    if word != "no":
        return Amount(token.i, token.i + 1, (0, 0), "none")
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if following is not None and following.lower == "one":
        return Amount(token.i, token.i + 2, (0, 0), "none")
    noun = parse.tokens[token.head]
    counted = token.dep == "det" and (
        noun.tag in {"NNS", "NNPS"}
        or (noun.tag == "NN" and noun.dep == "nsubjpass" and fate_of(parse, words, token.i, noun) is not None)
    )
    return Amount(token.i, token.i + 1, (0, 0), "none") if counted else None


def _quantity(parse: Parse, words: CountWords, amount: Amount) -> Quantity | None:
    """The record, its number still to be given."""
    first, last, tokens = amount.first, amount.last, parse.tokens
    sign = next((t for t in tokens[max(0, first - 1) : last] if t.text in words.currency), None)
    noun = _counted(parse, words, amount)
    unit = words.currency[sign.text] if sign else _unit(words, noun) if noun else _bare_unit(parse, words, amount)
    if noun is not None and noun.i == last and (unit == "percent" or _measures(words, noun)):
        last = noun.i + (2 if noun.lower == "per" else 1)
    first = sign.i if sign is not None and sign.i < first else first
    if unit is None and amount.rule == "number" and tokens[amount.first].dep in {"punct", "meta"}:
        return None
    low, high = amount.range
    fate = None if sign or unit == "percent" else fate_of(parse, words, amount.last - 1, noun)
    said = is_part(parse, amount.first, amount.last) or of_state(parse, words, amount.last - 1)
    if noun is None and said:
        called = called_by(parse, amount.last - 1)
        unit = called or unit or "person"
    elif noun is None and fate:
        unit = unit or "person"
    return Quantity(
        quantity_id="",
        span=Span(tokens[first].start, tokens[last - 1].end),
        low=low,
        high=high,
        unit=unit,
        per=_per(parse, words, noun.i + 1 if noun is not None else last),
        head_token=noun.i if noun is not None else amount.last - 1,
        rule=amount.rule,
        fate=fate,
    )


def _measures(words: CountWords, noun: Token) -> bool:
    return noun.lemma in words.measures or noun.lemma in words.currency


def _unit(words: CountWords, noun: Token) -> str:
    """The lemma of the noun counted, made one name for shares, people and money."""
    if noun.lower in words.percent or noun.lemma in words.percent or noun.lower == "per":
        return "percent"
    if noun.lemma in words.people:
        return "person"
    return words.currency.get(noun.lemma, noun.lemma)


def _bare_unit(parse: Parse, words: CountWords, amount: Amount) -> str | None:
    """ "Four were killed", "nobody": people, where the word or the verb says so."""
    token = parse.tokens[amount.last - 1]
    if amount.rule == "none":
        return "person" if token.lower in {"one", "nobody"} else None
    head = parse.tokens[token.head]
    victims = head.lemma in words.victim_verbs and token.dep in {
        "nsubj",
        "nsubjpass",
        "dobj",
        "npadvmod",
        "conj",
        "attr",
    }
    killed = amount.last < len(parse.tokens) and parse.tokens[amount.last].lemma in words.victim_verbs
    return "person" if victims or killed else None


def _counted(parse: Parse, words: CountWords, amount: Amount) -> Token | None:
    """The noun that is counted: a share sign behind, "of" behind a group, else the head of the number."""
    tokens, last = parse.tokens, amount.last
    behind = tokens[last] if last < len(tokens) else None
    if behind is not None and (
        behind.lower in words.percent
        or (behind.lower == "per" and tokens[last + 1 : last + 2] and tokens[last + 1].lower == "cent")
    ):
        return behind
    if behind is not None and behind.text == "-" and last + 1 < len(tokens) and tokens[last + 1].pos in NOUNS:
        return tokens[last + 1]
    number = tokens[last - 1]
    if behind is not None and behind.lower == "of":
        below = parse.kid(behind.i, "pobj")
        if below is not None and below.i > behind.i:
            stated = of_state(parse, words, last - 1)
            return None if below.pos == "PRON" or stated else below
    return _head_noun(parse, number, amount)


def _head_noun(parse: Parse, number: Token, amount: Amount) -> Token | None:
    """Up from the number to the first noun outside it that stands to its right."""
    token = number
    for _ in range(4):
        if token.head == token.i or token.dep not in {
            "nummod",
            "compound",
            "quantmod",
            "amod",
            "det",
            "nmod",
            "conj",
            "advmod",
            "pobj",
        }:
            return None
        token = parse.tokens[token.head]
        if token.pos in NOUNS and token.i >= amount.last and token.i - amount.last <= 6:
            return token
    return None


def _per(parse: Parse, words: CountWords, at: int) -> str | None:
    """ "a day", "per month" behind the amount."""
    after = parse.tokens[at : at + 2]
    if len(after) == 2 and after[0].lower in words.per and after[1].lemma in words.units_of_rate:
        return after[1].lemma
    return None
