"""``python -m tests.golden.repin [CASE…]``: pin what the system says now, and print what that changes.

In: names of cases; all if none. Out: expected.yml of each, and a unified diff to read before it is committed. A claim
under ``wrong`` stays there with its reason as long as it is what it was; one that has changed moves to ``claims``, where
the diff shows it: judge it again, and move it back (with the reason, ``why``) if it is still wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.golden import case


def pinned_again(before: case.Plain, found: case.Plain) -> case.Plain:
    """The new state, with what is still wrong kept apart."""
    wrong = case.judged_wrong(before)
    versions = []
    for version in found["versions"]:
        claims: list[case.Plain] = []
        kept: list[case.Plain] = []
        for claim in version.get("claims", []):
            old = wrong.get(case.key(version, claim), {})
            if {**claim, "why": old.get("why")} == old:
                kept.append(old)
            else:
                claims.append(claim)
        versions.append({**version, "claims": claims} | ({"wrong": kept} if kept else {}))
    return {**found, "versions": versions}


def main(names: Sequence[str]) -> None:
    """Pin the cases."""
    for name in names or case.names():
        before, found = case.expected(name), case.made(name)
        sys.stdout.write(f"{name}\n{case.difference(before, found)}")
        path = case.CASES / name / "expected.yml"
        path.write_text(case.text(pinned_again(before, found)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
