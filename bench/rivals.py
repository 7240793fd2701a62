"""Other trackers' rules beside ours on the same edits (C1) and the same furniture (C2): one table in docs/reliability.md.

    python -m bench.rivals            # reads about six hundred short pages, a minute or two

In: ``tests/fuse/catalogue.yml`` (each row put into a page: a headline over a steady text, or a paragraph under a steady
headline) and the noises of ``tests/capture/test_noise.py``. Out: the table between its marks. The rules are written anew
from what the projects publish; none of their code is here:

NewsDiffs          ecprice/newsdiffs, ``is_boring``: title, by-line and text, the date line and white space aside
diffengine         DocNow/diffengine 0.2.7, ``_equal``: title as it stands, or the text without white space and punctuation
News Sniffer       johnl/web-page-parser, ``BaseParser#hash``: title and paragraphs, line breaks aside
changedetection.io dgtlmoon/changedetection.io, ``text_json_diff``: the page's text, white space aside (its default)
Wayback "Changes"  internetarchive/wayback-discover-diff: simhash of the page's words, lower case, punctuation aside

The first three take the article out of the page with readability or a parser per site; they are handed ours, without fault.
The last two look at the whole page; an unequal simhash counts as noticed, though the calendar shows it as a shade only.
None of them classifies an edit or knows claims, so those columns are empty for them: that is what they do, not a measurement.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from pathlib import Path

import lxml.html

from bench.readings import workbench
from khabar.capture.versions import make_version, next_version
from khabar.fuse.revise import revise
from khabar.model.changes import EditClass, Revision
from khabar.model.documents import Submission
from khabar.run.stages import Workbench, read_submission
from tests.capture.test_noise import NOISES, PAGES, shell
from tests.fuse.test_catalogue import BESIDE, rows

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
MARKS = "<!-- rivals: begin -->\n", "<!-- rivals: end -->"
HEAD = "What the council decided"
STEADY = (
    "The council met in the town hall in the evening and sat for two hours.",
    "Members spoke about the budget of the library and about the trees along the river.",
    "A further meeting is planned, and the minutes will be printed.",
)
SPACE = re.compile(r"\s+")
BITS = 256


@dataclass(frozen=True, slots=True)
class State:
    """One state of a page: the whole as fetched, and the article in it."""

    html: str
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The article's text, a paragraph a line."""
        return "\n".join(self.paragraphs)


Rule = Callable[[State, State], bool]
"""whether a rule takes the later state for a changed page"""


def newsdiffs(old: State, new: State) -> bool:
    """Anything but white space and the first line, which holds the date."""
    return any((old.headline.split() != new.headline.split(), old.text.split() != new.text.split()))


def diffengine(old: State, new: State) -> bool:
    """The title by the letter, the text without white space and punctuation."""
    return old.headline != new.headline or bare(old.text) != bare(new.text)


def bare(text: str) -> str:
    """A text without white space and without any character of a punctuation category."""
    return "".join(c for c in SPACE.sub("", text) if not unicodedata.category(c).startswith("P"))


def news_sniffer(old: State, new: State) -> bool:
    """Title and paragraphs, joined."""
    return (old.headline + "".join(old.paragraphs)) != (new.headline + "".join(new.paragraphs))


def changedetection(old: State, new: State) -> bool:
    """All text of the page, white space aside."""
    return SPACE.sub("", seen(old.html)) != SPACE.sub("", seen(new.html))


def wayback_changes(old: State, new: State) -> bool:
    """Whether the simhashes of the two pages differ at all."""
    return simhash(seen(old.html)) != simhash(seen(new.html))


def seen(html: str) -> str:
    """The text of a page, scripts and styles aside."""
    tree = lxml.html.document_fromstring(html)
    for node in tree.xpath("//script | //style | //noscript"):
        node.drop_tree()
    return " ".join(tree.itertext())


