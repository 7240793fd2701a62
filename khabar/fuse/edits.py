"""The edits between two versions, each with its class and the words it stands on.

In: two ``ReadArticle`` of one page. Out: ``TextEdit`` records in order of the later text. Sentences are aligned, what
each states is compared by the rules (rules_names, rules_actors, rules_figures, rules_stance), and differing words that no
rule explains are STYLE. A sentence without counterpart is a claim that came or went, unless a neighbour now holds its words
(split or joined sentences) or it is a correction note. Classes: model/changes.py; conventions: design/capture.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.fuse.align import Pair, align
from khabar.fuse.changed import Change, Finding, Loose, change_of, content_stems, told_again, told_stems
from khabar.fuse.facts import Facts, Reader, Tables, bare_headline, facts_of, heard_in, prepare, tables
from khabar.fuse.links import links_removed
from khabar.fuse.names import spelling
from khabar.fuse.rules_actors import actor_findings
from khabar.fuse.rules_figures import figure_findings
from khabar.fuse.rules_names import name_findings
from khabar.fuse.rules_stance import stance_findings
from khabar.fuse.words import Sentence, outside_headline, sentences_of
from khabar.model.articles import ReadArticle
from khabar.model.changes import EditClass, TextEdit
from khabar.model.spans import Span

BYLINE = 10
"""words of a line of authors behind "by", at most"""
EXCLAIMED = 2
"""words of an exclamation that states nothing"""
QUIET = frozenset({EditClass.STYLE, EditClass.MOVED, EditClass.HEADLINE_ONLY})


@dataclass(frozen=True, slots=True)
class _Frame:
    """Two versions while they are compared: what the sentences without counterpart and the changed ones hold."""

    readers: tuple[Reader, Reader]
    loose: Loose
    changed: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]
    """told stems of each changed sentence, before and after"""
    notes: frozenset[int]
    table: Tables


def edits_between(before: ReadArticle, after: ReadArticle) -> tuple[TextEdit, ...]:
    """All edits between two versions."""
    return edits_of(before, after, sentence_pairs(before, after))


def edits_of(before: ReadArticle, after: ReadArticle, pairs: Sequence[Pair]) -> tuple[TextEdit, ...]:
    """The same from sentences that were aligned already."""
    frame = _frame(before, after, pairs)
    findings: list[tuple[Finding, bool]] = []
    for pair in pairs:
        headline = any(s.headline for s in (pair.before, pair.after) if s)
        findings.extend((f, headline) for f in _pair_findings(pair, frame))
    body = [_edit(f, before, after, headline=headline) for f, headline in dict.fromkeys(findings)]
    edits = [*_beside(before, after), *body]
    return (*edits, *links_removed(before.version, after.version), *_headline_only(edits, pairs))


def _beside(before: ReadArticle, after: ReadArticle) -> list[TextEdit]:
    """Edits of a headline that stands beside the text: with words, without spans, for those count on the text."""
    heads = outside_headline(before.version), outside_headline(after.version)
    if None in heads or heads[0] == heads[1]:
        return []
    found = edits_between(bare_headline(before), bare_headline(after))
    return [replace(e, before=None, after=None, in_headline=True) for e in found]


def _frame(before: ReadArticle, after: ReadArticle, pairs: Sequence[Pair]) -> _Frame:
    table = tables()
    other = [p for p in pairs if not p.same]
    spelt = spelling(_telling(pairs, [s for p in other for s in (p.before, p.after) if s]))
    heard = _heard(before, after, other)
    readers = prepare(before, spelt, table, heard), prepare(after, spelt, table, heard)
    loose = (
        tuple(facts_of(p.before, readers[0], table) for p in other if p.before and not p.after),
        tuple(facts_of(p.after, readers[1], table) for p in other if p.after and not p.before),
    )
    changed = tuple(_told(p.before) for p in other if p.before), tuple(_told(p.after) for p in other if p.after)
    notes = notes_in([p.after for p in other if p.after and not p.before], table)
    return _Frame(readers, loose, changed, notes, table)


def _telling(pairs: Sequence[Pair], changed: Sequence[Sentence]) -> list[Sentence]:
    """The changed sentences, and of the others those that hold a word with a capital of theirs: they tell how it is spelt."""
    keys = {w.key for s in changed for w in s.words if w.capital}
    same = [(p.before, p.before.key.lower()) for p in pairs if p.same and p.before]
    return [*changed, *(s for s, text in same if any(k in text for k in keys))]


def _heard(before: ReadArticle, after: ReadArticle, pairs: Sequence[Pair]) -> frozenset[tuple[str, str]] | None:
    """The cues that either reading found in sentences that changed; None if either was not read."""
    found = (
        heard_in(before, [p.before for p in pairs if p.before]),
        heard_in(after, [p.after for p in pairs if p.after]),
    )
    return None if found[0] is None or found[1] is None else found[0] | found[1]


def _stems(sentence: Sentence) -> frozenset[str]:
    return content_stems(w.key for w in sentence.words)


def _told(sentence: Sentence) -> frozenset[str]:
    return told_stems((w.key for w in sentence.words), tables())


def sentence_pairs(before: ReadArticle, after: ReadArticle) -> tuple[Pair, ...]:
    """The sentences of two versions, aligned."""
    words = tables().words
    old, new = (sentences_of(a.version.text, a.version.headline_end, words) for a in (before, after))
    return align(old, new)


def notes_in(sentences: Sequence[Sentence], table: Tables) -> frozenset[int]:
    """Paragraphs that are notes about the page's own corrections."""
    return frozenset(s.paragraph for s in sentences if is_note(s, table))


