"""TimeMap, TimeGate and mementos over a real ledger (RFC 7089)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from khabar.capture.memento import read_timemap
from khabar.ledger.store import open_view, open_writer
from khabar.model.documents import Submission
from khabar.run.add import add
from khabar.show.web.app import create_app
from tests.conftest import NewLedger
from tests.run.fakes import RUN
from tests.watch.site import BENCH, page

URL = "https://news.example/1?a=1"


@pytest.fixture(scope="module")
def client(new_ledger: NewLedger) -> Iterator[TestClient]:
    path = new_ledger()
    states = [
        (page("<script>alert(1)</script>"), "2026-03-01T12:00:00Z"),
        (page("Bridge closed"), "2026-03-02T12:00:00Z"),
    ]
    with open_writer(path) as writer:
        given = [Submission(name=URL, input_id=URL, url=URL, html=html, observed_at=at) for html, at in states]
        add(given, writer, BENCH, run=RUN, progress=lambda done: None)
    app = create_app(lambda moment: open_view(path, moment=moment), version="test")
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as running:
        yield running


def test_a_timemap_lists_every_capture(client: TestClient) -> None:
    answer = client.get(f"/timemap/link/{URL}")
    assert answer.headers["content-type"].startswith("application/link-format")
    listed = read_timemap(answer.text, "x")
    assert [(one.original, one.at) for one in listed] == [(URL, "2026-03-01T12:00:00Z"), (URL, "2026-03-02T12:00:00Z")]
    memento = client.get(listed[0].memento or "")
    assert memento.content == page("<script>alert(1)</script>")
    assert memento.headers["memento-datetime"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert memento.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in memento.headers["content-security-policy"]
    assert memento.headers["x-content-type-options"] == "nosniff"
    assert memento.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("Sun, 01 Mar 2026 13:00:00 GMT", 0), ("Thu, 05 Mar 2026 13:00:00 GMT", 1), ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
     (None, 1)],
)  # fmt: skip
def test_the_timegate_leads_to_the_nearest(client: TestClient, asked: str | None, wanted: int) -> None:
    listed = read_timemap(client.get(f"/timemap/link/{URL}").text, "x")
    answer = client.get(f"/timegate/{URL}", headers={"Accept-Datetime": asked} if asked else {})
    assert (answer.status_code, answer.headers["location"]) == (302, listed[wanted].memento)
    assert answer.headers["vary"] == "accept-datetime"
    assert 'rel="original"' in answer.headers["link"]


def test_what_is_not_there(client: TestClient) -> None:
    assert client.get("/timemap/link/https://news.example/other").status_code == 404
    assert client.get("/timegate/https://news.example/other").status_code == 404
    assert client.get("/memento/nothing").status_code == 404
    assert client.get(f"/timegate/{URL}", headers={"Accept-Datetime": "yesterday"}).status_code == 400
