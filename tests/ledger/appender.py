"""A child process that appends small articles for ever and prints each version id once it is committed."""

from __future__ import annotations

import sys

from khabar.ledger.store import Writer
from khabar.stores import Place, place
from tests.ledger.making import STAMP, append, make_article, make_fusion


def main(where: Place, name: str) -> None:
    """Append until killed."""
    with Writer(where) as writer:
        number = 0
        while True:
            number += 1
            article = make_article(f"{name}-{number}", where=f"Village {name} {number}")
            append(writer, article)
            sys.stdout.write(f"{article.version.version_id}\n")
            sys.stdout.flush()
            if number % 7 == 0:
                writer.append_fusion(make_fusion(article), covers=str(number), stamp=STAMP)


if __name__ == "__main__":
    main(place(sys.argv[1]), sys.argv[2])
