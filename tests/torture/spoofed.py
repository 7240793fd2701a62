"""S17: characters that nobody sees, words that run backwards, letters of another alphabet in a name.

In: how many of the signs are tried. Out: whether each is written out wherever a person looks (every verb that prints for
people, every page of the desk, the evidence sheet, the feed, the picture of a map), whether data and offsets stay exact,
and whether a name with a foreign letter is taken for the name that it imitates.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from khabar.cli.main import run
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.store import View, open_view
from khabar.ledger.verify import verify
from khabar.show.export.claims import claims_rows
from tests.torture.outcome import Outcome
from tests.web.asking import ask
from tests.web.conftest import served

SIGNS = {
    "right-to-left override": "\u202e", "left-to-right override": "\u202d", "right-to-left embedding": "\u202b",
    "pop": "\u202c", "right-to-left isolate": "\u2067", "first strong isolate": "\u2068", "pop isolate": "\u2069",
    "left-to-right mark": "\u200e", "right-to-left mark": "\u200f", "Arabic letter mark": "\u061c",
    "zero-width space": "\u200b", "non-joiner": "\u200c", "joiner": "\u200d", "word joiner": "\u2060",
    "byte order mark": "\ufeff", "soft hyphen": "\xad", "combining grapheme joiner": "\u034f", "filler": "\u3164",
    "line separator": "\u2028", "escape": "\x1b[2J", "control sequence": "\x9b2J", "backspace": "\x08",
    "tag": "\U000e0041", "annotation": "\ufff9",
}  # fmt: skip
"""each is put into names, words and particulars of an article"""
LETTERS = {"Cyrillic a": "\u0430", "Greek omicron": "\u03bf"}
"""as above; each alone, since beside another sign it would not stand within a word"""
IMITATIONS = {"Bengh\u0430zi": "Benghazi", "Mis\u0433ata": "Misrata", "Tri\u0440oli": "Tripoli"}
"""names of places with one letter of another alphabet, and what they imitate"""
SHOWING = {"claims", "edits", "read", "page"}
"""verbs and pages that must have something to show of each sign"""
FIRST = (
    "Ten dead in Ben{0}ghazi raid\n\nGeneral Os{0}man Tamri said that the Kar{0}van army shelled Misrata on Monday. "
    "Ten people were killed in Beng{0}hazi, a doctor told the Har{0}bour Post."
)
SECOND = FIRST.replace("Ten people", "Three peo{0}ple").replace("General Os{0}man Tamri", "An offi{0}cer")


def documents(sign: str, number: int) -> Iterator[dict[str, str]]:
    """An article in two versions with the sign in every field that may hold one."""
    for text in (FIRST, SECOND):
        yield {
            "id": f"art{sign}icle-{number}",
            "text": text.format(sign),
            "published": "2026-03-03",
            "publisher": f"Har{sign}bour Post",
            "url": f"https://kestrel.example/{number}/a{sign}b",
        }


def saying(*words: str | Path) -> tuple[str, int]:
    """What a verb says on both streams, and its exit code."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run([str(word) for word in words])
    return said.getvalue(), code


