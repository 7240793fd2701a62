"""A bundle is whole, is checked with nothing else at hand, and no byte of it can change unseen."""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabar.cli.main import run
from khabar.ledger.checking import VerifyReport
from khabar.ledger.keys import Signer, new_signer, pem_of, signer_at
from khabar.ledger.notes import Head, key_id_of
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify_bundle import verify_bundle
from khabar.ledger.verify_log import Outside
from khabar.model.identity import digest
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.ledger.making import STAMP, append, make_article, make_fusion, revised, typed

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def place(new_ledger: NewLedger) -> Place:
    """Where the ledger lies."""
    return new_ledger()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, place: Place) -> Path:
    """A ledger with an edited article and an event, and a bundle of the claim before the edit and of the event."""
    folder = tmp_path_factory.mktemp("bundle")
    path, signer = place, signer_at(folder / "key.pem")
    first = make_article("one")
    second, revision = revised(first, who="armed men <b>", where="Port Maraq")
    other = make_article("two", who="the Vesh army", where="Tal Dorin")
    with Writer(path, signer) as writer:
        append(writer, first)
        append(writer, second, revision)
        append(writer, other)
        writer.append_fusion(make_fusion(second, other), covers="x", stamp=STAMP)
    with open_view(path) as view:
        ((event,),) = view.rows("SELECT event_id FROM current_event")
    words = ["--ledger", typed(path), "--key", str(folder / "key.pem"), "--operator", "desk-2"]
    assert run(["anchor", *words, str(folder / "heads")]) == 0
    assert run(["bundle", *words, first.reading.claims[0].claim_id, event, "--to", str(folder / "e.zip")]) == 0
    (folder / "key.pub").write_bytes(pem_of(signer.public_key))
    return folder


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def key_of(folder: Path) -> dict[str, bytes]:
    public = signer_at(folder / "key.pem").public_key
    return {key_id_of(public): public}


def checked(folder: Path, path: Path) -> VerifyReport:
    return verify_bundle(path, Outside(keys=key_of(folder)))


def test_a_bundle_is_checked_alone(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shutil.copy(folder / "e.zip", tmp_path / "e.zip")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket, "socket", None)
    assert run(["verify", "--ledger", "/nowhere/at/all", str(path)]) == 0
    report = checked(folder, Path(path))
    assert report.faults == ()
    assert (report.bodies, report.versions, report.readings, report.claims, report.signed) == (3, 3, 3, 3, 1)


def test_it_agrees_with_a_head_that_somebody_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["verify", str(folder / "e.zip"), "--signed-by", str(folder / "key.pub"), "--anchor"]
    assert run([*words, str(folder / "heads")]) == 0
    assert "1 heads outside agree" in capsys.readouterr().out
    lines = (folder / "heads").read_text().splitlines()
    lines[2] = base64.b64encode(bytes(32)).decode()
    (folder / "forged").write_text("\n".join(lines) + "\n")
    assert run([*words, str(folder / "forged")]) == 4
    assert "another root" in capsys.readouterr().err


def test_the_sheet_says_it_all_and_runs_nothing(folder: Path) -> None:
    page = files_of(folder / "e.zip")["evidence.html"].decode()
    for words in (
        "Orlan rebels shelled Port Maraq",
        "the Vesh army",
        "sha256sum",
        "khabar verify",
        "desk-2",
        "version 1",
    ):
        assert words in page
    assert "armed men &lt;b&gt;" in page
    assert "<b>" not in page.replace('<b dir="auto">', "")
    assert not any(word in page for word in ("<script", "src=", "href=", "http://", "@import", "url("))


def test_bodies_and_texts_are_plain_files(folder: Path) -> None:
    files = files_of(folder / "e.zip")
    bodies = {name.removeprefix("bodies/"): data for name, data in files.items() if name.startswith("bodies/")}
    assert bodies
    assert all(digest(data) == name for name, data in bodies.items())
    assert any(b"Orlan rebels" in data for name, data in files.items() if name.startswith("texts/"))


def test_the_ledger_notes_that_it_was_sealed(folder: Path, place: Place) -> None:
    with open_view(place) as view:
        found = view.rows("SELECT subject_sha256, operator, note FROM custody WHERE action = 'sealed'")
    assert found == [(digest((folder / "e.zip").read_bytes()), "desk-2", "e.zip")]
    assert run(["verify", "--ledger", typed(place)]) == 0


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_byte_is_noticed(seed: int, folder: Path, tmp_path: Path) -> None:
    chance, files = random.Random(seed), files_of(folder / "e.zip")
    name = sorted(files)[seed % len(files)]
    data = bytearray(files[name])
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    assert checked(folder, zipped({**files, name: bytes(data)}, tmp_path / "x.zip")).faults


def resealed(files: Files, signer: Signer) -> Files:
    """The manifest made to fit again, signed by somebody."""
    manifest = json.loads(files["manifest.json"])
    rest = {name: data for name, data in files.items() if not name.startswith("manifest.")}
    rest[f"keys/{signer.key_id}.pem"] = pem_of(signer.public_key)
    manifest["files"] = {name: {"sha256": digest(data), "size": len(data)} for name, data in rest.items()}
    manifest["signed_by"] = signer.key_id
    text = json.dumps(manifest).encode()
    return {"manifest.json": text, "manifest.sig": signer.sign(text).encode(), **rest}


