"""The tree of RFC 6962: known roots, and proofs that hold for what is there and for nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.ledger import merkle

# the leaves of the reference implementation's tests and the roots over the first n of them (certificate-transparency, public)
INPUTS = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243")]
INPUTS += [bytes.fromhex("5051525354555657"), bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(n).encode()) for n in range(count)]


def subtree_of(hashes: list[bytes]) -> merkle.Subtree:
    return lambda level, position: merkle.root_of(hashes[position << level : (position + 1) << level])


def plain_root(hashes: list[bytes]) -> bytes:
    """The definition of RFC 6962, 2.1, word for word."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b"\x01" + plain_root(hashes[:k]) + plain_root(hashes[k:])).digest()


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_of_the_reference(count: int) -> None:
    assert merkle.root_of([merkle.leaf_hash(i) for i in INPUTS[:count]]).hex() == ROOTS[count - 1]


@given(st.integers(0, 300))
def test_the_root_is_that_of_the_definition(count: int) -> None:
    assert merkle.root_of(leaves(count)) == plain_root(leaves(count))


@given(st.integers(1, 200), st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, subtree_of(hashes))
    root = merkle.root_of(hashes)
    assert merkle.root_from_inclusion(hashes[index], index, size, proof) == root
    assert merkle.root_from_inclusion(merkle.leaf_hash(b"x"), index, size, proof) != root
    assert merkle.root_from_inclusion(hashes[index], index, size, [*proof, root]) != root
    assert not proof or merkle.root_from_inclusion(hashes[index], index, size, proof[:-1]) != root
    other = data.draw(st.integers(0, size - 1))
    assert other == index or merkle.root_from_inclusion(hashes[index], other, size, proof) != root


@given(st.integers(1, 200), st.data())
def test_consistency(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    old = data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(old, size, subtree_of(hashes))
    roots = merkle.root_of(hashes[:old]), merkle.root_of(hashes)
    assert merkle.consistent(old, size, roots, proof)
    changed = [*hashes[: old - 1], merkle.leaf_hash(b"x")]
    assert not merkle.consistent(old, size, (merkle.root_of(changed), roots[1]), proof)
    assert old == size or not merkle.consistent(old, size, roots, proof[:-1])
    assert not merkle.consistent(old, size, roots, [*proof, roots[1]])


@given(st.integers(0, 600))
def test_a_frontier_goes_on_from_its_peaks(size: int) -> None:
    hashes = leaves(size + 1)
    subtree = subtree_of(hashes)
    tree = merkle.Frontier(size, [subtree(*peak) for peak in merkle.peaks_of(size)])
    assert tree.root() == merkle.root_of(hashes[:size])
    whole = list(tree.append(hashes[size]))
    assert tree.root() == merkle.root_of(hashes)
    assert all(subtree(level, position) == found for level, position, found in whole)


@pytest.mark.parametrize("index", [-1, 5])
def test_no_proof_of_what_is_not_there(index: int) -> None:
    with pytest.raises(merkle.NoSuchProof):
        merkle.inclusion_proof(index, 5, subtree_of(leaves(5)))
    with pytest.raises(merkle.NoSuchProof):
        merkle.consistency_proof(6, 5, subtree_of(leaves(5)))
    with pytest.raises(merkle.NoSuchProof):
        merkle.Frontier(3, [])
