"""What each plot says, in a sentence or two."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import msgspec

from handlers.console.analytics import naming
from handlers.console.analytics.cells import Money, amount, change, lasting, shown
from repository.analytics.asking import Answer, Row


class Telling(msgspec.Struct, frozen=True):
    """What a sentence is made of.

    Attributes:
        answer: The figures.
        compared: What they are compared with, such as "the 30 days before".
        money: How amounts of money are written.
    """

    answer: Answer
    compared: str
    money: Money

    @property
    def rows(self) -> Sequence[Row]:
        """The figures of the days that are looked at."""
        return self.answer.rows

    def sums(self, place: int) -> tuple[Decimal, Decimal]:
        """What a column comes to, now and before."""
        return _sum(self.rows, place), _sum(self.answer.before, place)

    def middles(self, place: int) -> Decimal | None:
        """The figure of the day in the middle; None where no day has one."""
        there = sorted(amount(row[place]) for row in self.rows if row[place] is not None)
        return there[len(there) // 2] if there else None

    def moved(self, now: Decimal, before: Decimal) -> str:
        """How a sum has moved, such as ", 12 % more than in the 30 days before"; empty where nothing can be said."""
        percent = change(now, before)
        if not percent:
            return "" if now == before else f"; {self.compared} had none"
        if percent == "as before":
            return f", as many as in {self.compared}"
        return f", {percent[1:]} {'more' if percent[0] == '+' else 'less'} than in {self.compared}"


def _sum(rows: Sequence[Row], place: int) -> Decimal:
    return sum((amount(row[place]) for row in rows), Decimal(0))


def _many(count: Decimal, one: str, several: str) -> str:
    return f"{int(count):,} {one if count == 1 else several}"


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"


def sales(of: Telling) -> str:
    """How much came in, and how many orders."""
    (paid, paid_before), (orders, _), (cancelled, _), (ordered, _) = (of.sums(place) for place in (4, 1, 2, 3))
    if not orders and not cancelled and not paid:
        return "Nothing was ordered and nothing was paid."
    return (
        f"{of.money(paid)} came in{of.moved(paid, paid_before)}."
        f" {_many(orders + cancelled, 'order was', 'orders were')} placed, {int(cancelled):,} of them cancelled since;"
        f" those that stand come to {of.money(ordered)}."
    )


def products(of: Telling) -> str:
    """What sells best."""
    if not of.rows:
        return "Nothing was sold."
    name, pieces, money = of.rows[0][:3]
    more = f" {of.rows[1][0]} comes next with {of.money(amount(of.rows[1][2]))}." if len(of.rows) > 1 else ""
    return f"{name} brought the most: {of.money(amount(money))} for {_many(amount(pieces), 'piece', 'pieces')}.{more}"


def sources(of: Telling) -> str:
    """What brings sales."""
    (money, before), (visits, _) = of.sums(3), of.sums(1)
    if not of.rows:
        return "Nobody wrote to the shop."
    if not money:
        return f"{_many(visits, 'visit', 'visits')}, and no orders yet that stand."
    name, _, _, most = of.rows[0][:4]
    by = "directly" if name == "direct" else f"by: {naming.source(str(name))}"
    return (
        f"Orders came to {of.money(money)}{of.moved(money, before)}. Most of it, {of.money(amount(most))}"
        f" ({_share(amount(most), money)}), came {by}."
    )


def promos(of: Telling) -> str:
    """Which promo is used."""
    if not of.rows:
        return "No order used a promo."
    code, orders, money = of.rows[0]
    return f"{code} was used most: by {_many(amount(orders), 'order', 'orders')} of {of.money(amount(money))}."


def funnel(of: Telling) -> str:
    """How many order, and where most are lost."""
    reached = [amount(row[1]) for row in of.rows]
    if not reached or not reached[0]:
        return "Nobody wrote to the shop."
    before = [amount(row[1]) for row in of.answer.before]
    then = f" ({_share(before[4], before[0])} in {of.compared})" if before and before[0] else ""
    lost, step = max((reached[place] - reached[place + 1], place) for place in range(4))
    where = f" Most are lost after “{naming.STEPS[step].lower()}”: {int(lost):,}." if lost else ""
    wrote = _many(reached[0], "shopper who wrote", "shoppers who wrote")
    return f"Of {wrote}, {int(reached[4]):,} ordered: {_share(reached[4], reached[0])}{then}.{where}"


def checkout(of: Telling) -> str:
    """At which question the checkout is left most."""
    visits, before = of.sums(1)
    if not visits:
        return "Nobody left the checkout before its end."
    tag, most = of.rows[0][:2]
    return (
        f"{_many(visits, 'visit', 'visits')} ended in the checkout{of.moved(visits, before)}. Most at"
        f" “{naming.STOPS.get(str(tag), str(tag)).lower()}”: {int(amount(most)):,}."
    )


def looked(of: Telling) -> str:
    """What is looked at and not bought."""
    if not of.rows:
        return "Whatever was opened was also bought by somebody."
    name, opened, gone = of.rows[0][:3]
    empty = f", and wanted {_many(amount(gone), 'time', 'times')} while it was sold out" if gone else ""
    return f"{name} was opened {_many(amount(opened), 'time', 'times')}{empty}, and nobody bought it."


def unanswered(of: Telling) -> str:
    """How many messages the bot had no answer to."""
    (missed, missed_before), (messages, messages_before) = of.sums(2), of.sums(1)
    if not messages:
        return "Nobody typed anything."
    then = f"; in {of.compared} {_share(missed_before, messages_before)}" if messages_before else ""
    return f"The bot had no answer to {int(missed):,} of {int(messages):,} messages: {_share(missed, messages)}{then}."


def canned(of: Telling) -> str:
    """Which canned reply is said most, and which is wrong most."""
    if not of.rows:
        return "No canned reply was said."
    wrong = max(of.rows, key=lambda row: (amount(row[4]), amount(row[1])))
    said = f"“{of.rows[0][0]}” was said most, {_many(amount(of.rows[0][1]), 'time', 'times')}."
    if not amount(wrong[4]):
        return f"{said} None seems wrong."
    return f"{said} “{wrong[0]}” seems wrong most often: {int(amount(wrong[4])):,} of {int(amount(wrong[1])):,} times."


def bot(of: Telling) -> str:
    """How fast the bot is."""
    half, most = of.middles(2), of.middles(3)
    if half is None or most is None:
        return "Nothing was answered."
    return (
        f"On a day in the middle, half of the answers are with Facebook within {shown(half, 'ms', of.money)} of the"
        f" message, and 95 of 100 within {shown(most, 'ms', of.money)}."
    )


def people(of: Telling) -> str:
    """How fast people are."""
    (answered, _), (never, _) = of.sums(1), of.sums(4)
    half = of.middles(2)
    if half is None:
        waits = f" {_many(never, 'shopper', 'shoppers')} waited in vain." if never else ""
        return f"No shopper was answered by a person.{waits}"
    return (
        f"People answered {_many(answered, 'time', 'times')}: on a day in the middle half of them within"
        f" {lasting(int(half))}. {_many(never, 'shopper was', 'shoppers were')} never answered."
    )


def hours(of: Telling) -> str:
    """When shoppers wait longest for a person."""
    if not of.rows:
        return "No shopper waited for a person."
    worst = max(of.rows, key=lambda row: amount(row[3]))
    return (
        f"Shoppers who ask on a {naming.WEEKDAYS[int(amount(worst[0]))]} after {int(amount(worst[1]))}:00 wait longest:"
        f" {lasting(int(amount(worst[3])))} on average."
    )


def sends(of: Telling) -> str:
    """How many messages arrive."""
    (sent, sent_before), (failed, _) = of.sums(1), of.sums(2)
    if not sent and not failed:
        return "Nothing was sent."
    return (
        f"Facebook took {_many(sent, 'message', 'messages')}{of.moved(sent, sent_before)};"
        f" {int(failed):,} failed ({_share(failed, sent + failed)})."
    )


def failures(of: Telling) -> str:
    """Why messages fail."""
    if not of.rows:
        return "No message failed."
    return f"Most failed for this: {naming.failure(str(of.rows[0][0]))}, {int(amount(of.rows[0][1])):,}."


def proofs(of: Telling) -> str:
    """How many proofs are approved, and how long they wait."""
    (approved, _), (rejected, _) = of.sums(1), of.sums(2)
    waited, late, waiting = of.middles(3), of.middles(4), of.sums(5)[0]
    open_ = f" {_many(waiting, 'order waits', 'orders wait')} for one now." if waiting else ""
    if waited is None:
        return f"No proof was reviewed.{open_}"
    return (
        f"{_many(approved + rejected, 'proof was', 'proofs were')} reviewed and {_share(approved, approved + rejected)}"
        f" approved; on a day in the middle half of them waited no longer than {lasting(int(waited))},"
        f" 95 of 100 no longer than {lasting(int(late or waited))}.{open_}"
    )


def stock(of: Telling) -> str:
    """What is gone first."""
    if not of.rows:
        return "Nothing that is on sale was sold, so nothing runs out."
    name, _, _, lasts = of.rows[0][:4]
    wanted = of.sums(4)[0]
    lost = f" Shoppers wanted what was sold out {_many(wanted, 'time', 'times')}." if wanted else ""
    if lasts is None:
        return f"Nothing that is left was sold.{lost}"
    if not amount(lasts):
        return f"{name} has sold out, or does so today.{lost}"
    return f"{name} runs out first: at this pace it lasts {_many(amount(lasts), 'more day', 'more days')}.{lost}"


SENTENCES: Mapping[str, Callable[[Telling], str]] = {
    each.__name__: each
    for each in (
        sales, products, sources, promos, funnel, checkout, looked, unanswered, canned, bot, people, hours, sends,
        failures, proofs, stock,
    )
}  # fmt: skip
"""The sentence of each plot, by its name."""
