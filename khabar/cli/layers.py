"""What the verbs that show one layer of a reading share: documents read one by one, and a table drawn by rich.

In: a call and names; columns and rows. Out: read articles, with refusals told on standard error; lines of text. rich is
imported when it is needed: ``--help`` stays fast.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from khabar.cli.intake import documents, workbench
from khabar.cli.options import Call
from khabar.cli.output import harmless
from khabar.cli.progress import Reporter
from khabar.ledger.store import Outcome
from khabar.model.articles import ReadArticle
from khabar.model.documents import Refusal
from khabar.run.add import Done, attempt, counted
from khabar.run.stages import read_submission

WIDE, NARROWEST = 120, 60
"""columns where no terminal says how many it has, and at least"""


def columns_here() -> int:
    """Columns of the terminal."""
    return max(NARROWEST, shutil.get_terminal_size((WIDE, 24)).columns)


def for_each(call: Call, names: Sequence[str], published: str | None, *, take: Callable[[ReadArticle], None]) -> int:
    """Hand every article behind the names to ``take``. Out: the exit code, 3 if some input was refused."""
    bench = workbench(call)
    with Reporter(quiet=call.quiet) as reporter:
        for submission in documents(names, published):
            found = (
                submission
                if isinstance(submission, Refusal)
                else attempt(submission, lambda handed: read_submission(handed, bench))
            )
            refused = isinstance(found, Refusal)
            counts = counted(reporter.counts, Outcome.REFUSED if refused else Outcome.NEW)
            reason = found.reason if isinstance(found, Refusal) else None
            name, input_id = submission.name, submission.input_id
            outcome = Outcome.REFUSED if refused else Outcome.NEW
            reporter(Done(name=name, input_id=input_id, outcome=outcome, counts=counts, reason=reason))
            if not isinstance(found, Refusal):
                take(found)
    return 3 if reporter.counts.refused else 0


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: frozenset[str] = frozenset()) -> str:
    """A table as wide as the terminal, cells wrapped; ``right``: columns whose cells stand at the right."""
    from rich.console import Console  # noqa: PLC0415 - not needed for --help
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    drawn = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        drawn.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(harmless(cell)) for cell in row))
    written = StringIO()
    console = Console(file=written, force_terminal=True, color_system="standard", width=columns_here(), highlight=False)
    console.print(drawn)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def heading(article: ReadArticle) -> str:
    """What a table is of."""
    version = article.version
    named = [harmless(part) for part in (version.headline, version.published, version.input_id) if part]
    return " · ".join(named)


def shown(words: Sequence[str], most: int = 3) -> str:
    """The first of some words, and how many more there are."""
    return ", ".join(words[:most]) + (f" +{len(words) - most}" if len(words) > most else "")


def number(value: float | None, digits: int = 2) -> str:
    """A number for people; nothing for what is not known."""
    return "" if value is None else f"{value:.{digits}f}"
