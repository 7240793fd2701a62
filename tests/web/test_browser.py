"""The desk in a real browser: with scripting and without, by mouse and by keyboard, wide and narrow, and alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def opened(browser: Browser, address: str, *, scripts: bool = True, width: int = 1280) -> tuple[Page, list[str]]:
    """A page, and the addresses of all requests that it made."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, asked


def test_the_article_is_readable_without_scripting(browser: Browser, desk: str) -> None:
    page, _ = opened(browser, f"{desk}/articles/border", scripts=False)
    expect(page.get_by_text("flew from Kassala to Asmara").first).to_be_visible()
    expect(page.get_by_role("heading", name="11 claims in this version")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_choosing_a_claim_shows_its_card(browser: Browser, desk: str, scripts: bool) -> None:
    page, _ = opened(browser, f"{desk}/articles/border", scripts=scripts)
    page.locator(".text a.claim.w-alleged").first.click()
    card = page.locator("#card")
    expect(card).to_be_in_viewport()
    expect(card.locator(".pill")).to_have_text("alleged")
    expect(card.locator(".chain")).to_contain_text("The Gash Brigade")
    expect(page).to_have_url(re.compile(r"\?claim=[0-9a-f]+#card"))
    expect(page.locator(".text a.claim.on").first).to_be_visible()


def test_escape_closes_the_card_and_back_opens_it(browser: Browser, desk: str) -> None:
    page, _ = opened(browser, f"{desk}/articles/border")
    page.locator(".text a.claim.w-denied").first.click()
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_have_count(0)
    page.go_back()
    expect(page.locator("#card .pill")).to_have_text("denied")


def test_the_keyboard_reaches_a_claim(browser: Browser, desk: str) -> None:
    page, _ = opened(browser, f"{desk}/articles/border", scripts=False)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('claim')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()


def test_no_request_leaves_the_desk(browser: Browser, desk: str) -> None:
    for path in ("/", "/articles/border", "/articles/border/edits", "/events", "/claims", "/articles/arabic"):
        _, asked = opened(browser, desk + path)
        assert asked
        assert [url for url in asked if not url.startswith(desk)] == []


def test_nothing_breaks_the_policy(browser: Browser, desk: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    for path in ("/", "/articles/border", "/events", "/claims"):
        page.goto(desk + path)
        page.wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_nothing_is_wider_than_the_screen(browser: Browser, desk: str, width: int) -> None:
    for path in ("/", "/articles/border", "/articles/border/edits", "/events", "/claims"):
        page, _ = opened(browser, desk + path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_are_told_apart_without_colour(browser: Browser, desk: str) -> None:
    page, _ = opened(browser, f"{desk}/articles/border")
    style = "(e) => getComputedStyle(e).textDecorationStyle"
    words = ("alleged", "denied", "planned", "possible", "asserted")
    styles = [page.locator(f".text a.claim.w-{word}").first.evaluate(style) for word in words]
    assert len(set(styles)) == len(words)


def test_the_fonts_come_from_the_desk(browser: Browser, desk: str) -> None:
    page, asked = opened(browser, f"{desk}/articles/border")
    page.evaluate("document.fonts.ready")
    assert any(url.endswith(".woff2") for url in asked)
    assert page.evaluate("document.fonts.check('16px \"Source Serif 4\"')")


def test_arabic_runs_from_the_right(browser: Browser, desk: str) -> None:
    page, _ = opened(browser, f"{desk}/articles/arabic")
    assert page.locator(".text p").first.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
