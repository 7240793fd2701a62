"""Quotation marks to quoted stretches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.read.quotes import find_quotes, quote_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“We won,” he said.", ["“We won,”"], id="curly"),
        pytest.param('"We won," he said. "They ran."', ['"We won,"', '"They ran."'], id="straight, two"),
        pytest.param("«Nous», „wir“ and ``we'' ran", ["«Nous»", "„wir“", "``we''"], id="other marks"),
        pytest.param("The army's men took the rebels' guns.", [], id="apostrophes"),
        pytest.param(
            "The ‘victors’ left; the rebels’ guns stayed.", ["‘victors’"], id="single curly, apostrophe after"
        ),
        pytest.param("'They fled,' she said, 'at dawn.'", ["'They fled,'", "'at dawn.'"], id="single straight"),
        pytest.param("‘It wasn’t us,’ he said.", ["‘It wasn’t us,’"], id="apostrophe inside single marks"),
        pytest.param("“He told us ‘go’ and left.”", ["“He told us ‘go’ and left.”"], id="outermost only"),
        pytest.param("(“Yes”) and —“no”", ["“Yes”", "“no”"], id="after bracket and dash"),
        pytest.param('A 6" pipe burst.', [], id="inches"),
        pytest.param("He said “we won and left.", [], id="never closed"),
        pytest.param("“One.\n“Two,” he said.", ["“One.", "“Two,”"], id="goes on in the next paragraph"),
        pytest.param("“One.\nTwo.”", [], id="not over a paragraph that does not open again"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_quotes(text: str, expected: list[str]) -> None:
    assert [q.cut(text) for q in find_quotes(text)] == expected


@given(st.text(alphabet="ab “”\"'‘’«»„`\n.", max_size=60))
def test_quotes_are_in_order_apart_and_inside_the_text(text: str) -> None:
    quotes = find_quotes(text)
    ends = [0, *(q.end for q in quotes)]
    assert all(end <= q.start < q.end <= len(text) for end, q in zip(ends, quotes, strict=False))
    assert all("\n" not in q.cut(text) for q in quotes)


@given(st.text(alphabet='ab “”"\n', max_size=40), st.integers(0, 45))
def test_quote_at_finds_the_quote_that_holds_an_offset(text: str, offset: int) -> None:
    quotes = find_quotes(text)
    assert quote_at(quotes, offset) == next((q for q in quotes if q.start <= offset < q.end), None)
