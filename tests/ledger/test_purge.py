"""A purge takes the contents out of every file, keeps digest and leaf, and leaves everything else as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khabar.cli.main import run
from khabar.errors import KhabarError, UsageFault
from khabar.ledger import questions
from khabar.ledger.bundle import bundle
from khabar.ledger.columns import Column
from khabar.ledger.gathering import gather
from khabar.ledger.intake import following, standing
from khabar.ledger.keys import new_signer
from khabar.ledger.log import index_of, last_entry, leaf_of
from khabar.ledger.purge import KEPT, blank, purge, versions_named
from khabar.ledger.store import Outcome, Writer, open_view
from khabar.ledger.verify import verify
from khabar.ledger.verify_bundle import verify_bundle
from khabar.show.web.app import create_app
from khabar.stores import Place, Server
from tests.ledger.making import STAMP, Where, append, make_article, make_fusion, make_version, read, revised, typed
from tests.ledger.tampering import tamper
from tests.ledger.test_log import records

SECRET, PLACE = "Ilmar Quandt", "Sarvenholm"
SIGNER = new_signer()


@pytest.fixture
def path(ledger: Place) -> Place:
    """An article with a secret in its first version, one that says the same, and one of its own."""
    return fill(ledger)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same in a file, whose bytes can be looked at."""
    return fill(tmp_path / "l.sqlite")


def fill(path: Where) -> Where:
    first = make_article("one", who=SECRET, where=PLACE)
    second, revision = revised(first, who="armed men", where="the port")
    other = make_article("two", who="the Vesh army", where="Tal Dorin")
    with Writer(path, SIGNER) as writer:
        append(writer, first)
        append(writer, other)
        writer.append_fusion(make_fusion(first, other), covers="1", stamp=STAMP)
        append(writer, second, revision)
    return path


def purged(path: Place, *keys: str) -> int:
    with Writer(path, SIGNER) as writer:
        ids = [version_id for key in keys for version_id in versions_named(writer.view, key)]
        done = purge(writer, ids, reason="court order 7", operator="me", stamp=STAMP)
        assert done.wiped is isinstance(path, Path)  # a server's write-ahead log is not ours to wipe
        return done.rows


def first_version(path: Place) -> str:
    with open_view(path) as view:
        return questions.versions_of(view, make_article("one").version.article_id)[0].version_id


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob("l.sqlite*")))


def test_the_bytes_are_gone_from_every_file(file: Path) -> None:
    with open_view(file) as view:
        blobs = [
            bytes(b)
            for (b,) in view.rows(
                "SELECT data FROM body WHERE seq = 1 UNION ALL SELECT record FROM version WHERE seq = 1"
            )
        ]
    before = bytes_of(file)
    assert SECRET.encode() in before
    assert all(blob in before for blob in blobs)
    purged(file, first_version(file))
    after = bytes_of(file)
    assert SECRET.encode() not in after
    assert PLACE.encode() not in after
    assert not any(blob in after for blob in blobs)


def test_digest_and_leaf_stay_and_the_ledger_verifies(path: Place) -> None:
    with open_view(path) as view:
        before = {(table, seq): sha for table, seq, sha in records(view)}
        root = last_entry(view)
    rows = purged(path, first_version(path))
    with open_view(path) as view:
        after = {(table, seq): sha for table, seq, sha in records(view)}
        report = verify(view)
        assert report.faults == ()
        assert report.purged == rows == len(view.rows("SELECT 1 FROM purge WHERE reason = 'court order 7'"))
        assert {key: after[key] for key in before} == before
        assert root is not None
        assert view.rows("SELECT root_sha256 FROM log_entry WHERE size = ?", (root.size,)) == [(root.root_sha256,)]
        assert leaf_of("body", 1, after["body", 1])
        assert index_of(view, "body", 1) < root.size
        assert view.rows("SELECT action, note FROM custody") == [("purged", "court order 7")]


def test_what_is_left_cannot_change_either(path: Place) -> None:
    purged(path, first_version(path))
    tamper(path, "UPDATE claim SET sentence = 'nothing happened' WHERE seq = 1")
    with open_view(path) as view:
        assert "claim row 1: does not agree" in "\n".join(verify(view).faults)


def test_the_triggers_are_back(path: Place) -> None:
    purged(path, first_version(path))
    with Writer(path) as writer:
        for table in KEPT:
            if writer.view.rows(f"SELECT 1 FROM {table.name}"):
                with pytest.raises(KhabarError, match="append-only"):
                    writer.connection.script(f"UPDATE {table.name} SET run_id = 'x'")


