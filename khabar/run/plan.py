"""Builds parser, lexicon and atlas once, and lays the stages out as a Workbench.

In: settings and the function that says claims as sentences (``show`` and ``run`` never meet; ``cli`` hands it in).
Out: a Workbench. The parser library is imported when the first text is read, not at start-up: it costs a second. The
atlas stands in the user's cache folder under the digest of what it is made from, so that new data or a new builder
makes a new one.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import platformdirs

from khabar import __version__
from khabar.atlas.sources import installed, missing, packages, told
from khabar.capture.versions import make_version, next_version
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.events import Batch, Fusion
from khabar.model.links import Resolution
from khabar.run.stages import Workbench
from khabar.settings import Settings

if TYPE_CHECKING:
    from khabar.atlas.atlas import Atlas
    from khabar.lexicon.whole import Lexicon
    from khabar.read.parse import Parser

LEXICON_PARTS = ("letters.py", "nations.py", "en/nations.yml")
"""what of the lexicon goes into the atlas"""
DIGEST_DIGITS = 16

T = TypeVar("T")
Note = Callable[[str], None]
Sentences = Callable[[ReadArticle], Mapping[str, str]]


class Tools:
    """Parser, lexicon and atlas, each made when it is first asked for: a run that meets nothing new needs none."""

    def __init__(self, settings: Settings, note: Note) -> None:
        self._settings = settings
        self._note = note

    @cached_property
    def atlas(self) -> Atlas:
        """What is known of the world."""
        from khabar.atlas.atlas import open_atlas  # noqa: PLC0415 - paid only by verbs that read

        return kept(open_atlas(ensure_atlas(self._settings, self._note)))

    @cached_property
    def lexicon(self) -> Lexicon:
        """What words mean."""
        from khabar.lexicon.whole import load_lexicon  # noqa: PLC0415 - as above

        return kept(load_lexicon())

    @cached_property
    def parser(self) -> Parser:
        """The parser, its model loaded."""
        from khabar.read.parse import Parser  # noqa: PLC0415 - as above

        return kept(Parser(self._settings.model, self.atlas))

    def read(self, version: Version) -> Reading:
        """Parse and read one version."""
        from khabar.read.reader import read  # noqa: PLC0415 - as above

        atlas, parser = self.atlas, self.parser
        parse = next(parser.parse([(version.text, version.headline_end)]))
        return named(read(version, parse, self.lexicon, atlas), parser.name)

    def resolve(self, version: Version, reading: Reading) -> Resolution:
        """Link one reading to the world."""
        from khabar.resolve.resolver import resolve  # noqa: PLC0415 - as above

        return resolve(version, reading, self.atlas)

    def revise(self, before: ReadArticle, after: ReadArticle) -> Revision:
        """What changed between two versions."""
        from khabar.fuse.revise import revise  # noqa: PLC0415 - as above

        return revise(before, after)

    def fuse(self, articles: Sequence[ReadArticle]) -> Fusion:
        """What articles say together."""
        from khabar.fuse.fusion import fuse  # noqa: PLC0415 - as above

        return fuse(articles)

    def batch(self, articles: Sequence[ReadArticle]) -> Batch:
        """Stories and happenings that articles share."""
        from khabar.fuse.fusion import batch  # noqa: PLC0415 - as above

        return batch(articles)


def kept(loaded: T) -> T:
    """The same, what lives by now set aside for good: the collector need not walk tables and model again at every turn.

    Measured on 50,000 words: the reader costs 1.43 times the bare parse instead of 1.47.
    """
    gc.freeze()
    return loaded


def open_workbench(settings: Settings, *, sentences: Sentences, note: Note) -> Workbench:
    """The real stages; builds the atlas on first need, if there is none yet, and says so through ``note``."""
    tools = Tools(settings, note)
    return Workbench(
        make_version=make_version,
        next_version=next_version,
        read=tools.read,
        resolve=tools.resolve,
        revise=tools.revise,
        fuse=tools.fuse,
        batch=tools.batch,
        sentences=sentences,
    )


def named(reading: Reading, parser: str) -> Reading:
    """The reading with all that made it in ``reader``: this program, the rules' edition, the parser's model."""
    return replace(reading, reader=f"khabar {__version__} / {reading.reader} / {parser}")


def atlas_path(settings: Settings) -> Path:
    """Where the atlas is, or will be."""
    if settings.atlas is not None:
        return settings.atlas
    return Path(platformdirs.user_cache_dir("khabar")) / f"atlas-{atlas_digest(settings.tables)}.sqlite"


def atlas_digest(tables: Path | None = None) -> str:
    """Digest of what the atlas is made from: builder, curated files, the data packages' versions, the user's files."""
    lexicon = files("khabar.lexicon")
    parts = _contents(files("khabar.atlas"), "atlas/")
    parts += [(name, lexicon.joinpath(name).read_bytes()) for name in LEXICON_PARTS]
    parts += [(package, (installed(package) or "absent").encode()) for package in packages()]
    if tables is not None and tables.is_dir():
        parts += _contents(tables, "user/")
    sha = hashlib.sha256()
    for name, content in sorted(parts):
        sha.update(f"{name}\x1f{hashlib.sha256(content).hexdigest()}\n".encode())
    return sha.hexdigest()[:DIGEST_DIGITS]


def ensure_atlas(settings: Settings, note: Note) -> Path:
    """The atlas's path, built if it is not there."""
    path = atlas_path(settings)
    if not path.exists():
        make_atlas(settings, note)
    return path


def make_atlas(settings: Settings, note: Note) -> Path:
    """Build the atlas; it is there whole or not at all."""
    from khabar.atlas.build import build_atlas  # noqa: PLC0415 - paid only when it is built

    path = atlas_path(settings)
    note(f"building the atlas (once): {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    for known in missing():
        note(told(known))
    build_atlas(path, user_folders=(settings.tables,) if settings.tables else ())
    return path


def _contents(folder: Traversable | Path, prefix: str) -> list[tuple[str, bytes]]:
    """Names and bytes of all files below a packaged folder, compiled ones left out."""
    out: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            out += _contents(entry, f"{name}/")
        elif entry.is_file():
            out.append((name, entry.read_bytes()))
    return out
