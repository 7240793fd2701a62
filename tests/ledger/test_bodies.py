"""Bodies packed against an earlier state of their page come back byte for byte, whatever happens to that state."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import StoreDamaged
from khabar.ledger import bodies, questions
from khabar.ledger.codec import pack
from khabar.ledger.purge import purge
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from khabar.model.articles import ReadArticle
from khabar.model.identity import digest
from khabar.stores import Place
from tests.ledger.making import STAMP, arrival, make_article, revised
from tests.ledger.tampering import tamper

NOISE = random.Random(5).randbytes(20_000)


@given(st.binary(max_size=400), st.binary(min_size=1, max_size=400))
def test_there_and_back(body: bytes, base: bytes) -> None:
    assert bodies.unpack_against(bodies.pack_against(body, base), base) == body


def test_only_what_is_worth_it_hangs_on_another() -> None:
    like, unlike = NOISE[:-9] + b"something", bytes(reversed(NOISE))
    assert bodies.packed(like, ("base", NOISE))[1] == "base"
    assert bodies.packed(unlike, ("base", NOISE))[1] is None
    assert bodies.packed(like, None)[1] is None


Chain = tuple[Place, list[ReadArticle], list[bytes]]


@pytest.fixture
def chain(ledger: Place) -> Chain:
    """An article in four states, whose pages are mostly the same noise."""
    path = ledger
    articles, pages = [make_article("one")], []
    with Writer(path) as writer:
        for number in range(4):
            page = NOISE + f"state {number}".encode()
            revision = None
            if number:
                after, revision = revised(articles[-1], who=f"Brigade {number}", where="Port Maraq")
                articles.append(after)
            came = replace(arrival(articles[-1]), body=page)
            writer.append_article(articles[-1], arrival=came, revision=revision, sentences={}, stamp=STAMP)
            pages.append(page)
    return path, articles, pages


def test_states_of_a_page_hang_on_the_first(chain: Chain) -> None:
    path, _, pages = chain
    with Writer(path) as writer:
        sizes = [size for (size,) in writer.view.rows("SELECT length(data) FROM body ORDER BY seq")]
        assert sizes[0] > 19_000
        assert max(sizes[1:]) < 300
        assert writer.view.rows("SELECT DISTINCT base_sha256 FROM body_base") == [(digest(pages[0]),)]
        assert [questions.body(writer.view, digest(page)) for page in pages] == pages
        assert verify(writer.view).faults == ()


def test_a_base_that_goes_leaves_the_others_whole(chain: Chain) -> None:
    path, articles, pages = chain
    ids = [article.version.version_id for article in articles]
    with Writer(path) as writer:
        purge(writer, ids[:1], reason="x", operator="me", stamp=STAMP)
        assert [questions.body(writer.view, digest(page)) for page in pages] == [None, *pages[1:]]
        assert verify(writer.view).faults == ()
        purge(writer, ids[1:], reason="x", operator="me", stamp=STAMP)
        assert [questions.body(writer.view, digest(page)) for page in pages] == [None] * 4
        assert verify(writer.view).faults == ()
    files = path.parent.glob("l.sqlite*") if isinstance(path, Path) else ()
    assert not any(NOISE[:200] in file.read_bytes() for file in files)


def test_a_base_that_is_not_what_it_was_is_noticed(chain: Chain) -> None:
    path, _, pages = chain
    tamper(path, "UPDATE body SET data = ? WHERE seq = 1", (pack(b"another"),))
    with open_view(path) as view:
        faults = "\n".join(verify(view).faults)
        assert all(f"body {digest(page)[:12]}" in faults for page in pages)
    tamper(path, "UPDATE body SET data = ? WHERE seq = 1", (b"",))
    with open_view(path) as view, pytest.raises(StoreDamaged, match="packed against"):
        questions.body(view, digest(pages[1]))
