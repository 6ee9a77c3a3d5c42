"""A chat of the simulator as a transcript, with stand-ins for whoever is in it."""

from collections.abc import Callable
from datetime import timedelta

from bot.base import clock
from bot.messenger.bubbles import Button
from bot.messenger.decode import decode_body
from bot.workshop.emulator import phone
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Refused, Said, Sent
from handlers.transcripts.acts import typed
from handlers.transcripts.deeds import Deeds
from handlers.transcripts.form import Exchange, Transcript
from handlers.transcripts.lines import lines_of
from handlers.transcripts.passing import passed
from handlers.transcripts.personal.known import Known
from handlers.transcripts.personal.standins import StandIns
from handlers.transcripts.placeholders import Bindings
from handlers.transcripts.writing import written

_PAUSE = timedelta(minutes=15)


def transcript_of(facebook: Facebook, person: Person, *, upto: str = "", standins: StandIns | None = None) -> str:
    """What was said on a phone, as a transcript; empty where its owner has done nothing yet.

    Args:
        facebook: The Facebook that it is connected to.
        person: Whose phone.
        upto: The message with which it ends, and what was answered to it; empty for all.
        standins: Who stands in for whoever is in it; None for nobody, so that it is as it was.
    """
    say: Callable[[str], str] = standins.text if standins else str
    bindings, menu = Bindings(), phone.menu_of(facebook, person)
    exchanges: list[Exchange] = []
    tappable: list[Button] = []
    before, has_ended = 0, False
    for item in person.chat:
        if isinstance(item, Refused):
            continue
        if has_ended and isinstance(item, Said):
            break
        has_ended = has_ended or bool(upto and item.mid == upto)
        if exchanges and item.at - before >= _PAUSE / timedelta(milliseconds=1):
            exchanges.append(Exchange(0, "", [], [], passes=passed(timedelta(milliseconds=item.at - before))))
        before = item.at
        if isinstance(item, Sent):
            bubble = item.bubble
            tappable += [*bubble.quick_replies, *bubble.buttons]
            if exchanges:
                lines = [bindings.steady(say(line)) for line in lines_of(bubble)]
                exchanges[-1].answers.append(lines)
        else:
            body = facebook.courier.bodies.get(item.mid)
            exchanges.append(Exchange(0, bindings.steady(_did(item, body, tappable, menu, say)), [], []))
    if not exchanges:
        return ""
    return written(
        Transcript(f"A chat in the simulator, {len(exchanges)} turns", say(person.name), person.locale, exchanges)
    )


def redacted(facebook: Facebook, person: Person) -> str:
    """What was said on a phone, as a transcript with stand-ins for whoever is in it.

    Args:
        facebook: The Facebook that it is connected to.
        person: Whose phone.
    """
    standins = StandIns()
    standins.know(Known(names=(person.name,)))
    for item in person.chat:
        if isinstance(item, Said):
            standins.hear(item.text)
    return transcript_of(facebook, person, standins=standins)


def _did(
    item: Said, body: bytes | None, tappable: list[Button], menu: tuple[Button, ...], say: Callable[[str], str]
) -> str:
    if item.kind and body:
        return say(Deeds(frozenset(), {}).of(decode_body(body, clock.now())[0])[0])
    if item.sticker:
        return "(like)" if item.sticker == phone.LIKE else "(sticker)"
    if item.pictures:
        text = f" {say(item.text)}" if item.text else ""
        return f"(picture){text}" if len(item.pictures) == 1 else f"(pictures {len(item.pictures)})"
    if item.kind in ("audio", "file", "video"):
        return "(voice)" if item.kind == "audio" else f"({item.kind})"
    text = say(item.text)
    if any(button.title == item.text for button in tappable):
        return f"[{text}]"
    if item.text == "Get Started":
        return "[Get Started]"
    if any(button.title == item.text for button in menu):
        return f"[menu: {text}]"
    return typed(text) if text else "(unsupported)"
