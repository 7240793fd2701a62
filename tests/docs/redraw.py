"""``python -m tests.docs.redraw``: write the tree of docs/architecture.md anew from what is on disk."""

from __future__ import annotations

from tests.docs.drawing import drawn
from tests.docs.test_architecture import DOCUMENT, FENCE


def redrawn(text: str) -> str:
    """The document with its tree as the disk has it."""
    before, fence, after = text.partition(FENCE)
    _, end, rest = after.partition("\n```")
    return before + fence.removesuffix("khabar/\n") + "\n".join(drawn()) + end + rest


if __name__ == "__main__":
    DOCUMENT.write_text(redrawn(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
