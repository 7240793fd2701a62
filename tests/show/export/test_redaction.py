"""``khabar export --redact``: no row holds the name any more, in any field, and everything else stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.cli.main import run
from khabar.errors import UsageFault
from khabar.ledger.persons import Called, called
from khabar.ledger.store import Writer, open_view
from khabar.show.export.redaction import WITHHELD, Redaction
from khabar.stores import Place
from tests.ledger.making import typed
from tests.show.drafts import Draft
from tests.web.demo import append

NAME, SHORT = "Osman Tamri", "Tamri"
TEXT = f"General {NAME} ordered raids\n\n{SHORT} shelled Teseney on Friday, a doctor said. {SHORT}'s men fled."


def redaction(*names: str, ids: tuple[str, ...] = ()) -> Redaction:
    return Redaction([Called(ids=frozenset(ids), names=names)])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Osman Tamri shelled Teseney", "[withheld] shelled Teseney"),
        ("osman  tamri’s men, TAMRI, Tamrine", "[withheld]’s men, [withheld], Tamrine"),
        ("Osman-Tamri", WITHHELD),
        ("A > Osman Tamri > Post", "A > [withheld] > Post"),
        ("https://post.example/2031/osman-tamri-flees.html", WITHHELD),
        ("https://post.example/Osm%61n_Tamri", WITHHELD),
        ("tamri.txt", WITHHELD),
        ("the general", "the general"),
        ("", ""),
    ],
)
def test_a_name_goes_wherever_it_stands(text: str, left: str) -> None:
    assert redaction(NAME, SHORT).text(text) == left


def test_accents_do_not_save_an_address() -> None:
    assert redaction("José Núñez").text("https://post.example/jose-nunez") == WITHHELD
    assert redaction("José Núñez").text("José Núñez fled") == "[withheld] fled"


def test_ids_lists_and_records_within() -> None:
    told = redaction(SHORT, ids=("local:9",))
    row = {"actor_ids": ["local:9", "local:99"], "lineage": [{"evidence": "Tamri says so", "score": 0.5}], "n": None}
    kept = {
        "actor_ids": [WITHHELD, "local:99"],
        "lineage": [{"evidence": "[withheld] says so", "score": 0.5}],
        "n": None,
    }
    assert list(told.rows([row])) == [kept]
    assert told.places == 2


def test_nobody_is_withheld_where_nobody_is_named() -> None:
    assert redaction().text("Osman Tamri") == "Osman Tamri"
    assert redaction("", "·").text("a · b") == "a · b"


@given(st.text(max_size=40), st.text(max_size=40))
def test_between_any_words(before: str, after: str) -> None:
    assert "quillan" not in redaction("Quillan").text(f"{before} Quillan {after}").casefold()


@pytest.fixture
def ledger(ledger: Place) -> Place:
    d = Draft(TEXT, headline=TEXT.partition("\n")[0], input_id="osman-tamri", article_id="raid", publisher="Post")
    d.name(NAME, "e1")
    d.name(SHORT, "e1", n=2)
    d.link("e1", "local:tamri", NAME)
    d.nom("a doctor", "e2", "PER")
    town = d.name("Teseney", "e3", "GPE")
    d.place(town, "Teseney", (15.11, 36.6575), 329779)
    friday = d.time("on Friday", "2031-11-07")
    actor, where = d.arg("actor", SHORT, "e1", n=2), d.arg("place", "Teseney", "e3", town)
    shelled = d.event("shelled", "shell", "ASSAULT", actor, where, d.arg("time", "on Friday", None, friday))
    d.claim(
        shelled, "Uu CT+", "reported", d.said("said", "a doctor", "e2", content=f"{SHORT} shelled Teseney on Friday")
    )
    with Writer(ledger) as writer:
        append(writer, d.done())
    return ledger


@pytest.mark.parametrize("key", [NAME, NAME.upper(), SHORT, "local:tamri"])
def test_somebody_is_known_by_id_and_by_any_name(ledger: Place, key: str) -> None:
    with open_view(ledger) as view:
        found = called(view, key)
    assert found.names == (NAME, SHORT)
    assert "local:tamri" in found.ids


def test_a_last_word_that_no_reading_took_for_a_name_goes_as_well(tmp_path: Path) -> None:
    d = Draft(f"{NAME} fled. The Tamri camp is empty, and so is Teseney.", input_id="flight", article_id="flight")
    d.name(NAME, "e1")
    d.name("Teseney", "e2", "GPE")
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, d.done())
        assert called(writer.view, NAME).names == (NAME, SHORT)
        assert called(writer.view, "Teseney").names == ("Teseney",)


def test_who_is_not_known(ledger: Place) -> None:
    with open_view(ledger) as view:
        assert called(view, "Ilmar Quandt").names == ("Ilmar Quandt",)
        for key in ("local:nobody", "Q42"):
            with pytest.raises(UsageFault, match="nobody"):
                called(view, key)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_export_has_everything_but_the_name(
    ledger: Place, form: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["export", "claims", "--ledger", typed(ledger), "--format", form]
    assert run(words) == 0
    plain = capsys.readouterr().out
    assert run([*words, "--redact", NAME]) == 0
    told = capsys.readouterr()
    assert "tamri" in plain.casefold()
    assert "tamri" not in told.out.casefold()
    assert "osman" not in told.out.casefold()
    assert "withheld in" in told.err
    assert f"{WITHHELD} shelled Teseney" in told.out
    if form == "jsonl":
        before, after = json.loads(plain), json.loads(told.out)
        changed = {name for name in before if before[name] != after[name]}
        assert changed >= {"sentence", "actor_names", "actor_ids", "headline", "input_id", "article"}
        assert not changed & {
            "claim_id",
            "version_id",
            "article_id",
            "start",
            "end",
            "score",
            "permalink",
            "place_name",
        }
    with open_view(ledger) as view:
        assert view.rows("SELECT count(*) FROM purge") == [(0,)]
    archive = ["export", "warc", "--ledger", typed(ledger), "--out", str(tmp_path / "x.warc"), "--redact", NAME]
    assert run(archive) == 2
    assert "byte for byte" in capsys.readouterr().err
    assert not (tmp_path / "x.warc").exists()
