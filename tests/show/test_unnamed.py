"""Nobody's name, in words that agree in number with who spoke."""

from __future__ import annotations

import pytest

from khabar.show.sources import unnamed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("monks who had fled", "unnamed monks who had fled"),
        ("a nurse who was there", "an unnamed nurse who was there"),
        ("officials", "unnamed officials"),
        ("two pilots that landed", "two unnamed pilots that landed"),
    ],
)
def test_number_is_that_of_who_spoke(words: str, said: str) -> None:
    assert unnamed(words) == said
