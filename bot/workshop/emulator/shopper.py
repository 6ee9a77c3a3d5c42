"""One person on Messenger, driven by code: says, taps, sends pictures, and hears what the bot answers.

A shopper talks to the bot through signed webhooks only, and knows of its answers only what Graph took.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.base import clock
from bot.workshop.emulator import phone, sharing, wall
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.story import refused
from bot.workshop.emulator.witness import ChatFailed, Witness

__all__ = ["ChatFailed", "Idle", "Shopper"]

Idle = Callable[[], Awaitable[None]]


class Shopper(Witness):
    """One person and their phone.

    Args:
        emulator: The Messenger that they use.
        name: First and last name.
        locale: As Facebook spells it, such as `en_US` or `tl_PH`.
        psid: The PSID; empty for a new one.
        idle: Returns once the bot has nothing left to do. Where it runs in the same process this makes a turn's end
            exact; without it a turn ends when an answer came and then nothing for `quiet` seconds.
        timeout: How long a turn may take, in seconds.
        quiet: How long the bot must be silent, in seconds, before it is believed to have finished.
    """

    def __init__(
        self,
        emulator: Emulator,
        name: str = "Ana Cruz",
        *,
        locale: str = "en_US",
        psid: str = "",
        idle: Idle | None = None,
        timeout: float = 60.0,
        quiet: float = 0.05,
    ) -> None:
        super().__init__(emulator.facebook, emulator.meet(name, locale, psid=psid))
        self._idle = idle
        self._timeout = timeout
        self._quiet = quiet

    async def says(self, *texts: str, answered: bool = True) -> None:
        """Type a message, or several in a row without waiting for an answer.

        Args:
            *texts: What to type.
            answered: Whether to wait for an answer.
        """
        self._begin(f"said {', '.join(map(repr, texts))}")
        await self._bring([phone.types(self._facebook, self.person, text) for text in texts], answered)

    async def replies(self, to: str, text: str, *, answered: bool = True) -> None:
        """Swipe a message of the bot and type a reply to it.

        Args:
            to: Words of the message, such as the title of its card: the newest with them is meant.
            text: What to type.
            answered: Whether to wait for an answer.

        Raises:
            ChatFailed: The bot said nothing of the kind.
        """
        said = next((sent for sent in reversed(self.person.sent) if to in sent.bubble.words()), None)
        if said is None:
            raise ChatFailed(f"The bot said nothing with {to!r} to {self.person.first_name}.\n{self._story()}")
        self._begin(f"replied {text!r} to {to!r}")
        await self._bring([phone.types(self._facebook, self.person, text, reply_to=said.mid)], answered)

    async def taps(self, title: str, *, answered: bool = True) -> None:
        """Tap the newest button or quick reply with this title.

        Where a turn's end is only believed, it is waited for: a server that died in the middle of a turn sends the
        rest of it later.

        Raises:
            ChatFailed: There is none; the text names what could be tapped.
        """
        if self._idle is None:
            await self._comes(lambda: any(button.title == title for button in self.tappable), self._timeout)
        on_screen = self.tappable
        button = next((button for button in on_screen if button.title == title), None)
        if button is None:
            raise ChatFailed(
                f"{self.person.first_name} cannot tap {title!r}. On the screen: "
                f"{', '.join(repr(button.title) for button in on_screen) or 'nothing to tap'}.\n{self._story()}"
            )
        self._begin(f"tapped {title!r}")
        await self._bring([phone.taps(self._facebook, self.person, button)], answered)

    async def sends_picture(self, picture: bytes | str, *, text: str = "", answered: bool = True) -> None:
        """Send a picture.

        Args:
            picture: Its bytes, which the emulator then serves as Facebook would, or an address.
            text: What to write with it.
            answered: Whether to wait for an answer.
        """
        url = picture if isinstance(picture, str) else self._facebook.serves(picture)
        self._begin("sent a picture")
        await self._bring([phone.shares(self._facebook, self.person, "image", url, text)], answered)

    async def sends_pictures(self, *pictures: bytes | str, answered: bool = True) -> None:
        """Send several pictures in one message.

        Args:
            *pictures: The bytes of each, or its address.
            answered: Whether to wait for an answer.
        """
        urls = [each if isinstance(each, str) else self._facebook.serves(each) for each in pictures]
        self._begin(f"sent {len(urls)} pictures")
        await self._bring([phone.shares_pictures(self._facebook, self.person, urls)], answered)

    async def sends_file(self, kind: str, *, answered: bool = True) -> None:
        """Send a voice message, a video or a file.

        Args:
            kind: `audio`, `video` or `file`.
            answered: Whether to wait for an answer.
        """
        self._begin(f"sent {kind}")
        url = f"{self._facebook.base_url}/files/none"
        await self._bring([phone.shares(self._facebook, self.person, kind, url)], answered)

    async def likes(self, *, answered: bool = True) -> None:
        """Send the thumbs-up."""
        self._begin("sent a thumbs-up")
        await self._bring([phone.sticks(self._facebook, self.person, phone.LIKE)], answered)

    async def opens_chat(self, *, ref: str = "", answered: bool = True) -> None:
        """Tap Get Started, as everybody does who opens the chat for the first time.

        Args:
            ref: What the m.me link or the ad that led here carries.
            answered: Whether to wait for an answer.
        """
        self._begin("tapped Get Started")
        await self._bring([phone.gets_started(self._facebook, self.person, ref)], answered)

    async def follows_link(self, ref: str, *, answered: bool = True) -> None:
        """Come to the chat by an m.me link with a ref, having chatted before."""
        self._begin(f"came by a link with ref {ref!r}")
        await self._bring([phone.follows(self._facebook, self.person, ref)], answered)

    async def taps_menu(self, title: str, *, answered: bool = True) -> None:
        """Tap an item of the persistent menu.

        Raises:
            ChatFailed: The menu has no such item.
        """
        items = phone.menu_of(self._facebook, self.person)
        item = next((item for item in items if item.title == title), None)
        if item is None:
            raise ChatFailed(
                f"The menu has no {title!r}: {', '.join(repr(item.title) for item in items) or 'it is empty'}."
            )
        self._begin(f"tapped {title!r} in the menu")
        await self._bring([phone.taps(self._facebook, self.person, item)], answered)

    async def reacts(self, emoji: str = "❤", *, answered: bool = False) -> None:
        """React to the bot's newest message."""
        self._begin(f"reacted with {emoji}")
        await self._bring([sharing.reacts(self._facebook, self.person, emoji)], answered)

    async def does(self, what: str, did: phone.Did, *, answered: bool = True) -> None:
        """Do anything else that `phone`, `arriving` or `sharing` has a function for.

        Args:
            what: What it is, in words.
            did: What the function made.
            answered: Whether to wait for an answer.
        """
        self._begin(what)
        await self._bring([did], answered)

    async def comments(self, text: str, *, post: str = "1", live: bool = False, answered: bool = False) -> str:
        """Comment below one of the page's posts.

        Args:
            text: What to write.
            post: Which post.
            live: Whether it is a live video.
            answered: Whether to wait for a private answer.

        Returns:
            The comment's id.
        """
        self._begin(f"commented {text!r}")
        did = phone.comments(self._facebook, self.person, text, post, live=live)
        await self._bring([did], answered)
        return next(reversed(self._facebook.wall.comments))

    async def edits_comment(self, comment_id: str, text: str) -> None:
        """Change what a comment says."""
        self._begin(f"changed a comment to {text!r}")
        await self._bring([("feed", wall.edits_comment(self._facebook, comment_id, text), "changes")], answered=False)

    async def removes_comment(self, comment_id: str) -> None:
        """Take a comment away."""
        self._begin("took a comment away")
        await self._bring([("feed", wall.removes_comment(self._facebook, comment_id), "changes")], answered=False)

    async def wants_notice(self, payload: str, *, answered: bool = False) -> None:
        """Tap Notify Me on a one-time notification request.

        Args:
            payload: The request's payload.
            answered: Whether to wait for an answer.
        """
        self._begin("tapped Notify Me")
        await self._bring([phone.wants_notice(self._facebook, self.person, payload)], answered)

    async def ticks_checkbox(self, ref: str, *, answered: bool = False) -> None:
        """Tick the checkbox plugin on a web shop.

        Args:
            ref: What the plugin carries.
            answered: Whether to wait for an answer.
        """
        self._begin("ticked the checkbox")
        await self._bring([phone.ticks_checkbox(self._facebook, self.person, ref)], answered)

    async def reads(self) -> None:
        """Look at the conversation, so that everything in it is read."""
        self._facebook.reads(self.person)
        await self.settles(answered=False)

    async def settles(self, *, answered: bool = True) -> None:
        """Wait until the bot has finished.

        Args:
            answered: Whether an answer must come.

        Raises:
            ChatFailed: It took longer than the timeout; the text says how far it came.
        """
        try:
            async with asyncio.timeout(self._timeout):
                if self._idle:
                    await self._settles_by_idle(self._idle)
                else:
                    await self._settles_by_silence(answered)
        except TimeoutError:
            raise ChatFailed(f"The bot has not finished after {self._timeout:g} s.\n{self._story()}") from None

    async def _settles_by_idle(self, idle: Idle) -> None:
        """The bot has nothing to do, and no webhook is on its way that could give it something."""
        while True:
            posted = self._facebook.courier.posted
            await self._facebook.courier.idle(self.psid)
            await idle()
            if posted == self._facebook.courier.posted and not self._facebook.courier.busy(self.psid):
                return

    async def _settles_by_silence(self, answered: bool) -> None:
        while answered and not self.answers:
            await self.person.changes()
        while True:
            try:
                async with asyncio.timeout(self._quiet):
                    await self.person.changes()
            except TimeoutError:
                if self.person.typing_until <= self._facebook.time.now_ms() and not self._facebook.courier.busy(
                    self.psid
                ):
                    return

    def _begin(self, did: str) -> None:
        self._turn = len(self.person.sent)
        self._did = did

    async def _bring(self, items: list[phone.Did], answered: bool) -> None:
        if self._facebook.courier.url is None:
            raise ChatFailed("No bot is connected: the emulator's webhook_url is not set.")
        began = clock.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                brought = await asyncio.gather(*(self._facebook.courier.bring(self.psid, *item) for item in items))
        except TimeoutError:
            raise ChatFailed(f"The webhook was not answered within {self._timeout:g} s.\n{self._story()}") from None
        for delivery in brought:
            if delivery is not None and delivery.status != 200 and delivery.fault != "wrong_signature":
                raise ChatFailed(refused(delivery, clock.monotonic() - began) + f"\n{self._story()}")
        await self.settles(answered=answered)
