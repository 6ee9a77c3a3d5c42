"""A chat of the simulator as a transcript, with stand-ins for whoever is in it."""

from datetime import timedelta

from bot.messenger.bubbles import Button
from bot.workshop.emulator import phone
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Refused, Said, Sent
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange, Transcript
from handlers.transcripts.known import Known
from handlers.transcripts.lines import lines_of
from handlers.transcripts.passing import passed
from handlers.transcripts.placeholders import Bindings
from handlers.transcripts.standins import StandIns
from handlers.transcripts.writing import written

_PAUSE = timedelta(minutes=15)


def transcript_of(facebook: Facebook, person: Person) -> str:
    """What was said on a phone, as a transcript; empty where its owner has done nothing yet.

    Args:
        facebook: The Facebook that it is connected to.
        person: Whose phone.
    """
    standins = StandIns()
    standins.know(Known(names=(person.name,)))
    for item in person.chat:
        if isinstance(item, Said):
            standins.hear(item.text)
    bindings, menu = Bindings(), phone.menu_of(facebook, person)
    exchanges: list[Exchange] = []
    tappable: list[Button] = []
    before = 0
    for item in person.chat:
        if isinstance(item, Refused):
            continue
        if exchanges and item.at - before >= _PAUSE / timedelta(milliseconds=1):
            exchanges.append(Exchange(0, "", [], [], passes=passed(timedelta(milliseconds=item.at - before))))
        before = item.at
        if isinstance(item, Sent):
            bubble = item.bubble
            tappable += [*bubble.quick_replies, *bubble.buttons]
            if exchanges:
                lines = [bindings.steady(standins.text(line)) for line in lines_of(bubble)]
                exchanges[-1].answers.append(lines)
        else:
            exchanges.append(Exchange(0, _did(item, tappable, menu, standins), [], []))
    if not exchanges:
        return ""
    return written(
        Transcript(
            f"A chat in the simulator, {len(exchanges)} turns", standins.text(person.name), person.locale, exchanges
        )
    )


def _did(item: Said, tappable: list[Button], menu: tuple[Button, ...], standins: StandIns) -> str:
    if item.sticker:
        return "(like)"
    if item.pictures:
        text = f" {standins.text(item.text)}" if item.text else ""
        return f"(picture){text}" if len(item.pictures) == 1 else f"(pictures {len(item.pictures)})"
    if item.text in ("(audio)", "(file)", "(video)"):
        return "(voice)" if item.text == "(audio)" else item.text
    text = standins.text(item.text)
    if any(button.title == item.text for button in tappable):
        return f"[{text}]"
    if item.text == "Get Started":
        return "[Get Started]"
    return f"[menu: {text}]" if any(button.title == item.text for button in menu) else typed(text)
