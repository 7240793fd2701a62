"""read(version, parse, lexicon, names) -> Reading: the order of the reader's layers.

In: a version of an article, its parse, the lexicon, and what is known of names. Out: one Reading; spans are code points on
``version.text``. Nothing is looked up, fetched or guessed from outside; the same input gives the same reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from khabar.lexicon.whole import Lexicon
from khabar.model.claims import Claim, Predication, Reading
from khabar.model.documents import Version
from khabar.model.mentions import Mention, Quantity, Timex
from khabar.read.appositions import with_appositions
from khabar.read.arguments import Fillers
from khabar.read.assemble import PER_REPLY, claim, predication, score_factors
from khabar.read.attribution import Voices, find_voices, kept
from khabar.read.blame import with_doers
from khabar.read.coreference import link_mentions
from khabar.read.drafts import Ground
from khabar.read.gazetteer import NameKinds
from khabar.read.mentions import find_mentions
from khabar.read.modality import Modality
from khabar.read.predication import Found, find_predicates
from khabar.read.quantities import find_quantities
from khabar.read.quotes import find_quotes, quote_at
from khabar.read.repair import repaired, with_compounds
from khabar.read.reported import reported
from khabar.read.standing import capped
from khabar.read.statements import Statement, find_statements
from khabar.read.syntax import Syntax
from khabar.read.timex import find_timexes
from khabar.read.tokens import Parse


def read(version: Version, parse: Parse, lexicon: Lexicon, names: NameKinds) -> Reading:
    """Everything that one version of an article claims."""
    parse = with_appositions(reported(with_compounds(repaired(parse, lexicon.entities), lexicon.hyphened), lexicon))
    timexes = find_timexes(parse, lexicon.time)
    quantities = find_quantities(parse, lexicon.counting, timexes)
    mentions = _mentions(parse, lexicon, names)
    ground = _ground(parse, lexicon, mentions)
    voices = find_voices(ground, lexicon.attribution)
    found = with_doers(ground, find_predicates(ground, timexes))
    modality = Modality(ground, lexicon.hedges, lexicon.implicatives)
    fillers = _fillers(ground, found, timexes, quantities)
    statements = find_statements(found, fillers, voices, modality)
    make = partial(claim, version.version_id, lexicon.calibration)
    predications, claims = _claims(make, statements, voices, parse)
    return Reading(
        version_id=version.version_id,
        reader=lexicon.edition,
        mentions=mentions,
        timexes=timexes,
        quantities=quantities,
        attributions=kept(voices, claims),
        predications=predications,
        claims=claims,
        problems=(),
    )


def grounded(parse: Parse, lexicon: Lexicon, names: NameKinds) -> Ground:
    """What the rules of attribution look at, for a parse as the parser left it (``bench/train_attribution.py`` asks)."""
    parse = with_appositions(repaired(parse, lexicon.entities))
    return _ground(parse, lexicon, _mentions(parse, lexicon, names))


def _mentions(parse: Parse, lexicon: Lexicon, names: NameKinds) -> tuple[Mention, ...]:
    """Mentions with their entities."""
    mentions = find_mentions(parse, lexicon.entities, lexicon.nations, names)
    return link_mentions(parse, mentions, lexicon.entities, lexicon.nations, names)


def _ground(parse: Parse, lexicon: Lexicon, mentions: tuple[Mention, ...]) -> Ground:
    """Parse, tables, mentions and quotations together."""
    quotes = find_quotes(parse.text)
    return Ground(
        parse=parse,
        syntax=Syntax(parse, lexicon.classes, lexicon.entities),
        cues=lexicon.cues,
        triggers=lexicon.triggers,
        words=lexicon.entities,
        classes=lexicon.classes,
        mentions=_by_head(mentions),
        quotes=quotes,
        quoted=frozenset(t.i for t in parse.tokens if quote_at(quotes, t.start) is not None) if quotes else frozenset(),
    )


def _by_head(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """The widest mention of each head token."""
    out: dict[int, Mention] = {}
    for mention in mentions:
        known = out.get(mention.head_token)
        if known is None or mention.span.end - mention.span.start > known.span.end - known.span.start:
            out[mention.head_token] = mention
    return out


def _claims(
    make: Callable[..., Claim], statements: tuple[Statement, ...], voices: Voices, parse: Parse
) -> tuple[tuple[Predication, ...], tuple[Claim, ...]]:
    """One predication per statement, and one claim unless its words only carry another."""
    first = tuple(one for one in statements if not one.reply)
    told = [one for one in first if not one.frame]
    factors = {one.name: score_factors(one.found, one.arguments, parse, links=len(one.links)) for one in told}
    factors = capped(parse, first, factors)
    whats = {one.name: predication(one.name, one.found, one.arguments, one.judged) for one in first}
    claims = tuple(
        make(
            whats[one.name],
            [voices.attributions[k] for k in one.links],
            one.judged,
            (*factors[one.name], *([("reply", PER_REPLY)] if one.reply else [])),
        )
        for one in (*told, *(one for one in statements if one.reply))
    )
    return tuple(whats.values()), claims


def _fillers(
    ground: Ground, found: tuple[Found, ...], timexes: tuple[Timex, ...], quantities: tuple[Quantity, ...]
) -> Fillers:
    """Names for the predicates; times by the predicate that they hang on; counts by what they count."""
    predicates = {one.token: f"p{n + 1}" for n, one in enumerate(found)}
    carried = {one.support: one.token for one in found if one.support is not None}
    times: dict[int, tuple[Timex, ...]] = {}
    for timex in timexes:
        at = _governor(ground.parse, timex.head_token, predicates, carried)
        if at is not None:
            times[at] = (*times.get(at, ()), timex)
    counts: dict[int, tuple[Quantity, ...]] = {}
    for quantity in quantities:
        counts[quantity.head_token] = (*counts.get(quantity.head_token, ()), quantity)
    lent = {verb: predicates[noun] for verb, noun in carried.items() if verb not in predicates}
    return Fillers(ground=ground, predicates={**predicates, **lent}, timexes=timexes, times=times, counts=counts)


def _governor(parse: Parse, i: int, predicates: dict[int, str], carried: dict[int, int]) -> int | None:
    """The nearest predicate above a time expression."""
    at = parse.tokens[i]
    while True:
        if at.i in predicates:
            return at.i
        if at.i in carried:
            return carried[at.i]
        if at.head == at.i:
            return None
        at = parse.tokens[at.head]
