"""Packaged YAML to plain values: the one place where a table of the lexicon is opened.

In: a path inside ``khabar/lexicon`` ("en/cues.yml"). Out: plain lists and dicts, checked by the caller's record.
Every refusal names the file, the entry and the reason; nothing is loaded by halves.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from khabar.errors import DataFault


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C loader where it was compiled
    """YAML 1.2 truth values: only true and false; "no", "on", "off", "yes" are words here."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if letter in "tTfF" or tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_table(path: str) -> Any:
    """The content of a packaged YAML file. Raises DataFault with line and column if it is not YAML."""
    try:
        return yaml.load(files("khabar.lexicon").joinpath(path).read_bytes(), Loader=Loader)  # noqa: S506 - safe loader
    except (OSError, yaml.YAMLError) as error:
        raise DataFault(f"lexicon/{path}: {error}") from error


def tables(folder: str) -> list[str]:
    """Paths of the YAML files of a packaged folder, sorted."""
    return sorted(
        f"{folder}/{f.name}" for f in files("khabar.lexicon").joinpath(folder).iterdir() if f.name.endswith(".yml")
    )


def check_keys(where: str, entry: Mapping[str, Any], required: set[str], optional: set[str]) -> None:
    """Refuse an entry with a missing or an unknown key."""
    missing, unknown = required - entry.keys(), entry.keys() - required - optional
    if missing or unknown:
        allowed = ", ".join(sorted(required | optional))
        raise DataFault(f"{where}: missing {sorted(missing)}, unknown {sorted(unknown)}; allowed: {allowed}")


def check_words(where: str, words: Any) -> list[str]:
    """Refuse an empty list and words that YAML read as something else (true, false, null, numbers want quotes)."""
    if not isinstance(words, list) or not words:
        raise DataFault(f"{where}: words must be a list of at least one word")
    strange = [word for word in words if not isinstance(word, str) or not word.strip("+")]
    if strange:
        raise DataFault(f"{where}: not words: {strange}; quote what YAML takes for a truth value or a number")
    return words
