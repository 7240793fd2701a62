"""The pages: each asks the ledger its named questions and hands plain records to a template.

In: a request's path and query; ``?asof=`` shows the ledger as it stood (asof.py). Out: HTML, CSV or JSON Lines. A key
that is not there gives a page that says what was asked (404), a query that cannot be meant one that says why (400).
Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from jinja2 import Environment
from starlette.exceptions import HTTPException

from khabar.ledger import questions
from khabar.ledger.answers import ArticleRow, ClaimRow, VersionRow
from khabar.ledger.store import View
from khabar.show.export.claims import claims_rows
from khabar.show.export.flat import csv_lines, flat_rows
from khabar.show.web.asof import asof_of, carried, standing, with_moment
from khabar.show.web.brief import brief_of
from khabar.show.web.dossier import dossier, summaries
from khabar.show.web.query import FIELDS, PAGE, TYPES, filter_from, on_page, page_of, query_of
from khabar.show.web.revisions import revision_page
from khabar.show.web.workbench import workbench

Views = Callable[[str | None], View]
"""opens the ledger as it stood at a moment; None = as it is"""
NOT_FOUND = 404
PLAIN = {NOT_FOUND: "Not found", 405: "Not here", 400: "That cannot be asked"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Pages over the ledger that ``view_factory`` opens."""

    view_factory: Views
    templates: Environment

    def page(self, view: View, template: str, request: Request, **values: Any) -> Response:
        """A rendered page; its links stay at the moment that was asked for."""
        at = standing(view, request.url.path, request.query_params)
        html = self.templates.get_template(template).render(path=request.url.path, standing=at, **values)
        return HTMLResponse(carried(html, asof_of(request.query_params)))

    def _looking(self, request: Request) -> View:
        """The ledger, as it stood if the query says when. Raises UsageFault for what is no moment of it."""
        return self.view_factory(asof_of(request.query_params))

    def fault(self, request: Request, *, status: int, reason: str) -> Response:
        """The page that says what was asked and why there is no answer."""
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        told = {"title": PLAIN.get(status, "No answer"), "asked": asked, "reason": reason}
        moment = (
            asof_of(request.query_params) if status == NOT_FOUND else None
        )  # what cannot be asked is no moment to stay at
        html = self.templates.get_template("fault.html").render(
            path=request.url.path, standing=None, then=moment, **told
        )
        return HTMLResponse(carried(html, moment), status_code=status)

    def brief(self, request: Request) -> Response:
        """The morning brief: counts, silent edits, articles."""
        with self._looking(request) as view:
            return self.page(view, "brief.html", request, brief=brief_of(view, page_of(request.query_params)))

    def article(self, request: Request, key: str) -> Response:
        """An article's newest version."""
        with self._looking(request) as view:
            row = _article(view, key)
            return self._workbench(request, view, row, row.ordinal)

    def article_version(self, request: Request, key: str, ordinal: int) -> Response:
        """One version of an article."""
        with self._looking(request) as view:
            return self._workbench(request, view, _article(view, key), ordinal)

    def edits(self, request: Request, key: str) -> Response:
        """What the revisions of an article changed: claims first, text second."""
        with self._looking(request) as view:
            row = _article(view, key)
            versions = questions.versions_of(view, row.article_id)
            revisions = [revision_page(view, r) for r in questions.edits(view, article_id=row.article_id)]
            return self.page(view, "edits.html", request, article=row, versions=versions, revisions=revisions)

    def events(self, request: Request) -> Response:
        """All events that the filter chooses."""
        chosen, page = filter_from(request.query_params), page_of(request.query_params)
        with self._looking(request) as view:
            total = questions.count_events(view, chosen)
            pages = _pages("/events", chosen, page, total)
            return self.page(
                view, "events.html", request, events=summaries(view, chosen, page), total=total, pages=pages
            )

    def event(self, request: Request, key: str) -> Response:
        """One event's dossier."""
        with self._looking(request) as view:
            found = questions.event(view, key)
            if found is None:
                raise HTTPException(404, f"There is no event {key!r} in this ledger. See the list of events.")
            return self.page(view, "event.html", request, dossier=dossier(view, found))

    def claims(self, request: Request) -> Response:
        """The table of claims with its filter."""
        chosen, page = filter_from(request.query_params), page_of(request.query_params)
        with self._looking(request) as view:
            rows = questions.claims(view, on_page(chosen, page))
            total = questions.count_claims(view, chosen)
            values = {name: getattr(chosen, name) or "" for name in FIELDS}
            pages = _pages("/claims", chosen, page, total)
            table = {"claims": rows, "total": total, "values": values, "query": query_of(chosen), "types": TYPES}
            return self.page(view, "claims.html", request, table=table, pages=pages)

    def claims_csv(self, request: Request) -> Response:
        """The same claims as CSV, all pages."""
        rows, digests = self._chosen(request)
        lines = csv_lines(_kept(request, flat_rows(rows, digests=digests, base_url=_base(request))))
        return _download(lines, "text/csv; charset=utf-8", "claims.csv")

    def claims_jsonl(self, request: Request) -> Response:
        """The same claims as JSON Lines, all pages."""
        rows, _ = self._chosen(request)
        told = _kept(request, claims_rows(rows, base_url=_base(request)))
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in told)
        return _download(lines, "application/x-ndjson", "claims.jsonl")

    def _chosen(self, request: Request) -> tuple[list[ClaimRow], dict[str, str]]:
        """The claims that a query chooses, and the digests of all texts."""
        with self._looking(request) as view:
            return questions.claims(view, filter_from(request.query_params)), questions.text_digests(view)

    def _workbench(self, request: Request, view: View, row: ArticleRow, ordinal: int) -> Response:
        versions = questions.versions_of(view, row.article_id)
        found = _version(row, versions, ordinal)
        read = questions.read_article(view, found.version_id)
        if read is None:
            raise HTTPException(404, f"Version {ordinal} of {row.input_id!r} has not been read yet.")
        chosen = request.query_params.get("claim", "")
        bench = workbench(view, read, state=found, versions=versions, chosen=chosen)
        if chosen and bench.card is None:
            reason = f"Version {ordinal} of this article has no claim {chosen!r}; its claims are listed below its text."
            raise HTTPException(404, reason)
        return self.page(view, "article.html", request, article=row, bench=bench)


