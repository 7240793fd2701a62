"""``khabar watch [URL…]``: ask feeds, sitemaps and pages by the ladder, and record every attempt.

In: URLs, OPML files, and what was asked to be watched before (it stands in the ledger). Out: the ledger; a line for what is
news and for what failed, and the honest count at the end, on standard error. Without ``--once`` or ``--for`` it goes on until
Ctrl-C. Exit code 0, or 3 if something that was named now could not be watched.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar.cli.edits import line, ways
from khabar.cli.intake import workbench
from khabar.cli.options import (
    Call,
    atlas_option,
    json_option,
    key_option,
    ledger_option,
    model_option,
    new_run,
    notify_option,
    pass_call,
    quiet_option,
    tables_option,
    write,
)
from khabar.cli.output import harmless, json_line, note, out
from khabar.errors import UsageFault
from khabar.ledger.alerting import ready
from khabar.ledger.store import Stamp, Writer
from khabar.model.watching import Attempt, Result, TargetKind, Watch

if TYPE_CHECKING:
    from khabar.run.add import Run
    from khabar.run.watch_counts import WatchCounts

KINDS = tuple(str(kind) for kind in (TargetKind.FEED, TargetKind.SITEMAP, TargetKind.PAGE))
SOON = timedelta(seconds=60)
"""--once waits for pauses between requests to one host, not for confirmations and retries"""
AGAIN = timedelta(minutes=1)
CREW = 32
NOTED = frozenset({"revised", "refused"})


@click.command("watch")
@click.argument("urls", nargs=-1, metavar="[URL...]")
@click.option(
    "--opml", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Watch the feeds of this file."
)
@click.option("--as", "kind", type=click.Choice(KINDS), help="What the URLs are [by their look].")
@click.option("--list", "listing", is_flag=True, help="What is watched; nothing is asked.")
@click.option("--forget", is_flag=True, help="Watch the URLs no longer.")
@click.option("--once", is_flag=True, help="Ask what is due, then stop.")
@click.option("--for", "minutes", type=click.FloatRange(min=0), help="Stop after so many minutes.")
@click.option(
    "--alerts", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Tell by this file's rules."
)
@click.option("--crew", type=click.IntRange(1, 512), default=CREW, help="Requests at the same time [32].")
@ledger_option
@key_option
@notify_option
@json_option
@quiet_option
@model_option
@tables_option
@atlas_option
@pass_call
def command(call: Call, /, urls: tuple[str, ...], **given: Any) -> int:
    """Watch feeds, sitemaps and pages; without URLs those that are watched already."""
    from khabar.ledger.watching import watches  # noqa: PLC0415 - not needed for --help

    run, opml, kind = new_run(), given["opml"], given["kind"]
    with write(call) as writer:
        if given["forget"]:
            leave(writer, urls, run)
            return 0
        named = [*(as_watch(url, kind) for url in urls), *(from_opml(opml) if opml else ())]
        known = {watch.url for watch in watches(writer.view)}
        begin(writer, [watch for watch in named if watch.url not in known], run)
        if given["listing"]:
            show(writer, as_json=given["as_json"])
            return 0
        if not known and not named:
            raise UsageFault("nothing is watched yet; give the URL of a feed, a sitemap or a page, or --opml FILE")
        plan = Plan(once=given["once"], minutes=given["minutes"], crew=given["crew"], as_json=given["as_json"])
        plan.alerts = given["alerts"]
        return go(call, writer, run, plan)


class Plan:
    """How long to watch, with how many requests at a time, and how to tell of it."""

    def __init__(self, *, once: bool, minutes: float | None, crew: int, as_json: bool) -> None:
        self.once, self.crew, self.as_json = once, crew, as_json
        self.alerts: Path | None = None
        self.alerter: Alerter | None = None
        self.end = None if minutes is None else now() + timedelta(minutes=minutes)

    def until(self, at: datetime, due: datetime | None) -> bool:
        """Whether to stop asking; alerts that failed are tried again meanwhile."""
        if self.alerter is not None:
            self.alerter.again(at)
        if self.end is not None and at >= self.end:
            return True
        return self.once and (due is None or due > at + SOON)


def now() -> datetime:
    """The time: the one clock of this verb."""
    return datetime.now(UTC)  # noqa: TID251 - the edge reads the clock


def as_watch(url: str, kind: str | None) -> Watch:
    """A URL that a person named, with its kind, stated or by its look. Raises UsageFault if it is no web address."""
    from khabar.capture.feeds import page_url  # noqa: PLC0415 - not needed for --help

    whole = page_url(url, "")
    if whole is None:
        raise UsageFault(
            f"{url!r:.200}: not an http or https address without password; give the address of a feed or page"
        )
    return Watch(url=whole, kind=TargetKind(kind) if kind else look(whole))


def look(url: str) -> TargetKind:
    """What a URL most likely is."""
    path = url.partition("://")[2].partition("/")[2].lower()
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    if "sitemap" in path:
        return TargetKind.SITEMAP
    listed = last.endswith((".xml", ".rss", ".atom", ".rdf", ".json"))
    return TargetKind.FEED if listed or last in {"feed", "feeds", "rss", "atom"} else TargetKind.PAGE


def from_opml(path: Path) -> list[Watch]:
    """The feeds of an OPML file, read in a worker."""
    from khabar.capture.workers import Workers  # noqa: PLC0415 - starts a process

    with Workers(1) as workers:
        found = workers.read_list("opml", path.read_bytes(), str(path))
    return [Watch(url=entry.url, kind=TargetKind.FEED, title=entry.title) for entry in found.below]


def begin(writer: Writer, wanted: Sequence[Watch], run: Run) -> None:
    """Watch these from here on."""
    from khabar.ledger.watching import append_watches  # noqa: PLC0415 - as above

    if wanted:
        append_watches(writer, wanted, stamp=run.stamp())


def leave(writer: Writer, urls: Sequence[str], run: Run) -> None:
    """Watch these no longer. Raises UsageFault for one that is not watched."""
    from khabar.ledger.watching import append_farewell, targets, watches  # noqa: PLC0415 - as above

    known = {watch.url: watch for watch in watches(writer.view)}
    for url in urls:
        if url not in known:
            raise UsageFault(f"{url}: is not watched; 'khabar watch --list' says what is")
        gone = [target for target in targets(writer.view) if url in (target.url, target.parent)]
        append_farewell(writer, known[url], gone, stamp=run.stamp())


def show(writer: Writer, *, as_json: bool) -> None:
    """What is watched, with the next request of each."""
    from khabar.ledger.watching import targets, watches  # noqa: PLC0415 - as above

    everything = list(targets(writer.view))
    at = {target.url: target for target in everything}
    for watch in watches(writer.view):
        pages = sum(target.parent == watch.url for target in everything)
        due = at[watch.url].due_at if watch.url in at else None
        if as_json:
            row = {"url": watch.url, "kind": str(watch.kind), "title": watch.title, "pages": pages, "due_at": due}
            out(json_line(row))
        else:
            out(f"{watch.kind:<8} {harmless(watch.url)}  {pages} pages, next {due or 'never'}")


def go(call: Call, writer: Writer, run: Run, plan: Plan) -> int:
    """Watch until the plan says stop."""
    from khabar.capture.dial import system_resolver  # noqa: PLC0415 - as above
    from khabar.capture.exchange import FetchPolicy  # noqa: PLC0415 - as above
    from khabar.capture.workers import Workers  # noqa: PLC0415 - as above
    from khabar.run.asking import Asker  # noqa: PLC0415 - as above
    from khabar.run.crew import Threads  # noqa: PLC0415 - as above
    from khabar.run.stages import fuse_all  # noqa: PLC0415 - as above
    from khabar.run.watch import Watch as Watching  # noqa: PLC0415 - as above
    from khabar.run.watch_pages import Pages  # noqa: PLC0415 - as above

    bench = workbench(call)
    with ExitStack() as stack:
        workers = stack.enter_context(Workers(2))
        policy = FetchPolicy(user_agent="khabar/0.1 (news ledger; watches pages by the hour; obeys robots.txt)")
        crew = Threads(Asker(workers, policy=policy, resolver=system_resolver, clock=now), plan.crew)
        stack.callback(crew.close)
        plan.alerter = Alerter(call, writer, plan.alerts, run)
        pages = Pages(writer, bench, plan.alerter.confirmed)
        watching = Watching(pages, crew, run=run, clock=now)
        stack.callback(lambda: note(watching.counts.line()))
        watching.run(plan.until, teller(quiet=call.quiet, as_json=plan.as_json))
        fuse_all(writer, bench, run.stamp())
    return 0


class Alerter:
    """Tells of changes that were confirmed since it began: a line here, and by the rules of a file whom it concerns.

    What failed is tried again as its time comes (run/alerts.py), also while nothing else happens.
    """

    def __init__(self, call: Call, writer: Writer, path: Path | None, run: Run) -> None:
        from khabar.run.alerts import load_rules  # noqa: PLC0415 - not needed for --help

        self._writer, self._run, self._started = writer, run, run.clock()
        self._rules = load_rules(path) if path else ()
        self._ways = ways(call, seconds=10) if path else None
        self._shown: set[int] = set()
        self._looked: datetime | None = None

    def confirmed(self, version_id: str, stamp: Stamp) -> None:
        """A change was confirmed."""
        del version_id, stamp
        self.look()

    def again(self, at: datetime) -> None:
        """Look again, once a minute."""
        if self._looked is None or at - self._looked >= AGAIN:
            self._looked = at
            self.look()

    def look(self) -> None:
        """Show what is new, and tell by the rules what is due."""
        for due in ready(self._writer.view, self._started):
            if due.seq not in self._shown:
                self._shown.add(due.seq)
                note(line(due))
        if self._ways is None:
            return
        from khabar.run.alerts import tell  # noqa: PLC0415 - not needed for --help

        counts = tell(self._rules, self._writer, ways=self._ways, stamp=self._run.stamp, since=self._started)
        if counts.delivered or counts.failed:
            note(f"alerts: delivered {counts.delivered}, failed {counts.failed}")


def teller(*, quiet: bool, as_json: bool) -> Callable[[Attempt, WatchCounts], None]:
    """Tells of attempts: news and failures always, the running count on a terminal."""
    live = sys.stderr.isatty() and not quiet and not as_json

    def told(attempt: Attempt, counts: WatchCounts) -> None:
        if as_json:
            out(json_line(attempt))
        elif attempt.outcome in NOTED or attempt.result not in {Result.OK, Result.NOT_MODIFIED}:
            words = attempt.outcome if attempt.outcome in NOTED else attempt.result
            note(f"{words} {harmless(attempt.url)}{': ' + harmless(attempt.reason) if attempt.reason else ''}")
        if live:
            click.echo(f"\r\x1b[K{counts.line()}", err=True, nl=False)

    return told
