"""The Merkle tree of RFC 6962: one root for many leaves, and short proofs about it.

A leaf is hashed as SHA-256(0x00 ‖ data), a node as SHA-256(0x01 ‖ left ‖ right).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds *data*."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children's hashes."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """All that is needed to go on with a tree of ``size`` leaves.

    ``peaks`` are the roots of its perfect subtrees, the largest first: one for
    each bit that is set in ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY_ROOT
        *rest, found = self.peaks
        for peak in reversed(rest):
            found = node_hash(peak, found)
        return found

    def grown(self, leaves: Iterable[bytes]) -> Frontier:
        """The frontier after these leaf hashes were added."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            size = _add(peaks, size, leaf)
        return Frontier(size, tuple(peaks))


def _add(peaks: list[bytes], size: int, leaf: bytes) -> int:
    size += 1
    carry = size
    while carry & 1 == 0:
        leaf = node_hash(peaks.pop(), leaf)
        carry >>= 1
    peaks.append(leaf)
    return size


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf at *index* (from 0) to the root of all *leaves*.

    Raises `IndexError` for a leaf that is not there.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    half = _half(len(leaves))
    if index < half:
        return (*inclusion_proof(leaves[:half], index), _root(leaves[half:]))
    return (*inclusion_proof(leaves[half:], index - half), _root(leaves[:half]))


def consistency_proof(leaves: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """The hashes which show that the first *first* of *leaves* are still as they were.

    Raises `IndexError` unless 1 ≤ *first* ≤ the number of leaves.
    """
    if not 1 <= first <= len(leaves):
        raise IndexError(first)
    return _subproof(leaves, first, known=True)


def includes(leaf: bytes, index: int, *, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether *proof* shows that *leaf*, a leaf hash, is number *index* in the tree."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def extends(first: tuple[int, bytes], second: tuple[int, bytes], *, proof: Sequence[bytes]) -> bool:
    """Whether *proof* shows that the tree *second* only adds to the tree *first*.

    Both are given as size and root. The algorithm of RFC 9162, 2.1.4.2: the sizes
    must be used up exactly, or a proof for another size would pass.
    """
    (size, root), (larger, whole) = first, second
    if size == larger:
        return not proof and root == whole
    path = [root, *proof] if size & (size - 1) == 0 else list(proof)
    if not 0 < size < larger or not path or not proof:
        return False
    return _walk(path, size - 1, larger - 1) == (root, whole, 0)


def _walk(path: Sequence[bytes], place: int, last: int) -> tuple[bytes, bytes, int]:
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for other in path[1:]:
        if last == 0:
            return b"", b"", -1
        if place & 1 or place == last:
            before, after = node_hash(other, before), node_hash(other, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, other)
        place, last = place >> 1, last >> 1
    return before, after, last


def _subproof(leaves: Sequence[bytes], first: int, *, known: bool) -> tuple[bytes, ...]:
    if first == len(leaves):
        return () if known else (_root(leaves),)
    half = _half(len(leaves))
    if first <= half:
        return (*_subproof(leaves[:half], first, known=known), _root(leaves[half:]))
    return (*_subproof(leaves[half:], first - half, known=False), _root(leaves[:half]))


def _root(leaves: Sequence[bytes]) -> bytes:
    return Frontier().grown(leaves).root


def _half(count: int) -> int:
    """The largest power of two below *count*."""
    return 1 << (count - 1).bit_length() - 1
