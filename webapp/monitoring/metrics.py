"""Figures for whoever runs the service, in the form that Prometheus reads, at an address apart from the pages.

They tell how the service fares, never what is asked of it, and nothing of how many documents there are, so that they
betray none that only some may see.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from assistant.assistant import Assistant
from index.files.generations import IndexUnusable
from webapp.settings import SettingsWrong

if TYPE_CHECKING:
    from wsgiref.simple_server import WSGIServer

# In seconds. An answer takes some hundredths; whoever waits longer than the last is told that the service is busy.
_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one server. The process's own, such as the memory it has resident, are among them on Linux."""

    def __init__(self, assistant: Callable[[], Assistant]) -> None:
        self._assistant = assistant
        self.registry = here = CollectorRegistry()
        self.in_progress = Gauge("assistant_requests_in_progress", "Requests answered now, or waiting.", registry=here)
        self._requests = Counter(
            "assistant_requests", "Requests, by route and status.", ("route", "status"), registry=here
        )
        self._busy = Counter("assistant_busy", "Requests refused because too many were waiting.", registry=here)
        self._seconds = Histogram(
            "assistant_request_seconds",
            "How long requests took, waiting included.",
            ("route",),
            buckets=_SECONDS,
            registry=here,
        )
        self.registry.register(self)
        ProcessCollector(registry=self.registry)

    def count(self, route: str, status: int, seconds: float, busy: bool) -> None:
        """Count a request that has been answered, or refused because others were."""
        self._requests.labels(route, status).inc()
        if busy:
            self._busy.inc()
        else:  # refusals take no time, and would make the answers look quick
            self._seconds.labels(route).observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """What is served now, as it is when someone looks."""
        try:
            assistant = self._assistant()
        except IndexUnusable:
            return
        name = "assistant_index"
        yield InfoMetricFamily(name, "The generation that serves.", {"generation": assistant.index.generation})
        name = "assistant_models_loaded"
        yield GaugeMetricFamily(name, "1 where answers are found by meaning too.", float(assistant.dense))

    def serve(self, host: str, port: int) -> "WSGIServer":
        """Serve them on an address of their own, from a thread; :class:`SettingsWrong` where that cannot be done."""
        try:
            return start_http_server(port, host, self.registry)[0]
        except OSError as problem:
            raise SettingsWrong(
                f"Metrics cannot be served on {host} port {port}: {problem}\n"
                "Choose another in the table metrics of the settings."
            ) from problem
