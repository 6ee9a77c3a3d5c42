"""Takes up what an earlier run of the emulator wrote into its journal."""

import msgspec

from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.journal import Journal, Record
from bot.workshop.emulator.people import Said, Sent


def resume(facebook: Facebook, journal: Journal) -> None:
    """Let everybody and everything be there again, and write down from now on what happens.

    Args:
        facebook: A new one, listening already: addresses of the earlier run are turned into its own.
        journal: The journal, empty on a first start.
    """
    records = _newer(journal.read(), facebook.base_url)
    for record in records:
        _again(facebook, journal, record)
    for person in facebook.people:
        person.arrived = max((item.at for item in person.chat if isinstance(item, Said)), default=0)
        person.delivered = person.read = person.sent[-1].at if person.sent else 0
    journal.rewrite([Record(base=facebook.base_url), *records])
    facebook.journal = journal


def _newer(records: list[Record], base: str) -> list[Record]:
    """The lines that still matter, with the addresses of today; without those who are gone."""
    gone = {record.gone for record in records if record.gone}
    old = next((record.base for record in records if record.base), "")
    kept = [
        record
        for record in records
        if not record.base
        and not record.gone
        and record.psid not in gone
        and not (record.met and record.met[0] in gone)
    ]
    if not old or old == base:
        return kept
    spelled = msgspec.json.encode(kept).replace(f"{old}/files/".encode(), f"{base}/files/".encode())
    return msgspec.json.decode(spelled, type=list[Record])


def _again(facebook: Facebook, journal: Journal, record: Record) -> None:
    if record.met:
        facebook.people.add(*record.met)
    elif record.item is not None:
        person = facebook.people.get(record.psid)
        if person is not None:
            if not person.change(record.item):
                person.add(record.item)
            facebook.last_number = max(facebook.last_number, record.item.number)
            if isinstance(record.item, Said):
                person.acts(record.item.at)
            elif isinstance(record.item, Sent):
                facebook.sends += 1
                facebook.knows_receipt(record.item.bubble)
    elif record.profile is not None:
        facebook.profile.properties = record.profile
    elif record.attached:
        facebook.files.reattach(*record.attached)
    elif record.file:
        name, content_type = record.file
        facebook.files.restore(name, journal.content(name), content_type)
    elif record.subscribed is not None:
        facebook.subscribes(record.subscribed)
    elif record.ahead:
        facebook.time.advance(hours=record.ahead)
