"""A backup is put back whole, or not at all."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from awards.domain.checkpoints import read_checkpoint
from awards.domain.errors import Altered, Refused
from awards.services.backups import Backup, back_up
from awards.services.restores import Kept, restore
from awards.services.stores import Stores
from awards.storage.archive import Archive
from awards.storage.copies import copy_database
from awards.storage.database import open_database
from awards.storage.ledger_key import KeyFile
from tests.postgresql import new_database
from tests.unit.services.world import ACT, World


@pytest.fixture
def signed(published: World) -> World:
    """An instance whose ledger is signed."""
    published.stores.database.key = KeyFile(published.root / "ledger.key")
    return published


@pytest.fixture
def made(signed: World, tmp_path: Path) -> Backup:
    return back_up(signed.stores, output=tmp_path / "backup.zip", act=ACT)


@pytest.fixture
def new(signed: World, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stores]:
    """An empty instance beside the first one, on the same kind of database."""
    root = tmp_path / "new"
    root.mkdir()
    url = f"sqlite:///{root / 'awards.sqlite3'}"
    if signed.url is not None:
        url = new_database(request.getfixturevalue("postgresql_server"))
    stores = stores_in(root, url)
    yield stores
    stores.database.close()


def stores_in(root: Path, url: str) -> Stores:
    return Stores(open_database(url, key=KeyFile(root / "ledger.key")), Archive(root))


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.parent != root and "__pycache__" not in path.parts
    }


def actions(stores: Stores) -> list[str]:
    with stores.database.reading() as records:
        return [each.event.action for each in records.ledger.entries()]


def test_what_comes_back_is_what_was_there_and_the_ledger_says_so(
    signed: World, made: Backup, new: Stores
) -> None:
    shutil.copy2(signed.root / "ledger.key", new.archive.root)
    assert made.checkpoint is not None
    kept = Kept(checkpoints=(read_checkpoint(made.checkpoint),))
    report = restore(new, made.path, kept=kept, act=ACT)
    assert report.chain.proven_to == read_checkpoint(made.checkpoint).checkpoint.size
    assert contents(new.archive.root) == contents(signed.root)
    assert actions(new)[-3:] == ["backup.started", "ledger-key.registered", "instance.restored"]
    assert actions(signed.stores)[-1] == "backup.made"
    with new.database.reading() as there, signed.stores.database.reading() as here:
        assert there.editions.list() == here.editions.list()


def test_keys_settings_and_letters_stay_behind(signed: World, tmp_path: Path) -> None:
    (signed.root / "config.toml").write_text("", "utf-8")
    (signed.root / "outbox").mkdir()
    (signed.root / "outbox" / "letter.eml").write_text("secret link", "utf-8")
    made = back_up(signed.stores, output=tmp_path / "backup.zip", act=ACT)
    names = zipfile.ZipFile(made.path).namelist()
    assert not [each for each in names if "key" in each or "toml" in each or "outbox" in each]


def test_without_the_key_a_new_one_takes_its_place_and_the_ledger_says_why(
    made: Backup, new: Stores
) -> None:
    restore(new, made.path, kept=Kept(), act=ACT)
    assert actions(new)[-2:] == ["ledger-key.replaced", "instance.restored"]
    assert (new.archive.root / "ledger.key").exists()


def test_a_backup_older_than_a_checkpoint_is_refused_unless_the_loss_is_accepted(
    signed: World, made: Backup, new: Stores, tmp_path: Path
) -> None:
    later = back_up(signed.stores, output=tmp_path / "later.zip", act=ACT)
    assert later.checkpoint is not None
    checkpoints = (read_checkpoint(later.checkpoint),)
    with pytest.raises(Altered, match="what was done since is not in it"):
        restore(new, made.path, kept=Kept(checkpoints=checkpoints), act=ACT)
    assert contents(new.archive.root) == {}
    restore(new, made.path, kept=Kept(checkpoints=checkpoints, loss="fire"), act=ACT)
    with new.database.reading() as records:
        head = records.ledger.head()
    assert head is not None
    assert head.event.detail["reason"] == "fire"
    assert head.event.detail["lost_to"] == checkpoints[0].checkpoint.size


@pytest.mark.parametrize("what", ["database.", "files/runs/"])
def test_a_damaged_backup_leaves_nothing_behind(
    made: Backup, new: Stores, tmp_path: Path, what: str
) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(damaged, "w") as target:
        bad = next(each for each in old.namelist() if each.startswith(what))
        for name in old.namelist():
            content = bytearray(old.read(name))
            if name == bad:
                content[len(content) // 2] ^= 1
            target.writestr(name, bytes(content))
    with pytest.raises(Altered, match=f"damaged at {what}"):
        restore(new, damaged, kept=Kept(), act=ACT)
    assert [each.name for each in new.archive.root.iterdir()] == ["tmp"]


def test_a_file_that_is_not_the_one_on_record_leaves_nothing_behind(
    made: Backup, new: Stores, tmp_path: Path
) -> None:
    """The digests in the backup are right; those in the records know better."""
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(forged, "w") as target:
        described = json.loads(old.read("backup.json"))
        gone = next(each for each in old.namelist() if each.endswith("results.parquet"))
        del described["files"][gone]
        for name in old.namelist():
            if name not in (gone, "backup.json"):
                target.writestr(name, old.read(name))
        target.writestr("backup.json", json.dumps(described))
    with pytest.raises(Altered, match=r"results\.parquet is not the file that was sealed"):
        restore(new, forged, kept=Kept(), act=ACT)
    assert [each.name for each in new.archive.root.iterdir()] == ["tmp"]


def test_a_hot_copy_is_refused(signed: World, new: Stores, tmp_path: Path) -> None:
    copied = tmp_path / "copied.sqlite3"
    with signed.stores.database.transaction() as records:
        assert records.editions.list()
        hot = signed.root / "awards.sqlite3"
        copied.write_bytes(hot.read_bytes() if hot.exists() else b"a file of PostgreSQL")
    for torn in (copied, signed.root):
        with pytest.raises(Refused, match="may be torn"):
            restore(new, torn, kept=Kept(), act=ACT)
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.write(copied, "awards.sqlite3")
    with pytest.raises(Refused, match=r"holds no backup\.json"):
        restore(new, packed, kept=Kept(), act=ACT)


def test_nothing_is_put_over_what_is_there(signed: World, made: Backup) -> None:
    before = contents(signed.root)
    with pytest.raises(Refused, match="is not empty"):
        restore(signed.stores, made.path, kept=Kept(), act=ACT)
    assert contents(signed.root) == before


def test_a_copy_of_sqlite_made_in_use_is_whole(tmp_path: Path) -> None:
    stores = stores_in(tmp_path, f"sqlite:///{tmp_path / 'awards.sqlite3'}")
    stores.database.migrate()
    with stores.database.reading() as records:
        assert records.editions.list() == ()
        folder = tmp_path / "copies"
        folder.mkdir()
        copied = copy_database(stores.database.url, folder)
    copy = sqlite3.connect(copied)
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert copy.execute("PRAGMA journal_mode").fetchall() != [("wal",)]
    copy.close()
    stores.database.close()


def test_a_backup_of_another_kind_of_database_is_refused(
    made: Backup, signed: World, tmp_path: Path, postgresql_url: str
) -> None:
    root = tmp_path / "other"
    root.mkdir()
    url = postgresql_url if signed.url is None else f"sqlite:///{root / 'awards.sqlite3'}"
    other = stores_in(root, url)
    with pytest.raises(Refused, match="of another kind than"):
        restore(other, made.path, kept=Kept(), act=ACT)
    other.database.close()
