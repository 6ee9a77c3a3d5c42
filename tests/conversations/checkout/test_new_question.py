"""A new question of checkout, added to a copy of the program as CONTRIBUTING.md says: three files, and it is asked."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("bot", "dialogs", "handlers", "replies", "repository", "sql", "tests")
TABLE = "dialogs/checkout/questions.py"
ROW = '    ExtraQuestion.of("gift_message", most=200),\n'
EXTRA = r' *ExtraQuestion\.of\(\s*"(\w+)"[^\n]*\),\n'
NEXT = '    Question(\n        part="zone",\n'
WORDS = {
    "en": """
{% block ask_gift_message %}What shall we write on the card?{% if skip %} Or tap “{{ skip }}”.{% endif %}{% if given %}

Now: {{ given }}{% endif %}{% endblock %}
{% block summary_gift_message %}💌 {{ answer }}{% endblock %}
{% block quick_gift_message %}Gift message{% endblock %}
""",
    "fil": """
{% block ask_gift_message %}Ano po ang isusulat sa card?{% if skip %} O i-tap ang “{{ skip }}”.{% endif %}{% if given %}

Ngayon: {{ given }}{% endif %}{% endblock %}
{% block summary_gift_message %}💌 {{ answer }}{% endblock %}
{% block quick_gift_message %}Mensahe sa card{% endblock %}
""",
}
"""What is appended to the words of a language."""
TOLD = (
    "tests/dialogs/checkout",
    "tests/dialogs/engine/test_table.py",
    "tests/dialogs/engine/test_diagram.py",
    "tests/conversations/test_checkout.py",
    "tests/replies",
    "tests/handlers/console/wording/test_blocks.py",
)
"""The tests that tell what a question lacks, and those that walk past it."""
CHANGED = (
    "not (test_words or test_limits or test_chips) or gift_message or checkout.ask or summary.summary or paying.change"
)
"""Of these, the ones that a new question changes anything for."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.gz", "demo"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    forget_extra_questions(tmp_path)
    return tmp_path


def forget_extra_questions(copy: Path) -> None:
    """Take out the questions that the shop has added by the same recipe, with their words."""
    table = copy / TABLE
    rows = table.read_text(encoding="utf-8")
    parts = re.findall(EXTRA, rows)
    table.write_text(re.sub(EXTRA, "", rows), encoding="utf-8")
    for part in parts:
        for words in (copy / "replies").glob("*/checkout.j2"):
            block = rf"{{% block (?:ask|summary|quick)_{part} %}}.*?{{% endblock %}}\n?"
            words.write_text(re.sub(block, "", words.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8")


def ask_for_gift_messages(copy: Path, *languages: str) -> None:
    """Do what CONTRIBUTING.md says, with words in these languages."""
    table = copy / TABLE
    before, following, after = table.read_text(encoding="utf-8").partition(NEXT)
    assert following, "no question where the order goes by zone"
    table.write_text(before + ROW + following + after, encoding="utf-8")
    for language in languages:
        with (copy / f"replies/{language}/checkout.j2").open("a", encoding="utf-8") as words:
            words.write(WORDS[language].lstrip())


def run(copy: Path, server: DatabaseSettings, *tests: str) -> tuple[int, str]:
    """The exit code and what was said by these tests of the copy."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_DB_", "PYTEST_"))}
    environment |= {
        "TEST_DB_HOST": server.host,
        "TEST_DB_PORT": str(server.port),
        "TEST_DB_SOCKET": server.socket,
        "TEST_DB_USER": server.user,
        "TEST_DB_PASSWORD": server.password,
        "TEST_DB_SSL_CA": server.ssl_ca,
        "PYTEST_XDIST_WORKER": f"of_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}",
    }
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout + done.stderr


def test_a_row_and_its_words_are_a_question_that_is_asked_and_kept(copy: Path, administrator: DatabaseSettings) -> None:
    ask_for_gift_messages(copy, "en", "fil")
    code, said = run(copy, administrator, "tests/conversations/checkout/gift_message.py", *TOLD, "-k", CHANGED)
    assert code == 0, said


def test_a_question_without_words_in_a_language_is_told_by_name(copy: Path, administrator: DatabaseSettings) -> None:
    ask_for_gift_messages(copy, "en")
    code, said = run(copy, administrator, "tests/dialogs/checkout/test_questions.py", "-k", "every_row_has_words")
    assert code == 1
    assert "'gift_message' lacks words in 'fil'" in said
    for block in ("ask_gift_message", "quick_gift_message", "summary_gift_message"):
        assert f"write the block '{block}' into replies/fil/checkout.j2" in said
