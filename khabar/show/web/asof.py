"""Pages as of a moment: ``?asof=`` stays in every link of a page, so that whoever follows one stays in the past.

In: query parameters, and a page's HTML. Out: the moment that is asked for (as ``ledger/asof.py`` reads it), what the page
says of it, and the HTML with the moment in every link and form of the desk's own. Stored text cannot pass for a link:
its quotation marks are escaped. Mementos have their own way to ask (Accept-Datetime), and no page links to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

from khabar.ledger.log import last_entry
from khabar.ledger.store import View

NAME = "asof"
LONGEST = 40
LINK = re.compile(r' href="(/(?!static/)[^"#]*)')
FORM = re.compile(r'<form (?!class="back")[^>]*action="/[^>]*>')
"""all but the one that asks for another moment"""


def asof_of(parameters: Mapping[str, str]) -> str | None:
    """The moment that a query string asks for; None = now."""
    return parameters.get(NAME, "").strip()[:LONGEST] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a page stands in the log: the last entry that it knows, and the moment that was asked for, if any."""

    asked: str | None
    entry: int
    recorded_at: str
    here: str
    """the address of this page in this state, for ever"""
    now: str
    """the address of this page as it is now"""
    rest: Mapping[str, str]
    """what else the address says"""


def standing(view: View, path: str, parameters: Mapping[str, str]) -> Standing | None:
    """Where a page over this view stands; None while the log is empty."""
    entry = last_entry(view)
    if entry is None:
        return None
    rest = {name: value for name, value in parameters.items() if name != NAME}
    return Standing(
        asked=asof_of(parameters),
        entry=entry.seq,
        recorded_at=entry.recorded_at,
        here=f"{path}?{urlencode({**rest, NAME: f'#{entry.seq}'})}",
        rest=rest,
        now=f"{path}?{urlencode({**rest, NAME: ''})}",
    )


def with_moment(address: str, moment: str | None, *, also: str = "&") -> str:
    """An address of the desk with the moment, in front of what stands behind #."""
    if moment is None:
        return address
    asked, mark, place = address.partition("#")
    return f"{asked}{also if '?' in asked else '?'}{NAME}={quote(moment)}{mark}{place}"


def carried(html: str, moment: str | None) -> str:
    """A page whose links and forms keep the moment, but for the links that name one themselves (none: ``asof=``)."""
    if moment is None:
        return html

    def kept(link: re.Match[str]) -> str:
        named = f"{NAME}=" in link[1]
        return link[0] if named else f' href="{with_moment(link[1], moment, also="&amp;")}'

    field = f'<input type="hidden" name="{NAME}" value="{escape(moment)}">'
    return FORM.sub(lambda form: form[0] + field, LINK.sub(kept, html))
