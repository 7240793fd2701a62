"""Who says it, how surely, whether it is so: voices, hedges, negations, denials, quotations, clauses.

In: a ``Change``. Out: findings of the classes ATTRIBUTION_*, HEDGE_*, POLARITY_FLIPPED, DENIAL_ADDED, QUOTE_ALTERED,
CLAIM_ADDED, CLAIM_WITHDRAWN. Hedges are weighed: "probably" to "possibly" adds doubt, "apparently" to "reportedly" does
not. What stands in a clause that came as a whole is told by that clause alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from khabar.fuse.changed import Change, Finding, content_stems, role_key, stem, told_again, told_stems, verbal
from khabar.fuse.facts import Facts, tables
from khabar.fuse.names import Name, same_name
from khabar.fuse.rules_quotes import in_quote, quote_findings
from khabar.fuse.voices import Marker, Voice, markers_in
from khabar.lexicon.revision import revision_words
from khabar.model.changes import EditClass
from khabar.model.spans import Span

NEGATED = 4
"""words behind a negator among which what it negates must stand"""
ARTICLES = frozenset({"the", "a", "an"})
RELATIVES = frozenset({"who", "which", "that", "whose"})


def stance_findings(change: Change) -> Iterator[Finding]:
    """All findings about voices, certainty and truth."""
    yield from _voices(change)
    yield from _hedges(change)
    yield from _polarity(change)
    yield from quote_findings(change)
    yield from _clauses(change)


# ------------------------------------------------------------------------------------------------------------ voices
def same_source(a: Voice, b: Voice, change: Change) -> bool:
    """Whether two sources can be one: a pronoun, half of the words in common, a country and its seat."""
    if set(a.source + b.source) & change.table.words.pronouns:
        return True
    plain = [[k for k in _parts(v) if (k.rstrip("."),) not in change.table.words.titles] for v in (a, b)]
    sides = plain if all(plain) else [_parts(a), _parts(b)]
    if _one_name(a, b, change):
        return True
    left, right = (_canonical(side, change) for side in sides)
    return len(left & right) >= 0.5 * min(len(left), len(right))


def _parts(voice: Voice) -> list[str]:
    """The words of a source, "ex-official" as "former" and "official"."""
    return [part for key in voice.source for part in key.replace("ex-", "former ").split()]


def _one_name(a: Voice, b: Voice, change: Change) -> bool:
    """Whether two sources are nothing but one name in two spellings: "UN", "the United Nations"."""
    sides = [[(f, n) for f in (change.before, change.after) for n in _names_at(f, v)] for v in (a, b)]
    return any(
        same_name(n, m) and len(a.source) <= n.last - n.first and len(b.source) <= m.last - m.first
        for f, n in sides[0]
        for g, m in sides[1]
        if f is not g
    )


def _canonical(source: Sequence[str], change: Change) -> set[str]:
    nations = change.table.nations
    out: set[str] = set()
    for key in source:
        codes = nations.any(key.upper() if "." in key else key.title()) or nations.metonym(key.title())
        words = change.table.words
        spelt = words.alike.get(key, words.same.get(key, key)).replace("isation", "ization")
        out.add(codes[0] if codes else stem(spelt))
    return out


def _voices(change: Change) -> Iterator[Finding]:
    old = [v for v in change.before.voices if not change.in_clause(v.whole, after=False)]
    new = [v for v in change.after.voices if not change.in_clause(v.whole, after=True)]
    pairs = [(a, b) for a in old for b in new if same_source(a, b, change)]
    for a, b in pairs:
        if {a.kind, b.kind} == {"neutral", "distance"} and a.cue and b.cue and not _owned(a, b, change):
            kind = EditClass.HEDGE_ADDED if b.kind == "distance" else EditClass.HEDGE_REMOVED
            yield Finding(kind, a.cue, b.cue)
    lost = [a for a in old if not any(x is a for x, _ in pairs) and not _spoken(a, change.lost_to, change)]
    found = [b for b in new if not any(x is b for _, x in pairs) and not _spoken(b, change.come_from, change)]
    lost = [a for a in lost if not any(same_source(a, v, change) for v in change.after.voices)]
    found = [b for b in found if not any(same_source(b, v, change) for v in change.before.voices)]
    lost = [a for a in lost if not _label(a, change.before, change.after) and not _foretold(a, change.after)]
    lost = [a for a in lost if not _still_speaks(a, change.before, change.after) and not _refuses(a, change)]
    found = [b for b in found if not _still_speaks(b, change.after, change.before)]
    found = [b for b in found if (lost or b.kind != "denial") and not _label(b, change.after, change.before)]
    found = [b for b in found if not _foretold(b, change.before)]
    retold = [v for v in lost if _retold(change, v, to_after=True)] + [
        v for v in found if _retold(change, v, to_after=False)
    ]
    for voice in retold if len(retold) == len(lost) + len(found) == 1 else ():
        yield _otherwise(change, voice, gone=voice in lost)
        return
    for a, b in zip(lost, found, strict=False):
        if not _only_generalised(a, b, change):
            yield Finding(EditClass.ATTRIBUTION_REPLACED, a.span, b.span)
    for a in lost[len(found) :]:
        yield Finding(EditClass.ATTRIBUTION_REMOVED, a.whole, change.after.sentence.span)
    for b in found[len(lost) :]:
        yield Finding(EditClass.ATTRIBUTION_ADDED, change.before.sentence.span, b.whole)


def _owned(a: Voice, b: Voice, change: Change) -> bool:
    """Whether a claim is a claim to have done it: "claimed responsibility"."""
    sides = ((a, change.before), (b, change.after))
    last = [(facts.sentence.words, _words_of(facts, v.cue or v.span)[1]) for v, facts in sides]
    return any(at < len(words) and words[at].key in change.table.words.owned for words, at in last)


def _only_generalised(a: Voice, b: Voice, change: Change) -> bool:
    """Whether a source that was nothing but a name became a role in the same place: NAME_GENERALISED says so."""
    across = change.span_across(*_words_of(change.before, a.span), to_after=True)
    if across is None or not across.overlaps(b.span):
        return False
    named = any(
        n.span.start <= a.span.end and len(a.source) <= n.last - n.first + n.titled for n in _names_at(change.before, a)
    )
    role = any(role_key(k) in change.table.words.roles for k in b.source)
    return named and role and not _names_at(change.after, b)


def _still_speaks(voice: Voice, here: Facts, other: Facts) -> bool:
    """Whether the other side has the source with the same cue in another place ("was declared … by the governor"), or
    with a verb of speaking that reports no clause ("called the offer an insult")."""
    keys = {w.key for w in other.sentence.words}
    if voice.cue is None or not set(voice.source) <= keys:
        return False
    cue = {stem(w.key) for w in here.sentence.words if w.span.overlaps(voice.cue)}
    return cue <= {stem(k) for k in keys} or bool(keys & revision_words().speech)


def _refuses(voice: Voice, change: Change) -> bool:
    """Whether a rejection is told by another verb now: "rejected the plan", "turned down the plan"."""
    return voice.kind == "denial" and bool(markers_in(change.after.sentence, change.table.words.turned_down))


def _foretold(voice: Voice, other: Facts) -> bool:
    """Whether the other side says that the same source is to say so: "EU to warn Russia", "EU warns Russia"."""
    keys = [w.key for w in other.sentence.words]
    ahead = any(a in {"to", "will"} and b == voice.lemma for a, b in pairwise(keys))
    return ahead and set(voice.source) <= set(keys)


def _retold(change: Change, voice: Voice, *, to_after: bool) -> bool:
    """Whether the source does something else now where it spoke: "warns shipping", "threatens ships"."""
    here, there = change.side(to_after=not to_after), change.side(to_after=to_after)
    if voice.cue is None or voice.lemma not in change.table.words.spoken_deeds:
        return False
    first, last = _words_of(here, voice.cue)
    across = change.counterpart(first, last, to_after=to_after)
    if across is None or not set(voice.source) <= {w.key for w in there.sentence.words}:
        return False
    mine = [(r.b0, r.b1) if to_after else (r.a0, r.a1) for r in change.regions]
    region = next((r for r in mine if r[0] <= first < r[1]), (first, last))
    kept = content_stems(w.key for w in there.sentence.words)
    others = [i for i in range(*region) if i != first and verbal(here, i, change.table)]
    others = [i for i in others if stem(here.sentence.words[i].key) not in kept]
    return not others and any(verbal(there, i, change.table) for i in range(*across))


def _otherwise(change: Change, voice: Voice, *, gone: bool) -> Finding:
    """From a word to a deed is firmer, from a deed to a word less so."""
    here = change.side(to_after=not gone)
    across = change.span_across(*_words_of(here, voice.cue or voice.span), to_after=gone)
    if gone:
        return Finding(EditClass.HEDGE_REMOVED, voice.cue, across)
    return Finding(EditClass.HEDGE_ADDED, across, voice.cue)


def _label(voice: Voice, here: Facts, other: Facts) -> bool:
    """Whether what stands before a colon was no source, but what the headline is about: its words or names stand in the
    other, or no statement follows it but a title ("Port fire: The longest night")."""
    if voice.lemma != ":":
        return False
    named = [n for n in here.names if n.span.overlaps(voice.span)]
    known = bool(named) and all(any(same_name(n, m) for m in other.names) for n in named)
    return known or set(voice.source) <= {w.key for w in other.sentence.words} or _is_title(here, voice)


def _is_title(facts: Facts, voice: Voice) -> bool:
    """Whether nothing but a thing stands behind the colon: an article or number, and no verb save in relative clauses."""
    rest = [w for w in facts.sentence.words if w.span.start >= voice.span.end]
    if not rest or not (rest[0].key in ARTICLES or rest[0].key[:1].isdigit()):
        return False
    stated = list(takewhile(lambda w: w.key not in RELATIVES, rest))
    first = len(facts.sentence.words) - len(rest)
    return not any(verbal(facts, first + i, tables()) for i in range(len(stated)))


def _words_of(facts: Facts, span: Span) -> tuple[int, int]:
    """The words [first, last) that a span covers."""
    inside = [i for i, w in enumerate(facts.sentence.words) if w.span.overlaps(span)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _names_at(facts: Facts, voice: Voice) -> list[Name]:
    return [n for n in facts.names if n.span.overlaps(voice.span)]


def _spoken(voice: Voice, others: Sequence[Facts], change: Change) -> bool:
    """Whether the source speaks in a sentence that was joined to this one or split from it."""
    return any(same_source(voice, v, change) for f in others for v in f.voices)


# ------------------------------------------------------------------------------------------------------------ hedges
def _hedges(change: Change) -> Iterator[Finding]:
    old = _unmatched(change.before.hedges, change.after.hedges)
    new = _unmatched(change.after.hedges, change.before.hedges)
    new = [m for m in new if not change.in_clause(m.span, after=True)]
    old = [m for m in old if not change.in_clause(m.span, after=False)]
    new = [m for m in new if not _suspects(m, change.before, change)]
    old = [m for m in old if not _suspects(m, change.after, change)]
    more = sum(m.strength for m in new) - sum(m.strength for m in old)
    if more > 0:
        yield Finding(EditClass.HEDGE_ADDED, _beside(change, new[0], to_after=False), _wide(change.after, new[0]))
    elif more < 0:
        yield Finding(EditClass.HEDGE_REMOVED, _wide(change.before, old[0]), _beside(change, old[0], to_after=True))


def _suspects(marker: Marker, other: Facts, change: Change) -> bool:
    """Whether the other side doubts by the verb of the same word ("is suspected by police", "police suspect"), or by its
    negation ("unverified", "has not been verified")."""
    negated = other.negations and marker.phrase[0].startswith("un")
    if negated and any("un" + w.key == marker.phrase[0] for w in other.sentence.words):
        return True
    lemma, kind = change.table.words.cues.get(marker.phrase[0], ("", ""))
    both = bool(change.before.voices) and bool(change.after.voices)
    return (kind == "distance" or (both and bool(lemma))) and any(
        change.table.words.cues.get(w.key, ("", ""))[0] == lemma for w in other.sentence.words
    )


def _unmatched(these: Sequence[Marker], those: Sequence[Marker]) -> list[Marker]:
    free = [m.phrase[0] for m in those]
    out = []
    for marker in these:
        if marker.phrase[0] in free:
            free.remove(marker.phrase[0])
        else:
            out.append(marker)
    return out


def _wide(facts: Facts, marker: Marker) -> Span:
    """The marker with the word after it: what it hedges or negates."""
    return facts.sentence.cut(marker.first, min(marker.last + 2, len(facts.sentence.words)))


def _beside(change: Change, marker: Marker, *, to_after: bool) -> Span:
    """Where the marker would stand on the other side: what it hedges or negates, if that stands there; the region's words, or
    the sentence."""
    here, there = change.side(to_after=not to_after), change.side(to_after=to_after)
    behind = [w.key for w in here.sentence.words[marker.last : marker.last + 2]]
    keys = [w.key for w in there.sentence.words]
    for run in (behind, behind[:1]):
        at = _once(keys, run)
        if at is not None and behind[0] not in change.table.words.small:
            return there.sentence.cut(at, at + len(run))
    return change.span_across(marker.first, marker.last, to_after=to_after) or there.sentence.span


def _once(keys: Sequence[str], run: Sequence[str]) -> int | None:
    """Where some words stand, if they do so once."""
    found = [i for i in range(len(keys) - len(run) + 1) if run and list(keys[i : i + len(run)]) == list(run)]
    return found[0] if len(found) == 1 else None


# ---------------------------------------------------------------------------------------------------------- polarity
def _polarity(change: Change) -> Iterator[Finding]:
    """A negation that came or went; where a denial went or came for it ("denies backing", "does not back"), nothing did."""
    old = [m for m in change.before.negations if not change.in_clause(m.span, after=False)]
    new = [m for m in change.after.negations if not change.in_clause(m.span, after=True)]
    flips = list(_contraries(change))
    if (len(old) - len(new) + len(flips)) % 2 == 0 and len(old) != len(new):
        return
    if len(old) != len(new) and len(old) + len(change.before.denials) == len(new) + len(change.after.denials):
        return
    if (len(old) - len(new)) % 2:
        extra = _unmatched(new, old) or _unmatched(old, new)
        after = len(new) > len(old)
        facts = change.after if after else change.before
        if any(f.negations for f in (change.come_from if after else change.lost_to)):
            return  # it stands, or stood, in a sentence of its own
        mine, other = _wide(facts, extra[0]), _beside(change, extra[0], to_after=not after)
        sides = (other, mine) if after else (mine, other)
        if _stands_plain(facts, extra[0], change.side(to_after=not after), change):
            yield Finding(EditClass.POLARITY_FLIPPED, *sides)
        elif not flips and not _lost(extra[0], change.side(to_after=not after), change):
            yield Finding(EditClass.CLAIM_ADDED if after else EditClass.CLAIM_WITHDRAWN, *sides)
        yield from flips
        return
    yield from flips or _denials(change)


def _stands_plain(facts: Facts, marker: Marker, other: Facts, change: Change) -> bool:
    """Whether the other side says without negation what is negated here; else it is another claim, no contrary one."""
    known = content_stems(w.key for w in other.sentence.words)
    if _lost(marker, other, change):
        return False
    words = facts.sentence.words
    named = {i for n in facts.names for i in range(n.first, n.last)}
    behind = range(marker.last, min(marker.last + NEGATED, len(words)))
    ahead = range(marker.first - 1, max(-1, marker.first - NEGATED), -1)
    for order in (behind, ahead):
        told = [words[i].key for i in order if i not in named and not words[i].key.endswith("ly")]
        first = next(iter(k for k in told if k not in change.table.words.small), None)
        if first is not None:
            return stem(first) in known
    return False


def _lost(marker: Marker, other: Facts, change: Change) -> bool:
    """Whether the other side tells by the negator itself or by a word of loss what is negated here: "refuses to pay",
    "refusing pay"; "without power", "power cuts"."""
    if stem(marker.phrase[0]) in content_stems(w.key for w in other.sentence.words) or _says_no(marker, other, change):
        return True
    keys = {w.key for w in other.sentence.words}
    if keys & change.table.words.negative and not keys & change.table.words.negative <= _keys_of(other, change):
        return True
    empty = marker.phrase in {("without",), ("no",), ("none",)}
    return empty and any(w.key in change.table.words.losses for w in other.sentence.words)


def _keys_of(other: Facts, change: Change) -> set[str]:
    side = change.after if other is change.before else change.before
    return {w.key for w in side.sentence.words}


def _says_no(marker: Marker, other: Facts, change: Change) -> bool:
    """Whether somebody says "no" who refuses there: "said no to the plan", "rejected the plan"."""
    side = change.after if other is change.before else change.before
    said = marker.phrase == ("no",) and marker.first and side.sentence.words[marker.first - 1].key
    refuses = any((w.key,) in change.table.words.denials.strengths for w in other.sentence.words)
    return bool(said) and change.table.words.cues.get(str(said), ("", ""))[0] == "say" and refuses


def _contraries(change: Change) -> Iterator[Finding]:
    """A word that became its contrary, wherever in the sentence."""
    before, after = ({w.key for w in f.sentence.words} for f in (change.before, change.after))
    counted = {k for m in (*change.before.negations, *change.after.negations) for k in m.phrase}
    gone = before - after
    if not gone or not after - before:
        return
    for pair in (*change.table.words.contraries, *_privatives(before ^ after, change)):
        for left, right in (pair, pair[::-1]):
            if gone.isdisjoint(left) or (left | right) & counted:
                continue
            lost = {k for k in gone & left if not _kin(k, after, change)}
            gained = {k for k in (after & right) - before if not _only_where(k, change)}
            if lost and gained and not after & left and not before & right:
                yield Finding(EditClass.POLARITY_FLIPPED, _word(change.before, lost), _word(change.after, gained))
                return


def _kin(key: str, others: Collection[str], change: Change) -> bool:
    """Whether another verb for the same deed stands there: "freed", "released from jail"."""
    kin = change.table.words.kin
    return key in kin and any(kin.get(other) == kin[key] for other in others)


def _only_where(key: str, change: Change) -> bool:
    """Whether the word that came is no verb, but where or out of what: "from jail"."""
    words = change.after.sentence.words
    before = [words[i - 1].key for i, w in enumerate(words) if i and w.key == key]
    return bool(before) and all(b in change.table.words.circumstances for b in before)


def _privatives(keys: set[str], change: Change) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Words that came or went, each with its own contrary among them: "clear" and "unclear"."""
    prefixes = change.table.words.privatives
    return [
        (frozenset({k}), frozenset({p + k}))
        for k in sorted(keys)
        for p in sorted(prefixes)
        if len(k) >= 3 and p + k in keys
    ]


