"""`quicksell diagram`: the dialogs as a diagram."""

import click


@click.command()
def diagram() -> None:
    """Print the dialogs as a Mermaid diagram, drawn from their tables."""
    from dialogs.conversation import TABLE
    from dialogs.engine.diagram import diagram as draw

    click.echo(draw(TABLE))
