"""The gate in front of the desk: only this machine's own names as Host, and headers that let no page call elsewhere.

In: an ASGI application. Out: one that answers 400 to any Host but 127.0.0.1 and localhost (a page elsewhere on the
web that points its own name at this machine gets nothing: DNS rebinding), 403 to what a page elsewhere asks for by
itself (`Origin`, and `Sec-Fetch-Site` of the Fetch Metadata draft; a link that a person follows is answered: permalinks
are there to be sent), and sets on every answer a content security
policy without inline code, outside requests or framing. An archived article may be hostile; this is the second wall
behind escaping.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """Wraps an application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the host, then pass on with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if HOST.fullmatch(headers.get("host", "")) is None:
            refusal = PlainTextResponse("400: this desk answers only to 127.0.0.1 and localhost\n", status_code=400)
            await refusal(scope, receive, with_headers)
            return
        if from_elsewhere(headers, scope["method"]):
            refusal = PlainTextResponse("403: this desk does not answer to other pages\n", status_code=403)
            await refusal(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)


def from_elsewhere(headers: Headers, method: str) -> bool:
    """Whether a page of another site or port makes the browser ask. In: the request. Out: True to refuse it.

    A program that sends neither header is no browser and is answered; so is a GET that brings a person to a page.
    """
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{headers['host']}":
        return True
    if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
        return False
    follows = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (follows and method in {"GET", "HEAD"})
