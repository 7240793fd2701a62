"""A golden case: a folder with input bytes, what they mean (case.yml) and what the ledger must then say (expected.yml).

In: the folder. case.yml names the inputs (beside it, or from the project's root) and the document time of texts that
state none. Out: the state of a fresh ledger as plain values: versions (digest, headline, language), their claims in a
form that people can judge, edits, outcomes. A claim that is judged wrong stands under ``wrong`` with the reason: it is
neither wanted nor forbidden, so that nothing wrong is pinned. ``at`` is "offset words" of the trigger in code points.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

import yaml

from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter, ClaimRow, RevisionRow, VersionRow
from khabar.ledger.store import View, open_view
from khabar.ledger.verify import verify
from tests.acceptance.whole import ROOT, fill

Plain = dict[str, Any]
CASES = Path(__file__).parent / "cases"
Key = tuple[str, str, int]
"""a claim as `wrong` names it: version's text digest, ``at``, number of sources"""


def names() -> list[str]:
    """All cases."""
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


def made(name: str) -> Plain:
    """What the inputs of a case become."""
    case = yaml.safe_load((CASES / name / "case.yml").read_text(encoding="utf-8"))
    inputs = [_input(CASES / name, given) for given in case["inputs"]]
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "l.sqlite"
        fill(ledger, inputs, published=case.get("published"))
        with open_view(ledger) as view:
            return state(view)


def _input(folder: Path, given: str) -> Path:
    """An input beside case.yml, or from the project's root."""
    own = folder / given
    return own if own.exists() else ROOT / given


def state(view: View) -> Plain:
    """A ledger as plain values."""
    outcomes = Counter(row.outcome for row in questions.observations(view))
    versions = sorted(
        (row for article in questions.articles(view) for row in questions.versions_of(view, article.article_id)),
        key=lambda row: (row.input_id, row.ordinal),
    )
    return {
        "outcomes": dict(sorted(outcomes.items())),
        "refused": [f"{row.input_id}: {row.reason}" for row in questions.observations(view) if row.reason],
        "faults": list(verify(view).faults),
        "edits": [edit for row in reversed(questions.edits(view)) for edit in _edits(row)],
        "versions": [_version(view, row) for row in versions],
    }


def _edits(row: RevisionRow) -> list[str]:
    """A revision's edits, one line each."""
    return [f"{e.edit_class}: {e.before_text!r} -> {e.after_text!r}" for e in row.revision.edits]


def _version(view: View, row: VersionRow) -> Plain:
    """One version with its claims."""
    article = questions.read_article(view, row.version_id)
    problems = article.reading.problems if article else ()
    claims = [c for c in questions.claims(view, ClaimFilter(all_versions=True)) if c.version_id == row.version_id]
    return _filled(
        input=row.input_id,
        ordinal=row.ordinal,
        headline=row.headline,
        published=row.published,
        language=article.version.language if article else None,
        text_sha256=row.text_sha256,
        problems=list(problems),
        claims=[_claim(claim) for claim in claims],
    )


def _claim(row: ClaimRow) -> Plain:
    """A claim as people judge it; what is not known is left out."""
    kind = row.event_type or row.relation or f"({row.lemma})"
    place = f"{row.place_name}, {row.country}" if row.country else row.place_name
    return _filled(
        says=row.sentence,
        word=row.word,
        sources=row.chain.split(" > ")[:-1],
        type=kind,
        who=list(row.actor_names),
        whom=list(row.recipient_names),
        place=place,
        when=" to ".join(sorted({day for day in (row.earliest, row.latest) if day})),
        at=f"{row.start} {row.quote}",
    )


def _filled(**values: Any) -> Plain:
    """The values that are there."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def expected(name: str) -> Plain:
    """What is pinned; nothing in a new case."""
    path = CASES / name / "expected.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def judged_wrong(pinned: Plain) -> dict[Key, Plain]:
    """The claims that are judged wrong."""
    return {key(v, c): c for v in pinned.get("versions", []) for c in v.get("wrong", [])}


def key(version: Mapping[str, Any], claim: Mapping[str, Any]) -> Key:
    """How a claim is found again after its wording changed."""
    return version["text_sha256"], claim["at"], len(claim.get("sources", []))


def without(values: Plain, drop: Callable[[Key], bool]) -> Plain:
    """A state without the claims that are dropped, and without the list of wrong ones."""
    versions = [
        {
            **{name: value for name, value in version.items() if name != "wrong"},
            "claims": [claim for claim in version.get("claims", []) if not drop(key(version, claim))],
        }
        for version in values.get("versions", [])
    ]
    return {**values, "versions": versions}


def text(values: Plain) -> str:
    """A state as YAML, in the order in which it is read."""
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=118)


def difference(pinned: Plain, found: Plain) -> str:
    """A unified diff; empty where nothing but claims that are judged wrong has changed."""
    wrong = judged_wrong(pinned)
    before, after = (text(without(values, wrong.__contains__)) for values in (pinned, found))
    return "".join(unified_diff(before.splitlines(True), after.splitlines(True), "expected", "found"))
