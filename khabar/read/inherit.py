"""Recipients of acts about acts: who a demand, promise, refusal, threat or accusation is aimed at.

In: the predicates with their own arguments. Out: the same, with a recipient where the act's content gives one (PLOVER:
"demanded that X withdraw" is aimed at X; "agreed to arm X", "refused to meet X", "threatened to bomb X" at X; "accused of"
at the doer). Only where the predicate has no recipient of its own and never its own actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from khabar.model.claims import Argument, EventType, Role
from khabar.model.mentions import Mention
from khabar.read.affected import SOMEBODY
from khabar.read.drafts import Ground
from khabar.read.predication import Found

Arguments = Mapping[str, tuple[Argument, ...]]

FROM_DOER = frozenset({EventType.REQUEST, EventType.ACCUSE})
FROM_TARGET = frozenset({EventType.AGREE, EventType.REJECT, EventType.THREATEN})
DEEPEST = 3


def with_recipients(
    ground: Ground, found: tuple[Found, ...], names: Mapping[int, str], arguments: Arguments
) -> Arguments:
    """The arguments by predication id, recipients added."""
    out = dict(arguments)
    for one in found:
        kind = one.row.event_type if one.row else None
        own = arguments[names[one.token]]
        if kind is None or kind not in FROM_DOER | FROM_TARGET or any(a.role is Role.RECIPIENT for a in own):
            continue
        actors = {a.entity_id or a.span for a in own if a.role is Role.ACTOR}
        wanted = Role.ACTOR if kind in FROM_DOER else Role.RECIPIENT
        aimed = list(_through(own, arguments, wanted, actors, DEEPEST)) or list(_within(ground, own, actors))
        out[names[one.token]] = (*own, *aimed)
    return out


def _through(
    own: tuple[Argument, ...], arguments: Arguments, wanted: Role, actors: Collection[object], depth: int
) -> Iterator[Argument]:
    """From the predication that is the content: its doer or its target, through further such acts."""
    for content in own:
        if content.predication_id is None or not depth:
            continue
        inner = arguments.get(content.predication_id, ())
        fit = [a for a in inner if a.role is wanted and a.span is not None and (a.entity_id or a.span) not in actors]
        if fit:
            for a in fit:
                yield Argument(
                    role=Role.RECIPIENT,
                    span=a.span,
                    entity_id=a.entity_id,
                    filler_id=a.filler_id,
                    rule="of the content",
                )
        else:
            yield from _through(inner, arguments, wanted, actors, depth - 1)


def _within(ground: Ground, own: tuple[Argument, ...], actors: Collection[object]) -> Iterator[Argument]:
    """From a content that is a noun phrase: the first somebody named inside it ("demanded an admission by X")."""
    for content in own:
        if content.role not in (Role.CONTENT, Role.THEME) or content.span is None:
            continue
        inside = [m for m in ground.mentions.values() if content.span.contains(m.span) and m.kind in SOMEBODY]
        first = min((m for m in inside if m.entity_id not in actors), key=_order, default=None)
        if first is not None:
            yield Argument(
                role=Role.RECIPIENT,
                span=first.span,
                entity_id=first.entity_id,
                filler_id=first.mention_id,
                rule="within the content",
            )
            return


def _order(mention: Mention) -> int:
    return mention.span.start
