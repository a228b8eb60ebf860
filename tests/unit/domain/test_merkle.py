from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
)

# The example tree of RFC 6962's first implementations: eight leaves and their roots.
DATA = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def tree(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


def root_of(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = max(1 << power for power in range(20) if 1 << power < len(leaves))
    return sha256(b"\1" + root_of(leaves[:half]) + root_of(leaves[half:])).digest()


def test_the_roots_are_those_of_the_published_example() -> None:
    leaves = [leaf_hash(each) for each in DATA]
    found = {size: Frontier().grown(leaves[:size]).root.hex() for size in ROOTS}
    assert found == ROOTS
    assert Frontier().root == EMPTY_ROOT


@given(st.integers(1, 70), st.integers(0, 70))
def test_a_frontier_goes_on_from_where_it_stopped(first: int, more: int) -> None:
    leaves = tree(first + more)
    frontier = Frontier().grown(leaves[:first]).grown(leaves[first:])
    assert (frontier.size, frontier.root) == (len(leaves), root_of(leaves))
    assert len(frontier.peaks) == len(leaves).bit_count()


@given(st.data(), st.integers(1, 70))
def test_every_leaf_has_a_proof_and_no_other_leaf_passes_with_it(
    data: st.DataObject, size: int
) -> None:
    leaves = tree(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(leaves, index), root_of(leaves)
    assert includes(leaves[index], index, size=size, root=root, proof=proof)
    assert not includes(leaf_hash(b"x"), index, size=size, root=root, proof=proof)
    assert not includes(leaves[index], index, size=size, root=root, proof=(*proof, root))
    assert not includes(leaves[index], index + 1, size=size, root=root, proof=proof)
    if proof:
        assert not includes(leaves[index], index, size=size, root=root, proof=proof[:-1])


@given(st.data(), st.integers(1, 70))
def test_a_tree_that_only_grew_is_shown_to(data: st.DataObject, size: int) -> None:
    leaves = tree(size)
    first = data.draw(st.integers(1, size))
    before, after = (first, root_of(leaves[:first])), (size, root_of(leaves))
    proof = consistency_proof(leaves, first)
    assert extends(before, after, proof=proof)
    assert not extends((first, leaf_hash(b"x")), after, proof=proof)
    assert not extends(before, (size, leaf_hash(b"x")), proof=proof)
    assert not extends(before, after, proof=(*proof, leaf_hash(b"x")))
    if proof:
        assert not extends(before, after, proof=proof[:-1])


@pytest.mark.parametrize("first", range(1, 8))
def test_a_proof_that_ends_before_the_second_size_is_used_up_fails(first: int) -> None:
    """A proof for eight leaves leads to their root; claimed for more leaves it stops half-way."""
    leaves = tree(8)
    proof, root = consistency_proof(leaves, first), root_of(leaves)
    before = (first, root_of(leaves[:first]))
    assert extends(before, (8, root), proof=proof)
    longer = [
        size for size in range(9, 70) if len(consistency_proof(tree(size), first)) > len(proof)
    ]
    assert 16 in longer
    assert not any(extends(before, (size, root), proof=proof) for size in longer)


@pytest.mark.parametrize(("count", "first"), [(3, 0), (3, 4), (0, 1)])
def test_a_proof_from_outside_the_tree_is_refused(count: int, first: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(tree(count), first)


@pytest.mark.parametrize("index", [-1, 3])
def test_a_proof_of_a_leaf_that_is_not_there_is_refused(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(tree(3), index)
