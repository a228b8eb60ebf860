"""Compute one run in an instance and say when it begins: a process to be killed.

Called with the instance's folder, the seal of its snapshot and a file of plugins.
"""

import json
import sys
from pathlib import Path

from awards.registry import load_rules
from awards.sdk.rulebook import PluginSource
from awards.services.apart import Apart
from awards.services.runs import evaluate_category
from awards.services.stores import Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from tests.unit.services.world import ACT


def main(root: Path, snapshot_id: str, plugins: Path) -> None:
    sources = [
        PluginSource(**{**each, "files": tuple(map(Path, each["files"]))})
        for each in json.loads(plugins.read_text("utf-8"))
    ]
    stores = Stores(open_database(f"sqlite:///{root / 'awards.sqlite3'}"), Archive(root))
    stores.archive.sweep()
    with stores.database.reading() as records:
        edition = records.editions.get("kop-open")
        snapshot = records.snapshots.get(snapshot_id)
    compute = Apart()
    compute.warm()
    say("begin")
    run = evaluate_category(
        stores,
        edition,
        category="primary",
        snapshot=snapshot,
        rulebook=load_rules(sources),
        act=ACT,
        compute=compute,
    )
    say(run.seal)
    compute.close()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
