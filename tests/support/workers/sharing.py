"""How the tests are shared out among the workers: what takes long first, a file's tests in a row, in small pieces.

xdist's own scheduler counts, at each of 22,000 tests, all those that a worker has done before, and looks each one up in
the list of all names; what takes seconds stands where the alphabet has it, at the end too.
"""

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

_ROOT = Path(__file__).resolve().parents[3]
_PIECE = 16
"""Cases of one test that are handed out at once, at the most."""
_LONG = ("mark.browser", "xdist_group(", "Process(", "subprocess", "temporary_server", "workshop.bench")
_SHORT_UNLESS = ("@rows(", "shop: Shop", "database", "Emulator", "emulator", "aiohttp")


def pieces(nodeids: Iterable[str]) -> dict[str, list[str]]:
    """The tests that go to one worker together, by a name of the piece: the cases of one test, some at a time.

    All tests of a file marked with `xdist_group` are one piece. xdist 3.8 writes the mark into the names of the tests,
    where pytest 9.2 does not look, so it is read from the files (findings/xdist_groups_without_effect.sh).

    Args:
        nodeids: The names of tests, from the root.
    """
    made: dict[str, list[str]] = {}
    for nodeid in nodeids:
        file = file_of(nodeid)
        test = file if _is_marked(file) else nodeid.partition("[")[0]
        number = 0
        while len(made.setdefault(f"{test} {number}", [])) >= _PIECE and test != file:
            number += 1
        made[f"{test} {number}"].append(nodeid)
    return made


def file_of(nodeid: str) -> str:
    """The file of a test, from the root."""
    return nodeid.partition("::")[0]


def weight(file: str) -> int:
    """How long a test of a file takes: 0 for seconds, 1 for a tenth of one, 2 for next to nothing.

    Args:
        file: The file, from the root.
    """
    text = _text(file)
    if any(word in text for word in _LONG):
        return 0
    return 1 if any(word in text for word in _SHORT_UNLESS) else 2


@functools.cache
def _text(file: str) -> str:
    return (_ROOT / file).read_text(encoding="utf-8")


@functools.cache
def _is_marked(file: str) -> bool:
    return any(line.startswith("pytestmark") and "xdist_group(" in line for line in _text(file).splitlines())


class Queue:
    """The pieces that nobody has yet, what takes long first. Whoever has begun a file goes on with it.

    Args:
        made: What `pieces` gave.
    """

    def __init__(self, made: Mapping[str, Iterable[str]]) -> None:
        by_file: dict[str, list[str]] = {}
        for piece, tests in made.items():
            by_file.setdefault(file_of(next(iter(tests))), []).append(piece)
        self._files = {file: by_file[file] for file in sorted(by_file, key=weight)}
        self._begun: dict[object, str] = {}

    def __len__(self) -> int:
        return sum(len(waiting) for waiting in self._files.values())

    def next(self, worker: object) -> str:
        """Take the next piece for a worker: of its own file, else of one that nobody has begun, else of any.

        Args:
            worker: Who asks.
        """
        file = self._begun.get(worker, "")
        if file not in self._files:
            others = set(self._begun.values())
            file = next((one for one in self._files if one not in others), next(iter(self._files)))
            self._begun[worker] = file
        piece = self._files[file].pop(0)
        if not self._files[file]:
            del self._files[file]
        return piece


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """Hands out pieces. What is done with is forgotten, for it is counted at every test."""

    def schedule(self) -> None:
        """Begin, once every worker has told the names of its tests."""
        if self.collection is None:
            names = next(iter(self.registered_collections.values()))
            made = pieces(names)
            self._places = {nodeid: place for place, nodeid in enumerate(names)}
            self._piece_of = {nodeid: piece for piece, nodeids in made.items() for nodeid in nodeids}
            self._queue = Queue(made)
        super().schedule()

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """A worker has done a test.

        Args:
            node: The worker.
            item_index: Which of its tests.
            duration: Seconds that it took.
        """
        nodeid = self.registered_collections[node][item_index]
        piece = self._piece_of[nodeid]
        left = self.assigned_work[node][piece]
        left[nodeid] = True
        if all(left.values()):
            del self.assigned_work[node][piece]
        self._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        return self._piece_of[nodeid]

    def _assign_work_unit(self, node: WorkerController) -> None:
        if len(self._queue) != len(self.workqueue):  # a worker died, and others do what it had left
            self._queue = Queue(self.workqueue)
        piece = self._queue.next(node)
        tests = self.workqueue.pop(piece)
        self.assigned_work[node][piece] = tests
        node.send_runtest_some([self._places[nodeid] for nodeid, is_done in tests.items() if not is_done])
