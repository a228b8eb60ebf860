"""What senders leave out: empty cells, more of them where less care is taken."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from .chance import Floats


def leave_out(
    dice: np.random.Generator, table: pl.DataFrame, *, shares: Mapping[str, float], care: Floats
) -> pl.DataFrame:
    """*table* with empty cells: *shares* gives for each column how many of its cells,
    about, are empty."""
    usual = np.exp(-0.5 * care) / np.exp(-0.5 * care).mean() if len(care) else care
    gone = {name: dice.random(len(care)) < share * usual for name, share in shares.items()}
    return table.with_columns(
        pl.when(~pl.Series(where)).then(pl.col(name)).alias(name) for name, where in gone.items()
    )
