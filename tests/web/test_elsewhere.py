"""S12: what a page of another site can make a browser ask of the desk. Other names as Host: `test_pages.py`."""

from __future__ import annotations

import pytest

from tests.web.asking import ask

PAGES = ["/", "/claims"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"]
)
def test_a_foreign_origin_is_refused(desk: str, path: str, origin: str) -> None:
    answer = ask(desk + path, more={"Origin": origin})
    assert answer.status == 403
    assert "<html" not in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something new"])
@pytest.mark.parametrize(
    ("mode", "dest"), [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "script")]
)
def test_what_a_page_elsewhere_embeds_is_refused(desk: str, site: str, mode: str, dest: str) -> None:
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert ask(desk + "/claims", more=asked).status == 403


def test_a_form_sent_from_elsewhere_is_refused(desk: str) -> None:
    asked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert ask(desk + "/claims", method="POST", more=asked).status == 403


def test_a_link_followed_from_elsewhere_is_answered(desk: str) -> None:
    asked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert ask(desk + "/claims", more=asked).status == 200


@pytest.mark.parametrize(
    "more", [{}, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Site": "none"}]
)
def test_the_desk_itself_is_answered(desk: str, more: dict[str, str]) -> None:
    assert ask(desk + "/claims", more=more).status == 200
    assert ask(desk + "/claims", more={**more, "Origin": desk}).status == 200
