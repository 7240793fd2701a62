"""Reporting cues and what they say of commitment: ``en/cues.yml``, ``stances.yml`` and ``regards.yml`` as frozen tables.

Terms: PARC / PolNeAR (source, cue, content), FactBank (values). The formats stand at the top of the YAML files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, check_words, read_table
from khabar.model.factuality import Commitment, Realis

FRAMES = frozenset(
    {"clause", "quote", "to", "obj_to", "of", "for", "with", "as", "object", "about", "in", "wh", "pred", "turn"}
)
SOURCES = frozenset({"subject", "object", "poss", "none", "from", "to"})
POS = frozenset({"verb", "noun", "adj", "adv", "prep"})
REGARD_SLOTS = frozenset({"object", "predicate", "to", "for", "about", "of", "on", "against", "with"})


@dataclass(frozen=True, slots=True)
class Stance:
    """What a cue says of the voices: the value of the enclosing voice, of the source itself, and of the world."""

    name: str
    outer: Commitment
    source: Commitment
    realis: Realis | None


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: lemma (or several words), part of speech, frames in which its content stands, place of its source."""

    lemma: str
    pos: str
    stance: str
    frames: frozenset[str]
    source: str
    particle: str | None
    but: tuple[tuple[str, str], ...] = ()
    """frame -> stance, where a frame changes what the cue says"""

    def stance_in(self, frame: str) -> str:
        """The name of the stance of this cue with its content in this frame."""
        return dict(self.but).get(frame, self.stance)


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues by (lemma, pos) — a particle verb as ("point+out", "verb") — and the stances by name."""

    by_lemma: dict[tuple[str, str], Cue]
    stances: dict[str, Stance]
    regards: dict[str, tuple[str, ...]]
    """lemma -> where the thing stands that somebody thinks or speaks of"""

    def get(self, lemma: str, pos: str) -> Cue | None:
        """The cue of a lemma as this part of speech."""
        return self.by_lemma.get((lemma, pos))


def load_cues(language: str = "en") -> Cues:
    """Both tables of a language. Raises DataFault on an unknown key, frame, stance or a lemma given twice."""
    where = f"{language}/stances.yml"
    stances = {name: _stance(where, name, row) for name, row in read_table(where).items()}
    where = f"{language}/cues.yml"
    return Cues(_index(where, read_table(where), stances), stances, _regards(f"{language}/regards.yml"))


def _regards(where: str) -> dict[str, tuple[str, ...]]:
    """Slots by lemma; a lemma may stand in several rows."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table(where):
        place = f"lexicon/{where}: {row.get('words')}"
        check_keys(place, row, {"words", "slots"}, {"note"})
        unknown = set(row["slots"]) - REGARD_SLOTS
        if unknown:
            raise DataFault(f"{place}: unknown slot {sorted(unknown)}; known: {sorted(REGARD_SLOTS)}")
        for word in check_words(place, row["words"]):
            found[word] = (*found.get(word, ()), *row["slots"])
    return found


def _index(where: str, rows: list[dict[str, Any]], stances: dict[str, Stance]) -> dict[tuple[str, str], Cue]:
    """Cues by lemma (with particle) and part of speech."""
    found: dict[tuple[str, str], Cue] = {}
    for cue in (cue for row in rows for cue in _cues(where, row)):
        for stance in (cue.stance, *(stance for _, stance in cue.but)):
            if stance not in stances:
                raise DataFault(f"lexicon/{where}: {cue.lemma}: unknown stance {stance!r}; known: {sorted(stances)}")
        key = (f"{cue.lemma}+{cue.particle}" if cue.particle else cue.lemma, cue.pos)
        if key in found:
            raise DataFault(f"lexicon/{where}: {key[0]} ({cue.pos}) is given twice")
        found[key] = cue
    return found


def _stance(where: str, name: str, row: dict[str, Any]) -> Stance:
    check_keys(f"lexicon/{where}: {name}", row, {"outer", "source"}, {"realis", "note"})
    realis = Realis(row["realis"]) if row.get("realis") else None
    return Stance(name, Commitment(row["outer"]), Commitment(row["source"]), realis)


def _cues(where: str, row: dict[str, Any]) -> list[Cue]:
    """One row gives a cue per word of ``words``."""
    place = f"lexicon/{where}: {row.get('words')}"
    check_keys(place, row, {"words", "pos", "stance", "frames"}, {"source", "but", "note"})
    frames, source, but = frozenset(row["frames"]), row.get("source", "subject"), row.get("but", {})
    for what, given, known in (
        ("frame", frames, FRAMES),
        ("frame in 'but'", frozenset(but), frames),
        ("source", frozenset({source}), SOURCES),
        ("pos", frozenset({row["pos"]}), POS),
    ):
        if given - known:
            raise DataFault(f"{place}: unknown {what} {sorted(given - known)}; known: {sorted(known)}")
    out = []
    for word in check_words(place, row["words"]):
        lemma, _, particle = word.partition("+")
        out.append(Cue(lemma, row["pos"], row["stance"], frames, source, particle or None, tuple(but.items())))
    return out
