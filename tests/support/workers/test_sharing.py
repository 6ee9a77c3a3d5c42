"""How the tests are shared out: none is lost, groups stay together, and what takes long comes first."""

from tests.support.workers.sharing import Queue, file_of, pieces, weight

GROUP = "tests/sql/test_scripts.py"
SLOW = "tests/conversations/test_browser_purchase.py"
MIDDLE = "tests/conversations/cart/test_cart.py"
QUICK = "tests/replies/test_limits.py"
TESTS = [
    *(f"{QUICK}::test_a[{number}]" for number in range(40)),
    f"{QUICK}::test_b",
    *(f"{MIDDLE}::test_c[{number}]" for number in range(40)),
    *(f"{GROUP}::test_{number}[case]" for number in range(40)),
    f"{SLOW}::test_d",
]


def test_a_marked_file_is_one_piece_and_cases_of_another_go_some_at_a_time() -> None:
    made = pieces(TESTS)
    assert sorted(test for tests in made.values() for test in tests) == sorted(TESTS), "each is in one piece"
    by_file = {file: [len(tests) for tests in made.values() if file_of(tests[0]) == file] for file in (GROUP, QUICK)}
    assert by_file == {GROUP: [40], QUICK: [16, 16, 8, 1]}


def test_what_takes_long_comes_first_and_a_worker_stays_with_its_file() -> None:
    assert [weight(file) for file in (SLOW, GROUP, MIDDLE, QUICK)] == [0, 0, 1, 2]
    made = pieces(TESTS)
    queue = Queue(made)
    taken: dict[str, list[str]] = {"one": [], "two": []}
    while queue:
        for worker, files in taken.items():
            if queue:
                files.append(file_of(made[queue.next(worker)][0]))
    assert taken == {"one": [GROUP, MIDDLE, MIDDLE, MIDDLE, QUICK], "two": [SLOW, QUICK, QUICK, QUICK]}
