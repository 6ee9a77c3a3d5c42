"""Logs: one event a line, JSON in production and coloured on a terminal, never what people wrote or who they are."""

import logging
import sys
import traceback

import structlog

Logger = structlog.typing.FilteringBoundLogger


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
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(name)s: %(message)s")


def get(name: str) -> Logger:
    """A logger.

    Args:
        name: Which part of the program speaks, such as "webhook".
    """
    logger: Logger = structlog.get_logger(part=name)
    return logger


def _trace(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Where an error came from: the frames and its kind, without its words and values, which may be a shopper's."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.format_tb(error.__traceback__)
        event["exception"] = "".join([*frames, type(error).__name__])
    return event
