"""Files, folders and standard input to submissions: one at a time, in order, a refusal in the place of what is bad.

In: names as a person types them (a .txt, .html, .htm, .jsonl or .jsonl.gz file, a .warc, .warc.gz or .wacz archive, a
.cdx or .cdxj listing beside its archives, a folder of such files, or "-"). Out: an iterator of Submission and Refusal;
nothing is raised for a bad input, nothing after it is lost. A .txt file's text
is EXACTLY its characters: UTF-8, line ends untouched, offsets count the file's own code points; only a byte-order mark
at its start is kept out. JSON Lines are read as a stream, so that a file may be larger than memory while each line is
limited. ``observed_at`` is the file's modification time in UTC; standard input has none. Links to folders are not
followed. Pages are not decoded here: the extractor does it, by the page's own declaration.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from khabar.capture.decoding import decode_html, decode_text
from khabar.capture.moments import utc_instant
from khabar.capture.records import MAX_PAGE_BYTES, check_text, read_record
from khabar.errors import InputRefused
from khabar.model.documents import Refusal, Submission

MAX_LINE_BYTES = 32 * 1024 * 1024
"""one line of JSON Lines: a page of the largest size with its JSON escapes"""
ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".wacz", ".cdx", ".cdxj")
KNOWN_ENDINGS = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz", *ARCHIVE_ENDINGS)
LINE_ENDINGS = (".jsonl", ".jsonl.gz")
STDIN = "-"
_OBJECT = re.compile(rb'^\s*\{\s*["}]')
_URL = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def open_inputs(
    names: Sequence[str], *, stdin: BinaryIO, published: str | None = None
) -> Iterator[Submission | Refusal]:
    """The documents behind some names, in order; ``published`` is the date of those that state none."""
    for name in names:
        if name == STDIN:
            yield from _from_stdin(stdin, published)
        elif _URL.match(name):
            yield Refusal(name=name, input_id=name, reason="is a URL, not a file; `khabar add` fetches http and https")
        else:
            yield from _from_path(Path(name), published)


def _refusal(error: InputRefused, input_id: str) -> Refusal:
    return Refusal(name=error.name, input_id=input_id, reason=error.reason)


def _shown(path: Path) -> str:
    """A path as text that can be printed and stored: bytes that are not UTF-8 become U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _from_path(path: Path, published: str | None) -> Iterator[Submission | Refusal]:
    if _is_folder(path):
        yield from _from_folder(path, published)
    else:
        yield from _from_file(path, path.name, published)


def _from_folder(folder: Path, published: str | None) -> Iterator[Submission | Refusal]:
    found = False
    for path in _walk(folder):
        found = True
        if isinstance(path, Refusal):
            yield path
        else:
            yield from _from_file(path, path.relative_to(folder).as_posix(), published)
    if not found:
        reason = f"folder without a file to read; known endings: {', '.join(KNOWN_ENDINGS)}"
        yield Refusal(name=_shown(folder), input_id=_shown(folder), reason=reason)


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """Files under a folder in the order of their names; hidden ones and links to folders are left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Refusal(name=_shown(folder), input_id=_shown(folder), reason=_why(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not _is_folder(entry):
            yield entry
        elif not entry.is_symlink():
            yield from _walk(entry)


def _is_folder(path: Path) -> bool:
    """Whether it is one; what cannot even be asked about is refused later, as a file."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _from_file(path: Path, input_id: str, published: str | None) -> Iterator[Submission | Refusal]:
    name, own_id = _shown(path), _shown(Path(input_id))
    try:
        ending = _ending(path, name)
        observed_at = utc_instant(path.stat().st_mtime)
        if ending in ARCHIVE_ENDINGS:
            yield from _from_archive(path, ending, name)
        elif ending in LINE_ENDINGS:
            with _open_lines(path, ending) as lines:
                yield from _records(lines, name, observed_at=observed_at, published=published)
        else:
            text, html = _document(_whole(path, name), ending, name)
            yield Submission(
                name=name, input_id=own_id, text=text, html=html, published=published, observed_at=observed_at
            )
    except InputRefused as error:
        yield _refusal(error, own_id)
    except OSError as error:
        yield Refusal(name=name, input_id=own_id, reason=_why(error))


