"""Past states of a page for other programs: TimeMap, TimeGate and mementos (RFC 7089) over the ledger.

In: requests for ``/timemap/link/URL``, ``/timegate/URL`` (with Accept-Datetime) and ``/memento/ID``. Out: the TimeMap in link
format; a redirect to the memento nearest to the wanted time (the newest without one); the bytes as they were captured. An
archived page may be hostile: its bytes go out as a download that no browser renders, under a policy that lets nothing
in it run or load.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from khabar.capture.memento import http_date, http_instant, nearest, write_timemap
from khabar.ledger.bodies import read_body
from khabar.ledger.captures import capture, mementos
from khabar.ledger.store import View

LINK_FORMAT = "application/link-format"
INERT = {
    "Content-Disposition": "attachment; filename=memento",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


class Mementos:
    """The three routes; each opens a view and closes it."""

    def __init__(self, view_factory: Callable[[None], View]) -> None:
        self._views = view_factory

    def timemap(self, request: Request, url: str) -> Response:
        """All captures of a URL."""
        original = _whole(request, url)
        here = str(request.base_url)
        text = write_timemap(
            original,
            self._listed(request, original),
            own=f"{here}timemap/link/{original}",
            gate=f"{here}timegate/{original}",
        )
        return PlainTextResponse(text, media_type=LINK_FORMAT)

    def timegate(self, request: Request, url: str) -> Response:
        """The capture nearest to the time that is asked for."""
        original = _whole(request, url)
        asked = request.headers.get("accept-datetime")
        wanted = None if asked is None else http_instant(asked)
        if asked is not None and wanted is None:
            raise HTTPException(400, f"Accept-Datetime {asked!r:.60} is no date such as Thu, 15 Dec 2016 11:05:00 GMT")
        found = nearest(self._listed(request, original), wanted)
        if found is None:
            raise HTTPException(404, "no capture of this URL")
        link = f'<{original}>;rel="original", <{request.base_url}timemap/link/{original}>;rel="timemap";type="{LINK_FORMAT}"'
        return RedirectResponse(found[0], status_code=302, headers={"Vary": "accept-datetime", "Link": link})

    def memento(self, request: Request, capture_id: str) -> Response:
        """The bytes of one capture."""
        with self._views(None) as view:
            found = capture(view, capture_id)
            if found is None:
                raise HTTPException(404, "no such capture")
            body = read_body(view, found.body_sha256)
        here, original = str(request.base_url), found.url or ""
        link = f'<{original}>;rel="original", <{here}timemap/link/{original}>;rel="timemap";type="{LINK_FORMAT}", '
        link += f'<{here}timegate/{original}>;rel="timegate"'
        headers = {"Memento-Datetime": http_date(found.at), "Link": link.encode("ascii", "ignore").decode(), **INERT}
        return Response(body, media_type="application/octet-stream", headers=headers)

    def _listed(self, request: Request, original: str) -> list[tuple[str, str]]:
        """The captures of a URL as (address here, instant). Raises 404 where there is none."""
        with self._views(None) as view:
            found = [(f"{request.base_url}memento/{one.capture_id}", one.at) for one in mementos(view, original)]
        if not found:
            raise HTTPException(404, "no capture of this URL")
        return found


def _whole(request: Request, url: str) -> str:
    """The URL with its own query, which is the request's."""
    return f"{url}?{request.url.query}" if request.url.query else url