def edited(files: Files, change: Callable[[dict[str, Any]], None]) -> Files:
    rows = [json.loads(line) for line in files["records.jsonl"].splitlines()]
    for row in rows:
        change(row)
    return {**files, "records.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in rows if row)}


def deny(row: dict[str, Any]) -> None:
    if row["table"] == "claim":
        row["row"]["word"] = "denied"


def swap_bodies(files: Files) -> Files:
    one, two, *_ = (name for name in files if name.startswith("bodies/"))
    return {**files, one: files[two], two: files[one]}


def cut_text(files: Files) -> Files:
    name = next(name for name in files if name.startswith("texts/"))
    return {**files, name: files[name][:-9]}


def shifted(anchors: bytes) -> bytes:
    return anchors.replace(b'"size":', b'"size":1')


ATTACKS: dict[str, Callable[[Files], Files]] = {
    "a claim changed": lambda files: edited(files, deny),
    "a proof taken away": lambda files: edited(files, lambda row: row.update(proof=row["proof"][1:])),
    "another place in the log": lambda files: edited(files, lambda row: row.update(leaf=row["leaf"] + 1)),
    "claims left out": lambda files: edited(files, lambda row: row.clear() if row.get("table") == "claim" else None),
    "events left out": lambda files: edited(files, lambda row: row.clear() if row.get("table") == "event" else None),
    "bodies swapped": swap_bodies,
    "a text cut": cut_text,
    "a body left out": lambda files: {n: d for n, d in files.items() if n != next(x for x in files if x[:4] == "bodi")},
    "another root": lambda files: {**files, "head.note": files["head.note"].replace(b"=\n", b"A\n", 1)},
    "nonsense for records": lambda files: {**files, "records.jsonl": b"[1]\n"},
    "nonsense for anchors": lambda files: {**files, "anchors.json": b"7"},
    "anchors that prove nothing": lambda files: {
        **files,
        "anchors.json": files["anchors.json"].replace(b'"size":', b'"size":1'),
    },
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_whoever_has_the_key_of_the_seal_cannot_change_the_record(attack: str, folder: Path, tmp_path: Path) -> None:
    files = resealed(ATTACKS[attack](files_of(folder / "e.zip")), signer_at(folder / "key.pem"))
    assert checked(folder, zipped(files, tmp_path / "x.zip")).faults


def test_another_key_is_noticed_if_the_right_one_is_known(folder: Path, tmp_path: Path) -> None:
    path = zipped(resealed(files_of(folder / "e.zip"), new_signer()), tmp_path / "x.zip")
    assert "not signed by a key that is known" in "\n".join(checked(folder, path).faults)
    assert verify_bundle(path).faults == ()  # why --signed-by is there


@pytest.mark.parametrize("name", ["records.jsonl", "head.note", "evidence.html", "manifest.sig", "anchors.json"])
def test_a_missing_file(name: str, folder: Path, tmp_path: Path) -> None:
    files = {n: data for n, data in files_of(folder / "e.zip").items() if n != name}
    assert checked(folder, zipped(files, tmp_path / "x.zip")).faults


def test_a_file_more(folder: Path, tmp_path: Path) -> None:
    files = {**files_of(folder / "e.zip"), "../../etc/more": b"x"}
    assert "../../etc/more" in "\n".join(checked(folder, zipped(files, tmp_path / "x.zip")).faults)


def test_a_zip_that_would_fill_the_memory(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(3):
            made.writestr(f"bodies/{number}", bytes(50_000_000))
    (tmp_path / "x.zip").write_bytes(out.getvalue())
    assert "more than a bundle may hold" in "\n".join(verify_bundle(tmp_path / "x.zip").faults)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(shutil.copy(folder / "e.zip", tmp_path / "x.zip"), "a") as made:
        made.writestr("head.note", b"another")
    assert "two files of one name" in "\n".join(checked(folder, tmp_path / "x.zip").faults)


def test_what_is_no_bundle(tmp_path: Path, folder: Path, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("no zip")
    assert run(["verify", str(tmp_path / "x.txt")]) == 2
    assert run(["verify", str(tmp_path / "not-there.zip")]) == 2
    words = ["bundle", "--ledger", typed(place), "--key", str(folder / "key.pem")]
    assert run([*words, "nothing-has-this-id", "--to", str(tmp_path / "e.zip")]) == 2
    assert run([*words, "nothing", "--to", str(folder / "e.zip")]) == 2
    assert "never overwritten" in capsys.readouterr().err
    assert not (tmp_path / "e.zip").exists()


def test_heads_are_told_apart() -> None:
    head = Head(ledger_id="a", size=1, root_sha256="00" * 32, recorded_at="2026-01-01T00:00:00Z")
    assert head.text.splitlines()[1] == "1"