def _from_archive(path: Path, ending: str, name: str) -> Iterator[Submission | Refusal]:
    """The captures of an archive, or of those that a listing beside them names."""
    from khabar.capture.archives import from_listing, from_wacz, from_warc  # noqa: PLC0415 - only for archives

    readers = {".wacz": from_wacz, ".cdx": from_listing, ".cdxj": from_listing}
    yield from readers.get(ending, from_warc)(path, name)


def _ending(path: Path, name: str) -> str:
    """The known ending of a file that can be read; a link counts as what it leads to."""
    if not path.exists():
        raise InputRefused(name, "no such file; check the path")
    if not path.is_file():
        raise InputRefused(name, "not a regular file; give a file, a folder, or - for standard input")
    found = next((ending for ending in KNOWN_ENDINGS if path.name.lower().endswith(ending)), None)
    if found is None:
        raise InputRefused(name, f"unknown ending; known are {', '.join(KNOWN_ENDINGS)}")
    return found


def _whole(path: Path, name: str) -> bytes:
    """The bytes of a file of at most MAX_PAGE_BYTES."""
    with path.open("rb") as file:
        data = file.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        size = path.stat().st_size
        raise InputRefused(name, f"{size:,} bytes, the limit is {MAX_PAGE_BYTES:,}; split it into its articles")
    if not data.strip():
        raise InputRefused(name, "is empty; give a file with a text to read")
    return data


def _document(data: bytes, ending: str, name: str) -> tuple[str | None, bytes | None]:
    if ending == ".txt":
        return check_text(decode_text(data, name), name), None
    decode_html(data, name)  # refuses binary and wrongly encoded pages now rather than when they are read
    return None, data


def _open_lines(path: Path, ending: str) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb")) if ending.endswith(".gz") else path.open("rb")


def _from_stdin(stdin: BinaryIO, published: str | None) -> Iterator[Submission | Refusal]:
    """JSON Lines if the first line that is not blank begins an object, else one plain text."""
    lines, ahead = _lines(stdin), list[bytes]()
    for line in lines:
        ahead.append(line)
        if line.strip():
            break
    if ahead and _OBJECT.match(ahead[-1]):
        yield from _records(chain(ahead, lines), "stdin", observed_at=None, published=published)
        return
    try:
        text = check_text(decode_text(b"".join(ahead) + stdin.read(MAX_PAGE_BYTES), "stdin"), "stdin")
        yield Submission(name="stdin", input_id="stdin", text=text, published=published)
    except InputRefused as error:
        yield _refusal(error, "stdin")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only MAX_LINE_BYTES and one byte more are kept."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_LINE_BYTES + 1)


def _records(
    lines: Iterable[bytes], name: str, *, observed_at: str | None, published: str | None
) -> Iterator[Submission | Refusal]:
    """The submissions of JSON Lines; a stream that breaks off is one refusal after what could be read."""
    number, empty = 0, True
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                empty = False
                yield _record(line, f"{name}:{number}", observed_at=observed_at, published=published)
    except (EOFError, zlib.error, OSError) as error:
        reason = f"damaged or cut short after line {number} ({error}); the lines before are read, copy the file again"
        yield Refusal(name=f"{name}:{number + 1}", input_id=f"{name}:{number + 1}", reason=reason)
    else:
        if empty:
            yield Refusal(name=name, input_id=name, reason="is empty; give JSON Lines, one object a line")


def _record(line: bytes, name: str, *, observed_at: str | None, published: str | None) -> Submission | Refusal:
    if len(line) > MAX_LINE_BYTES:
        reason = f"line of more than {MAX_LINE_BYTES:,} bytes; one article a line"
        return Refusal(name=name, input_id=name, reason=reason)
    return read_record(line, name, observed_at=observed_at, published=published)


def _why(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error}); check the path and its permissions"
