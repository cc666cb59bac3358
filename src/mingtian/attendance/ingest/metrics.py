"""Counts by outcome, for operators. Plain numbers on the hot path, a format only when asked."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class Metrics(Collector):
    """How many requests of each kind ended how, and how many wait. No phone, no person."""

    def __init__(self) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.waiting = 0

    def collect(self) -> Iterator[Metric]:
        """Yield the families that Prometheus reads."""
        family = CounterMetricFamily(
            "mingtian_ingest_requests", "Requests by what they asked and how they ended.",
            labels=("asked", "outcome"),
        )  # fmt: skip
        for labels, value in self.outcomes.items():
            family.add_metric(labels, value)
        yield family
        yield GaugeMetricFamily(
            "mingtian_ingest_waiting", "Beats waiting for a commit.", self.waiting
        )

    def text(self, *, waiting: int) -> bytes:
        """Return the text form that Prometheus reads; ``waiting`` beats wait at this moment."""
        self.waiting = waiting
        registry = CollectorRegistry()
        registry.register(self)
        return generate_latest(registry)