def is_note(sentence: Sentence, table: Tables) -> bool:
    """Whether a sentence says that the page was corrected or changed."""
    lower = sentence.key.lower()
    return any(note in lower and (" " in note or lower.startswith(note)) for note in table.words.notes)


def _pair_findings(pair: Pair, frame: _Frame) -> Iterator[Finding]:
    if pair.before and pair.after:
        if pair.moved:
            yield Finding(EditClass.MOVED, pair.before.span, pair.after.span)
        if not pair.same:
            facts = [facts_of(s, r, frame.table) for s, r in zip((pair.before, pair.after), frame.readers, strict=True)]
            loose = _akin(pair.after, frame.loose[0]), _akin(pair.before, frame.loose[1])
            yield from _changed(change_of(facts[0], facts[1], loose, frame.table))
    elif pair.after:
        yield from _came(pair.after, frame)
    elif pair.before:
        yield from _went(pair.before, frame)


def _akin(sentence: Sentence, loose: Sequence[Facts]) -> tuple[Facts, ...]:
    """Sentences without counterpart that were joined to this one or split from it: half of their words stand in it."""
    mine = _stems(sentence)
    return tuple(f for f in loose if (theirs := _stems(f.sentence)) and 2 * len(mine & theirs) >= len(theirs))


def _changed(change: Change) -> Iterator[Finding]:
    """The findings of one changed sentence; what no rule explains is style."""
    found = [*name_findings(change), *actor_findings(change), *figure_findings(change), *stance_findings(change)]
    yield from found
    if not change.regions:
        yield Finding(EditClass.STYLE, change.before.sentence.span, change.after.sentence.span)
    for region in change.regions:
        before, after = change.region_spans(region)
        if not any(_touch(before, f.before) or _touch(after, f.after) for f in found):
            yield Finding(EditClass.STYLE, before, after)


def _touch(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.overlaps(b)


def _states_nothing(sentence: Sentence, table: Tables) -> bool:
    """Whether a sentence is a bare exclamation ("Blast!"), a credit, or tells readers of what the page offers ("Take our
    quiz", "Read more"), or who wrote it."""
    if sentence.key.lower().lstrip("([").startswith(table.words.boilerplate):
        return True
    keys = {w.key for w in sentence.words}
    if len(sentence.words) > 1 and sentence.words[0].key == "by" and _names_only(sentence, table):
        return True
    offer = bool(keys & table.words.rubrics and keys & table.words.to_readers)
    return offer or (len(sentence.words) <= EXCLAIMED and sentence.key.endswith(("!", "…")))


def _names_only(sentence: Sentence, table: Tables) -> bool:
    """Whether nothing but names stand behind the first word: "By Mira Castan and Yusuf Demar", a line of authors."""
    rest = sentence.words[1:]
    joining = table.words.place_prepositions | table.words.inside_names | {"and"}
    return len(rest) <= BYLINE and all(w.capital or w.key in joining for w in rest)


def _came(sentence: Sentence, frame: _Frame) -> Iterator[Finding]:
    """A sentence without a counterpart before."""
    if sentence.paragraph in frame.notes:
        return
    if _absorbed(sentence, frame.changed[0]) or _states_nothing(sentence, frame.table):
        yield Finding(EditClass.STYLE, None, sentence.span)
        return
    denied = _denies(facts_of(sentence, frame.readers[1], frame.table), frame.table)
    yield Finding(EditClass.DENIAL_ADDED if denied else EditClass.CLAIM_ADDED, None, sentence.span)


def _denies(facts: Facts, table: Tables) -> bool:
    """Whether a sentence denies: by a word of denial, or in that somebody says of himself that he did not."""
    if facts.denials or not facts.negations:
        return bool(facts.denials)
    words = facts.sentence.words
    ends = [i + 1 for v in facts.voices for i, w in enumerate(words) if v.cue and w.span.overlaps(v.cue)]
    return any(w.key in table.words.pronouns | {"none"} for i in ends for w in words[i : i + 2])


def _went(sentence: Sentence, frame: _Frame) -> Iterator[Finding]:
    if is_note(sentence, frame.table):
        return
    split = _absorbed(sentence, frame.changed[1]) or _states_nothing(sentence, frame.table)
    yield Finding(EditClass.STYLE if split else EditClass.CLAIM_WITHDRAWN, sentence.span, None)


def _absorbed(sentence: Sentence, others: Sequence[frozenset[str]]) -> bool:
    """Whether one changed sentence of the other version holds nearly all the words of this one."""
    return told_again(_told(sentence), others)


def _edit(finding: Finding, before: ReadArticle, after: ReadArticle, *, headline: bool) -> TextEdit:
    return TextEdit(
        edit_class=finding.edit_class,
        before=finding.before,
        after=finding.after,
        before_text=finding.before.cut(before.version.text) if finding.before else "",
        after_text=finding.after.cut(after.version.text) if finding.after else "",
        in_headline=headline,
    )


def _headline_only(edits: Sequence[TextEdit], pairs: Sequence[Pair]) -> tuple[TextEdit, ...]:
    """One more edit if the headline says something else and the body stayed as it was."""
    body = [p for p in pairs if any(s and not s.headline for s in (p.before, p.after))]
    head = [e for e in edits if e.in_headline and e.edit_class not in QUIET]
    if not body or not head or any(not p.same for p in body):
        return ()
    return (replace(head[0], edit_class=EditClass.HEADLINE_ONLY),)
