"""``khabar show ID``: one claim, event, article or version, by its id or the first digits of it, or by its input id."""

from __future__ import annotations

import click

from khabar.cli.claims import print_claim
from khabar.cli.edits import print_heading, print_revision
from khabar.cli.events import print_event
from khabar.cli.options import Call, ask, asof_option, json_option, ledger_option, pass_call
from khabar.cli.output import coloured, days, faint, fields_of, harmless, joined, json_lines, out
from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import ArticleRow, ClaimFilter, ClaimRow
from khabar.ledger.store import View
from khabar.model.events import Event
from khabar.show.export.claims import claims_rows
from khabar.show.export.events import events_rows
from khabar.show.export.reading import contract

AROUND = 160
"""code points of the text shown on each side of a trigger"""


@click.command("show")
@click.argument("key", metavar="ID")
@ledger_option
@asof_option
@json_option
@pass_call
def command(call: Call, key: str, as_json: bool) -> None:
    """Show one claim, event, article or version."""
    with ask(call) as view:
        claim = questions.claim(view, key)
        event = questions.event(view, key) if claim is None else None
        article = questions.article(view, key) if claim is None and event is None else None
        if claim is not None:
            _show_claim(view, claim, as_json=as_json)
        elif event is not None:
            _show_event(view, event, as_json=as_json)
        elif article is not None:
            _show_article(view, article, as_json=as_json)
        else:
            raise UsageFault(f"nothing here is called {key!r}: give a claim, event, article, version or input id")


def _show_claim(view: View, claim: ClaimRow, *, as_json: bool) -> None:
    """A claim's card."""
    if as_json:
        json_lines(claims_rows([claim]))
        return
    version = questions.version(view, claim.version_id)
    out(f"{coloured(claim.word)}  {click.style(harmless(claim.sentence), bold=True)}")
    out(_context(view, claim))
    point = f"{claim.latitude:.4f}, {claim.longitude:.4f}" if claim.latitude is not None else None
    fields_of(
        {
            "claim": claim.claim_id,
            "type": claim.event_type or claim.relation or claim.lemma,
            "actor": ", ".join(claim.actor_names),
            "recipient": ", ".join(claim.recipient_names),
            "place": joined(claim.place_name, claim.country, point, claim.place_id),
            "when": days(claim.earliest, claim.latest),
            "chain": claim.chain,
            "commitments": " ".join(claim.commitments),
            "realis": claim.realis,
            "score": f"{claim.score:.2f} that it was read rightly",
            "article": joined(claim.headline, claim.publisher, claim.published, claim.input_id),
            "offsets": f"{claim.start}-{claim.end} code points of version {claim.ordinal} ({claim.version_id})",
            "text sha256": version.text_sha256 if version else None,
            "reader": claim.reader,
        }
    )
    for event in questions.events_of(view, claim.claim_id):
        print_event(event)


def _context(view: View, claim: ClaimRow) -> str:
    """The words around the trigger, the trigger marked."""
    article = questions.read_article(view, claim.version_id)
    text = article.version.text if article else ""
    before = text[max(0, claim.start - AROUND) : claim.start]
    after = text[claim.end : claim.end + AROUND]
    marked = click.style(harmless(claim.quote), underline=True, bold=True)
    return f"  …{faint(harmless(before))}{marked}{faint(harmless(after))}…"


def _show_event(view: View, event: Event, *, as_json: bool) -> None:
    """An event with its claims and who repeated whom."""
    names = questions.input_ids(view)
    if as_json:
        json_lines(events_rows([event], input_ids=names))
        return
    print_event(event)
    for link in event.lineage:
        of = ", ".join(names.get(version_id, version_id) for version_id in link.of)
        own = names.get(link.version_id, link.version_id)
        out(f"  {joined(own, joined(link.kind.value, of, by=' '), link.evidence)}")
    for reference in event.claims:
        row = questions.claim(view, reference.claim_id)
        if row is not None:
            print_claim(row)


def _show_article(view: View, article: ArticleRow, *, as_json: bool) -> None:
    """An article's newest version: its claims, its edits."""
    read = questions.read_article(view, article.version_id)
    if as_json and read is not None:
        json_lines([contract(read)])
        return
    out(click.style(harmless(article.headline or article.input_id), bold=True))
    out(
        faint(
            joined(article.publisher, article.published, article.url, f"{article.ordinal} versions", article.article_id)
        )
    )
    for row in questions.claims(view, ClaimFilter(article=article.article_id)):
        print_claim(row)
    for revision in questions.edits(view, article_id=article.article_id):
        print_heading(revision)
        print_revision(revision.revision, everything=False)
