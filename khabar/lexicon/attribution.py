"""The trained weights of attribution: ``en/attribution.json`` as one frozen table.

In: three maps from the name of a feature to a number (cue, content, source), made by ``bench/train_attribution.py``. Out:
``Weights``. What the features mean stands in ``read/shapes.py``, what they were learnt from in docs/attribution-model.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights by feature of the three regressions; "*" is the intercept."""

    cue: Mapping[str, float]
    content: Mapping[str, float]
    source: Mapping[str, float]


def load_weights(language: str = "en") -> Weights:
    """The weights of a language. Raises DataFault on a missing table and on what is no number."""
    where = f"lexicon/{language}/attribution.json"
    try:
        tables = json.loads(files("khabar.lexicon").joinpath(language, "attribution.json").read_bytes())
    except (OSError, ValueError) as error:
        raise DataFault(f"{where}: {error}") from error
    check_keys(where, tables, {"cue", "content", "source"}, set())
    for stage, table in tables.items():
        wrong = sorted(name for name, value in table.items() if not isinstance(value, int | float))
        if wrong:
            raise DataFault(f"{where}: {stage}: not numbers: {wrong[:3]}")
    return Weights(**tables)
