"""S9: coverage-guided fuzzing of the parsers of addresses, dates, feeds, spans and imports.

In: how many inputs for each parser, a seed. Out: how many crashes and stalls, and how many steps of khabar's code were
reached. A crash is any exception but a refusal, and any broken promise of the parser: what a feed lists can be asked for,
a date that was read is read again the same, every edit's span cuts to its words, what is stored can be encoded. With full
counts a crash is written into ``crashes/``, from where every run of the tests repeats it.
"""

from __future__ import annotations

import gzip
import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import httpx2
import msgspec
import yaml

from khabar.capture.archives import captures, from_wacz
from khabar.capture.dial import Errand
from khabar.capture.exchange import Asking, FetchPolicy, _checked_url, _next_url, exchange
from khabar.capture.feeds import Feed, page_url, read_feed, read_opml
from khabar.capture.hosts import asked_pause, authority_of, host_of
from khabar.capture.jsonld import read_jsonld
from khabar.capture.memento import http_instant, read_cdx, read_timemap
from khabar.capture.moments import iso_moment
from khabar.capture.records import read_record
from khabar.capture.robots import read_robots
from khabar.capture.sitemaps import read_sitemap
from khabar.capture.versions import article_identity, make_version, next_version
from khabar.errors import InputRefused, StoreDamaged, UsageFault
from khabar.ledger.asof import end_of
from khabar.ledger.bundle import bundle
from khabar.ledger.gathering import gather
from khabar.ledger.keys import new_signer
from khabar.ledger.notes import heads_in
from khabar.ledger.store import Writer
from khabar.ledger.verify_bundle import read_zip, verify_bundle
from khabar.model.addresses import without_password
from khabar.model.articles import ReadArticle
from khabar.model.documents import Refusal, Submission, Version
from khabar.model.identity import digest
from khabar.model.links import Resolution
from khabar.resolve.calendar import GRAINS, days_of, grain_of, step
from khabar.run.stages import unread
from khabar.show.days import interval_words, moment_words
from khabar.show.diff import Change, diff
from khabar.show.marks import code_point, paragraphs, utf16
from khabar.show.visible import visible
from khabar.stores import place
from tests.ledger.making import STAMP, append, make_article
from tests.torture.fuzz import Campaign, Found, Target, kept, tried
from tests.torture.outcome import Outcome
from tests.torture.telltale import warc
from tests.watch import site

CRASHES = Path(__file__).parent / "crashes"
SEEDS = Path(__file__).parent / "seeds.yml"
BASE = "https://news.example/feed/"
SHARES = {"spans": 0.05, "imports": 0.5, "archives": 0.2}
"""of the inputs that a parser gets whose inputs take longer"""
POLICY = FetchPolicy(tls=httpx2.create_ssl_context(trust_env=False))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOW.date()


def nowhere(host: str, port: int) -> tuple[str, ...]:
    """No name leads anywhere, so that nothing is ever dialled."""
    del host, port
    return ()


def words_of(data: bytes) -> str:
    """An input as text."""
    return data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


def urls(data: bytes) -> None:
    """Addresses: what is taken can be asked for; nothing else is raised than a refusal."""
    text = words_of(data)
    whole = page_url(text, BASE)
    if whole is not None:
        assert whole.startswith(("http://", "https://")), "another scheme"
        assert page_url(whole, "") == whole, "an address that is not taken again"
        assert "@" not in authority_of(whole), "a password"
        host_of(whole)
        read_robots(data).allows(whole)
    page_url("/a", text)
    article_identity(text, text)
    assert without_password(without_password(text)) == without_password(text), "a password behind a password"
    errand = Errand(BASE, seconds=5, wire_bytes=100, clock=lambda: 0.0)
    with suppress(InputRefused):
        assert _checked_url(text, errand).scheme in {"http", "https"}, "another scheme"
    with suppress(InputRefused):
        assert _next_url(httpx2.URL(BASE), text, errand).scheme == "https", "a way down"
    with suppress(InputRefused):
        exchange(Asking(url=text), policy=POLICY, resolver=nowhere)
        raise AssertionError("an answer from nowhere")
    with suppress(UsageFault):
        str(place(f"postgresql://{text}"))


