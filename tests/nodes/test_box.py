"""The safe box: its bounds, its codes, and what becomes of its processes."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from time import monotonic

import pytest

from nodes.pdf.box import asking, cold, warm
from nodes.pdf.box.asking import Answer, Boxed, ask
from nodes.pdf.box.jobs import JOBS, MEGABYTE
from nodes.pdf.box.messages import Broken, receive, send
from nodes.pdf.box.warm import ZYGOTE, Orphaned, Zygote
from tests.processes import children, comes, gone

COUNT, SPEND = "nodes.pdf.box.trivial:count", "nodes.pdf.box.trivial:spend"
READ = "nodes.pdf.extraction:extract"
PATIENCE = 10


def code(job: str, data: bytes, options=None, **more) -> str:
    with pytest.raises(Boxed) as boxed:
        ask(job, data, options, **more)
    return boxed.value.code


@pytest.fixture(autouse=True)
def hatched():
    assert ZYGOTE.ready(60)


@pytest.fixture(params=["warm", "cold"])
def start(request, monkeypatch):
    if request.param == "cold":
        monkeypatch.setattr(asking, "STARTED", cold.started)
    return request.param


@pytest.fixture
def zygote(monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "s3cret")
    own = Zygote()
    assert own.ready(60)
    yield own
    own.end()


def test_an_answer_comes_back(start):
    assert ask(COUNT, b"abc", {"unused": 1}, files=[b"x" * 70_000]) == Answer(3, ())


def test_a_large_document_goes_through(start):
    assert ask(COUNT, bytes(20 * MEGABYTE)).told == 20 * MEGABYTE


@pytest.mark.parametrize(
    ("what", "expected"),
    [("time", "timeout"), ("program", "timeout"), ("processor", "killed"), ("memory", "limit")],
)
def test_what_spends_without_end_is_ended(start, what, expected):
    seconds = 1 if expected == "timeout" else 30
    assert code(SPEND, b"", {"what": what}, seconds=seconds) == expected
    assert ask(COUNT, b"ab").told == 2


def test_what_is_no_pdf_or_too_large_is_refused_unread():
    assert code(READ, b"MZ" + bytes(2000) + b"%PDF-1.7") == "not_a_pdf"
    assert code(READ, b"%PDF-" + bytes(20 * MEGABYTE)) == "too_large"
    assert code(COUNT, b"", files=[bytes(70 * MEGABYTE)] * 3) == "too_large"


def test_no_time_is_a_timeout():
    assert code(COUNT, b"", seconds=0) == "timeout"


def test_only_listed_jobs_run(start):
    with pytest.raises(KeyError):
        ask("os:system", b"true")


def test_a_child_refuses_a_job_that_is_not_listed():
    with ZYGOTE.started("os:abort") as line, pytest.raises((Broken, OSError)):
        receive(line, 100, monotonic() + PATIENCE)
    assert ask(COUNT, b"a").told == 1


@pytest.mark.parametrize("job", JOBS)
def test_every_listed_job_is_there(job):
    module, _, function = job.partition(":")
    assert callable(getattr(import_module(module), function))


def test_nothing_of_the_document_is_said(start, capfd, caplog):
    with pytest.raises(Boxed) as boxed:
        ask(READ, b"%PDF-1.7 Lopez 1984-02-03 /Root /Lopez")
    said, complained = capfd.readouterr()
    told = " ".join([str(boxed.value), *boxed.value.__notes__, said, complained, caplog.text])
    assert "Lopez" not in told and "1984" not in told and "Traceback" not in told


def test_a_child_knows_none_of_the_servers_settings(zygote):
    with zygote.started(SPEND) as line:
        send(line, [b"", b'{"what": "time"}'])
        assert comes(lambda: children(zygote.pid))
        (child,) = children(zygote.pid)
        for pid in (zygote.pid, child):
            known = Path(f"/proc/{pid}/environ").read_bytes()
            assert b"s3cret" not in known and b"PATH=" in known
        bounds = ("time              2 ", " 1073741824 ", " 67108864 ", "files            64 ")
        assert comes(lambda: all(one in limits(child) for one in bounds))
        assert "Max core file size        0 " in limits(child)
    assert comes(lambda: gone(child))


def limits(pid: int) -> str:
    return Path(f"/proc/{pid}/limits").read_text()


def test_what_a_job_started_ends_with_it(zygote):
    with zygote.started(SPEND) as line:
        send(line, [b"", b'{"what": "program"}'])
        assert comes(lambda: any(children(one) for one in children(zygote.pid)))
        (child,) = children(zygote.pid)
        (program,) = children(child)
    assert comes(lambda: gone(program) and gone(child))


def test_a_child_that_dies_takes_what_it_started_along(zygote):
    with zygote.started(SPEND) as line:
        send(line, [b"", b'{"what": "program"}'])
        assert comes(lambda: any(children(one) for one in children(zygote.pid)))
        (child,) = children(zygote.pid)
        (program,) = children(child)
        os.kill(child, signal.SIGKILL)
        assert comes(lambda: gone(program))


def test_a_zygote_that_died_is_replaced():
    ask(COUNT, b"")
    before = ZYGOTE.pid
    os.kill(before, signal.SIGKILL)
    with ThreadPoolExecutor(8) as threads:
        told = [one.told for one in threads.map(lambda n: ask(COUNT, bytes(n)), range(8))]
    assert told == list(range(8)) and ZYGOTE.pid != before and ZYGOTE.ready(60)


def test_a_job_is_asked_again_only_when_its_zygote_died(zygote):
    with pytest.raises(Boxed), zygote.started(COUNT):
        raise Boxed("killed")
    with pytest.raises(Orphaned), zygote.started(COUNT):
        os.kill(zygote.pid, signal.SIGKILL)
        assert comes(lambda: gone(zygote.pid))
        raise Boxed("killed")


def test_a_zygote_that_is_not_ready_is_not_waited_for():
    zygote = Zygote()
    with pytest.raises(OSError), zygote.started(COUNT):
        raise AssertionError
    assert ask(COUNT, b"a").told == 1 and zygote.pid
    zygote.end()
    assert zygote.pid is None


def test_a_zygote_that_never_comes_is_no_longer_tried(monkeypatch, tmp_path):
    monkeypatch.setattr(warm, "PROGRAM", tmp_path / "nowhere.py")
    zygote, pids = Zygote(), set()
    for _ in range(20):
        with pytest.raises(OSError), zygote.started(COUNT):
            raise AssertionError
        pids.add(zygote.pid)
        assert comes(lambda: gone(zygote.pid))
    zygote.end()
    assert len(pids) == warm.ATTEMPTS


def test_nothing_is_left_behind():
    ask(COUNT, b"")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        ask(COUNT, b"")
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1
    assert comes(lambda: not children(ZYGOTE.pid))


def test_more_askers_than_places_all_get_an_answer():
    with ThreadPoolExecutor(4 * asking.PLACES) as threads:
        told = list(threads.map(lambda n: ask(COUNT, bytes(n)).told, range(8 * asking.PLACES)))
    assert told == list(range(8 * asking.PLACES))


FORKED = """
import os, sys
from nodes.pdf.box.asking import ask
from nodes.pdf.box.warm import ZYGOTE
assert ZYGOTE.ready(60)
own = ZYGOTE.pid
child = os.fork()
if child == 0:
    told = ask("nodes.pdf.box.trivial:count", b"ab").told
    os._exit(0 if told == 2 and ZYGOTE.pid != own else 1)
