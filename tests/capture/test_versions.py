"""Versions: the text is the input, headlines, identity, and what counts as a change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.versions import article_identity, headline_of, language_of, make_version, next_version
from khabar.errors import InputRefused
from khabar.model.documents import Submission, Version

BODY = "The mayor of Tarvel met dockers on Friday. They agreed on a truce of ten days."
PAGE = """<html lang="en"><head><title>{title} | Tarvel Post</title><meta property="og:title" content="{og}">
<meta property="og:site_name" content="Tarvel Post">
<meta property="article:published_time" content="2022-05-06T07:08:09+02:00">
<link rel="canonical" href="https://tarvel.example/news/1"></head><body><article><h1>{h1}</h1>
<p>{first}</p><p>The harbour has been closed for nine weeks, and most traders have left the town for the coast.</p>
<p>Nobody from the ministry would say on Friday evening when the ferries are going to sail again.</p>
</article></body></html>"""


def text(words: str, *, published: str | None = None, updated: str | None = None) -> Version:
    return make_version(Submission(name="n", input_id="n", text=words, published=published, updated=updated))


def page(h1: str = "Dockers agree to a truce", og: str = "Dockers agree to a truce", first: str = BODY) -> Version:
    return make_version(submitted_page(h1, og, first))


def submitted_page(h1: str = "Dockers agree", og: str = "Dockers agree", first: str = BODY) -> Submission:
    html = PAGE.format(title=h1, h1=h1, og=og, first=first).encode()
    return Submission(name="p.html", input_id="p.html", html=html)


@pytest.mark.parametrize(
    ("words", "given_headline", "wanted", "end"),
    [
        (f"Dockers agree to a truce\n\n{BODY}", None, "Dockers agree to a truce", 24),
        (f"Dockers agree to a truce \r\n\r\n{BODY}", None, "Dockers agree to a truce", 24),
        (f"Will the dockers agree?\n \n{BODY}", None, "Will the dockers agree?", 23),
        (f"Dockers agree.\n\n{BODY}", None, None, 0),
        (f"“Dockers agree.”\n\n{BODY}", None, None, 0),
        (f"Dockers agree\n{BODY}", None, None, 0),
        (f"TARVEL\n\n{BODY}", None, None, 0),
        ("Dockers agree to a truce\n\n", None, None, 0),
        ("Dockers agree to a truce", None, None, 0),
        (f"\nDockers agree\n\n{BODY}", None, None, 0),
        (f"{'dock ' * 40}\n\n{BODY}", None, None, 0),
        (BODY, "Dockers agree", "Dockers agree", 0),
        (f"Dockers agree\n\n{BODY}", "Dockers  agree", "Dockers  agree", 13),
        ("Dockers agree", "Dockers agree", "Dockers agree", 13),
    ],
)
def test_headline_of_a_plain_text(words: str, given_headline: str | None, wanted: str | None, end: int) -> None:
    assert headline_of(words, given_headline) == (wanted, end)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_a_plain_text_is_never_touched(words: str) -> None:
    made = text(words)
    assert made.text == words
    assert 0 <= made.headline_end <= len(words)
    assert made.version_id == text(words).version_id


def test_a_page_is_headline_blank_line_body() -> None:
    made = page()
    assert made.text.startswith(f"Dockers agree to a truce\n\n{BODY}\n\nThe harbour")
    assert made.text[: made.headline_end] == made.headline == "Dockers agree to a truce"
    assert (made.publisher, made.published) == ("Tarvel Post", "2022-05-06T07:08:09+02:00")
    assert made.url == "https://tarvel.example/news/1"
    assert made.extractor.startswith("trafilatura 2")


def test_what_is_handed_in_outranks_the_page() -> None:
    made = make_version(
        replace(
            submitted_page(), published="2022-05-05", publisher="Agency", url="https://a.example/x", headline="Truce"
        )
    )
    assert (made.published, made.publisher, made.url, made.headline) == (
        "2022-05-05",
        "Agency",
        "https://a.example/x",
        "Truce",
    )
    assert made.text.startswith("Truce\n\n")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("ed-001@1", None), ("ed-001@2", None), True),
        (("ed-001", None), ("ed-002", None), False),
        (("a", "https://H.example/x#top"), ("b", "https://h.example/x"), True),
        (("a", "https://h.example/x?id=1"), ("a", "https://h.example/x?id=2"), False),
        (("@2", None), ("@3", None), False),
        (("a", "http://["), ("b", "http://["), True),
    ],
)
def test_article_identity(one: tuple[str, str | None], other: tuple[str, str | None], same: bool) -> None:
    assert (article_identity(*one) == article_identity(*other)) is same


@pytest.mark.parametrize("field", ["published", "updated"])
@pytest.mark.parametrize("stated", ["soon", "2016-13-01", "15/12/2016", "0001-01-01"])
def test_a_date_that_is_none_is_refused_by_name(field: str, stated: str) -> None:
    with pytest.raises(InputRefused, match=f'"{field}" is .{stated[:4]}'):
        text(BODY, **{field: stated})


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (BODY, "en"),
        ("Le maire de la ville a rencontré vendredi les dockers du port pour parler de la grève.", "fr"),
        ("انسحبت القوات", "ar"),
        ("军队撤出该镇", "zh"),
        ("The mayor left.", None),
        ("Ahmad Ḥaddād ḥabībī", None),
        ("", None),
    ],
)
def test_language(words: str, language: str | None) -> None:
    assert language_of(words) == language


def test_the_first_version_has_ordinal_one() -> None:
    made = next_version(None, text(BODY))
    assert made is not None
    assert (made.ordinal, made.revises) == (1, None)


SMALL_EDITS = [
    ("ten days", "11 days"),
    ("ten days.", "ten days!"),
    ("Friday", "Thursday"),
    ("The mayor", "the mayor"),
    ("dockers", "“dockers”"),
    ("Tarvel", "Tarvél"),
    ("They agreed on a truce of ten days.", ""),
]


@pytest.mark.parametrize(("before", "after"), SMALL_EDITS)
def test_every_small_edit_is_a_version(before: str, after: str) -> None:
    old, new = text(BODY), next_version(text(BODY), text(BODY.replace(before, after)))
    assert new is not None
    assert (new.ordinal, new.revises, new.article_id) == (2, old.version_id, old.article_id)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ", "  "),
        (" on ", " \u200bon "),
        ("truce", "tru\u00adce"),
        ("They", "\n\nThey".strip()),
        ("Friday. ", "Friday.\u00a0"),
    ],
)
def test_invisible_changes_are_observations_only(before: str, after: str) -> None:
    assert next_version(text(BODY), text(BODY.replace(before, after))) is None


def test_quotation_marks_change_shape_only() -> None:
    assert next_version(text("He said “it’s over” twice."), text('He said "it\'s over" twice.')) is None


def test_paragraphs_count_in_order() -> None:
    assert next_version(text("One day.\n\nTwo days."), text("Two days.\n\nOne day.")) is not None
    assert next_version(text("One day.\n\nTwo days."), text("One day. Two days.")) is not None


def test_each_headline_carrier_counts() -> None:
    assert next_version(page(), page()) is None
    assert next_version(page(), page(h1="A top official agrees to a truce")) is not None
    assert next_version(page(), page(og="Dockers and mayor agree to a truce")) is not None


def test_stamps_and_bylines_count() -> None:
    old = text(BODY, updated="2022-05-06T08:00:00Z")
    assert next_version(old, text(BODY, updated="2022-05-06T09:00:00Z")) is not None
    assert next_version(old, replace(old, authors=("Ana Brod",))) is not None


@settings(deadline=None)
@given(st.text(max_size=80).filter(str.strip), st.text(max_size=80).filter(str.strip))
def test_next_version_agrees_with_the_folded_texts(one: str, other: str) -> None:
    old, new = text(one.encode("utf-8", "replace").decode()), text(other.encode("utf-8", "replace").decode())
    assert next_version(old, old) is None
    step, back = next_version(old, new), next_version(new, old)
    assert (step is None) == (back is None)
    if step is not None:
        assert step.revises == old.version_id
        assert step.text == new.text


def test_a_page_with_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(InputRefused, match="the limit is 5,000,000"):
        make_version(submitted_page(first="words of the harbour " * 240_000))
