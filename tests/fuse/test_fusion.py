"""Events across articles: clustering, origins, contradictions; any order of the input gives the same."""

from __future__ import annotations

from itertools import permutations

from khabar.fuse.cluster import grouped
from khabar.fuse.fusion import fuse, newest_versions
from khabar.model.articles import ReadArticle
from khabar.model.claims import EventType, Role
from khabar.model.events import Event
from tests.fuse.builder import Told, article, version

BLAST = (
    "A bomb exploded in the fish market of Kigoma on Sunday, killing nine people and wounding thirty, "
    "police chief Juma Said said."
)
LATER = (
    "Bombers struck Kigoma again on Sunday: a bomb exploded at the bus station of Kigoma, "
    "killing two people, police said."
)
OTHER = "Farmers in the Tuscan hills began to pick olives this week. The harvest is late, a cooperative in Lucca said."


def told(text: str, key: str, *, publisher: str, published: str = "2019-05-06") -> ReadArticle:
    """An article with its first verb as an assault."""
    out = Told(version(text, key=key, publisher=publisher, published=published))
    if "exploded" in text:
        out.tell("exploded", EventType.ASSAULT, {Role.PLACE: "Kigoma"}, lemma="explode")
        out.tell("killing", EventType.ASSAULT, {Role.RECIPIENT: "people"}, lemma="kill")
    return out.done()


def shared(events: tuple[Event, ...]) -> list[tuple[str, ...]]:
    return sorted({e.version_ids for e in events if len(e.version_ids) > 1})


ONE = told(BLAST, "a", publisher="Lake News")
COPY = told(BLAST.replace("nine", "9"), "b", publisher="Hill Times", published="2019-05-07")
RIVAL = told(
    "Twelve people died in the fish market of Kigoma on Sunday, nurses said, after a bomb exploded there, "
    "killing many people.",
    "c",
    publisher="Radio Buha",
)
WEEK_LATER = told(LATER, "d", publisher="Lake News", published="2019-05-20")
OLIVES = article(OTHER, key="e", publisher="Lucca Oggi", published="2019-05-06")


def test_one_event_for_three_reports_and_none_with_the_next_bomb() -> None:
    found = fuse([ONE, COPY, RIVAL, WEEK_LATER, OLIVES])
    assert shared(found.events) == [("a", "b", "c")]
    (event,) = [e for e in found.events if e.version_ids == ("a", "b", "c")]
    assert event.event_type is EventType.ASSAULT
    assert event.origin_ids == ("a", "c")
    assert event.place_name == "Kigoma"


def test_rival_counts_are_a_contradiction_with_who_gives_which() -> None:
    (event,) = [e for e in fuse([ONE, COPY, RIVAL]).events if len(e.version_ids) == 3]
    killed = {c.field: c.values for c in event.contradictions}["killed"]
    assert killed == (("9", ("a", "b")), ("12", ("c",)))


def test_a_count_that_is_said_to_have_risen_is_an_update() -> None:
    risen = told(
        "The death toll of the bomb in the fish market of Kigoma on Sunday has risen: eleven people died. The bomb exploded "
        "at noon, killing most people there.",
        "u",
        publisher="Radio Buha",
        published="2019-05-08",
    )
    (event,) = [e for e in fuse([ONE, risen]).events if len(e.version_ids) == 2]
    assert "killed" not in {c.field for c in event.contradictions}


def test_any_order_gives_the_same_fusion() -> None:
    articles = [ONE, COPY, RIVAL, WEEK_LATER]
    first = fuse(articles)
    assert all(fuse(list(p)) == first for p in permutations(articles))


def test_a_copy_never_raises_the_number_of_origins() -> None:
    before = max(len(e.origin_ids) for e in fuse([ONE, RIVAL]).events)
    assert max(len(e.origin_ids) for e in fuse([ONE, RIVAL, COPY]).events) == before


def test_only_the_newest_version_of_an_article_counts() -> None:
    old, new = (article(OTHER, key=f"v{n}", article_id="x", ordinal=n) for n in (1, 2))
    assert newest_versions([new, old]) == (new,)


def test_nothing_in_nothing_out() -> None:
    assert fuse([]).events == ()


def test_average_linkage_leaves_out_who_fits_only_one() -> None:
    weights = {("a", "b"): 3.0, ("b", "c"): 1.0, ("a", "c"): -4.0}
    assert grouped("abc", weights) == (("a", "b"), ("c",))
    assert grouped("cba", weights) == (("a", "b"), ("c",))
