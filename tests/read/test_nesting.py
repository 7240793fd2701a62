"""Who reports that who says, over drafts written by hand: a draft is (cue, content)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.read.drafts import Draft
from khabar.read.nesting import nest


def draft(cue: int, content: set[int] | frozenset[int], under: int | None = None) -> Draft:
    return Draft(
        cue=(cue,), lemma="say", stance="assert", sources=(), content=frozenset(content), rule="test", under=under
    )


def test_the_parent_is_the_smallest_content_around_the_cue() -> None:
    outer, middle, inner = draft(1, {*range(2, 12)}), draft(3, {*range(4, 12)}), draft(6, {*range(7, 12)})
    assert nest([outer, middle, inner]) == (None, 0, 1)


def test_two_voices_side_by_side_have_no_parent() -> None:
    assert nest([draft(1, {2, 3}), draft(6, {7, 8})]) == (None, None)


def test_what_is_cited_stands_under_the_cue_that_it_serves() -> None:
    reported, citing = draft(5, {6, 7, 8}), draft(2, {6, 7, 8}, under=5)
    assert nest([citing, reported]) == (1, None)


def test_a_cue_inside_the_citing_content_stands_under_the_cited() -> None:
    reported, citing, inner = draft(5, {*range(6, 12)}), draft(2, {*range(6, 12)}, under=5), draft(8, {9, 10})
    assert nest([citing, reported, inner])[2] == 0


def test_two_that_hold_each_others_cue_do_not_parent_each_other() -> None:
    parents = nest([draft(1, {2, 3, 4}), draft(3, {1, 4, 5})])
    assert parents in ((None, None), (None, 0), (1, None))


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.frozensets(st.integers(0, 12), max_size=9), st.none() | st.integers(0, 12)),
        max_size=7,
    )
)
def test_following_parents_always_ends(rows: list[tuple[int, frozenset[int], int | None]]) -> None:
    parents = nest([draft(cue, content, under) for cue, content, under in rows])
    assert len(parents) == len(rows)
    for k in range(len(parents)):
        seen, at = set(), parents[k]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]
