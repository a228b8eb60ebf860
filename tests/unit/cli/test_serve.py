"""``awards serve`` and ``awards demo`` as processes of their own."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import AWARDS, Demo
from tests.unit.cli.conftest import call, on


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def waited_for(address: str, process: subprocess.Popen[str]) -> bytes:
    """The page, once the server answers."""
    for _ in range(200):
        try:
            return fetched(address)
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_published_pages_are_served_until_the_server_is_asked_to_stop(demo: Demo) -> None:
    port = free_port()
    command = [str(AWARDS), "serve", "--port", str(port), "--instance", str(demo.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        base = f"http://127.0.0.1:{port}/id"
        assert b"Pembangunan Manusia" in waited_for(f"{base}/", process)
        assert b"Kota Surabaya" in fetched(f"{base}/ipm-2024/kabupaten-kota/")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetched(f"{base}/ipm-1999/kabupaten-kota/")
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=10)
        assert time.monotonic() - asked < 10
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert f"Serving {demo.root} at http://localhost:{port}/" in said
    assert "WARNING" not in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_refused_before_anything_starts(demo: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = on(demo.root)("serve", "--port", str(port))
    assert (told.code, told.out) == (1, "")
    assert f"127.0.0.1:{port}" in told.err
    assert "--port" in told.err


def test_a_demo_keeps_away_from_what_is_no_demo(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("keep me", "utf-8")
    told = call("demo", "--no-serve", "--instance", tmp_path)
    assert (told.code, told.out) == (1, "")
    assert "letters.txt" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_demo_keeps_away_from_an_instance_in_use(root: Path) -> None:
    before = sorted(path.name for path in root.iterdir())
    told = call("demo", "--no-serve", "--instance", root)
    assert told.code == 1
    assert sorted(path.name for path in root.iterdir()) == before


def test_a_demo_that_holds_an_edition_of_ones_own_is_left_alone(root: Path) -> None:
    (root / "demo.json").write_text('{"demo": true}\n', "utf-8")
    told = call("demo", "--no-serve", "--instance", root)
    assert (told.code, told.out) == (1, "")
    assert "kop-open" in told.err


def test_a_demo_killed_on_the_way_was_finished_when_called_again(demo: Demo) -> None:
    years = [f"ipm-{year}" for year in range(2020, 2025)]
    assert sorted(each["edition"] for each in demo.made) == [*years, "kesejahteraan-2021"]
    assert {each["candidates"] for each in demo.made} == {38}
    for each in demo.made:
        serials = [number.split("/")[0] for number in each["certificates"]]
        assert (serials, len(each["runs"])) == (["001", "002", "003"], 1)
    assert list((demo.root / "tmp").iterdir()) == []


def test_a_finished_demo_called_again_changes_nothing_and_prints_plain_lines(
    demo: Demo, tmp_path: Path
) -> None:
    root = demo.copy(tmp_path / "demo")
    before = on(root)("ledger", "verify").out
    told = call("demo", "--no-serve", "--population", "0", "--instance", root)
    steps = [line.partition(" (about ")[0] for line in told.err.splitlines()]
    assert (told.code, len(steps)) == (0, 24)
    assert (steps[0], steps[-1]) == ("ipm-2020: data", "ipm-2024: certificates")
    assert "\x1b" not in told.out + told.err
    assert f"Built 6 editions in {root}." in told.out
    assert on(root)("ledger", "verify").out == before


def test_a_demonstration_is_not_served_where_other_machines_reach_its_link(demo: Demo) -> None:
    told = on(demo.root)("demo", "--population", "0", "--host", "0.0.0.0")
    assert told.code == 1
    assert "Leave --host out, or build it with --no-serve" in told.err


@pytest.mark.parametrize("flags", [(), ("--public-only",)])
def test_while_there_is_no_administrator_a_link_is_printed(
    demo: Demo, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    root, port = demo.copy(tmp_path / "demo"), free_port()
    command = [str(AWARDS), "serve", "--port", str(port), "--instance", str(root), *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        base = f"http://127.0.0.1:{port}"
        waited_for(f"{base}/healthz", process)
        link = f"{base}/account/id/sign-in"
        if flags:
            with pytest.raises(urllib.error.HTTPError, match="404"):
                fetched(link)
        else:
            assert b"csrf_token" in fetched(link)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()
    assert ("/account/id/join/" in said) is not bool(flags)
    assert (root / "keys.json").stat().st_mode & 0o777 == 0o600