def dates(data: bytes) -> None:
    """Dates and durations: read twice is read once; what is shown of them is a phrase."""
    text = words_of(data)
    moment = iso_moment(text)
    assert moment is None or iso_moment(moment) == moment, "a moment that is not read again"
    moment_words(moment)
    instant = http_instant(text)
    assert instant is None or iso_moment(instant), "an instant that is none"
    assert asked_pause(text, NOW) >= 0, "a pause before now"
    with suppress(UsageFault):
        end_of(text)
    days = days_of(text)
    assert days is None or days[0] <= days[1], "days that end before they begin"
    assert (grain := grain_of(text)) is None or grain in GRAINS
    first, _, rest = text.partition(" ")
    interval_words(first or None, rest or None)
    with suppress(ValueError):
        step(DAY, int(first[:12]), rest[:2] or "D")


def feeds(data: bytes) -> None:
    """Feeds, sitemaps, OPML: entries that can be asked for, titles and stamps that can be stored."""
    readers: tuple[Callable[[], Feed], ...] = (
        lambda: read_feed(data, BASE),
        lambda: read_sitemap(data, BASE, "2026-02-01"),
        lambda: read_opml(data, BASE),
    )
    for reader in readers:
        with suppress(InputRefused):
            feed = reader()
            msgspec.msgpack.encode(feed)
            for entry in (*feed.entries, *feed.below):
                assert page_url(entry.url, "") == entry.url, "an entry that cannot be asked for"
                for stamp in (entry.published, entry.updated):
                    assert stamp is None or iso_moment(stamp) == stamp, "a stamp that is none"
                assert entry.title is None or "\0" not in entry.title, "a NUL in a title"


def read(version: Version) -> ReadArticle:
    """A version that nobody reads."""
    resolution = Resolution(version_id=version.version_id, entities=(), places=(), times=())
    return ReadArticle(version=version, reading=unread(version, "not read"), resolution=resolution)


def spans(data: bytes) -> None:
    """Offsets: of headlines, paragraphs and edits, between two states of a text; and what is shown of the two."""
    made = []
    for part in words_of(data).split("\x1e", 1) * (1 if b"\x1e" in data else 2):
        with suppress(InputRefused):
            made.append(make_version(Submission(name="n", input_id="n", text=part, url="https://news.example/1")))
    for version in made:
        text = version.text
        assert 0 <= version.headline_end <= len(text), "a headline beyond the text"
        for span in paragraphs(text):
            assert span.cut(text) == span.cut(text).strip() != "", "a paragraph with margins"
        at = len(text) // 2
        assert code_point(text, utf16(text, at)) == at, "an offset that does not come back"
        assert visible(visible(text)) == visible(text), "what was made visible changes"
    if len(made) == 2 and (after := next_version(made[0], made[1])) is not None:
        before, after = made[0], replace(after, version_id="after")
        for edit in site.BENCH.revise(read(before), read(after)).edits:
            assert edit.before is None or edit.before.cut(before.text) == edit.before_text, "an edit has moved"
            assert edit.after is None or edit.after.cut(after.text) == edit.after_text, "an edit has moved"
        pieces = diff(before.text, after.text)
        for side, version in ((Change.ADDED, before), (Change.REMOVED, after)):
            assert "".join(p.text for p in pieces if p.change is not side) == version.text, "a comparison lost words"


def checked(found: Submission | Refusal) -> None:
    """A document or refusal as it can be stored, and a version of it."""
    msgspec.json.encode(found)
    if isinstance(found, Refusal):
        assert found.reason, "refused without a reason"
        return
    with suppress(InputRefused):
        msgspec.json.encode(make_version(found))