def _word(facts: Facts, keys: set[str]) -> Span:
    return next(w.span for w in facts.sentence.words if w.key in keys)


def _denials(change: Change) -> Iterator[Finding]:
    """A denial that came: on its own a new denial, in place of another cue a flip."""
    new = _unmatched(change.after.denials, change.before.denials)
    new = [m for m in new if not change.in_clause(m.span, after=True)]
    before = len(change.before.denials) + sum(len(f.denials) for f in change.come_from)
    if len(change.after.denials) <= before or not new:
        return
    across = change.counterpart(new[0].first, new[0].last, to_after=False)
    cues = change.table.words.cues
    if across and any(w.key in cues for w in change.before.sentence.words[slice(*across)]):
        kind = EditClass.POLARITY_FLIPPED
    else:
        kind = EditClass.DENIAL_ADDED
    yield Finding(
        kind,
        change.span_across(new[0].first, new[0].last, to_after=False),
        change.after.sentence.cut(max(0, new[0].first - 1), new[0].last),
    )


# ----------------------------------------------------------------------------------------------------------- clauses
def _in_loose(change: Change, words: tuple[int, int], *, after: bool) -> bool:
    """Whether a sentence of its own on the other side says what the clause says and its counterpart does not: joined, or
    split."""
    loose = change.come_from if after else change.lost_to
    if not loose:
        return False
    here, there = change.side(to_after=after), change.side(to_after=not after)
    clause = here.sentence.words[slice(*words)]
    mine = told_stems((w.key for w in clause), change.table) - _told(there, change)
    return told_again(mine, (_told(f, change) for f in loose))


def _told(facts: Facts, change: Change) -> frozenset[str]:
    return told_stems((w.key for w in facts.sentence.words), change.table)


def _clauses(change: Change) -> Iterator[Finding]:
    for first, last in change.came:
        span = change.after.sentence.cut(first, last)
        if _in_loose(change, (first, last), after=True) or in_quote(change, span, after=True):
            continue
        denied = any(m.span.overlaps(span) for m in (*change.after.denials, *change.after.negations))
        voiced = any(v.whole.overlaps(span) for v in change.after.voices) or change.after.denials
        kind = EditClass.DENIAL_ADDED if denied and voiced else EditClass.CLAIM_ADDED
        yield Finding(kind, change.span_across(first, last, to_after=False), span)
    for first, last in change.went:
        bare = not content_stems(w.key for w in change.before.sentence.words[first:last])
        if bare or _in_loose(change, (first, last), after=False):
            continue
        if in_quote(change, change.before.sentence.cut(first, last), after=False):
            continue
        yield Finding(
            EditClass.CLAIM_WITHDRAWN,
            change.before.sentence.cut(first, last),
            change.span_across(first, last, to_after=True),
        )
