"""The process that computes runs, seen from the one that started it."""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from awards.services.run_limits import RunLimits

_ENGINE = ("POLARS_", "NUMBA_", "OMP_")
"""Beginnings of the variables that an engine is set up by."""


class Ended(Exception):
    """The process ended before it answered; told in words."""


class RunProcess:
    """One process, and the pipes to and from it."""

    def __init__(self, limits: RunLimits, site: Sequence[Path]) -> None:
        self._limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "awards.services.run_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(site),
            start_new_session=True,
        )
        self.send(asdict(limits))

    def send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise Ended(self._end_in_words()) from error

    def answers(self) -> Iterator[dict[str, Any]]:
        """Answers as they come. Raises `Ended` when there are no more, or when one takes
        longer than allowed: time starts anew with each, and when the process is ready."""
        assert self._process.stdout is not None
        pipe, pending = self._process.stdout.fileno(), b""
        with selectors.DefaultSelector() as ready:
            ready.register(pipe, selectors.EVENT_READ)
            while True:
                if not ready.select(self._limits.wall_seconds):
                    raise Ended(f"did not end within {self._limits.wall_seconds} seconds")
                received = os.read(pipe, 65_536)
                if not received:
                    raise Ended(self._end_in_words())
                *lines, pending = (pending + received).split(b"\n")
                for line in lines:
                    yield json.loads(line)

    def end(self) -> None:
        """Kill it and whatever it may have started; wait, so that no zombie stays."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None

    def _end_in_words(self) -> str:
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return f"took more than {self._limits.cpu_seconds} seconds of processor"
        if status == -signal.SIGABRT:
            return f"broke off: it may need more than {self._limits.memory_mib} MiB of memory"
        if status == -signal.SIGXFSZ:
            return f"wrote more than {self._limits.file_mib} MiB"
        return f"ended its process (status {status})"


def _environment(site: Sequence[Path]) -> dict[str, str]:
    """The way to all that is imported here, and nothing else of ours: no secret, and no
    hash seed, locale or time zone that a result could depend on."""
    here = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109
    kept = {name: value for name, value in os.environ.items() if name.startswith(_ENGINE)}
    return kept | {
        "PYTHONPATH": os.pathsep.join([*map(str, site), *here]),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
