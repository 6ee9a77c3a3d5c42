"""What the shop says: do replies stand in each other's way, and can all of it be said?"""

from handlers.doctor.looks import Look, judged
from handlers.doctor.shop import GROUP
from repository.database.connection import Connection
from repository.wording import conflicts

_NAMED = 5


async def look_at_words(conn: Connection) -> list[Look]:
    """Whether every canned reply is heard, and can be said.

    Args:
        conn: An open connection.
    """
    same, unheard = await conflicts.same_phrases(conn), len(await conflicts.unheard(conn))
    wrong = await conflicts.unsayable(conn)
    found = [
        f"{count:,} {'phrase' if count == 1 else 'phrases'} {what}"
        for count, what in ((same, "of two replies"), (unheard, "that never win"))
        if count
    ]
    return [
        judged(
            GROUP,
            "Replies that conflict",
            not found,
            ", ".join(found) or "none",
            "Open Replies, Conflicts in the console: it names each, with what to do.",
            otherwise="warning",
        ),
        judged(
            GROUP,
            "What is filled into replies",
            not wrong,
            f"cannot be filled in: {', '.join(wrong[:_NAMED])}" if wrong else "all of it is known",
            "Open these replies in the console, or run `./quicksell replies check`: it says what is wrong.",
            otherwise="warning",
        ),
    ]
