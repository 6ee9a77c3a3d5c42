"""A wording that could break or hang a turn is refused, with its line and the reason in plain words."""

import pytest

from replies.checking import WORDS_MOST, WordingError, check

NAMES = ("first_name", "count")
LEFT_OPEN = "Something is left open"
ONLY_IF = "Only {% if … %}, {% elif … %}, {% else %} and {% endif %}"


@pytest.mark.parametrize(
    "words",
    [
        "Hi {{ first_name }}!",
        "{% if count > 1 %}{{ count }} items{% else %}one{% endif %}",
        "A price: {{ count | money }}",
        "100 % yours } really {",
        "<b>Sale</b> & more",
    ],
)
def test_what_can_be_said(words: str) -> None:
    check(words, variables=NAMES)


@pytest.mark.parametrize(
    ("words", "line", "reason"),
    [
        ("}} {{", 1, LEFT_OPEN),
        ("Hello\n{{", 2, LEFT_OPEN),
        ("{% if", 1, LEFT_OPEN),
        ("{% if count %}many", 1, LEFT_OPEN),
        ("Hi\n{{ first_name there", 2, "is not closed with }}"),
        ("Hi\n{{ first_name !", 2, "is not closed with }}"),
        ("{% endif %}", 1, ONLY_IF),
        ("{% for x in range(1000000000) %}{% endfor %}", 1, "no calls, loops"),
        ("{{ 'a' * 100000000 }}", 1, ""),
        ("{{ ''.__class__.__mro__ }}", 1, ""),
        ("Hi\n\n{{ frist_name }}", 3, "first_name"),
        ("{{ count | tojson }}", 1, "money"),
        ("{% if " + "(" * 200 + "count" + ")" * 200 + " %}x{% endif %}", 1, ""),
        ("x" * (WORDS_MOST + 1), 1, f"{WORDS_MOST:,} are possible"),
    ],
)
def test_what_cannot(words: str, line: int, reason: str) -> None:
    with pytest.raises(WordingError) as refused:
        check(words, variables=NAMES)
    assert refused.value.line == line
    assert reason in refused.value.reason
    assert refused.value.reason.endswith((".", "?"))
    assert "Traceback" not in refused.value.reason
