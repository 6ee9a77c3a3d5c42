"""Logs: one event a line, JSON in production and coloured on a terminal, never what people wrote or who they are."""

import logging
import sys
import traceback
from contextvars import ContextVar

from bot.base import clock
from bot.base.lean import structlog

Logger = structlog.typing.FilteringBoundLogger
_turn: ContextVar[int] = ContextVar("turn", default=0)


def configure(level: str, *, as_json: bool) -> None:
    """Set up the logs of this process.

    Args:
        level: The least that is written, such as "INFO".
        as_json: Whether each line is JSON, for machines, instead of coloured text.
    """
    number = logging.getLevelNamesMapping()[level]
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    structlog.configure(
        processors=[
            _with_turn,
            structlog.processors.add_log_level,
            Repeats(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    others = logging.StreamHandler(sys.stderr)
    others.addFilter(_without_values)
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[others], format="%(name)s: %(message)s")


def get(name: str) -> Logger:
    """A logger.

    Args:
        name: Which part of the program speaks, such as "webhook".
    """
    logger: Logger = structlog.get_logger(part=name)
    return logger


def of_turn(number: int) -> None:
    """Let every line that this task writes from now on say of which turn it is.

    Args:
        number: `chat_logs.id`, 0 for none.
    """
    _turn.set(number)


def _with_turn(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if number := _turn.get():
        event.setdefault("turn", number)
    return event


class Repeats:
    """Lets a line through once, and counts those that say the same soon after: a long trouble is not hundreds of lines.

    Only warnings and errors are counted, and none that carries a trace or names something by its id: each of those is
    news. The next line of the kind that is let through says in `times` how often it came since the last; how long that
    takes grows from a minute to an hour, for as long as the trouble does.
    """

    FIRST, MOST = 60.0, 3600.0  # seconds
    QUIET = 300.0  # seconds without the line after which it is news again

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, ...], list[float]] = {}  # until when it is counted, for how long, how often, last

    def __call__(self, _: object, level: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """Let an event through, or count it.

        Raises:
            DropEvent: It was counted.
        """
        if level not in ("warning", "error") or "exc_info" in event or any(name.endswith("_id") for name in event):
            return event
        now = clock.monotonic()
        kind = tuple(f"{name}={value}" for name, value in sorted(event.items()) if isinstance(value, str))
        known = self._kinds.get(kind)
        if known is None or now - known[3] > self.QUIET:
            self._kinds = {one: told for one, told in self._kinds.items() if now - told[3] <= self.QUIET}
            self._kinds[kind] = [now + self.FIRST, self.FIRST, 0, now]
            return event
        known[2] += 1
        known[3] = now
        if now < known[0]:
            raise structlog.DropEvent
        event["times"] = int(known[2])
        known[1] = min(known[1] * 2, self.MOST)
        known[0], known[2] = now + known[1], 0
        return event


def _without_values(record: logging.LogRecord) -> bool:
    """What a library logs, without the words of its error, which may be a shopper's or an address with a token in it.

    Requests that are none are the senders' affair, and no line of ours: aiohttp would write each with its address.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return True
    if any(kind.__name__ == "HttpProcessingError" for kind in type(error).__mro__):
        return False
    record.msg = f"{record.getMessage()}\n{''.join(traceback.format_tb(error.__traceback__))}{type(error).__name__}"
    record.args, record.exc_info, record.exc_text = (), None, None
    return True


def _trace(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Where an error came from: the frames and its kind, without its words and values, which may be a shopper's."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.format_tb(error.__traceback__)
        event["exception"] = "".join([*frames, type(error).__name__])
    return event
