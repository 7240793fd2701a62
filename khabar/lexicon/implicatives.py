"""What becomes of an embedded happening: ``en/implicatives.yml`` as a frozen table.

In: the packaged table. Out: per lemma (with particle) and part of speech the effect on the complement. The classes are
Karttunen's implicatives with aspectuals, causatives and verbs of hindering. What it cannot do: say who holds it so;
verbs of saying and wanting stand in ``cues.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, check_words, read_table

FRAMES = frozenset(
    {"to", "ing", "object", "obj_to", "obj_bare", "in", "from", "of", "at", "on", "with", "into", "against", "for"}
)
POS = frozenset({"verb", "adj", "noun"})
ASPECTS = frozenset({"begin", "continue", "end", "repeat"})


class Effect(StrEnum):
    """What follows for the complement."""

    TRUE = "true"
    FALSE = "false"
    ATTEMPT = "attempt"
    PREVENT = "prevent"
    FUTURE = "future"
    ENABLE = "enable"
    CAUSE = "cause"
    UNKNOWN = "unknown"
    """only under negation: nothing follows"""


NEGATED = {
    Effect.TRUE: Effect.FALSE,
    Effect.FALSE: Effect.TRUE,
    Effect.ATTEMPT: Effect.FALSE,
    Effect.ENABLE: Effect.FALSE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Implicative:
    """One word: its effect as it stands, its effect under negation, and the frames in which it takes its complement."""

    lemma: str
    particle: str | None
    pos: str
    effect: Effect
    negated: Effect
    frames: frozenset[str]
    aspect: str | None
    but: tuple[tuple[str, Effect], ...]

    def effect_in(self, frame: str, *, negated: bool = False) -> Effect:
        """The effect on a complement in this frame; a frame of ``but`` keeps its own effect, negated by the default."""
        special = dict(self.but).get(frame)
        if special is None:
            return self.negated if negated else self.effect
        return NEGATED.get(special, Effect.UNKNOWN) if negated else special


Implicatives = dict[tuple[str, str], Implicative]


def load_implicatives(language: str = "en") -> Implicatives:
    """("fail", "verb") and ("carry+on", "verb") to their records. Raises DataFault naming file and row."""
    where = f"{language}/implicatives.yml"
    found: Implicatives = {}
    for row in read_table(where):
        for one in _implicatives(f"lexicon/{where}: {row.get('words')}", row):
            key = (f"{one.lemma}+{one.particle}" if one.particle else one.lemma, one.pos)
            if key in found:
                raise DataFault(f"lexicon/{where}: {key[0]} ({one.pos}) is given twice")
            found[key] = one
    return found


def _implicatives(place: str, row: dict[str, Any]) -> list[Implicative]:
    """One row gives a record per word."""
    check_keys(place, row, {"words", "pos", "effect", "frames"}, {"negated", "aspect", "but", "note"})
    frames, aspect = frozenset(row["frames"]), row.get("aspect")
    if row["pos"] not in POS or frames - FRAMES or (aspect and aspect not in ASPECTS):
        raise DataFault(
            f"{place}: pos is one of {sorted(POS)}, frames of {sorted(FRAMES)}, aspect of {sorted(ASPECTS)}"
        )
    if frozenset(row.get("but", {})) - frames:
        raise DataFault(f"{place}: 'but' names a frame that is not in frames {sorted(frames)}")
    effect = _effect(place, row["effect"])
    negated = _effect(place, row["negated"]) if "negated" in row else NEGATED.get(effect, Effect.UNKNOWN)
    but = tuple((frame, _effect(place, value)) for frame, value in row.get("but", {}).items())
    return [
        Implicative(
            lemma=lemma,
            particle=particle or None,
            pos=row["pos"],
            effect=effect,
            negated=negated,
            frames=frames,
            aspect=aspect,
            but=but,
        )
        for lemma, _, particle in (word.partition("+") for word in check_words(place, row["words"]))
    ]


def _effect(place: str, value: object) -> Effect:
    """YAML reads true and false as truth values: take both forms."""
    try:
        return Effect(str(value).lower())
    except ValueError as error:
        raise DataFault(f"{place}: unknown effect {value!r}; known: {', '.join(Effect)}") from error
