"""Stories and happenings of a batch: wider than events, and finer; whatever the order of the articles."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from khabar.fuse.cluster import APART, Pair, grouped, pair
from khabar.fuse.fusion import batch
from khabar.model.articles import ReadArticle
from khabar.model.claims import EventType, Role
from khabar.model.events import Batch
from khabar.model.factuality import Polarity
from tests.fuse.builder import Told, version
from tests.fuse.test_fusion import COPY, LATER, OLIVES, ONE, told

DENIAL = "The mayor of Kigoma denied on Monday that a bomb exploded in the fish market of Kigoma on Sunday."


def denial() -> ReadArticle:
    out = Told(version(DENIAL, key="f", publisher="Radio Buha", published="2019-05-07"))
    out.tell("exploded", EventType.ASSAULT, {Role.PLACE: "Kigoma"}, lemma="explode", polarity=Polarity.NEGATIVE)
    return out.done()


def happening(found: Batch, version_id: str, nth: int = 0) -> str:
    return [t.event_id for t in found.tellings if t.version_id == version_id][nth]


def test_a_story_goes_on_after_the_event() -> None:
    later = told(LATER, "d", publisher="Lake News", published="2019-05-09")
    found = batch([ONE, COPY, denial(), later, OLIVES])
    assert found.stories == (("a", "b", "d", "f"), ("e",))


def test_any_order_gives_the_same() -> None:
    articles = (ONE, COPY, denial(), OLIVES)
    assert len({batch(order) for order in permutations(articles)}) == 1


def test_one_stem_is_one_happening_across_articles() -> None:
    found = batch([ONE, COPY])
    assert happening(found, "a") == happening(found, "b")
    assert len(found.tellings) == 4


def test_blast_and_dead_are_one_incident() -> None:
    found = batch([ONE])
    assert happening(found, "a", 0) == happening(found, "a", 1)


def test_other_stories_share_no_happening() -> None:
    boiler = Told(version("A boiler exploded in a school kitchen in Lima on Friday. Nobody was hurt.", key="z"))
    boiler.tell("exploded", None, {Role.PLACE: "Lima"}, lemma="explode")
    found = batch([ONE, boiler.done()])
    assert found.stories == (("a",), ("z",))
    assert happening(found, "a") != happening(found, "z")


def test_words_that_are_no_violence_stay_apart() -> None:
    out = Told(version("Envoys met in Kigoma and signed a pact. Later the envoys met again.", key="m"))
    out.tell("met", EventType.CONSULT, {Role.ACTOR: "Envoys"}, lemma="meet")
    out.tell("signed", EventType.AGREE, {Role.ACTOR: "Envoys"}, lemma="sign")
    ids = {t.event_id for t in batch([out.done()]).tellings}
    assert len(ids) == 2


KEYS = "abcdefg"
WEIGHTS = st.dictionaries(
    st.sampled_from([pair(a, b) for a, b in combinations(KEYS, 2)]),
    st.integers(min_value=-8, max_value=8).map(float),
)


def slowly(weights: dict[Pair, float]) -> set[frozenset[str]]:
    """Average linkage by the book: all means made anew before every step."""
    groups: list[tuple[str, ...]] = [(k,) for k in KEYS]
    while True:
        means = {
            (min(x, y), max(x, y)): round(
                sum(weights.get(pair(a, b), APART) for a in x for b in y) / (len(x) * len(y)), 9
            )
            for x, y in combinations(groups, 2)
        }
        if not means:
            break
        best = min(means, key=lambda p: (-means[p], p))
        if means[best] <= 0:
            break
        groups = [g for g in groups if g not in best] + [tuple(sorted(best[0] + best[1]))]
    return {frozenset(g) for g in groups}


@given(WEIGHTS)
def test_the_heap_joins_what_the_book_joins(weights: dict[Pair, float]) -> None:
    assert {frozenset(g) for g in grouped(KEYS, weights)} == slowly(weights)
