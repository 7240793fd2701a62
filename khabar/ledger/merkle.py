"""The Merkle tree of RFC 6962: hashes, a tree that grows, proofs that a leaf is in it and that it only grew.

In: leaf data as bytes, sizes and indexes from 0. Out: SHA-256 digests (32 bytes) and proofs (digests in the order of
RFC 9162, 2.1.3 and 2.1.4, which is that of RFC 6962). A leaf is hashed behind a zero byte, a node behind a one, so that
no node can pass for a leaf. Pure. A tree of which only the subtrees of 256 leaves are kept is asked through
``Subtree``. It cannot say when a leaf came; the ledger's log entries and its anchors do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from khabar.errors import KhabarError

LEAF, NODE = b"\x00", b"\x01"
EMPTY = hashlib.sha256(b"").digest()
"""root of a tree without leaves"""

Subtree = Callable[[int, int], bytes]
"""(level, position) to the hash of the whole subtree of 2**level leaves that starts at leaf position * 2**level"""


class NoSuchProof(KhabarError):
    """An index or size that the tree does not have."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of the node over two subtrees."""
    return hashlib.sha256(NODE + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the hashes of its whole subtrees, the largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size.bit_count() != len(peaks):
            raise NoSuchProof(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf's hash. Out: (level, position, hash) of every subtree that this makes whole, smallest first."""
        hashed, level, position = leaf, 0, self.size
        while position & 1:
            hashed, level, position = node_hash(self.peaks.pop(), hashed), level + 1, position >> 1
            yield level, position, hashed
        self.peaks.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """Root of the tree as it is."""
        if not self.peaks:
            return EMPTY
        hashed = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            hashed = node_hash(peak, hashed)
        return hashed


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root over some leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        for _ in tree.append(leaf):
            pass
    return tree.root()


def peaks_of(size: int) -> Iterator[tuple[int, int]]:
    """(level, position) of the whole subtrees of a tree, the largest first."""
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            yield level, start >> level
            start += 1 << level


def stretch_hash(start: int, stop: int, subtree: Subtree) -> bytes:
    """Hash of the subtree over the leaves from ``start`` to ``stop``, as RFC 6962 splits it."""
    width = stop - start
    if width & (width - 1) == 0 and start % width == 0:
        return subtree(width.bit_length() - 1, start // width)
    split = start + _split(width)
    return node_hash(stretch_hash(start, split, subtree), stretch_hash(split, stop, subtree))


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from a leaf to the root of the tree of that size."""
    if not 0 <= index < size:
        raise NoSuchProof(f"leaf {index} of a tree with {size} leaves")
    proof, start, stop = [], 0, size
    while stop - start > 1:
        split = start + _split(stop - start)
        if index < split:
            proof.append(stretch_hash(split, stop, subtree))
            stop = split
        else:
            proof.append(stretch_hash(start, split, subtree))
            start = split
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root to which a leaf and its proof lead; None if the proof has another length (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    number, last, hashed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if number & 1 or number == last:
            hashed = node_hash(step, hashed)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        number, last = number >> 1, last >> 1
    return hashed if last == 0 else None


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show that the tree of ``size`` leaves begins with the one of ``old`` leaves."""
    if not 0 < old <= size:
        raise NoSuchProof(f"from {old} to {size} leaves")
    proof, start, stop, whole = [], 0, size, True
    while old != stop:
        split = start + _split(stop - start)
        if old <= split:
            proof.append(stretch_hash(split, stop, subtree))
            stop = split
        else:
            proof.append(stretch_hash(start, split, subtree))
            start, whole = split, False
    return proof[::-1] if whole else [stretch_hash(start, stop, subtree), *proof[::-1]]


def consistent(old: int, size: int, roots: tuple[bytes, bytes], proof: Sequence[bytes]) -> bool:
    """Whether a proof leads from the old root to the new one (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not proof and roots[0] == roots[1]
    if not 0 < old < size or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [roots[0], *proof]
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            after = node_hash(after, step)
        number, last = number >> 1, last >> 1
    return last == 0 and (before, after) == roots


def _split(width: int) -> int:
    """The largest power of two below a width above one."""
    return 1 << (width - 1).bit_length() - 1