def simhash(text: str) -> int:
    """The sign of every bit over all words, each by how often it occurs."""
    words = Counter("".join(c if c.isalnum() else " " for c in text.lower()).split())
    sums = [0] * BITS
    for word, count in words.items():
        digest = int.from_bytes(blake2b(word.encode(), digest_size=BITS // 8).digest())
        for bit in range(BITS):
            sums[bit] += count if digest >> bit & 1 else -count
    return sum(1 << bit for bit in range(BITS) if sums[bit] > 0)


RIVALS: dict[str, Rule] = {
    "NewsDiffs": newsdiffs,
    "diffengine": diffengine,
    "News Sniffer": news_sniffer,
    "changedetection.io": changedetection,
    "Wayback “Changes”": wayback_changes,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An edit of the catalogue as two states of a page."""

    wanted: EditClass
    beside: frozenset[str]
    old: State
    new: State

    @property
    def meaningful(self) -> bool:
        """Whether what is stated changed."""
        return self.wanted is not EditClass.STYLE


def cases() -> Iterator[Case]:
    """All edits of the catalogue."""
    for wanted, before, after, beside in rows():
        old, new = (state(text, body="." in before) for text in (before, after))
        yield Case(wanted=wanted, beside=beside, old=old, new=new)


def state(text: str, *, body: bool) -> State:
    """A text as the headline of a page, or as its first paragraph."""
    headline, paragraphs = (HEAD, (text, *STEADY)) if body else (text, STEADY)
    inner = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    return State(
        f"<html lang='en'><head><title>{escape(headline)}</title></head><body><article>"
        f"<h1>{escape(headline)}</h1>{inner}</article></body></html>",
        headline,
        paragraphs,
    )


def furniture() -> Iterator[tuple[State, State]]:
    """The same article twice in other furniture, as in C2."""
    for kind, noise in NOISES.items():
        chance = random.Random(kind)  # noqa: S311 - the same noise in every run
        for number in range(PAGES):
            old, new = (shell(number, **noise(chance)).decode() for _ in range(2))
            yield State(old, "", ()), State(new, "", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table; None where a rule has nothing to say."""

    name: str
    noticed: int
    style: int
    furniture: int
    right: int | None = None
    named: int | None = None


def rival(name: str, rule: Rule, edits: list[Case], noise: list[tuple[State, State]]) -> Row:
    """A rule on all edits and all furniture."""
    return Row(
        name=name,
        noticed=sum(rule(c.old, c.new) for c in edits if c.meaningful),
        style=sum(rule(c.old, c.new) for c in edits if not c.meaningful),
        furniture=sum(rule(a, b) for a, b in noise),
    )


def ours(edits: list[Case], noise: list[tuple[State, State]], bench: Workbench) -> Row:
    """The same for this project, by the path that a watched page takes: version, reading, revision; alerts are counted."""
    found = [(case, revision(case, bench)) for case in edits]
    loud = [(case, {e.edit_class for e in r.edits} - BESIDE) for case, r in found]
    versions = [[make_version(submission(s)) for s in pair] for pair in noise]
    return Row(
        name="**khabar**",
        noticed=sum(bool(classes) for case, classes in loud if case.meaningful),
        style=sum(bool(classes - case.beside) for case, classes in loud if not case.meaningful),
        furniture=sum(next_version(a, b) is not None for a, b in versions),
        right=sum(case.wanted in classes for case, classes in loud if case.meaningful),
        named=sum(bool(r.changes) for case, r in found if case.meaningful),
    )


def submission(one: State) -> Submission:
    """A state as fetched."""
    return Submission(name="x", input_id="x", url="https://news.example/1", html=one.html.encode())


def revision(case: Case, bench: Workbench) -> Revision:
    """What we say of an edit."""
    return revise(*(read_submission(submission(s), bench) for s in (case.old, case.new)))


def table(lines: list[Row], edits: list[Case], noise: int) -> str:
    """The table in Markdown."""
    changed = sum(c.meaningful for c in edits)
    style = len(edits) - changed

    def cell(number: int | None, of: int) -> str:
        return "–" if number is None else f"{number} ({number / of:.0%})"

    head = f"| rule | noticed, of {changed} changes of what is stated | alarms, of {style} rewordings "
    head += f"| alarms, of {noise} changes of furniture | right class | changed claim named |"
    out = [head, "|---|---|---|---|---|---|"]
    out += [
        f"| {r.name} | {cell(r.noticed, changed)} | {cell(r.style, style)} | {cell(r.furniture, noise)} "
        f"| {cell(r.right, changed)} | {cell(r.named, changed)} |"
        for r in lines
    ]
    return "\n".join(out) + "\n"


def main() -> int:
    """Measure and write."""
    edits, noise = list(cases()), list(furniture())
    lines = [rival(name, rule, edits, noise) for name, rule in RIVALS.items()]
    lines.append(ours(edits, noise, workbench()))
    made = table(lines, edits, len(noise))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    _, mark, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{MARKS[0]}{made}{mark}{after}", encoding="utf-8")
    sys.stderr.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
