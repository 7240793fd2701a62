"""S15: every regular expression that stands in the code, on six families of attack: none may be slow."""

from __future__ import annotations

import pkgutil
import re
import time
from importlib import import_module
from pathlib import Path

import pytest

import khabar

SIZE = 100_000
SECONDS = 0.1
BOUNDED = {
    "khabar.capture.versions._FIRST_LINE": 640,
    "khabar.resolve.areas.AWAY_FROM": 60,
}
"""expressions that only ever see so many characters, and how many"""
ATTACKS = {
    "one letter": "a",
    "blanks": " ",
    "digits": "1",
    "brackets": "<a ",
    "quotes": "'\"“",
    "lines": "\n\t",
    "marks": ".,;:-–|",
    "pairs": "aA. ",
}


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """All compiled expressions at module level, by their full names."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in pkgutil.walk_packages(khabar.__path__, "khabar."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found.setdefault(f"{module.name}.{name}", value)
    return found


def methods(name: str) -> set[str]:
    """How an expression is used in the module where it stands or is imported: from the start of a text, or all over it."""
    module, _, own = name.rpartition(".")
    texts = [p.read_text(encoding="utf-8") for p in Path(khabar.__path__[0]).rglob("*.py")]
    source = Path(str(import_module(module).__file__)).read_text(encoding="utf-8")
    calls = set(re.findall(rf"\b{own}\.(\w+)\(", source))
    for text in texts:
        if re.search(rf"from {re.escape(module)} import [^)]*\b{own}\b", text):
            calls |= set(re.findall(rf"\b{own}\.(\w+)\(", text))
    anywhere = calls & {"search", "finditer", "findall", "sub", "subn", "split"} or not calls
    return (calls & {"match", "fullmatch"}) | ({"search"} if anywhere else set())


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_expression_is_slow(name: str) -> None:
    pattern, size = patterns()[name], BOUNDED.get(name, SIZE)
    used = methods(name)
    for attack, unit in ATTACKS.items():
        text = (unit * size)[:size] + "!"
        subject = text.encode() if isinstance(pattern.pattern, bytes) else text
        spent = min(_spent(pattern, subject, used) for _ in range(2))
        assert spent < SECONDS, f"{attack}: {spent:.2f} s"


def _spent(pattern: re.Pattern[str] | re.Pattern[bytes], subject: str | bytes, used: set[str]) -> float:
    started = time.process_time()
    for method in used:
        getattr(pattern, method)(subject)
    return time.process_time() - started
