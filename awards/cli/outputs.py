"""Files that commands write where people say."""

from pathlib import Path

from awards.domain.errors import Refused


def refuse_no_folder(path: Path) -> None:
    """Raise `Refused` when *path* lies in a folder that is not there."""
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Create it, or choose another name.")


def refuse_existing(path: Path) -> None:
    """Raise `Refused` when writing *path* would overwrite a file or miss its folder."""
    refuse_no_folder(path)
    if path.exists():
        raise Refused(f"{path} exists already. Choose another name: --output FILE")
