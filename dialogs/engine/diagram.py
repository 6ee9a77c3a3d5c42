"""The dialogs as a diagram, drawn from their tables."""

from collections.abc import Iterator

from dialogs.engine.table import Anywhere, Dialog, On, Table


def diagram(table: Table) -> str:
    """A Mermaid flowchart: for each dialog what is heard, where, and which step answers.

    Args:
        table: Every dialog.
    """
    lines = ["flowchart LR"]
    for dialog in table.dialogs:
        lines.extend(_dialog(dialog))
    return "\n".join(lines)


def _dialog(dialog: Dialog) -> Iterator[str]:
    key = dialog.name.replace(" ", "_")
    yield f'  subgraph {key}["{dialog.name}"]'
    steps: set[str] = set()
    for row in dialog.rows:
        step = f"{key}_{row.step.__name__}"
        if step not in steps:
            steps.add(step)
            yield f'    {step}("{row.step.__name__}")'
    yield "  end"
    for row in dialog.rows:
        heard = ", ".join(kind.__name__ for kind in row.heard)
        for where in _places(row):
            yield f'  {where}(["{where}"]) -- "{heard}" --> {key}_{row.step.__name__}'


def _places(row: On) -> Iterator[str]:
    if isinstance(row.states, Anywhere):
        yield "Anywhere"
    else:
        yield from (state.__name__ for state in row.states)
