"""``khabar events``: happenings across articles, with how many reports and how many independent origins."""

from __future__ import annotations

import click

from khabar.cli.options import (
    SHOWN,
    Call,
    ask,
    asof_option,
    chosen_filter,
    filter_options,
    json_option,
    ledger_option,
    pass_call,
)
from khabar.cli.output import coloured, days, faint, harmless, joined, json_lines, note, out, several, short
from khabar.ledger import questions
from khabar.model.events import Event
from khabar.show.export.events import events_rows, kind_of


@click.command("events")
@ledger_option
@asof_option
@filter_options
@json_option
@click.pass_context
@pass_call
def command(call: Call, ctx: click.Context, as_json: bool) -> None:
    """Ask for events that rest on claims like these."""
    chosen = chosen_filter(ctx, default=None if as_json else SHOWN)
    with ask(call) as view:
        found = questions.events(view, chosen)
        if as_json:
            json_lines(events_rows(found, input_ids=questions.input_ids(view)))
            return
        total = questions.count_events(view, chosen)
        said = {event.event_id: questions.told(view, event.event_id) for event in found}
    for event in found:
        print_event(event, said[event.event_id])
    if chosen.offset + len(found) < total:
        note(f"{len(found)} of {total} events shown; --limit 0 shows all")
    elif not found:
        note("no events")


def print_event(event: Event, said: tuple[str, str] | None = None) -> None:
    """An event with the sentence of a claim, if one is handed in; its contradictions below."""
    who = joined(", ".join(event.actor_names) or "?", ", ".join(event.recipient_names), by=" → ")
    what = f" ({harmless(event.lemma)})" if event.lemma else ""
    out(f"{short(event.event_id)}  {(kind_of(event) or 'story'):<9} {who}{what}")
    if said is not None:
        out(f"{'':12}{coloured(said[0])}  {harmless(said[1])}")
    counts = f"{several(len(event.version_ids), 'article')}, {several(len(event.origin_ids), 'origin')}"
    out(faint(f"{'':22}{joined(event.place_name, days(event.earliest, event.latest), counts)}"))
    for rival in event.contradictions:
        values = " against ".join(f"{harmless(value)} ({len(ids)})" for value, ids in rival.values)
        out(f"{'':22}{click.style('disputed', fg='red')} {harmless(rival.field)}: {values}")
