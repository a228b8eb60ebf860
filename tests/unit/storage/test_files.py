import errno
import os
from pathlib import Path

import pytest

from awards.domain.errors import Altered
from awards.storage.errors import StorageFull, full_disk_in_words
from awards.storage.files import adopt, adopt_folder, checked, sha256_of

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def written(path: Path, text: str = "data") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file below *folder* by name, with its text."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_the_digest_is_sha256_of_the_bytes(tmp_path: Path) -> None:
    assert sha256_of(written(tmp_path / "empty", "")) == EMPTY


def test_a_file_that_is_as_sealed_is_given_back(tmp_path: Path) -> None:
    path = written(tmp_path / "empty", "")
    assert checked(path, EMPTY) == path


def test_a_changed_file_is_refused_with_its_name_and_both_digests(tmp_path: Path) -> None:
    path = written(tmp_path / "results.parquet")
    with pytest.raises(Altered) as raised:
        checked(path, EMPTY)
    for part in (str(path), f"expected {EMPTY}", f"found {sha256_of(path)}"):
        assert part in str(raised.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Altered, match=f"expected {EMPTY}, found no file"):
        checked(tmp_path / "results.parquet", EMPTY)


def test_an_adopted_file_moves_to_its_name(tmp_path: Path) -> None:
    final = tmp_path / "sources" / "deep" / "final"
    assert adopt(written(tmp_path / "new"), final) == final
    assert tree(tmp_path) == {"sources/deep/final": "data"}


def test_adopting_the_same_bytes_again_is_fine(tmp_path: Path) -> None:
    final = written(tmp_path / "final")
    adopt(written(tmp_path / "new"), final)
    assert tree(tmp_path) == {"final": "data"}


def test_a_file_is_never_put_over_other_bytes(tmp_path: Path) -> None:
    final = written(tmp_path / "final", "other")
    with pytest.raises(Altered, match="final is not the file that was sealed"):
        adopt(written(tmp_path / "new"), final)
    assert tree(tmp_path) == {"final": "other", "new": "data"}


def test_an_adopted_folder_moves_with_all_in_it(tmp_path: Path) -> None:
    written(tmp_path / "new" / "a")
    written(tmp_path / "new" / "b" / "c")
    adopt_folder(tmp_path / "new", tmp_path / "runs" / "final")
    assert tree(tmp_path) == {"runs/final/a": "data", "runs/final/b/c": "data"}


def test_adopting_the_same_folder_again_is_fine(tmp_path: Path) -> None:
    for folder in ("new", "final"):
        written(tmp_path / folder / "b" / "c")
    adopt_folder(tmp_path / "new", tmp_path / "final")
    assert tree(tmp_path) == {"final/b/c": "data"}


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"a": "other", "b": "data"}, "final/a is not the file that was sealed"),
        ({"a": "data"}, "b is missing"),
        ({"a": "data", "b": "data", "c": "data"}, "c is one file too many"),
    ],
)
def test_a_folder_is_never_put_over_another(
    tmp_path: Path, found: dict[str, str], reason: str
) -> None:
    for name, text in found.items():
        written(tmp_path / "final" / name, text)
    for name in ("a", "b"):
        written(tmp_path / "new" / name)
    before = tree(tmp_path)
    with pytest.raises(Altered, match=reason):
        adopt_folder(tmp_path / "new", tmp_path / "final")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_in_words(tmp_path: Path, number: int) -> None:
    with (
        pytest.raises(StorageFull, match="is full, so nothing was saved"),
        full_disk_in_words(tmp_path),
    ):
        raise OSError(number, os.strerror(number))


def test_another_failure_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), full_disk_in_words(tmp_path):
        raise PermissionError(errno.EACCES, "no")
    with pytest.raises(ValueError, match="no space"), full_disk_in_words(tmp_path):
        raise ValueError("no space")