assert os.waitpid(child, 0)[1] == 0
assert ask("nodes.pdf.box.trivial:count", b"abc").told == 3 and ZYGOTE.pid == own
print(own, flush=True)
sys.stdin.read()
"""


def test_a_forked_server_has_a_zygote_of_its_own_and_each_ends_with_its_server():
    server = subprocess.Popen(
        [sys.executable, "-c", FORKED], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with server:
        zygote = int(server.stdout.readline())
        assert not gone(zygote)
        server.kill()
    assert comes(lambda: gone(zygote))


def test_a_message_that_says_too_much_is_not_taken():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(theirs, [bytes(1000)])
        with pytest.raises(Broken):
            receive(ours, 999)
        theirs.sendall(b"\xff\xff\xff\xff")
    with ours, pytest.raises((Broken, OSError)):
        receive(ours, 999)


def test_a_warm_child_costs_little():
    asked = 50
    began = spent(os.getpid()) + spent(ZYGOTE.pid)
    for _ in range(asked):
        ask(COUNT, b"")
    assert comes(lambda: not children(ZYGOTE.pid))
    assert (spent(os.getpid()) + spent(ZYGOTE.pid) - began) / asked < 0.02


def spent(pid: int) -> float:
    """Processor seconds of a process and of those it has waited for (proc(5), stat)."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
