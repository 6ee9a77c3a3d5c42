"""`python -m bot`: the same as the `quicksell` command."""

from bot.cli import main

main()
