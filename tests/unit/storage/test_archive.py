import signal
import subprocess
import sys
from pathlib import Path

import pytest

from awards.storage.archive import Archive
from awards.storage.errors import StorageFull
from tests.unit.storage.samples import digest

NAME = digest("name")


def test_every_file_has_its_place(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    places = (
        archive.source(NAME),
        archive.part("part-1"),
        archive.snapshot(NAME),
        archive.snapshot_table(NAME),
        archive.snapshot_description(NAME),
        archive.run(NAME),
        archive.run_results(NAME),
        archive.run_sources(NAME),
        archive.run_manifest(NAME),
        archive.public(NAME),
        archive.certificate(NAME),
    )
    assert tuple(path.relative_to(tmp_path).as_posix() for path in places) == (
        f"sources/{NAME}",
        "parts/part-1.parquet",
        f"snapshots/{NAME}",
        f"snapshots/{NAME}/snapshot.parquet",
        f"snapshots/{NAME}/snapshot.json",
        f"runs/{NAME}",
        f"runs/{NAME}/results.parquet",
        f"runs/{NAME}/sources.parquet",
        f"runs/{NAME}/manifest.json",
        f"public/{NAME}",
        f"certificates/{NAME}.pdf",
    )


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\0b", "/etc", "x" * 129, "a\n"])
def test_no_name_leads_out_of_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file of the archive"):
        Archive(tmp_path).part(name)


def test_a_workspace_is_empty_on_the_same_file_system_and_gone_at_the_end(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.workspace() as folder:
        assert (list(folder.iterdir()), folder.stat().st_dev) == ([], tmp_path.stat().st_dev)
        (folder / "half").write_text("written")
    assert not folder.exists()


def test_a_workspace_is_gone_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Archive(tmp_path).workspace() as folder:
        (folder / "half").write_text("written")
        raise ZeroDivisionError
    assert not folder.exists()


def test_a_file_or_a_whole_workspace_can_be_adopted(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.workspace() as folder:
        (folder / "received").write_text("data")
        archive.adopt(folder / "received", archive.source(digest("data")))
    with archive.workspace() as folder:
        (folder / "manifest.json").write_text("{}")
        archive.adopt_folder(folder, archive.run(NAME))
    assert archive.checked(archive.source(digest("data")), digest("data")).read_text() == "data"
    assert archive.run_manifest(NAME).read_text() == "{}"
    assert archive.sweep() == ()


def test_a_full_disk_in_a_workspace_is_said_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(StorageFull),
        Archive(tmp_path).workspace(),
        Path("/dev/full").open("w") as f,
    ):
        f.write("x" * 100_000)


def test_a_sweep_takes_what_a_killed_process_left_and_nothing_else(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    orphan = left_by_a_killed_process(tmp_path)
    with archive.workspace() as living:
        assert archive.sweep() == (orphan,)
        assert (orphan.exists(), living.exists()) == (False, True)
    assert archive.sweep() == ()


def left_by_a_killed_process(root: Path) -> Path:
    code = """
import os, sys
from pathlib import Path
from awards.storage.archive import Archive
with Archive(Path(sys.argv[1])).workspace() as folder:
    (folder / "half").write_text("written")
    print(folder, flush=True)
    os.kill(os.getpid(), 9)
"""
    killed = subprocess.run(
        [sys.executable, "-c", code, str(root)], check=False, capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL
    return Path(killed.stdout.strip())
