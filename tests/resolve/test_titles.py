"""Titles before a person's name."""

from __future__ import annotations

import pytest

from khabar.resolve.titles import titled


@pytest.mark.parametrize(
    ("words", "title", "name"),
    [
        ("General Faraj Selmani", "General", "Faraj Selmani"),
        ("spokesman Col. Karim Bouzid", "spokesman Col.", "Karim Bouzid"),
        ("Defence Minister Sory Keita", "Defence Minister", "Sory Keita"),
        ("Lt. Gen. Ola Varn", "Lt. Gen.", "Ola Varn"),
        ("Prime Minister-designate Ola Varn", "Prime Minister-designate", "Ola Varn"),
        ("Ola Varn", "", "Ola Varn"),
        ("President", "", "President"),
        ("Saif al-Islam Gaddafi", "", "Saif al-Islam Gaddafi"),
    ],
)
def test_titles(words: str, title: str, name: str) -> None:
    assert titled(words) == (title, name)
