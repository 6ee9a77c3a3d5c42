"""`quicksell diagram`: the dialogs as a diagram."""

import click


@click.command()
def diagram() -> None:
    """Print the dialogs as a Mermaid diagram, drawn from their tables."""
    from dialogs.diagram import diagram as draw
    from dialogs.shop import TABLE

    click.echo(draw(TABLE))
