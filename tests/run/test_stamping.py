"""Asking a time-stamp authority on loopback, through the one gate: real tokens are taken, everything else is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.x509 import Certificate
from rfc3161_client import decode_timestamp_response

from khabar.capture.exchange import Asking, FetchPolicy, Reply, exchange
from khabar.cli import anchor
from khabar.cli.main import run
from khabar.errors import StoreDamaged, UsageFault, WorldUnreachable
from khabar.ledger.anchors import newest_head, recorded
from khabar.ledger.keys import new_signer, signer_at
from khabar.ledger.stamps import Query, certificates_in, stamped
from khabar.ledger.store import Writer
from khabar.ledger.verify import verify
from khabar.model.identity import digest
from khabar.run.stamping import Ask, stamp_head
from khabar.stores import Place
from tests.authority import Authority, Stub, made, openssl, serving
from tests.capture.loopback import trap
from tests.ledger.making import STAMP, append, make_article, typed

SIGNER = new_signer()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def stub(authority: Authority) -> Iterator[Stub]:
    with serving(authority) as running:
        yield running


@pytest.fixture
def roots(authority: Authority) -> list[Certificate]:
    return certificates_in(authority.root.read_bytes(), "root")


@pytest.fixture
def writer(ledger: Place) -> Iterator[Writer]:
    with Writer(ledger, SIGNER) as opened:
        append(opened, make_article("one"))
        yield opened


def through(stub: Stub) -> Ask:
    """The gate as the tests use it: this one host may be on this machine."""
    policy = FetchPolicy(allow=frozenset({("tsa.example", stub.port)}), seconds=5, wire_bytes=1 << 20)
    return lambda asking: exchange(asking, policy=policy, resolver=lambda host, port: ("127.0.0.1",))


def have_stamped(writer: Writer, stub: Stub, roots: Sequence[Certificate], path: str = "/tsa") -> bytes:
    data, _ = stamp_head(writer, stub.url(path), ask=through(stub), roots=roots, stamp=STAMP, operator="me")
    return data


def test_a_token_is_asked_for_checked_and_put_on_record(writer: Writer, stub: Stub, roots: list[Certificate]) -> None:
    head = newest_head(writer.view)
    token = have_stamped(writer, stub, roots, "/tsa?account=secret")
    ((path, headers, query),) = stub.seen
    assert (path, headers["content-type"]) == ("/tsa?account=secret", "application/timestamp-query")
    assert headers["accept"] == "application/timestamp-reply"
    assert not headers.keys() & {"cookie", "authorization", "referer"}
    assert bytes.fromhex(digest(head.text.encode())) in query  # the digest, and no more of the ledger than that
    assert stamped(token, "x", roots).imprint_sha256 == digest(head.text.encode())
    rows = writer.view.rows("SELECT kind, place, size, root_sha256, receipt FROM anchor")
    assert rows == [("rfc3161", "http://tsa.example/tsa", head.size, head.root_sha256, token)]
    append(writer, make_article("two"))
    outside, notes = recorded(writer.view, roots)
    report = verify(writer.view, outside)
    assert (report.faults, report.anchors, notes) == ((), 1, [])


def test_a_rewritten_past_does_not_fit_the_token(
    writer: Writer, stub: Stub, roots: list[Certificate], tmp_path: Path
) -> None:
    have_stamped(writer, stub, roots)
    outside, _ = recorded(writer.view, roots)
    with Writer(tmp_path / "again.sqlite", SIGNER) as other:
        append(other, make_article("another"))
        assert "stamps a head that this log does not have" in "\n".join(verify(other.view, outside).faults)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/strict", "did not grant a time stamp"),
        ("/cut", "does not hold"),
        ("/page", "answers 'text/html', no time stamp"),
        ("/broken", "answers HTTP 503"),
        ("/moved", "answers HTTP 307"),
        ("/endless", "more than 1,048,576 bytes"),
    ],
)
def test_what_is_no_token_is_refused_and_not_recorded(
    writer: Writer, stub: Stub, roots: list[Certificate], path: str, reason: str
) -> None:
    with pytest.raises(WorldUnreachable, match=reason):
        have_stamped(writer, stub, roots, path)
    assert len(stub.seen) == 1  # one try, no redirect followed
    assert writer.view.rows("SELECT count(*) FROM anchor") == [(0,)]
    assert verify(writer.view).faults == ()


def test_a_reply_to_an_earlier_query_is_refused(writer: Writer, stub: Stub, roots: list[Certificate]) -> None:
    head = newest_head(writer.view)
    have_stamped(writer, stub, roots)
    with pytest.raises(WorldUnreachable, match="another query"):
        have_stamped(writer, stub, roots, "/again")
    assert stub.first is not None
    nonce = decode_timestamp_response(stub.first).tst_info.nonce
    right = Query(data=b"", nonce=nonce, imprint_sha256=digest(head.text.encode()))
    assert stamped(stub.first, "x", roots, right).checked
    for wrong in (replace(right, nonce=nonce + 1), replace(right, imprint_sha256=digest(b""))):
        with pytest.raises(StoreDamaged, match="another query"):
            stamped(stub.first, "x", roots, wrong)


def test_a_reply_of_another_authority_is_refused(writer: Writer, stub: Stub, tmp_path: Path) -> None:
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "other.pem", "-subj", "/CN=o")
    openssl(tmp_path, *new)
    other = certificates_in((tmp_path / "other.pem").read_bytes(), "other")
    with pytest.raises(WorldUnreachable, match="does not hold"):
        have_stamped(writer, stub, other)


def test_nothing_is_asked_for_a_head_that_is_not_signed(tmp_path: Path, stub: Stub, roots: list[Certificate]) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, make_article("one"))
        with pytest.raises(UsageFault, match="not signed"):
            have_stamped(writer, stub, roots)
    assert stub.seen == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "[::ffff:127.0.0.1]"])
def test_the_verb_reaches_nothing_inside(tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, key = tmp_path / "l.sqlite", tmp_path / "key.pem"
    with Writer(ledger, signer_at(key)) as writer:
        append(writer, make_article("one"))
    with trap() as (port, hits):
        assert run(["anchor", "--ledger", str(ledger), "--key", str(key), "--tsa", f"http://{host}:{port}/"]) == 3
        assert hits == []
    assert "only public hosts are fetched" in capsys.readouterr().err


def test_a_name_that_leads_inside_is_not_asked(writer: Writer, roots: list[Certificate]) -> None:
    with trap() as (port, hits):

        def ask(asking: Asking) -> Reply:
            return exchange(asking, policy=FetchPolicy(seconds=5), resolver=lambda host, port: ("8.8.8.8", "127.0.0.1"))

        with pytest.raises(WorldUnreachable, match="only public hosts"):
            stamp_head(writer, f"http://tsa.example:{port}/", ask=ask, roots=roots, stamp=STAMP, operator="me")
        assert hits == []


def test_the_verb(
    ledger: Place, stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, kept, root = tmp_path / "key.pem", tmp_path / "head.tsr", str(stub.authority.root)
    with Writer(ledger, signer_at(key)) as writer:
        append(writer, make_article("one"))
    monkeypatch.setattr(anchor, "authority_asked", through(stub))
    words = ["anchor", "--ledger", typed(ledger), "--key", str(key), "--tsa", stub.url()]
    assert run([*words, "--keep", str(kept), "--authority", root]) == 0
    assert "certificate is checked" in capsys.readouterr().err
    assert run(["verify", "--ledger", typed(ledger), "--anchor", str(kept), "--authority", root]) == 0
    assert "2 heads outside agree" in capsys.readouterr().out
    assert run([*words, "--keep", str(kept)]) == 2
    assert len(stub.seen) == 1
    assert run(words) == 0
    told = capsys.readouterr().err
    assert "give --authority" in told
    assert "keep a copy elsewhere" in told
    assert run([*words[:-1], stub.url("/broken")]) == 3
    assert "HTTP 503" in capsys.readouterr().err
