"""What is counted and measured, for `/metrics`. Labels come from small closed sets only."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

events = Counter("quicksell_events", "Events that Facebook sent, by kind", ["kind"], registry=REGISTRY)
duplicates = Counter("quicksell_events_repeated", "Events that had been received before", registry=REGISTRY)
acknowledgement = Histogram(
    "quicksell_acknowledgement_seconds", "From a webhook's arrival to its answer", buckets=_SECONDS, registry=REGISTRY
)
refused_bodies = Counter("quicksell_webhooks_refused", "Webhooks refused, by answer", ["answer"], registry=REGISTRY)
connections_closed = Counter(
    "quicksell_connections_closed",
    "Connections without a whole request, closed",
    ["reason"],
    registry=REGISTRY,
)
turns = Counter("quicksell_turns", "Turns taken, by outcome", ["outcome"], registry=REGISTRY)
turn_seconds = Histogram("quicksell_turn_seconds", "From begin to commit", buckets=_SECONDS, registry=REGISTRY)
states_lost = Counter("quicksell_states_lost", "Stored states that no longer decode", registry=REGISTRY)
wordings_broken = Gauge("quicksell_wordings_broken", "Merchant's wordings that are left out", registry=REGISTRY)
sends = Counter("quicksell_sends", "Messages given to Facebook, by outcome", ["outcome"], registry=REGISTRY)
graph_errors = Counter(
    "quicksell_graph_errors", "Errors that Facebook answered, by kind and code", ["kind", "code"], registry=REGISTRY
)
window_refusals = Counter(
    "quicksell_window_refusals",
    "Messages too late for Messenger's window, by who said so: Facebook, or we before sending",
    ["by"],
    registry=REGISTRY,
)
doubts = Counter(
    "quicksell_sends_in_doubt",
    "Messages that may have arrived, by what came: an echo, or again",
    ["end"],
    registry=REGISTRY,
)
send_seconds = Histogram("quicksell_send_seconds", "One call of the Send API", buckets=_SECONDS, registry=REGISTRY)
voices = Counter("quicksell_voices", "What others said for the page, by who it was", ["who"], registry=REGISTRY)
waiting = Gauge("quicksell_outbox_waiting", "Messages in this process's hands, not yet sent", registry=REGISTRY)
pictures = Counter("quicksell_pictures", "Pictures sent, by what came of them", ["outcome"], registry=REGISTRY)
database_up = Gauge("quicksell_database_up", "Whether the database answered just now", registry=REGISTRY)
queue_waiting = Gauge("quicksell_queue_waiting", "What is due in a queue and waits", ["queue"], registry=REGISTRY)
queue_seconds = Gauge(
    "quicksell_queue_waiting_seconds", "For how long the oldest of it has waited", ["queue"], registry=REGISTRY
)
queue_stuck = Gauge(
    "quicksell_queue_stuck", "What was given up, is held or waits for something", ["queue"], registry=REGISTRY
)
processes = Gauge("quicksell_processes", "Servers and workers that are alive", registry=REGISTRY)
page_stopped = Gauge("quicksell_page_stopped", "1 while the page cannot send, by why", ["kind"], registry=REGISTRY)
sent_again = Gauge(
    "quicksell_sent_again", "Messages of 30 days that were sent again though they may have arrived", registry=REGISTRY
)
unanswered = Gauge("quicksell_shoppers_unanswered", "Shoppers who wait for a person of the shop", registry=REGISTRY)
unanswered_seconds = Gauge(
    "quicksell_shoppers_unanswered_seconds", "For how long the first of them has waited", registry=REGISTRY
)
jobs = Counter("quicksell_jobs", "Jobs done, by queue and outcome", ["queue", "outcome"], registry=REGISTRY)


def render() -> bytes:
    """Every measurement, as Prometheus reads it."""
    return generate_latest(REGISTRY)
