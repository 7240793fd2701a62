"""The documents name every verb, option, setting, field and value that there is, and no option that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import click
import pytest

from khabar.cli import main
from khabar.cli.edits import revision_row
from khabar.ledger.answers import ClaimRow
from khabar.lexicon.load import read_table
from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.spans import Span
from khabar.settings import KEYS, PREFIX, Settings
from khabar.show.evidence import Part
from khabar.show.export.changes import change_row
from khabar.show.export.claims import claims_rows
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows
from khabar.show.export.flat import COLUMNS
from khabar.show.export.reading import contract
from khabar.show.export.why import explanation_row
from khabar.show.why import Explanation
from tests.docs.drawing import ROOT
from tests.ledger.making import make_article, make_fusion
from tests.show.stories import border_war

DOCS = ROOT / "docs"
CLI = (DOCS / "cli.md").read_text(encoding="utf-8")
CODEBOOK = (DOCS / "codebook.md").read_text(encoding="utf-8")
WORDS = frozenset(re.findall(r"[A-Za-z0-9_+-]+", CODEBOOK))
MODELS = tuple(p.stem for p in sorted((ROOT / "khabar" / "model").glob("*.py")) if p.stem != "__init__")
OPTION = re.compile(r"`(--[a-z-]+)`")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every verb and verb below a verb, with its command."""
    context = click.Context(main.khabar)
    for verb in main.VERBS:
        command = main.khabar.get_command(context, verb)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{verb} {name}", below) for name, below in command.commands.items())
        else:
            yield verb, command


def options(command: click.Command) -> set[str]:
    return {name for p in command.params if isinstance(p, click.Option) for name in p.opts if name.startswith("--")}


def section(verb: str) -> str:
    """What cli.md says under a verb's heading."""
    headings = [line for line in CLI.splitlines() if line.startswith("### ") and re.search(rf"khabar {verb}\b", line)]
    assert len(headings) == 1, f"docs/cli.md needs one heading for khabar {verb}"
    return CLI.partition(headings[0])[2].partition("\n#")[0]


@pytest.mark.parametrize("verb", [verb for verb, _ in commands()])
def test_every_verb_has_its_options_and_an_example(verb: str) -> None:
    text, command = section(verb), dict(commands())[verb]
    listed = set(OPTION.findall(text.partition("Options:")[2]))
    assert listed == options(command)
    assert f"`khabar {verb}" in text or f"{verb.partition(' ')[0]} " in "".join(re.findall(r"`khabar [^`]+`", text))


def test_options_before_the_verb() -> None:
    text = CLI.partition("## Options before or behind the verb")[2].partition("\n## ")[0]
    assert set(OPTION.findall(text)) - {"--version", "--help"} == options(main.khabar) - {"--version"}


def test_exit_codes() -> None:
    codes = (main.OK, main.FAILURE, main.USAGE, main.REFUSED, main.INTEGRITY, main.INTERRUPTED)
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", CLI, re.MULTILINE)] == list(codes)


@pytest.mark.parametrize("key", KEYS)
def test_every_setting(key: str) -> None:
    row = next(line for line in CLI.splitlines() if line.startswith(f"| `{key}` |"))
    default = getattr(Settings(), key)
    assert f"`--{key}`" in row
    assert f"`{PREFIX}{key.upper()}`" in row
    assert default is None or f"`{default}`" in row


def keys(value: object) -> set[str]:
    """All keys of nested plain values."""
    if isinstance(value, Mapping):
        return set(value).union(*(keys(v) for v in value.values()))
    return set().union(*(keys(v) for v in value)) if isinstance(value, list) else set()


def a_change() -> ClaimChange:
    return ClaimChange(
        change_id="c",
        from_version_id="v1",
        to_version_id="v2",
        kind=ChangeKind.ADDED,
        before_claim_id=None,
        after_claim_id="x",
        before=None,
        after=Span(0, 1),
        note="",
    )


def a_revision() -> Revision:
    edit = TextEdit(
        edit_class=EditClass.STYLE, before=None, after=Span(0, 1), before_text="", after_text="a", in_headline=False
    )
    return Revision(from_version_id="v1", to_version_id="v2", edits=(edit,), changes=(a_change(),), disclosed=False)


def an_explanation() -> Explanation:
    part = Part(name="act", said="", parts=(Part(name="row", said=""),))
    return Explanation(claim_id="c", word="asserted", sentence="", parts=(part,))


def printed() -> dict[str, set[str]]:
    """The fields of every output."""
    one, two = make_article("one"), make_article("two", who="the Vesh army")
    fusion = make_fusion(one, two)
    claim = ClaimRow(**dict.fromkeys((f.name for f in fields(ClaimRow)), ""))  # type: ignore[arg-type]  # names only
    return {
        "read": keys(contract(border_war(), revision=a_revision())),
        "claims": keys(list(claims_rows([claim]))),
        "claims in CSV": set(COLUMNS),
        "events": keys(list(events_rows(fusion.events, input_ids={}))),
        "control": keys(list(control_rows(fusion.spells, input_ids={}))),
        "diff": keys(revision_row(a_revision())),
        "changes": keys(change_row(a_change())),
        "why": keys(explanation_row(an_explanation(), version_id="v1")),
    }


def named(name: str) -> bool:
    """Whether the codebook has the name in code quotes, alone or first in them."""
    return re.search(rf"`{re.escape(name)}[`: \[(]", CODEBOOK) is not None


@pytest.mark.parametrize("output", printed())
def test_every_field(output: str) -> None:
    assert sorted(name for name in printed()[output] if not named(name)) == []


def enums() -> Iterator[type[StrEnum]]:
    for name in MODELS:
        module = import_module(f"khabar.model.{name}")
        yield from (
            v
            for v in vars(module).values()
            if isinstance(v, type) and issubclass(v, StrEnum) and v.__module__ == module.__name__
        )


@pytest.mark.parametrize("enum", tuple(enums()), ids=lambda e: e.__name__)
def test_every_value(enum: type[StrEnum]) -> None:
    assert sorted({v.value for v in enum} - WORDS) == []


def test_every_mode_and_context() -> None:
    tables = [read_table(f"plover/{p.name}") for p in (ROOT / "khabar/lexicon/plover").glob("*.yml")]
    rows = [row for table in tables for row in table["rows"]]
    used = {row["mode"] for row in rows if row.get("mode")} | {c for row in rows for c in row.get("contexts", ())}
    assert sorted(used - WORDS) == []


def test_every_stance() -> None:
    assert sorted(set(read_table("en/stances.yml")) - WORDS) == []


@pytest.mark.parametrize("document", sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")]), ids=lambda p: p.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    lost = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert lost == []


def test_picture_is_there_and_small() -> None:
    picture = (DOCS / "desk.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000
