"""The page that shows the ledger's last checkpoint, for everybody to keep."""

from dataclasses import dataclass

from flask import url_for

from awards.domain.checkpoints import SignedCheckpoint
from awards.web.formats import formats
from awards.web.parts import parts
from awards.web.words import gettext

ZONE = "Asia/Jakarta"


@dataclass(frozen=True, kw_only=True)
class LedgerPage:
    """``note`` is the whole signed text, None before anything was signed."""

    note: str | None
    words: str
    file_href: str


def ledger_page() -> LedgerPage:
    signed = parts().site.checkpoint()
    return LedgerPage(
        note=None if signed is None else signed.note,
        words=gettext("Nothing was signed yet.") if signed is None else checkpoint_words(signed),
        file_href=url_for("public.checkpoint_file"),
    )


def checkpoint_words(signed: SignedCheckpoint) -> str:
    """How many events the checkpoint counts, and since when."""
    words, said = formats(), signed.checkpoint
    return gettext(
        "Checkpoint of %(moment)s: %(count)s events",
        moment=words.moment(said.at, ZONE),
        count=words.count(said.size),
    )