def for_people(ledger: Path, files: Iterable[Path], folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that the verbs print for a person, by verb."""
    with open_view(ledger) as view:
        claims = questions.claims(view, ClaimFilter(all_versions=True))
        events, articles = questions.events(view), questions.articles(view)
    at = ("--ledger", ledger)
    shown = [("show", claims[0].claim_id), ("show", articles[0].article_id), ("why", claims[0].claim_id)]
    shown += [("show", events[0].event_id)] if events else []
    listed = [("brief",), ("claims", "--limit", "0"), ("events",), ("edits",), ("edits", "--feed"), ("verify",), *shown]
    for words in listed:
        yield " ".join(words[:1]), saying(*words, *at)[0]
    some = list(files)
    for words in (("read",), ("read", "--explain"), ("places", "--map"), ("actors",), ("dates",)):
        yield words[0], saying(*words, *some)[0]
    yield "refusal", saying("read", folder / f"no{SIGNS['right-to-left override']}where.txt")[0]
    saying("places", *some, "--svg", folder / "map.svg")
    yield "picture", (folder / "map.svg").read_text(encoding="utf-8")
    saying("bundle", claims[0].claim_id, *at, "--key", folder / "key.pem", "--to", folder / "evidence.zip")
    with zipfile.ZipFile(folder / "evidence.zip") as bundle:
        for name in bundle.namelist():
            if name.endswith(".html"):
                yield "sheet", bundle.read(name).decode()


def pages(ledger: Path) -> Iterator[tuple[str, str]]:
    """Every page of the desk."""
    with open_view(ledger) as view:
        articles = questions.articles(view)
        claims = questions.claims(view)
        events = questions.events(view)
    paths = ["/", "/claims", "/events", "/edits"]
    paths += [f"/articles/{a.article_id}{more}" for a in articles for more in ("", "/v1", "/edits")]
    paths += [f"/articles/{c.article_id}/v{c.ordinal}?claim={c.claim_id}" for c in claims]
    paths += [f"/events/{event.event_id}" for event in events]
    with served(ledger) as address:
        for path in paths:
            yield f"page {path.split('?')[0].rsplit('/', 1)[0] or '/'}", ask(address + path).text


def exact(view: View, given: list[dict[str, str]]) -> Iterator[str]:
    """Where data or offsets are not what came in."""
    texts = {row["text"] for row in given}
    for version_id, text in versions(view):
        if text not in texts:
            yield f"the text of {version_id} is not what came in"
    for row in claims_rows(questions.claims(view, ClaimFilter(all_versions=True))):
        text = dict(versions(view))[row["version_id"]]
        if text[row["start"] : row["end"]] != row["quote"]:
            yield f"claim {row['claim_id']}: its offsets have moved"
    yield from verify(view).faults


def versions(view: View) -> list[tuple[str, str]]:
    """Every version's text."""
    ids = [version_id for (version_id,) in view.rows("SELECT version_id FROM version")]
    read = [questions.read_article(view, version_id) for version_id in ids]
    return [(version_id, one.version.text) for version_id, one in zip(ids, read, strict=True) if one is not None]


def places_in(name: str, folder: Path) -> list[str]:
    """The places on the map that a text names so."""
    path = folder / "imitation.txt"
    path.write_text(f"Ten people were killed in {name} on Monday, a doctor said.", encoding="utf-8")
    said = saying("places", path, "--json")[0]
    return [name for line in said.splitlines() if line.startswith("{") and json.loads(line)["latitude"] is not None]


def trial(*, together: int = 1) -> Outcome:
    """S17, with so many signs in one article."""
    every = list(SIGNS.values())
    groups = ["".join(every[at : at + together]) for at in range(0, len(every), together)]
    groups += LETTERS.values()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger, given = folder / "l.sqlite", [row for n, signs in enumerate(groups) for row in documents(signs, n)]
        path = folder / "news.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
        told, code = saying("add", path, "--ledger", ledger)
        faults += [f"add: exit code {code}: {told[-200:]}"] * (code != 0)
        outputs = [("add", told), *for_people(ledger, [path], folder), *pages(ledger)]
        with open_view(ledger) as view:
            faults += exact(view, given)
        taken = [imitation for imitation in IMITATIONS if places_in(imitation, folder)]
        missed = [true for true in IMITATIONS.values() if not places_in(true, folder)]
    for sign, letters in {**SIGNS, **LETTERS}.items():
        faults += [f"{where}: {sign} as it is" for where, words in outputs if letters in words]
        shown = {where.split()[0] for where, words in outputs if written_out(letters[0]) in words}
        faults += [f"{sign} is not written out by {sorted(SHOWING - shown)}"] * bool(SHOWING - shown)
    faults += [f"{imitation} is taken for the place that it imitates" for imitation in taken]
    faults += [
        f"{true} itself is not found" for true in missed
    ]  # or nothing would be shown by what is not taken for it
    found = f"{len(outputs)} outputs and pages, {len(faults)} faults" + (f", the first: {faults[0]}" if faults else "")
    return Outcome(
        trial="S17 spoofed words",
        number=f"{len(SIGNS) + len(LETTERS)} signs, up to {together} an article",
        found=found,
        held=not faults,
    )


def written_out(sign: str) -> str:
    """How a sign shall be shown."""
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
