"""Traces, where OpenTelemetry is told where to send them: what became of an event, and how long each part of it took.

A span names what was done and counts it; like a line of the log, it never holds what people wrote or who they are.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.base.exits import MISSING, Failure

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_OFF: AbstractContextManager[object] = nullcontext()
_PATIENCE = 3.0  # seconds for a collector that does not answer, also when the process ends
_tracer: "Tracer | None" = None


def begin(url: str, *, version: str) -> Callable[[], None]:
    """Trace this process from now on.

    Args:
        url: Where a collector takes OTLP over HTTP, such as `http://127.0.0.1:4318`; empty for no traces.
        version: Of this program.

    Returns:
        What sends the last spans and ends tracing.

    Raises:
        Failure: The packages of the extra `traces` are not installed.
    """
    global _tracer  # noqa: PLW0603  (one process, one way out)
    if not url:
        return _nothing
    if find_spec("opentelemetry") is None:
        raise Failure(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed:"
            " run .venv/bin/pip install '.[traces]', or leave the setting empty.",
            MISSING,
        )
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": "quicksell", "service.version": version})
    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=_PATIENCE)
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("quicksell", version)

    def end() -> None:
        global _tracer  # noqa: PLW0603  (the same one)
        _tracer = None
        provider.shutdown()

    return end


def span(name: str, **counts: int) -> AbstractContextManager[object]:
    """What is done inside the block, within what is done around it. Costs next to nothing where traces are off.

    Args:
        name: What it is, from a small closed set.
        counts: How much of it there is, and numbers of rows such as a turn's.
    """
    if _tracer is None:
        return _OFF
    return _tracer.start_as_current_span(
        name,
        attributes={f"quicksell.{key}": value for key, value in counts.items()},
        record_exception=False,  # what an error says may hold what people wrote
        set_status_on_exception=False,
    )


def of_turn(number: int) -> None:
    """Let the span around this say of which turn it is.

    Args:
        number: `chat_logs.id`.
    """
    if _tracer is None:
        return
    from opentelemetry.trace import get_current_span

    get_current_span().set_attribute("quicksell.turn", number)


def _nothing() -> None:
    pass
