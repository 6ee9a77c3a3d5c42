"""The shop: is somebody at work, does anything wait too long, and has the merchant set what selling needs."""

from handlers.doctor.looks import Look, good, judged
from repository import rules
from repository.database.connection import Connection
from repository.rules import Rules
from repository.settings.choices import METHODS
from repository.work import pulse, stuck
from repository.work.pulse import Gaps, Pulse
from repository.work.stuck import QUEUES

AT_WORK = "At work"
GROUP = "Shop"
WAITS_MOST_S = 60
"""Seconds that anything waits where a server or a worker is alive: they look every second or five."""
_START = "Start `./quicksell serve`, or `./quicksell work` beside it: nobody takes them."
_AHEAD = ("gcash", "paymaya", "bank_transfer", "credit_card")


async def look_at_work(conn: Connection) -> list[Look]:
    """Who is at work, and what waits.

    Args:
        conn: An open connection.
    """
    beat = await pulse.pulse(conn)
    depths = await stuck.depths(conn)
    return [
        judged(
            AT_WORK,
            "Servers and workers",
            beat.processes > 0,
            f"{beat.processes} alive",
            "Start `./quicksell serve`: nobody answers shoppers.",
            otherwise="warning",
        ),
        *_waits(beat),
        *(
            judged(
                AT_WORK,
                f"Queue: {QUEUES[name].title}",
                not depth.stuck,
                f"stuck: {depth.stuck:,}" if depth.stuck else "nothing is stuck",
                f"Look at Queues in the console ({QUEUES[name].title}): try them again, or drop them.",
                otherwise="warning",
            )
            for name, depth in depths.items()
        ),
    ]


def _waits(beat: Pulse) -> list[Look]:
    told = (
        ("Shoppers' messages", beat.turn_seconds),
        ("Answers to shoppers", beat.message_seconds),
        ("Work on orders", beat.work_seconds),
    )
    return [
        judged(
            AT_WORK,
            what,
            seconds <= WAITS_MOST_S,
            f"the oldest has waited {_long(seconds)}" if seconds > WAITS_MOST_S else "none waits",
            "Reconnect the page: Facebook refuses its token, and everything is kept until then."
            if beat.held and what == "Answers to shoppers"
            else _START,
        )
        for what, seconds in told
    ]


def _long(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60:,} min" if seconds < 7200 else f"{seconds // 3600:,} h"


async def look_at_shop(conn: Connection, *, shop_name: str, currency: str) -> list[Look]:
    """What the merchant has set.

    Args:
        conn: An open connection.
        shop_name: As this process's settings have it.
        currency: As this process's settings have it.
    """
    known = await rules.load(conn, shop_name=shop_name, currency=currency)
    return judge_shop(await pulse.gaps(conn), known)


def judge_shop(gaps: Gaps, known: Rules) -> list[Look]:
    """What is missing for a shop to sell.

    Args:
        gaps: What was counted.
        known: The shop's rules.
    """
    if not gaps.products:
        looks = [
            judged(
                GROUP,
                "Products",
                is_good=False,
                found="none is on sale",
                what_to_do="Put the first product in: Products in the console.",
            )
        ]
    else:
        looks = [
            good(GROUP, "Products", f"{gaps.products:,} on sale"),
            judged(
                GROUP,
                "Prices",
                not gaps.without_price,
                f"{gaps.without_price:,} of them cost nothing" if gaps.without_price else "every product has one",
                "Give each a price, or hide it until it has one.",
            ),
            judged(
                GROUP,
                "Pictures",
                not gaps.without_picture,
                f"{gaps.without_picture:,} of them without one" if gaps.without_picture else "every product has one",
                "Add a picture to each: shoppers see grey cards.",
                otherwise="warning",
            ),
        ]
    looks.append(
        judged(
            GROUP,
            "Shipping",
            gaps.zones > 0,
            f"{gaps.zones} zones are served",
            "Make a shipping zone: without one nobody can order.",
        )
    )
    lacking = [METHODS[one] for one in _AHEAD if one in known.payment_methods and one not in gaps.accounts]
    has_old = bool(known.payment_account)
    looks.append(
        judged(
            GROUP,
            "Payment accounts",
            not lacking or has_old,
            f"none for {', '.join(lacking)}" if lacking else "every way to pay ahead has one",
            "Add the account under Settings, Payment accounts: shoppers are not told where to pay.",
        )
    )
    looks.append(
        judged(
            GROUP,
            "Canned replies",
            gaps.replies > 0,
            f"{gaps.replies:,} are on",
            "Write the first one under Replies: questions such as “COD po ba?” get no answer of yours.",
            otherwise="warning",
        )
    )
    return looks
