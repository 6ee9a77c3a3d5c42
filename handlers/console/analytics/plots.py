"""The plots: what each asks, how it is drawn, and where the rows behind its numbers are."""

from collections.abc import Callable, Mapping
from typing import Final, Literal
from urllib.parse import quote

import msgspec

from handlers.console.analytics import naming
from repository.analytics.asking import Period, Question, Row
from repository.analytics.questions import answers, running, sales, shoppers

Kind = Literal["line", "columns", "bars", "dots"]


class Drawing(msgspec.Struct, frozen=True):
    """A drawing of some columns of an answer.

    Attributes:
        kind: A line over the days, columns over the days, bars by the first column, or dots by weekday and hour.
        columns: Which.
        title: What it shows; empty where the plot's own title says so.
    """

    kind: Kind
    columns: tuple[int, ...]
    title: str = ""


class Plot(msgspec.Struct, frozen=True):
    """A question with everything that a page says of it.

    Attributes:
        question: What is asked.
        title: What it is called.
        about: How its figures are defined.
        drawings: How it is drawn.
        behind: The address of the rows behind one row, below the console: `of` is its first column, `key` its last,
            `first` and `last` are the days.
        names: What the first column's values are called, where it is no day and no name.
        also: Another page about the same: its address below the console, and its name; empty for none.
        see: The screen on which something can be done about it, below the console; empty for none.
    """

    question: Question
    title: str
    about: str
    drawings: tuple[Drawing, ...]
    behind: str
    names: Callable[[str], str] = str
    see: str = ""
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Names it among all, in addresses too."""
        return self.question.name

    def link(self, row: Row, period: Period) -> str:
        """Where the rows behind a row are, below the console; empty where they are gone.

        Args:
            row: Which.
            period: The days that are looked at.
        """
        if row[-1] == 0 and "{key}" in self.behind:
            return ""
        of, key = quote(str(row[0])), quote(str(row[-1]))
        return self.behind.format(of=of, key=key, first=period.first, last=period.last)


class Section(msgspec.Struct, frozen=True):
    """Plots that are looked at together.

    Attributes:
        name: Names it in addresses.
        title: What it is called.
        plots: What it shows, in order.
    """

    name: str
    title: str
    plots: tuple[Plot, ...]


_ORDERS: Final = "/orders?tab=all&since={of}&until={of}"
_PRODUCT: Final = "/products/{key}"
_ROWS: Final = "/analytics/behind/{kind}?of={{of}}&since={{first}}&until={{last}}"
_OF_DAY: Final = "/analytics/behind/{kind}?since={{of}}&until={{of}}"


SECTIONS: Final = (
    Section(
        "sales",
        "Sales",
        (
            Plot(
                sales.SALES,
                "Orders and sales",
                "Paid is what came in on a day, of orders that are paid now. Orders and what they come to count on the"
                " day on which they were placed; those cancelled since are shown apart.",
                (Drawing("line", (4, 3), "Money"), Drawing("columns", (1, 2), "Orders")),
                _ORDERS,
            ),
            Plot(
                sales.PRODUCTS,
                "Top products",
                "By money, of orders that are not cancelled, on the day on which they were placed. The first twenty.",
                (Drawing("bars", (2,)),),
                _PRODUCT,
            ),
            Plot(
                sales.SOURCES,
                "What brings sales",
                "Orders and sales count for what led their shopper here, as each order’s page shows it: a link (ref),"
                " an ad, a post, a comment, a promo’s link, or directly; cancelled ones are left out. Visits are"
                " days on which somebody who came that way wrote.",
                (Drawing("bars", (3,)),),
                _ROWS.format(kind="source"),
                naming.source,
            ),
            Plot(
                sales.PROMOS,
                "Promos",
                "Orders that used a promo and are not cancelled, on the day on which they were placed.",
                (Drawing("bars", (2,)),),
                "/promos",
            ),
        ),
    ),
    Section(
        "shoppers",
        "Shoppers",
        (
            Plot(
                shoppers.FUNNEL,
                "How far shoppers come",
                "Each shopper once, by the furthest that they came. Orders are those of the 24 hours after the first"
                " message of a day; whether they are paid and delivered is as it stands now.",
                (Drawing("bars", (1,)),),
                _ROWS.format(kind="step"),
                lambda step: naming.STEPS[int(step)],
            ),
            Plot(
                shoppers.CHECKOUT,
                "Where checkout stops",
                "Visits that began the checkout and led to no order within 24 hours, by the last question asked.",
                (Drawing("bars", (1,)),),
                _ROWS.format(kind="stopped"),
                lambda tag: naming.STOPS.get(tag, tag or "Before the first question"),
            ),
            Plot(
                shoppers.LOOKED,
                "Seen, not bought",
                "Products that were opened in chats, or wanted while they were sold out, and of which no order stands.",
                (Drawing("bars", (1, 2)),),
                _PRODUCT,
            ),
        ),
    ),
    Section(
        "answers",
        "Answers",
        (
            Plot(
                answers.UNANSWERED,
                "Not answered",
                "Typed messages to which the bot had no answer, or only asked what was meant; those left to a person"
                " are not counted.",
                (Drawing("line", (3,)),),
                _OF_DAY.format(kind="unanswered"),
                see="/unanswered",
            ),
            Plot(
                answers.CANNED,
                "Canned replies",
                "How often each was said; an order of the same shopper within 24 hours; what the shopper did next"
                " within ten minutes: asked for a person, or said no, asked again, or was not understood.",
                (Drawing("bars", (2, 3, 4)),),
                "/replies/canned/{key}",
                see="/replies",
                also=("/analytics/trials", "Two wordings tried"),
            ),
            Plot(
                answers.BOT,
                "How fast the bot answers",
                "From the receipt of a message until Facebook had the first answer to it.",
                (Drawing("line", (2, 3)),),
                _OF_DAY.format(kind="answered"),
            ),
            Plot(
                answers.PEOPLE,
                "How fast people answer",
                "From the first message that the bot left to a person until a person wrote, in the console or in"
                " Facebook's inbox. Who is not answered by the next morning counts as never answered.",
                (Drawing("columns", (1, 4), "Shoppers"), Drawing("columns", (2,), "Half were answered within")),
                _OF_DAY.format(kind="people"),
                see="/inbox",
            ),
            Plot(
                answers.HOURS,
                "When shoppers wait for people",
                "Weekday and hour at which the wait began; the larger the dot, the longer the wait on average.",
                (Drawing("dots", (3,)),),
                "/analytics/behind/people?since={first}&until={last}",
                lambda weekday: naming.WEEKDAYS[int(weekday)],
            ),
        ),
    ),
    Section(
        "running",
        "Sending and stock",
        (
            Plot(
                running.SENDS,
                "Messages to shoppers",
                "What Facebook took and what it did not take, by the day on which it was said.",
                (Drawing("columns", (1, 2)),),
                _OF_DAY.format(kind="failed"),
            ),
            Plot(
                running.FAILURES,
                "Why messages fail",
                "Facebook's reason for each message that it did not take.",
                (Drawing("bars", (1,)),),
                _ROWS.format(kind="failed"),
                naming.failure,
            ),
            Plot(
                running.PROOFS,
                "Proofs of payment and identity",
                "Approved and rejected on the day of the review; still waiting on the day on which they came, while"
                " their orders wait for the shopper or for you.",
                (Drawing("columns", (1, 2, 5)), Drawing("line", (3, 4), "Waited for the review")),
                "/verification",
                see="/verification",
            ),
            Plot(
                running.STOCK,
                "What runs out",
                "How long the stock lasts at the pace of these days, of what is on sale. What runs out first comes"
                " first.",
                (Drawing("bars", (3,)),),
                "/stock/{key}/0",
                see="/stock",
            ),
        ),
    ),
)
"""All plots, by what they are about."""
PLOTS: Mapping[str, Plot] = {plot.name: plot for section in SECTIONS for plot in section.plots}
"""All plots by name."""
