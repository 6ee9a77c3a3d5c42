"""The lock files hold what `pyproject.toml` asks for, with hashes, and nothing about where anybody gets it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
RUN, TEST, BUILD = "requirements.lock", "requirements-test.lock", "requirements-build.lock"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned package of a lock file with its hashes."""
    text = re.sub(r"^#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        requirement, *hashes = line.split(" --hash=")
        found.append((Requirement(requirement), [each.strip() for each in hashes]))
    return found


def pinned(name: str) -> dict[str, str]:
    """The version of each package in a lock file."""
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in entries(name)
    }


def asked(group: str) -> list[Requirement]:
    """What `pyproject.toml` asks for to run, to test or to build."""
    project = PYPROJECT["project"]
    lists = {
        RUN: project["dependencies"],
        TEST: [*project["dependencies"], *project["optional-dependencies"]["test"]],
        BUILD: ["pip", *PYPROJECT["build-system"]["requires"]],
    }
    return [Requirement(line) for line in lists[group]]


@pytest.mark.parametrize("lock", [RUN, TEST, BUILD])
def test_everything_asked_for_is_locked_at_a_version_that_will_do(lock: str) -> None:
    versions = pinned(lock)
    for requirement in asked(lock):
        version = versions.get(canonicalize_name(requirement.name), "nothing")
        assert version != "nothing", f"{lock} lacks {requirement.name}: lock again (the file says how)"
        assert requirement.specifier.contains(version), f"{lock} has {requirement.name} {version}: lock again"


@pytest.mark.parametrize("lock", [RUN, TEST, BUILD])
def test_everything_locked_is_exact_and_hashed(lock: str) -> None:
    locked = entries(lock)
    assert len(locked) >= 2
    for requirement, hashes in locked:
        assert [each.operator for each in requirement.specifier] == ["=="], requirement
        assert not requirement.url, requirement
        assert hashes, f"{requirement.name} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize("lock", [RUN, TEST, BUILD])
def test_nothing_says_where_packages_come_from(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|\bfile:|(^|[\s=])~?/", text)


def test_the_tests_run_on_what_the_shop_runs_on() -> None:
    tests = pinned(TEST)
    assert {name: tests.get(name) for name in pinned(RUN)} == pinned(RUN)
