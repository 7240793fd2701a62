"""Pin anew what the gate holds: ``python -m tests.accuracy.pin "why"``.

In: a reason. Out: pins.yml and pinned.txt with today's sentences and figures. Without a reason floors only rise and
sentences are only added; a floor that falls, or a sentence that goes or changes, needs one, and the reason stays in
pins.yml beside what it excuses.
"""

from __future__ import annotations

import sys
from typing import Any

import yaml

from tests.accuracy.gate import LAYERS, MEASURES, PINNED, PINS, Figures, cases, digest_of, digest_of_all, measured

SLACK = 0.005
"""a floor stands this much under what is measured, so that a sentence of another table does not move it"""
HEAD = """\
# What the accuracy gate holds; see gate.py. Made by `python -m tests.accuracy.pin`. A floor lower than ``best``, the highest
# it ever stood at, needs an entry under ``reasons``, and so does every sentence taken away or changed.
"""
Pins = dict[str, Any]


def load() -> Pins:
    """The pins, or none yet."""
    if not PINS.exists():
        return {"sentences": 0, "digest": "", "floors": {}, "best": {}, "reasons": {}}
    pins: Pins = yaml.safe_load(PINS.read_text(encoding="utf-8"))
    return pins


def floors(figures: dict[str, Figures], before: dict[str, float]) -> dict[str, float]:
    """A floor for every layer and measure: the old one where it still holds, higher where more was reached."""
    out = {}
    for layer in LAYERS:
        for measure in MEASURES:
            name, reached = f"{layer} {measure}", getattr(figures[layer], measure)
            old, new = before.get(name, 0.0), max(0.0, round(reached - SLACK, 3))
            out[name] = max(old, new) if reached >= old else new
    return out


def unexcused(pins: Pins) -> list[str]:
    """Floors below their best, and sentences gone, without a reason in writing."""
    reasons = pins["reasons"]
    lowered = [name for name, floor in pins["floors"].items() if floor < pins["best"].get(name, 0.0)]
    gone = ["sentences"] if pins["sentences"] < pins["best"].get("sentences", 0) else []
    return [name for name in [*lowered, *gone] if not str(reasons.get(name) or "").strip()]


def pinned_again(old: Pins, digests: list[str], figures: dict[str, Figures], reason: str) -> Pins:
    """The new pins. Raises ValueError naming what falls without a reason."""
    now = floors(figures, old["floors"])
    best = {name: max(floor, old["best"].get(name, 0.0)) for name, floor in now.items()}
    best["sentences"] = max(len(digests), int(old["best"].get("sentences", 0)))
    low = {name: floor < old["floors"].get(name, 0.0) for name, floor in now.items() if floor < best[name]}
    if len(digests) < best["sentences"]:
        low["sentences"] = len(digests) < old["sentences"]
    reasons = {name: reason if fell else old["reasons"].get(name, "") for name, fell in low.items()}
    made: Pins = {"sentences": len(digests), "digest": digest_of_all(digests), "floors": now, "best": best}
    made["reasons"] = reasons
    if missing := unexcused(made):
        raise ValueError(f"give a reason: these fall: {', '.join(missing)}")
    return made


def main(arguments: list[str]) -> None:
    """Pin."""
    chosen = cases()
    digests = sorted({digest_of(case) for case in chosen})
    known = set(PINNED.read_text(encoding="utf-8").split()) if PINNED.exists() else set()
    reason = " ".join(arguments)
    gone = known - set(digests)
    if gone and not reason:
        raise SystemExit(f"give a reason: {len(gone)} pinned sentences changed or vanished")
    try:
        made = pinned_again(load(), digests, measured(chosen), reason)
    except ValueError as error:
        raise SystemExit(str(error)) from error
    if gone:
        made["reasons"]["changed sentences"] = reason
    PINS.write_text(HEAD + yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    PINNED.write_text("\n".join(digests) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