def _article(view: View, key: str) -> ArticleRow:
    """The article with this id. Raises HTTPException 404 naming what was asked."""
    found = questions.article(view, key)
    if found is None:
        raise HTTPException(404, f"There is no article {key!r} in this ledger. See the brief for those that are.")
    return found


def _version(row: ArticleRow, versions: list[VersionRow], ordinal: int) -> VersionRow:
    """The version with this number. Raises HTTPException 404 naming those that are there."""
    found = next((v for v in versions if v.ordinal == ordinal), None)
    if found is None:
        there = ", ".join(f"v{v.ordinal}" for v in versions)
        raise HTTPException(404, f"Article {row.input_id!r} has no version {ordinal}; there are: {there}.")
    return found


def _pages(path: str, chosen: Any, page: int, total: int) -> dict[str, str]:
    """Links to the pages before and after."""
    out = {"number": str(page), "of": str(max(1, -(-total // PAGE)))}
    if page > 1:
        out["before"] = path + query_of(chosen, page=str(page - 1))
    if page * PAGE < total:
        out["after"] = path + query_of(chosen, page=str(page + 1))
    return out


def _base(request: Request) -> str:
    """The address of the desk as asked for, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def _kept(request: Request, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Exported rows whose links lead to the moment at which they were exported."""
    moment = asof_of(request.query_params)
    for row in rows:
        yield {**row, "permalink": with_moment(str(row["permalink"]), moment)}


def _download(lines: Iterator[str], kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type=kind, headers=headers)