def imports(data: bytes) -> None:
    """Lines of JSON, WARC records, listings, JSON-LD, heads of a log."""
    for line in data.splitlines()[:20]:
        checked(read_record(line, "n:1", observed_at=None, published=None))
    for found in captures(io.BytesIO(data), "n"):
        checked(found)
    text = words_of(data)
    read_jsonld([text])
    for reader in (read_cdx, read_timemap):
        with suppress(InputRefused):
            for listed in reader(text, "n"):
                assert page_url(listed.original, "") or listed.original, "a listing of nothing"
                assert iso_moment(listed.at), "a listing without an instant"
    with suppress(StoreDamaged):
        heads_in(text, "n")


def archives(data: bytes) -> None:
    """Zip files: web archives and bundles of evidence."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.zip"
        path.write_bytes(data)
        with suppress(InputRefused):
            for found in from_wacz(path, "n"):
                checked(found)
        with suppress(UsageFault, StoreDamaged):
            if not verify_bundle(path).faults:
                assert read_zip(path) == bundled(), "a changed bundle that is not noticed"


@cache
def bundle_file() -> bytes:
    """A sound bundle of evidence."""
    with tempfile.TemporaryDirectory() as name, Writer(Path(name) / "l.sqlite", new_signer()) as writer:
        article = make_article("one")
        append(writer, article)
        gathered = gather(writer.view, [article.reading.claims[0].claim_id])
        return bundle(writer.view, gathered, sheet="<p>one</p>", made_at=STAMP.recorded_at, signer=new_signer())


@cache
def bundled() -> dict[str, bytes]:
    """Its files."""
    with zipfile.ZipFile(io.BytesIO(bundle_file())) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def wacz_file() -> bytes:
    """A small web archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc())
        archive.writestr("datapackage.json", "{}")
    return made.getvalue()


def targets() -> tuple[Target, ...]:
    """What is fuzzed, with seeds of our own."""
    own: dict[str, list[str]] = yaml.safe_load(SEEDS.read_text(encoding="utf-8"))
    checks = {"urls": urls, "dates": dates, "feeds": feeds, "spans": spans, "imports": imports}
    more = {"feeds": (gzip.compress(own["feeds"][3].encode(), mtime=0),), "imports": (warc(),)}
    parsed = (
        Target(name, (*(seed.encode() for seed in own[name]), *more.get(name, ())), check, SHARES.get(name, 1.0))
        for name, check in checks.items()
    )
    return (*parsed, Target("archives", (wacz_file(), bundle_file()), archives, SHARES["archives"]))


def fuzzed(target: Target, inputs: int, seed: int) -> tuple[list[Found], int]:
    """One campaign. Out: what broke, and how many steps were reached."""
    campaign = Campaign(target, random.Random(seed))
    return campaign.run(inputs), len(campaign.steps)


def repeated() -> list[Found]:
    """What still breaks of all that broke once."""
    again = ((target, path) for target in targets() for path in kept(CRASHES, target.name))
    return [found for target, path in again if (found := tried(target, path.read_bytes())) is not None]


def trial(inputs: int, *, seed: int = 1, keep: bool = False) -> list[Outcome]:
    """S9: one outcome for each parser, and one for what was found before."""
    out = []
    for target in targets():
        found, steps = fuzzed(target, inputs, seed)
        for one in found if keep else ():
            CRASHES.mkdir(exist_ok=True)
            (CRASHES / f"{target.name}-{digest(one.data)[:12]}.bin").write_bytes(one.data)
        told = f"{steps:,} steps reached, {len(found)} crashes or stalls"
        told += f", the first: {found[0].kind} at {found[0].where} with {found[0].data[:80]!r}" if found else ""
        out.append(
            Outcome(
                trial=f"S9 fuzz {target.name}",
                number=f"{round(inputs * target.share):,} inputs",
                found=told,
                held=not found,
            )
        )
    again = repeated()
    told = f"{len(again)} break again" + (f", the first: {again[0].kind} at {again[0].where}" if again else "")
    number = f"{len(list(CRASHES.glob('*.bin')))} inputs"
    return [*out, Outcome(trial="S9 what broke once", number=number, found=told, held=not again)]
