"""Weights drawn around the declared ones.

In each group, the shares of the children follow a Dirichlet distribution with
parameters κ · (declared shares): the mean of each share s is the declared one, and its
variance s · (1 − s) / (κ + 1).
"""

import numpy as np

from awards.evaluation.robustness.tree import Floats, Tree

LEAST_SHARE = 1e-9
"""No child is drawn out of its group altogether."""

AT_ONCE = 64
"""Draws of one generator."""

_TINY = float(np.finfo(np.float64).tiny)


def draw_weights(
    tree: Tree, count: int, *, concentration: float, seed: int, stream: tuple[int, int]
) -> Floats:
    """Weights of *count* draws × nodes, siblings adding up to 1.

    Philox, keyed by *seed* and the numbers of scheme and chunk (*stream*), so that it
    does not matter which thread draws first.
    """
    scheme, chunk = stream
    dice = np.random.Generator(np.random.Philox(key=[seed, (scheme << 32) | chunk]))
    weights = np.ones((count, len(tree.codes)))
    for family in tree.families():
        shares = tree.weights[family] / tree.weights[family].sum()
        drawn = dice.standard_gamma(concentration * shares, size=(count, len(family)))
        total = np.maximum(drawn.sum(axis=1, keepdims=True), _TINY)
        weights[:, family] = np.maximum(drawn / total, LEAST_SHARE)
    return weights


def chunks_of(count: int) -> tuple[int, ...]:
    """Sizes of the chunks that *count* draws are made in."""
    whole, rest = divmod(count, AT_ONCE)
    return (AT_ONCE,) * whole + ((rest,) if rest else ())
