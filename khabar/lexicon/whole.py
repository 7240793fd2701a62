"""All tables of a language in one frozen value, loaded once a process (about 0.2 s)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.lexicon.attribution import Weights, load_weights
from khabar.lexicon.calibration import Calibration, load_calibration
from khabar.lexicon.classes import WordClasses, load_classes
from khabar.lexicon.counting import CountWords, load_counting
from khabar.lexicon.cues import Cues, load_cues
from khabar.lexicon.entities import EntityWords, load_entities
from khabar.lexicon.hedges import Hedges, load_hedges
from khabar.lexicon.implicatives import Implicatives, load_implicatives
from khabar.lexicon.nations import Nations, load_nations
from khabar.lexicon.timewords import TimeWords, load_timewords
from khabar.lexicon.triggers import Triggers, deeds, gerunds, hyphened, load_triggers

EDITION = "en rules 2026-11-28.16"
"""goes into every reading; changed when rules or tables change what is read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What words mean."""

    cues: Cues
    attribution: Weights
    triggers: Triggers
    hyphened: frozenset[str]
    """lemmas of ``triggers`` that are written with a hyphen"""
    deeds: frozenset[str]
    """nouns of ``triggers`` that name a happening of a type"""
    gerunds: Mapping[str, str]
    """form to lemma, of the verbs of ``triggers``"""
    hedges: Hedges
    implicatives: Implicatives
    entities: EntityWords
    classes: WordClasses
    nations: Nations
    time: TimeWords
    counting: CountWords
    calibration: Calibration
    edition: str


def load_lexicon() -> Lexicon:
    """All packaged tables. Raises DataFault naming the first wrong row."""
    triggers = load_triggers()
    return Lexicon(
        cues=load_cues(),
        attribution=load_weights(),
        triggers=triggers,
        hyphened=hyphened(triggers),
        deeds=deeds(triggers),
        gerunds=gerunds(triggers),
        hedges=load_hedges(),
        implicatives=load_implicatives(),
        entities=load_entities(),
        classes=load_classes(),
        nations=load_nations(),
        time=load_timewords(),
        counting=load_counting(),
        calibration=load_calibration(),
        edition=EDITION,
    )
