"""Which passwords are refused: too short, or what guessers try first.

Nothing is asked of anybody outside. Of the most common passwords hardly any has 15
characters; those that have are made of common words, keyboard rows, digits and
repetitions. So a password must keep enough characters when all of that is taken out.
"""

import re
from collections.abc import Iterable
from importlib import resources

LEAST, MOST = 15, 128
_LEFT = 6
"""Different characters that no common piece accounts for."""

_LEET = str.maketrans("013457@$!", "oleastasi")
_RUN = 3


def is_too_short(password: str) -> bool:
    return len(password) < LEAST


def is_common(password: str, *, about: Iterable[str] = ()) -> bool:
    """Whether little is left of *password* without common pieces, runs and repetitions,
    and without what is known of its owner (*about*: name, mail address, program)."""
    pieces = {part for each in about for part in re.split(r"\W+", each.casefold()) if len(part) > 2}
    folded = password.casefold()
    spellings = (folded, folded.translate(_LEET))
    return any(len(set(_rest(each, pieces))) < _LEFT for each in spellings)


def _rest(password: str, pieces: set[str]) -> str:
    for piece in sorted(pieces | common_pieces(), key=len, reverse=True):
        password = password.replace(piece, " ")
    password = re.sub(r"(.+?)\1+", r"\1", password)
    return _without_runs(re.sub(r"[\d\W_]+", " ", password)).replace(" ", "")


def _without_runs(text: str) -> str:
    """Without stretches of letters that follow each other in the alphabet, either way."""
    kept, run = [], text[:1]
    for before, each in zip(text, text[1:] + "\0", strict=True):
        if abs(ord(each) - ord(before)) == 1 and each.isalpha() and before.isalpha():
            run += each
            continue
        kept.append(run if len(run) < _RUN else " ")
        run = each
    return "".join(kept)


def common_pieces() -> frozenset[str]:
    """What common passwords are made of, in lower case."""
    if not _PIECES:
        text = (resources.files("awards.web.account") / "common_pieces.txt").read_text("utf-8")
        _PIECES.update(text.split())
    return frozenset(_PIECES)


_PIECES: set[str] = set()
