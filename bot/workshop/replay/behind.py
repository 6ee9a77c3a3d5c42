"""The shop behind the simulator's phones: its turns looked into, its time moved, its chats recorded and done again."""

from datetime import timedelta

import msgspec

from bot.base import clock
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.people import Said, Sent
from bot.workshop.emulator.shopper import ChatFailed, Shopper
from bot.workshop.emulator.simulator.keeping import transcript_of
from bot.workshop.replay.doing import do
from bot.workshop.replay.likeness import verdict
from bot.workshop.stage import Stage
from handlers.jobs.workers import Workers
from handlers.transcripts import passing
from handlers.transcripts.acts import act
from handlers.transcripts.exporting import exported
from handlers.transcripts.form import SILENCE
from handlers.transcripts.lines import lines_of
from handlers.transcripts.personal.standins import StandIns
from handlers.transcripts.placeholders import Bindings
from handlers.transcripts.reading import parse
from replies.words import Wording
from repository.talks import recorded
from repository.wording import wordings
from repository.workshop.replay import looking

_PATIENCE = 30.0
"""Seconds that an answer may take on a phone that does everything again."""
_LONG = timedelta(days=400)


class BehindDemo:
    """The shop behind a running stage.

    Args:
        stage: The stage.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._shop = stage.parts.shop
        self._sweepers = Workers(self._shop, on_outbox=stage.parts.outbox.wake, sweep_every=0)

    async def inspected(self, psid: str, mid: str) -> Json | None:
        """The turn that a message began, or that said it; None where there is none."""
        async with self._shop.database.connection() as conn:
            kept = await looking.turn_of(conn, psid=psid, mid=mid)
            messages = await looking.messages_of(conn, kept.id) if kept else []
        if kept is None:
            return None
        event, recording = (msgspec.json.decode(part, type=dict[str, object]) for part in (kept.event, kept.recording))
        facts = recording.get("facts")
        return {
            "mid": str(event.get("mid", "")),
            "turn": kept.id,
            "milliseconds": kept.milliseconds,
            "step": recording.get("step", ""),
            "event": event,
            "before": msgspec.Raw(kept.before.encode()),
            "asks": recording.get("asks", []),
            "replies": recording.get("replies", []),
            "after": msgspec.Raw(kept.after.encode()),
            "draft_before": facts.get("draft", {}) if isinstance(facts, dict) else {},
            "draft": recording.get("draft", {}),
            "messages": [msgspec.Raw(message.encode()) for message in messages],
        }

    async def pass_time(self, text: str) -> None:
        """Let time pass for the program, its database and Facebook, and do what it brings."""
        clock.move(passing.moment(text, clock.now().astimezone(self._shop.database.offset)))
        await self._sweepers.run_due()

    async def recorded(self, psid: str) -> tuple[str, bytes] | None:
        """The last conversation of a shopper as a transcript and as its exact twin; None where there is none."""
        now = clock.now()
        async with self._shop.database.connection() as conn:
            kept = await recorded.read(conn, psid=psid, since=now - _LONG, until=now + _LONG)
            words = [Wording(name=w.name, language=w.language, words=w.words) for w in await wordings.active(conn)]
            standins = StandIns(await recorded.products(conn))
        made = exported(kept, words=words, standins=standins) if kept else None
        return (made.transcript, made.twin) if made else None

    async def again(self, psid: str, mid: str) -> Json:
        """Somebody new who does what was done on a phone, and what is answered otherwise than it was."""
        facebook = self._stage.emulator.facebook
        person = facebook.people.get(psid)
        assert person is not None, "whoever asks has looked"
        transcript = parse(transcript_of(facebook, person, upto=mid))
        shopper = Shopper(
            self._stage.emulator, person.name, locale=person.locale, idle=self._stage.parts.idle, timeout=_PATIENCE
        )
        bindings = Bindings()
        differences: list[Json] = []
        for exchange in transcript.exchanges:
            if exchange.passes:
                continue
            before = len(shopper.person.chat)
            did = bindings.filled(exchange.did)
            try:
                await do(act(did), shopper)
            except ChatFailed as failed:
                differences.append({"did": did, "why": str(failed).split("\n", maxsplit=1)[0]})
                break
            heard = _heard(shopper, before)
            if len(heard) < len(exchange.answers):  # what the shop says later by itself, such as that it confirmed
                await self._sweepers.run_due()
                await shopper.settles(answered=False)
                heard = _heard(shopper, before)
            heard = heard or [[SILENCE]]
            compared = verdict(bindings, exchange.answers or [[SILENCE]], heard)
            if compared != "same":
                then = ["\n".join(each) for each in exchange.answers]
                today = ["\n".join(each) for each in heard]
                differences.append({"did": did, "verdict": compared, "then": then, "now": today})
        done = sum(isinstance(item, Said) for item in shopper.person.chat)
        return {"psid": shopper.psid, "done": done, "differences": differences}


def _heard(shopper: Shopper, before: int) -> list[list[str]]:
    """What a shopper heard since there were so many things in the chat."""
    return [lines_of(item.bubble) for item in shopper.person.chat[before:] if isinstance(item, Sent)]
