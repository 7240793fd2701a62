"""robots.txt: may this path be asked for (RFC 9309), and how long to pause.

In: the bytes of a robots.txt and our product token. Out: Robots. Groups that name us count, else those for "*"; the
longest matching rule wins, of equals the one that allows; "*" and "$" are wild cards. Matching walks the parts between
the wild cards, so that no pattern is slow. Crawl-delay is not in the RFC, but meant. At most 500 KiB are read (the RFC's
own least). A missing file allows everything; one that cannot be had for the server's fault allows nothing for a while:
``for_status`` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

TOKEN = "khabar"  # noqa: S105 - RFC 9309 calls a crawler's name its product token
LARGEST = 500 * 1024
_LONGEST_RULE = 2_000
_MOST_RULES = 10_000


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a host asks of us; ``delay``: seconds between requests, None = it does not say."""

    rules: tuple[_Rule, ...] = ()
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether a URL may be asked for."""
        parts = urlsplit(url)
        path = _folded(parts.path or "/") + (f"?{_folded(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        found = [rule for rule in self.rules if _matches(rule.pattern, path)]
        best = max(found, key=lambda rule: (len(rule.pattern), rule.allows), default=None)
        return best is None or best.allows


EVERYTHING = Robots()
NOTHING = Robots(rules=(_Rule("/", allows=False),))


def for_status(status: int, body: bytes) -> Robots:
    """The rules by an answer: 2xx what it says, 4xx all is allowed, 429 and 5xx nothing is (RFC 9309, 2.3.1)."""
    if status in {200, 203}:
        return read_robots(body)
    return NOTHING if status == 429 or status >= 500 else EVERYTHING


def read_robots(data: bytes, token: str = TOKEN) -> Robots:
    """The rules of a robots.txt that are meant for us."""
    ours: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    sitemaps: list[str] = []
    agents: list[str] = []
    named = in_rules = False
    for field, value in _lines(data):
        if field == "user-agent":
            agents, in_rules = ([] if in_rules else agents), False
            agents.append(value.lower().split("/")[0].strip())
            named = named or token in agents
        elif field == "sitemap":
            sitemaps.append(value)
        else:
            in_rules = True
            ours += [(field, value)] if token in agents else []
            everybody += [(field, value)] if "*" in agents else []
    return _robots(ours if named else everybody, tuple(sitemaps))


def _lines(data: bytes) -> list[tuple[str, str]]:
    """The known fields of a file, in order."""
    known = {"user-agent", "allow", "disallow", "crawl-delay", "sitemap"}
    out = []
    for line in data[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff").splitlines()[:_MOST_RULES]:
        field, colon, value = line.partition("#")[0].partition(":")
        name = field.strip().lower()
        if colon and name in known:
            out.append((name, value.strip()[:_LONGEST_RULE]))
    return out


def _robots(lines: list[tuple[str, str]], sitemaps: tuple[str, ...]) -> Robots:
    rules = [_Rule(_folded(value), field == "allow") for field, value in lines if field != "crawl-delay" and value]
    delays = [found for field, value in lines if field == "crawl-delay" and (found := _seconds(value)) is not None]
    return Robots(rules=tuple(rules), delay=max(delays, default=None), sitemaps=sitemaps)


def _seconds(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 <= found < 1e6 else None


def _folded(path: str) -> str:
    """Percent signs and letters brought to one form, wild cards kept."""
    return quote(unquote(path), safe="/*$?&=:@!'()+,;~")


def _matches(pattern: str, path: str) -> bool:
    """Whether a rule's pattern matches the beginning of a path; each part is looked for once, left to right."""
    anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if anchored and rest else None
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not anchored or at == len(path)
