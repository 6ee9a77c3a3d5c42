"""What a merchant's wording may hold, so that it can neither break nor hang a turn."""

from collections.abc import Iterable, Mapping

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from replies.environment import FAILS, compiled, environment

WORDS_MOST = 4000  # characters of a template
NUMBER_MOST = 10**15  # what is larger is written out for ever, or becomes "inf", which is no name of ours
NESTED_MOST = 30  # levels of its parsed form; Python itself gives up at a hundred
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


class WordingError(Exception):
    """A wording cannot be used.

    Attributes:
        line: Which line of it is wrong, from 1.
        reason: Why, for the person who wrote it.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def check(words: str, *, variables: Iterable[str] | None = None) -> None:
    """Refuse a wording that could break or hang a turn.

    Only text, output, names, attributes, constants, comparisons, `if` and the listed filters may occur: Jinja's sandbox
    alone would still render a text of a hundred million letters.

    Args:
        words: The template.
        variables: What may be named; None leaves that unchecked.

    Raises:
        WordingError: It cannot be used; says which line and why.
    """
    if len(words) > WORDS_MOST:
        raise WordingError(1, f"This is {len(words):,} characters long. {WORDS_MOST:,} are possible.")
    sandbox = environment("PHP")
    known = None if variables is None else sorted(variables)
    try:
        tree = sandbox.parse(words)
        for depth, line, node in _walk(tree, 0, 1):
            if depth > NESTED_MOST:
                raise WordingError(line, "Too much is nested inside each other here.")
            _check_node(node, known, sorted(sandbox.filters))
        compiled("PHP", words)
    except TemplateSyntaxError as error:
        raise WordingError(error.lineno, _plainly(error.message or "")) from None
    except (RecursionError, SyntaxError, MemoryError, ValueError, OverflowError):
        raise WordingError(1, "Too much is nested inside each other here.") from None


def try_out(words: str, facts: Mapping[str, object], *, currency: str = "PHP") -> str:
    """What a wording says with these facts, nothing cut.

    Args:
        words: A template that `check` has let through.
        facts: What its variables stand for.
        currency: ISO code for the `money` filter.

    Raises:
        WordingError: It says nothing, or cannot be filled with such facts.
    """
    try:
        said = compiled(currency, words).render(facts).strip()
    except FAILS as error:
        raise WordingError(_failing_line(words, facts, currency), _why(error)) from None
    if not said:
        raise WordingError(1, "This says nothing.")
    return said


def variables_of(words: str) -> frozenset[str]:
    """The names that a wording uses.

    Args:
        words: A template that `check` has let through.
    """
    tree = environment("PHP").parse(words)
    return frozenset(node.name for node in tree.find_all(nodes.Name))


def _walk(node: nodes.Node, depth: int, line: int) -> Iterable[tuple[int, int, nodes.Node]]:
    line = node.lineno or line
    yield depth, line, node
    for child in node.iter_child_nodes():
        yield from _walk(child, depth + 1, line)


def _plainly(message: str) -> str:
    """A complaint of the template's parser, for somebody who writes words."""
    if "'end of print statement'" in message or message.lower().startswith(("unexpected '}'", "unexpected char")):
        return "A {{ is not closed with }} in the right way. Between them stands one name, such as {{ count }}."
    if "unknown tag" in message or message.startswith("Tag name expected"):
        return "Only {% if … %}, {% elif … %}, {% else %} and {% endif %} can stand between {% and %}."
    if "end of template" in message.lower().replace("'", ""):
        return "Something is left open: each {% if … %} needs its {% endif %}, each {{ its }}."
    if "Missing end of comment" in message:
        return "A {# is not closed with #}."
    return f"{message[:1].upper()}{message[1:].rstrip('.')}."


def _why(error: Exception) -> str:
    if isinstance(error, ArithmeticError | ValueError):
        return "“money” can only be used with an amount."
    if isinstance(error, TemplateError) and error.message:
        return f"This cannot be filled in: {error.message}."
    return "Something here cannot be compared with, or written as, something else."


def _failing_line(words: str, facts: Mapping[str, object], currency: str) -> int:
    """The first line with an expression that cannot be filled with these facts."""
    sandbox = environment(currency)
    tree = sandbox.parse(words)
    parts: list[nodes.Node] = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    parts += [branch.test for branch in tree.find_all(nodes.If)]
    for part in sorted(parts, key=lambda one: one.lineno):
        alone = nodes.Template([nodes.Output([part], lineno=part.lineno)], lineno=1)
        try:
            sandbox.from_string(alone).render(facts)
        except FAILS:
            return part.lineno
    return 1


def _check_node(node: nodes.Node, known: list[str] | None, filters: list[str]) -> None:
    if isinstance(node, nodes.Filter) and node.name not in filters:
        raise WordingError(node.lineno, f"There is no filter “{node.name}”. {_nearest(node.name, filters)}")
    if isinstance(node, nodes.Const) and isinstance(node.value, int | float) and not abs(node.value) < NUMBER_MOST:
        raise WordingError(node.lineno, "This number is too large for anything in a shop.")
    if not isinstance(node, _ALLOWED):
        raise WordingError(
            node.lineno,
            "Only {{ variables }} and {% if %} can be used here, no calls, loops, sums or assignments.",
        )
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise WordingError(node.lineno, f"“{node.attr}” cannot be used.")
    if isinstance(node, nodes.Name) and known is not None and node.name not in known:
        raise WordingError(node.lineno, f"There is no variable “{node.name}” here. {_nearest(node.name, known)}")


def _nearest(name: str, known: list[str]) -> str:
    from rapidfuzz import process

    nearest = process.extractOne(name, known, score_cutoff=50)
    if nearest:
        return f"Did you mean “{nearest[0]}”?"
    return f"You can use {', '.join(known)}." if known else "Nothing can be filled in here."
