"""What the simulator can show and do of the shop behind the phones, where that shop is ours."""

from typing import Protocol

from bot.workshop.emulator.answers import Json


class Behind(Protocol):
    """The shop behind the phones."""

    async def inspected(self, psid: str, mid: str) -> Json | None:
        """The turn that a message began, or that said it; None where there is none.

        Args:
            psid: Whose chat it stands in.
            mid: The message's.
        """
        ...

    async def pass_time(self, text: str) -> None:
        """Let time pass for the program, its database and Facebook, and do what it brings.

        Args:
            text: How it passes, as it stands behind `@` in a transcript.

        Raises:
            ValueError: It says no time, or one that lies in the past.
        """
        ...

    async def recorded(self, psid: str) -> tuple[str, bytes] | None:
        """The last conversation of a shopper as a transcript and as its exact twin; None where there is none.

        Args:
            psid: The shopper.
        """
        ...

    async def again(self, psid: str, mid: str) -> Json:
        """Somebody new who does what was done on a phone, and what is answered otherwise than it was.

        Args:
            psid: Whose phone.
            mid: The last message that is done again, or the answer to it; empty for all.
        """
        ...
