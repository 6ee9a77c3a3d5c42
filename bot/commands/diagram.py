"""`quicksell diagram`: the dialogs as a diagram."""

import click


@click.command()
def diagram() -> None:
    """Print the dialogs as a Mermaid diagram: what is heard where, which step answers, and where it leads."""
    from typing import get_args

    from dialogs.conversation import TABLE
    from dialogs.engine.diagram import diagram as draw
    from dialogs.states import AnyState

    click.echo(draw(TABLE, get_args(AnyState)))