def test_questions_go_on_without_it(path: Place) -> None:
    with open_view(path) as view:
        (event,) = questions.events(view)
    purged(path, first_version(path))
    with open_view(path) as view:
        assert {row.actor_names for row in questions.claims(view)} == {("armed men",), ("the Vesh army",)}
        assert questions.events(view) == []
        assert questions.event(view, event.event_id) is None
        assert questions.spells(view) == []
        assert questions.edits(view) == []
        assert len(questions.versions_of(view, make_article("one").version.article_id)) == 2
    with open_view(path, moment="#1") as view:  # a purge reaches the past, too
        assert questions.claims(view) == []


def test_the_rest_of_the_article_can_go_as_well(path: Place) -> None:
    purged(path, "one")
    with Writer(path, SIGNER) as writer:
        assert {row.actor_names for row in questions.claims(writer.view)} == {("the Vesh army",)}
        article_id = make_article("one").version.article_id
        assert standing(writer.view, article_id) is None
        again = following(
            writer.view, make_version("one", "Nobody shelled the dunes on Monday, the harbour master said.")
        )
        assert (again.ordinal, again.revises is not None) == (3, True)
        assert (
            append(writer, read(again, "Nobody", "the dunes", make_article("x").reading.claims[0].word))
            is Outcome.REVISED
        )
        assert verify(writer.view).faults == ()


def test_the_same_document_again_does_not_bring_it_back(path: Place) -> None:
    purged(path, "one")
    with Writer(path, SIGNER) as writer:
        again = make_article("one", who=SECRET, where=PLACE)
        assert append(writer, replace(again, version=following(writer.view, again.version))) is Outcome.REVISED
        assert writer.view.rows("SELECT length(data) FROM body WHERE seq = 1") == [(0,)]
        assert questions.count_claims(writer.view) == 1


def test_bytes_that_another_article_has_stay(ledger: Place) -> None:
    path = ledger
    with Writer(path, SIGNER) as writer:
        append(writer, make_article("one"))
        append(writer, make_article("two"))
        assert writer.view.rows("SELECT count(*) FROM body") == [(1,)]
    purged(path, first_version(path))
    with open_view(path) as view:
        assert view.rows("SELECT length(data) > 0 FROM body") == [(1,)]
        assert verify(view).faults == ()
    purged(path, "two")
    with open_view(path) as view:
        assert view.rows("SELECT length(data) > 0 FROM body") == [(0,)]
        assert verify(view).faults == ()


def test_a_second_purge_is_none(path: Place) -> None:
    key = first_version(path)
    assert purged(path, key) > 10
    assert purged(path, key) == 0


def test_a_bundle_of_what_stays_has_the_tombstones(path: Place, tmp_path: Path) -> None:
    purged(path, first_version(path))
    with open_view(path) as view:
        chosen = next(row.claim_id for row in questions.claims(view) if row.actor_names == ("armed men",))
        data = bundle(view, gather(view, [chosen]), sheet="", made_at="2026-01-02T03:04:05Z", signer=SIGNER)
    (tmp_path / "e.zip").write_bytes(data)
    report = verify_bundle(tmp_path / "e.zip")
    assert report.faults == ()
    assert report.purged > 0
    assert SECRET.encode() not in data


def test_the_desk_goes_on(path: Place) -> None:
    purged(path, "one")
    with TestClient(
        create_app(lambda moment: open_view(path, moment=moment), version="test"), base_url="http://127.0.0.1"
    ) as client:
        for page in ("/", "/events", "/claims"):
            assert client.get(page).status_code == 200
        found = client.get(f"/articles/{make_article('one').version.article_id}")
        assert found.status_code == 404


def test_the_verb(path: Place, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["purge", "--ledger", typed(path), first_version(path), "--reason", "by request", "-q"]
    assert run(words) == 0
    told = capsys.readouterr()
    assert "would be purged" in told.out
    assert "say --yes" in told.err
    with open_view(path) as view:
        assert len(questions.claims(view)) == 2
    assert run([*words[:3], "no-such-id", *words[4:], "--yes"]) == 2
    assert run([*words, "--yes"]) == 0
    told = capsys.readouterr()
    assert "1 versions purged" in told.out
    assert ("the server's own write-ahead log" in told.err) is isinstance(path, Server)
    assert run(["verify", "--ledger", typed(path)]) == 0
    assert "rows purged" in capsys.readouterr().out


def test_without_a_reason(path: Place) -> None:
    with Writer(path) as writer, pytest.raises(UsageFault, match="reason"):
        purge(writer, [], reason=" ", operator="me", stamp=STAMP)


@pytest.mark.parametrize(
    ("sql", "value"), [("TEXT NOT NULL", ""), ("TEXT", None), ("BLOB NOT NULL", b""), ("REAL NOT NULL", 0.0)]
)
def test_what_is_blank(sql: str, value: object) -> None:
    assert blank(Column("x", sql, "")) == value


def test_what_is_kept_is_there() -> None:
    for table, names in KEPT.items():
        assert names <= {column.name for column in table.columns}
