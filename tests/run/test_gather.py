"""Names that a person typed: files as they are, URLs by the guarded fetch, in order."""

from __future__ import annotations

import io
from pathlib import Path

from khabar.errors import WorldUnreachable
from khabar.model.documents import Refusal, Submission
from khabar.run.gather import gather


def fetch(url: str) -> Submission:
    if "kestrel.example" not in url:
        raise WorldUnreachable(url, "not allowed")
    return Submission(name=url, input_id=url, text="A page.", url=url)


def test_files_and_urls_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("A ferry sank off Port Maraq.")
    names = [str(path), "https://kestrel.example/a", "file:///etc/hostname", str(tmp_path / "none.txt"), "-"]
    found = list(gather(names, stdin=io.BytesIO(b"From a pipe."), published="2026-01-02", fetch=fetch))
    assert [type(f) for f in found] == [Submission, Submission, Refusal, Refusal, Submission]
    assert [f.name for f in found[:3]] == names[:3]
    assert [f.published for f in found if isinstance(f, Submission)] == ["2026-01-02", None, "2026-01-02"]


def test_a_password_in_an_address_goes_no_further(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(
        '{"id": "https://me:pw@kestrel.example/1", "url": "HTTPS://me:pw@kestrel.example/1", "text": "A ferry sank."}\n'
        '{"id": "ftp://pw@kestrel.example/2", "text": ""}\n'
    )
    names = [str(tmp_path / "rows.jsonl"), "https://me:pw@harrier.example/a?b=c@d"]
    taken, *refused = gather(names, stdin=io.BytesIO(), published=None, fetch=fetch)
    assert isinstance(taken, Submission)
    assert (taken.input_id, taken.url) == ("https://kestrel.example/1", "HTTPS://kestrel.example/1")
    assert [one.input_id for one in refused] == ["ftp://kestrel.example/2", "https://harrier.example/a?b=c@d"]
    assert "pw@" not in str([taken, *refused])
