"""What nobody sees is written out; what a script needs is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.show.visible import visible


@pytest.mark.parametrize(
    ("given", "strict", "shown"),
    [
        ("K\u0430rvan", False, "K\\u0430rvan"),
        ("\u041aarvan", False, "\\u041aarvan"),
        ("Москвa", False, "Москв\\u0061"),
        ("Москва and Karvan", False, "Москва and Karvan"),
        ("Ορλάν", False, "Ορλάν"),
        ("General\u202enamsO", False, "General\\u202enamsO"),
        ("Kar\u200bvan", False, "Kar\\u200bvan"),
        ("Kar\u200cvan", False, "Kar\\u200cvan"),
        ("می\u200cرود", False, "می\u200cرود"),
        ("می\u200cرود", True, "می\\u200cرود"),
        ("می\u200b\u200cرود", False, "می\\u200b\\u200cرود"),
        ("👩\u200d🚒", False, "👩\u200d🚒"),
        ("قال\u200f.", False, "قال\u200f."),
        ("قال\u202e.", False, "قال\\u202e."),
        ("said\u200f.", False, "said\\u200f."),
        ("a\x1b[2Jb", True, "a\\u001b[2Jb"),
        ("one\r\ntwo\tthree", False, "one\r\ntwo\tthree"),
        ("Z\ua67f", False, "\\u005a\ua67f"),
        ("\\u005a\ua67f", False, "\\u005a\ua67f"),
        ("one\ttwo", True, "one\\u0009two"),
        ("x\U000e0041y", False, "x\\U000e0041y"),
        ("Élan à Zürich – “so”", True, "Élan à Zürich – “so”"),
    ],
)
def test_what_is_written_out(given: str, strict: bool, shown: str) -> None:
    assert visible(given, strict=strict) == shown


@given(st.text(max_size=40), st.booleans())
def test_what_was_made_visible_is_left(text: str, strict: bool) -> None:
    once = visible(text, strict=strict)
    assert visible(once, strict=strict) == once
