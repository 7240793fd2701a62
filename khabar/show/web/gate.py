"""The gate in front of the desk: only this machine's own names as Host, and headers that let no page call elsewhere.

In: an ASGI application. Out: one that answers 400 to any Host but 127.0.0.1 and localhost (a page elsewhere on the
web that points its own name at this machine gets nothing: DNS rebinding), and sets on every answer a content security
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

        host = Headers(scope=scope).get("host", "")
        if HOST.fullmatch(host) is None:
            refusal = PlainTextResponse("400: this desk answers only to 127.0.0.1 and localhost\n", status_code=400)
            await refusal(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)
