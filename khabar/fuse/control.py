"""Acts of many articles to spells of control: who held which place from when to when.

In: ``Act`` records (fuse/acts.py). Out: ``ControlSpell`` records per place, in order of time. Acts of a place
are taken in order of their day (stated, else that of publication), then of the text. A capture ends
the spell of whoever held the place, and makes one for a loser that nobody had mentioned; a mere claim of a capture ends
nothing. Leaving ends a spell and leaves the place to nobody; coming in makes a holder only where the holder has left.
Two sides that claim one place for the same time are both contested. An end that is known only to have come by the day of
publication carries that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khabar.fuse.acts import LOST, Act
from khabar.fuse.happenings import Party
from khabar.fuse.sites import Site
from khabar.lexicon.holding import Meaning
from khabar.model.events import ClaimRef, ControlSpell, SpellStatus
from khabar.model.identity import content_id


@dataclass(slots=True)
class Draft:
    """A spell while it is being put together."""

    holder: Party | None
    start: tuple[str, str] | None
    status: SpellStatus
    refs: list[ClaimRef] = field(default_factory=list)
    end: tuple[str, str] | None = None
    past: bool = False


def spells_of(acts: Iterable[Act]) -> tuple[ControlSpell, ...]:
    """All spells of all places."""
    by_site: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_site[act.site.key].append(act)
    out = [_site_spells(sorted(acts, key=_order)) for _, acts in sorted(by_site.items())]
    return tuple(s for spells in sorted(out, key=lambda x: x[0].place_name if x else "") for s in spells)


def _order(act: Act) -> tuple[str, str, int, str]:
    """The stated day or that of publication, then the text."""
    day = act.when[0] if act.when else act.published
    return day, act.published, act.order, act.ref.claim_id


def _site_spells(acts: Sequence[Act]) -> list[ControlSpell]:
    drafts: list[Draft] = []
    for act in acts:
        _apply(act, drafts)
    _contest(drafts)
    return [_spell(acts[0].site, d) for d in drafts]


def _apply(act: Act, drafts: list[Draft]) -> None:
    """One act changes the drafts of its place."""
    when = act.when or ((act.published, act.published) if act.published else None)
    if act.meaning is Meaning.CONTESTS:
        drafts.append(Draft(None, None, SpellStatus.CONTESTED, [act.ref]))
    elif act.meaning is Meaning.BESIEGES:
        _besiege(act, drafts)
    elif act.meaning is Meaning.ENTERS and not (drafts and not any(d.end is None for d in drafts)):
        return
    elif act.meaning in LOST or (act.meaning is Meaning.GIVES and act.gains is None):
        _end(act, drafts, when)
    elif act.meaning is Meaning.HOLDS:
        for draft in drafts if not act.past else ():
            if draft.past and draft.end is None and not _same(draft.holder, act.gains):
                draft.end = when
        _open(act, drafts, start=act.when)
    else:
        if act.status is SpellStatus.ASSERTED:
            _end(act, drafts, when)
        elif act.loses is not None and not any(_same(d.holder, act.loses) for d in drafts):
            drafts.append(Draft(act.loses, None, act.status, [act.ref], end=when))
        _open(act, drafts, start=act.when)


def _same(a: Party | None, b: Party | None) -> bool:
    return a is not None and b is not None and bool(a.keys & b.keys)


def _open(act: Act, drafts: list[Draft], *, start: tuple[str, str] | None) -> None:
    """The holder's open spell gets one more claim, or a new spell begins."""
    for draft in drafts:
        if draft.end is None and _same(draft.holder, act.gains):
            draft.refs.append(act.ref)
            draft.start = draft.start or start
            if act.status is SpellStatus.ASSERTED and draft.status is SpellStatus.CLAIMED:
                draft.status = SpellStatus.ASSERTED
            return
    drafts.append(Draft(act.gains, start, act.status, [act.ref], past=act.past))


def _end(act: Act, drafts: list[Draft], when: tuple[str, str] | None) -> None:
    """End the spells of all others than who gains; a loser that had none gets one that ends now."""
    ended = False
    for draft in drafts:
        if draft.end is None and not _same(draft.holder, act.gains) and draft.status is not SpellStatus.DENIED:
            if act.gains is None and act.loses is not None and not _same(draft.holder, act.loses):
                continue
            draft.end = when
            draft.refs.append(act.ref)
            ended = True
    if not ended and act.loses is not None and not any(_same(d.holder, act.loses) for d in drafts):
        drafts.append(Draft(act.loses, None, act.status, [act.ref], when))


def _besiege(act: Act, drafts: list[Draft]) -> None:
    """A siege: whoever holds the place holds it besieged; nobody known holds it if nobody was named."""
    held = [d for d in drafts if d.end is None and not _same(d.holder, act.gains)]
    for draft in held:
        draft.status = SpellStatus.BESIEGED
        draft.refs.append(act.ref)
    if not held:
        drafts.append(Draft(act.loses, None, SpellStatus.BESIEGED, [act.ref]))


def _contest(drafts: list[Draft]) -> None:
    """Open spells of different holders, none of them merely besieged or denied, contest each other."""
    rivals = [
        d for d in drafts if d.end is None and d.holder and d.status not in {SpellStatus.DENIED, SpellStatus.BESIEGED}
    ]
    if len(rivals) > 1:
        for draft in rivals:
            draft.status = SpellStatus.CONTESTED


def _spell(site: Site, draft: Draft) -> ControlSpell:
    refs = tuple(sorted(set(draft.refs), key=lambda r: (r.version_id, r.claim_id)))
    holder = draft.holder
    start = "/".join(draft.start) if draft.start else ""
    return ControlSpell(
        spell_id=content_id("spell", site.key, holder.name if holder else "", start, *(r.claim_id for r in refs)),
        place_id=site.place_id,
        place_name=site.name,
        controller_id=holder.target_id if holder else None,
        controller_name=holder.name if holder else None,
        start=draft.start,
        end=draft.end,
        status=draft.status,
        claims=refs,
        version_ids=tuple(sorted({r.version_id for r in refs})),
    )
