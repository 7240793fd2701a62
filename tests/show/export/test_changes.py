"""The plain kinds of a revision: what an edit of each class is called in ``read --json``."""

from __future__ import annotations

import pytest

from khabar.fuse.revise import revise
from khabar.show.export.changes import revision_rows
from tests.fuse.builder import article


def kinds(before: str, after: str) -> set[str]:
    return {row["type"] for row in revision_rows(revise(article(before), article(after)))}


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Rebels promised a truce", "Rebels may have promised a truce", {"softened"}),
        ("Rebels may have promised a truce", "Rebels promised a truce", {"strengthened"}),
        # marks around words that stay are marks, and so are the claims told that they touch
        ("Rebels promised a truce", "Rebels promised a ‘truce’", {"quote_added"}),
        ("Vesh hails ‘historic’ vote", "Vesh hails historic vote", {"quote_removed"}),
        ("Mayor shuts 'illegal' market", "Mayor shuts illegal market", {"quote_removed"}),
        # a quotation with other words was neither added nor removed
        ("Envoy fears 'long war'", "Envoy fears 'costly war'", {"quote_altered"}),
        ("Sahar calls raid 'an act of war'", "Sahar calls raid 'an act of folly'", {"quote_altered"}),
        ("Dam is 'a ticking bomb'", "Dam is 'a gift'", {"quote_altered"}),
        # a quantifier before a number that stays is no doubt about the claim
        ("Blast kills 14 in Orlan", "Blast kills at least 14 in Orlan", {"quantifier_added"}),
        ("About 300 prisoners freed", "300 prisoners freed", {"quantifier_removed"}),
        ("Floods destroy up to 60 homes", "Floods destroy 60 homes", {"quantifier_removed"}),
        ("Dorn says hello", "Dorn says hello", {"style_only"}),
    ],
)
def test_plain_kinds(before: str, after: str, wanted: set[str]) -> None:
    assert (kinds(before, after) or {"style_only"}) - {"style"} == wanted
