"""The desk as an ASGI application.

In: a function that opens a View (of a moment, or None for now), and the version of khabar. Out: a FastAPI application
that reads only. It holds no state of its own: each request opens a view and closes it, so pages see what was added a
moment ago. Serving it (host 127.0.0.1, port) is the command line's affair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from khabar.errors import UsageFault
from khabar.show.days import day_words, interval_words, moment_words
from khabar.show.visible import seen_value
from khabar.show.web.desk import Desk, Views
from khabar.show.web.gate import Gate
from khabar.show.web.mementos import Mementos
from khabar.show.web.query import WORDS

STATIC = Path(__file__).parent / "static"


def create_app(view_factory: Views, *, version: str) -> FastAPI:
    """The desk over the ledger that ``view_factory`` opens, as it is or as it stood at a moment."""
    app = FastAPI(title="khabar", version=version, docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(view_factory, templates(version))
    pages: tuple[tuple[str, Callable[..., Response]], ...] = (
        ("/", desk.brief),
        ("/articles/{key}", desk.article),
        ("/articles/{key}/v{ordinal}", desk.article_version),
        ("/articles/{key}/edits", desk.edits),
        ("/events", desk.events),
        ("/events/{key}", desk.event),
        ("/claims", desk.claims),
        ("/claims.csv", desk.claims_csv),
        ("/claims.jsonl", desk.claims_jsonl),
    )
    mementos = Mementos(view_factory)
    pages += (
        ("/timemap/link/{url:path}", mementos.timemap),
        ("/timegate/{url:path}", mementos.timegate),
        ("/memento/{capture_id}", mementos.memento),
    )
    for path, page in pages:
        app.add_api_route(path, page, methods=["GET", "HEAD"], response_class=HTMLResponse)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(HTTPException, _handler(desk))
    app.add_exception_handler(UsageFault, _handler(desk))
    app.add_middleware(Gate)
    return app


def templates(version: str) -> Environment:
    """The page templates: everything is escaped, and a name that a template misspells is an error."""
    environment = Environment(
        loader=PackageLoader("khabar.show.web"),
        autoescape=True,
        finalize=seen_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day_words, "moment": moment_words}
    environment.globals |= {"interval": interval_words, "words": WORDS, "khabar_version": version}
    return environment


def _handler(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Errors as pages that say what was asked."""

    async def handle(request: Request, fault: Exception) -> Response:
        if isinstance(fault, HTTPException):
            return desk.fault(request, status=fault.status_code, reason=str(fault.detail))
        return desk.fault(request, status=400, reason=str(fault))

    return handle
