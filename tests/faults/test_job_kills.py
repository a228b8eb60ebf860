"""Jobs whose worker is killed at any moment, also between an effect and the queue's record."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from awards.domain.uploads import Asked, Upload
from awards.jobs import queue as queue_module
from awards.jobs.bench import Bench, Step
from awards.jobs.queue import Queue, prepare_queue, queue_url
from awards.jobs.tasks import Job, State, Task, Verb
from awards.sdk.rulebook import RuleBook
from awards.services.uploads import receive
from tests.conftest import AWARDS
from tests.unit.services.world import ACT, HEAD, KIND, ROWS, World, rules, rules_in

SEED = 20261123
EDITION = "kop-open"
PATIENCE = 60


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


@pytest.fixture
def world(tmp_path: Path, rulebook: RuleBook) -> Iterator[World]:
    world = World(rules_in(tmp_path / "instance"), rulebook)
    world.open(EDITION)
    yield world
    world.stores.database.close()


@pytest.fixture
def queue(world: World) -> Iterator[Queue]:
    url = queue_url(world.root, "sqlite")
    prepare_queue(url)
    queue = Queue(url)
    yield queue
    queue.close()


@contextmanager
def worker(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`awards worker` in a process group of its own; killed at the end if it still runs."""
    command = [sys.executable, AWARDS, "worker", "--instance", str(root)]
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def sent(world: World, *rows: str) -> Upload:
    body = "\n".join([HEAD, *rows, ""]).encode()
    return receive(
        world.stores,
        [body],
        name="data.csv",
        edition=world.edition(EDITION),
        kind=KIND,
        asked=Asked(part="main", numbers="en"),
        act=ACT,
    )


def task(verb: Verb, subject: str) -> Task:
    return Task(verb=verb, edition=EDITION, subject=subject, by="Panitia")


def finished(queue: Queue, job: str) -> Job:
    """The job once it is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = queue.find(job)
        if found is not None and found.is_over:
            return found
        time.sleep(0.1)
    raise AssertionError(queue.find(job))


def check_whole(world: World) -> None:
    """What is on record is on disk with its digest, and the ledger is intact."""
    world.ledger()
    archive = world.stores.archive
    for part in world.parts(EDITION):
        archive.checked(archive.part(part.id), part.sha256)
        for source in part.sources:
            archive.checked(archive.source(source.sha256), source.sha256)


@pytest.mark.slow
def test_a_worker_killed_at_ten_moments_of_an_import_leaves_the_old_or_the_new(
    world: World, queue: Queue
) -> None:
    chance = random.Random(SEED)
    world.deliver(EDITION, *ROWS[1:])
    old = world.parts(EDITION)[0].id
    upload = sent(world, *ROWS)
    job = queue.begin(task(Verb.ACCEPT, f"{upload.id}@1"))
    for _ in range(10):
        with worker(world.root) as process:
            time.sleep(chance.uniform(0.8, 5))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        check_whole(world)
        (part,) = world.parts(EDITION)
        assert part.rows in (len(ROWS) - 1, len(ROWS))
    with worker(world.root):
        assert finished(queue, job).state is State.DONE
    (part,) = world.parts(EDITION)
    assert (part.rows, part.id == old) == (len(ROWS), False)
    assert world.actions().count("part.imported") == 2
    assert list((world.root / "tmp").iterdir()) == []


def test_a_step_that_died_before_it_was_recorded_is_not_done_twice(
    world: World, rulebook: RuleBook
) -> None:
    world.deliver(EDITION, *ROWS)
    bench = Bench(world.stores, rulebook, lambda: datetime.now(UTC))
    step = Step(job="kop-open.1", name="snapshot", task=task(Verb.SNAPSHOT, KIND))
    first = bench.perform(step, lambda _: None)
    events = world.actions()
    assert bench.perform(step, lambda _: None) == first
    assert world.actions() == events
    again = replace(step, job="kop-open.2")
    assert bench.perform(again, lambda _: None) == first
    assert world.actions() == [*events, "snapshot.taken"]


def test_an_accepted_upload_whose_worker_died_before_closing_it_is_closed_by_the_next(
    world: World, rulebook: RuleBook
) -> None:
    upload = sent(world, *ROWS)
    bench = Bench(world.stores, rulebook, lambda: datetime.now(UTC))
    step = Step(job="kop-open.1", name="accept", task=task(Verb.ACCEPT, f"{upload.id}@1"))
    made = bench._do(step, lambda _: None)  # killed here: nothing after the effect
    assert bench.perform(step, lambda _: None) == made
    with world.stores.database.reading() as records:
        assert records.uploads.get(upload.id).made == made
    assert world.actions().count("part.imported") == 1


@pytest.mark.slow
def test_a_job_goes_on_after_an_upgrade_and_one_of_another_version_is_listed(
    world: World, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.deliver(EDITION, *ROWS)
    monkeypatch.setattr(queue_module, "VERSION", "0")
    old = queue.begin(task(Verb.SNAPSHOT, KIND))
    monkeypatch.undo()
    job = queue.begin(task(Verb.SNAPSHOT, KIND))
    with worker(world.root):
        assert finished(queue, job).state is State.DONE
    assert [each.id for each in queue.stranded()] == [old]
    found = queue.find(old)
    assert found is not None and found.state is State.STRANDED


@pytest.mark.slow
def test_a_second_worker_of_the_same_name_is_refused(world: World, queue: Queue) -> None:
    world.deliver(EDITION, *ROWS)
    with worker(world.root):
        finished(queue, queue.begin(task(Verb.SNAPSHOT, KIND)))
        command = [sys.executable, AWARDS, "worker", "--instance", str(world.root)]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (second.returncode, "at work" in second.stderr) == (1, True)
