"""Texts as accidents leave them: own news and sentences, damaged in one to four ways, the same for the same number.

In: a number. Out: a text. The damage is what feeds, copying, scanning and hostile hands do: cuts, repeats, shuffled words,
lost or doubled quotation marks, broken lines, odd and invisible characters, other letters, markup, endless words.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

from tests.accuracy.gate import cases

ROOT = Path(__file__).resolve().parents[2]
ODD = (
    "\u00a0\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\ufeff\ufffd\u0000\u0007\u001b\u007f\u0085\u0301\u0489\u3000"
    "“”‘’„«»\"'`´—–-…•·|/\\[](){}<>&%$€№†½²٣४①ﬁǅßİıſ漢あ한ا\u064bحʿד\U0001f6a8\U0001f1ea\U00020000\U0010ffff"
)
QUOTES = "“”‘’\"'«»"
MARKUP = (
    "<b>",
    "</p>",
    "&amp;",
    "&#8217;",
    "[1]",
    "http://a.example/?q=%20x",
    "@user",
    "#tag",
    "<script>",
    "{{0}}",
    "%s",
)
LONGEST = 2_000
"""code points of an undamaged text that are taken"""


def sources() -> list[str]:
    """Undamaged texts."""
    own = [case["text"] for case in cases()]
    news = [p.read_text(encoding="utf-8")[:LONGEST] for p in sorted((ROOT / "examples").rglob("*.txt"))]
    return [*own, *news]


def mutant(number: int, texts: list[str]) -> str:
    """The damaged text of this number."""
    draw = random.Random(number)
    text = draw.choice(texts)
    if draw.random() < 0.3:
        text += draw.choice(["\n\n", " ", "\r\n", ""]) + draw.choice(texts)
    for _ in range(draw.randint(1, 4)):
        text = draw.choice(DAMAGE)(text, draw)
    return text


def _slice(text: str, draw: random.Random) -> tuple[int, int]:
    start = draw.randint(0, len(text))
    return start, min(len(text), start + draw.randint(1, 60))


def cut(text: str, draw: random.Random) -> str:
    start, end = _slice(text, draw)
    return text[:start] + text[end:]


def repeat(text: str, draw: random.Random) -> str:
    start, end = _slice(text, draw)
    return text[:end] + text[start:end] * draw.randint(1, 5) + text[end:]


def shuffle(text: str, draw: random.Random) -> str:
    words = text.split(" ")
    start = draw.randint(0, len(words))
    some = words[start : start + 6]
    draw.shuffle(some)
    return " ".join([*words[:start], *some, *words[start + 6 :]])


def sprinkle(text: str, draw: random.Random) -> str:
    out = list(text)
    for _ in range(draw.randint(1, 12)):
        out.insert(draw.randint(0, len(out)), draw.choice(ODD))
    return "".join(out)


def quotes(text: str, draw: random.Random) -> str:
    return "".join(draw.choice(["", c, c + c, draw.choice(QUOTES)]) if c in QUOTES else c for c in text)


def open_quote(text: str, draw: random.Random) -> str:
    at = draw.randint(0, len(text))
    return text[:at] + draw.choice(QUOTES) + text[at:]


def break_lines(text: str, draw: random.Random) -> str:
    return "".join(draw.choice(["\n", "\n\n", "\r\n", "\t", c, c]) if c == " " else c for c in text)


def change_case(text: str, draw: random.Random) -> str:
    start, end = _slice(text, draw)
    change: Callable[[str], str] = draw.choice([str.upper, str.lower, str.title, str.swapcase])
    return draw.choice([change(text), text[:start] + change(text[start:end]) + text[end:]])


def markup(text: str, draw: random.Random) -> str:
    at = draw.randint(0, len(text))
    return text[:at] + draw.choice(MARKUP) * draw.randint(1, 3) + text[at:]


def decompose(text: str, draw: random.Random) -> str:
    return unicodedata.normalize(draw.choice(["NFD", "NFKD"]), text)


def numbers(text: str, draw: random.Random) -> str:
    at = draw.randint(0, len(text))
    number = draw.choice(
        ["2016-02-30", "99/99/9999", "1e400", "٣٠", "-0", "31 June 0000", "25:61", "1,2,3,4", "9" * 40, "½"]
    )
    return f"{text[:at]} {number} {text[at:]}"


def endless(text: str, draw: random.Random) -> str:
    at = draw.randint(0, len(text))
    return (
        text[:at]
        + draw.choice(["a", "said ", ", ", "-", "“", "of the ", "said that ", "(", "\u0301"]) * draw.randint(20, 200)
        + text[at:]
    )


def unspace(text: str, draw: random.Random) -> str:
    start, end = _slice(text, draw)
    return text[:start] + text[start:end].replace(" ", "") + text[end:]


DAMAGE = (
    cut, repeat, shuffle, sprinkle, quotes, open_quote, break_lines, change_case, markup,
    decompose, numbers, endless, unspace,
)  # fmt: skip
