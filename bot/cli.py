"""The `quicksell` command."""

import gc
import sys
from collections.abc import Sequence

import click

from bot.base import logs
from bot.base.exits import BUG, FOUND_WRONG, MISSING, Failure
from bot.base.settings import SettingsError

_COMMANDS = {
    "serve": ("bot.commands.serve", "serve", "The production server: webhook, console, health and workers."),
    "work": ("bot.commands.serve", "work", "Background workers only."),
    "try": ("bot.commands.trying", "try_it", "Your own shop in the simulator, before its page is connected."),
    "demo": ("bot.commands.demo", "demo", "The whole shop on embedded parts, to try it out."),
    "test": ("bot.commands.test", "test", "Run every test."),
    "db": ("bot.commands.db", "db", "Create, check, upgrade, back up, restore and open the database."),
    "doctor": ("bot.commands.doctor", "doctor", "What is wrong with this shop, and the one thing to do about each."),
    "catalog": ("bot.commands.catalog", "catalog", "Products from a sheet, into one, and the last import taken back."),
    "replies": ("bot.commands.replies", "replies", "All that the shop says from a file, into one, and checked."),
    "replay": ("bot.commands.replay", "replay", "Run recorded conversations and compare."),
    "walk": (
        "bot.commands.walk",
        "walk",
        "Wander through the dialogs until something breaks; show it in few turns.",
    ),
    "import-transcript": (
        "bot.commands.import_transcript",
        "import_transcript",
        "Make transcripts of conversations that other tools wrote.",
    ),
    "export-transcript": (
        "bot.commands.export_transcript",
        "export_transcript",
        "Make tests of the shop's own conversations, redacted.",
    ),
    "emulate": ("bot.commands.emulate", "emulate", "The Graph API emulator and the simulator, for your own bot."),
    "admin": ("bot.commands.admin", "admin", "Console accounts."),
    "profile": ("bot.commands.profile", "profile", "The Messenger profile: get started, greeting, menu."),
    "places": ("bot.commands.places", "places", "What an address is read as, and why."),
    "explain": ("bot.commands.explain", "explain_text", "What a message means: every candidate, and why."),
    "bench": ("bot.commands.bench", "bench", "Benchmarks, with ratios against limits measured in the same run."),
    "diagram": ("bot.commands.diagram", "diagram", "The dialogs as a diagram."),
}


class _Lazy(click.Group):
    """Imports a sub-command when it is used: `--help` and `demo` need not wait for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, _, about) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quicksell")
def cli() -> None:
    """QuickSell: a shop inside Facebook Messenger."""
    logs.configure("INFO", as_json=not sys.stderr.isatty())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 fine, 1 found something wrong, 2 wrong use, 69 something missing, 70 a bug."""
    # What is imported and made at the start stays: looking through it again and again is a fifth of a command's time.
    gc.set_threshold(20_000, 20, 50)
    try:
        cli.main(arguments, prog_name="quicksell", standalone_mode=True)
    except Failure as failure:
        click.echo(f"quicksell: {failure}", err=True)
        sys.exit(failure.code)
    except SettingsError as error:
        for problem in error.problems:
            click.echo(f"quicksell: {problem}", err=True)
        sys.exit(MISSING if not error.problems else FOUND_WRONG)
    except Exception as error:  # noqa: BLE001  (the last edge: say what to do, keep the trace for the report)
        import traceback

        traceback.print_exc()
        click.echo(
            f"quicksell: this is a bug ({type(error).__name__}). Please report it with the lines above.", err=True
        )
        sys.exit(BUG)
