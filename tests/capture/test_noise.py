"""C2: what changes on a news page while nobody edits it makes no version, or hardly ever; what an editor changes does."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from khabar.capture.versions import make_version, next_version
from khabar.model.documents import Submission, Version
from tests.watch.site import BODY

MOST = 0.03
PAGES = 30
URL = "https://news.example/1"
Noise = Callable[[random.Random], dict[str, str]]


def shell(number: int, **parts: str) -> bytes:
    """A page with the furniture that news pages have; ``parts`` fill its slots."""
    head = f"Bridge {number} at Sorrin to reopen"
    words = [f"{p} It was the {number + 2}th such vote this year." for p in BODY]
    slots = {name: parts.get(name, "") for name in ("head", "top", "side", "inside", "end", "foot", "class")}
    body = f"<p>{words[0]}</p>{slots['inside']}<p>{words[1]}</p><p>{words[2]}</p>"
    return (
        f"<html lang='en'><head><title>{head} | The Sorrin Post</title><meta property='og:title' content='{head}'>"
        f"{slots['head']}</head><body class='{slots['class']}'><header><nav>{slots['top']}<a href='/'>Home</a></nav></header>"
        f"<main><article><h1>{head}</h1>{body}</article>{slots['end']}</main><aside>{slots['side']}</aside>"
        f"<footer>{slots['foot']}<p>About us</p></footer></body></html>"
    ).encode()


NOISES: dict[str, Noise] = {
    "scripts": lambda r: {"head": f"<script nonce='{r.random()}'>var s = {r.random()};</script>"},
    "advertisement": lambda r: {"inside": f"<div class='ad'><a href='/{r.random()}'>Win {r.randint(1, 9)} cars</a></div>"},
    "related": lambda r: {"side": "".join(f"<h3><a href='/{n}'>Story {n}</a></h3>" for n in r.sample(range(99), 6))},
    "most read": lambda r: {"end": f"<h2>Most read</h2><ol><li><a href='/{r.random()}'>Storm {r.randint(1, 99)}</a></ol>"},
    "counters": lambda r: {"end": f"<div class='share'><span>{r.randint(1, 9999)} shares</span></div>"},
    "classes": lambda r: {"class": f"variant-{r.randint(1, 99)} js-{r.random()}"},
    "clock": lambda r: {"foot": f"<p>Page built in {r.random():.3f} s on server {r.randint(1, 40)}</p>"},
    "weather": lambda r: {"top": f"<span>Sorrin {r.randint(-5, 35)} °C</span><a href='/live?{r.random()}'>Live</a>"},
}  # fmt: skip


def version(html: bytes) -> Version:
    return make_version(Submission(name=URL, input_id=URL, url=URL, html=html))


@pytest.mark.parametrize("kind", NOISES)
def test_furniture_makes_no_version(kind: str) -> None:
    chance = random.Random(kind)
    pairs = [[version(shell(n, **NOISES[kind](chance))) for _ in range(2)] for n in range(PAGES)]
    false = [before for before, after in pairs if next_version(before, after) is not None]
    assert len(false) <= MOST * PAGES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to reopen", "to close"),
        ("three weeks", "two weeks"),
        ("on Monday", "on Tuesday"),
        ("the mayor told", "officials told"),
        ("old bridge", "Old Bridge"),
        ("half of their customers", "some of their customers"),
        ("og:title' content='Bridge", "og:title' content='The bridge"),
        ("| The Sorrin Post", "| Sorrin Post"),
    ],
)
def test_an_editors_change_always_does(old: str, new: str) -> None:
    page = shell(1)
    changed = page.replace(old.encode(), new.encode())
    assert changed != page
    assert next_version(version(page), version(changed)) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [("mayor told", "mayor  \n told"), ("bridge, which", "bridge,\u200b which"), ("voted", "vo\u00adted")],
)
def test_invisible_changes_do_not(old: str, new: str) -> None:
    page = shell(1)
    changed = page.replace(old.encode(), new.encode())
    assert changed != page
    assert next_version(version(page), version(changed)) is None
