"""``khabar why CLAIM``: for every part of a claim the words it stands on, the rule that fired, and its score.

In: a claim's id or its first digits, as ``claims`` and the desk show them. Out: a tree for people, drawn by rich
(imported when it is needed: ``--help`` stays fast), or one JSON object. ``read --explain`` prints the same tree for
each claim.
"""

from __future__ import annotations

import shutil
from io import StringIO
from typing import TYPE_CHECKING

import click

from khabar.cli.options import Call, ask, asof_option, json_option, ledger_option, pass_call
from khabar.cli.output import COLOURS, harmless, json_lines, out
from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.show.evidence import Part
from khabar.show.export.why import explanation_row
from khabar.show.why import Explanation, explain

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

WIDE, NARROWEST = 120, 60
"""columns where no terminal says how many it has, and at least"""


@click.command("why")
@click.argument("claim_id", metavar="CLAIM")
@ledger_option
@asof_option
@json_option
@pass_call
def command(call: Call, claim_id: str, as_json: bool) -> None:
    """Explain a claim: every part with its words, rule and score."""
    with ask(call) as view:
        row = questions.claim(view, claim_id)
        article = questions.read_article(view, row.version_id) if row is not None else None
    claim = next((c for c in article.reading.claims if row and c.claim_id == row.claim_id), None) if article else None
    if article is None or claim is None:
        raise UsageFault(f"no claim here is called {claim_id!r}: give the first digits that `khabar claims` prints")
    explanation = explain(article, claim)
    if as_json:
        json_lines([explanation_row(explanation, version_id=article.version.version_id)])
        return
    out(drawn(explanation))


def drawn(explanation: Explanation) -> str:
    """The tree of one claim, coloured; the caller's ``out`` takes colours away where there is no terminal."""
    from rich.console import Console  # noqa: PLC0415 - not needed for --help
    from rich.text import Text  # noqa: PLC0415 - as above
    from rich.tree import Tree  # noqa: PLC0415 - as above

    head = Text(f"{explanation.word:<8}", style=f"bold {COLOURS.get(explanation.word, 'default')}")
    tree = Tree(head.append(f"  {harmless(explanation.sentence)}", style="default"), guide_style="dim")
    for part in explanation.parts:
        _grow(tree, part)
    written = StringIO()
    width = max(NARROWEST, shutil.get_terminal_size((WIDE, 24)).columns)
    console = Console(file=written, force_terminal=True, color_system="standard", width=width, highlight=False)
    console.print(tree)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def _grow(tree: Tree, part: Part) -> None:
    """A part and those under it."""
    branch = tree.add(_line(part))
    for inner in part.parts:
        _grow(branch, inner)


def _line(part: Part) -> Text:
    """Name, the text's words, what is said, the score; on a second line the reason with its rule."""
    from rich.text import Text  # noqa: PLC0415 - not needed for --help

    line = Text(harmless(part.name), style="bold")
    for words, style in (
        (f"  “{part.words}”" if part.words else "", "not bold cyan"),
        (f"  {part.said}" if part.said else "", "not bold"),
        (f"  {part.score:g}" if part.score is not None and not part.name[:1].isdigit() else "", "not bold green"),
    ):
        line.append(harmless(words), style=style)
    because = "  ".join(s for s in (part.reason, f"[{part.rule}]" if part.rule else "") if s)
    if because:
        line.append("\n" if part.reason else "  ").append(harmless(because), style="not bold dim")
    return line
