"""The benchmark of many people at once, on a small server: it tells answers, refusals and failures apart."""

import http.client
import os
import threading
from itertools import islice
from urllib.parse import urlsplit

import small_council
from flask import abort
from small_council import SECRET

from benchmarks.load import phase, questions, recovery
from benchmarks.served import Server
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.settings import Limits, Settings

PLENTY = ["requests_a_minute", "questions_a_minute"]


def test_no_question_is_asked_twice_and_councils_come_after_all() -> None:
    asked = list(islice(questions(["Westmarch Council"]), 4000))
    assert len(asked) == len(set(asked)) == 4000
    assert not asked[0].endswith("in Westmarch Council?")
    assert asked[-1].endswith("in Westmarch Council?")


def test_answers_and_refusals_are_told_apart(live: LiveAssistant) -> None:
    limits = Limits(answered_at_once=1, waiting=0, **dict.fromkeys(PLENTY, 1_000_000))
    app = create_app(live.current, SECRET, settings=Settings(limits=limits))
    entered, leave = threading.Event(), threading.Event()

    @app.get("/long")
    def long() -> str:
        entered.set()
        assert leave.wait(60)
        return "done"

    with small_council.serving(app) as address:
        place = urlsplit(address)
        server = Server(os.getpid(), place.port or 0)
        holding = http.client.HTTPConnection(place.netloc, timeout=60)
        holding.request("GET", "/long")
        assert entered.wait(60)
        met = phase(server, questions([]), users=3, seconds=0.1, thinks=False)
        assert (met.took, sum(met.failed.values())) == ([], 0)
        assert len(met.refused) >= 3
        leave.set()
        assert holding.getresponse().status == 200
        met = phase(server, questions([]), users=1, seconds=0.1, thinks=False)
        assert (met.refused, sum(met.failed.values())) == ([], 0)
        assert len(met.took) >= 1
        assert recovery(server, questions([]), quickly=60) >= 0
        assert met.row("one").startswith("| one | 1 | ")
    met = phase(server, questions([]), users=1, seconds=0.01, thinks=False)  # nobody is there
    assert set(met.failed) == {"ConnectionRefusedError"}


def test_a_refusal_without_word_when_to_come_again_is_a_failure(live: LiveAssistant) -> None:
    app = create_app(live.current, SECRET)
    app.before_request(lambda: abort(503))
    with small_council.serving(app) as address:
        met = phase(Server(os.getpid(), urlsplit(address).port or 0), questions([]), 1, 0.05, thinks=False)
    assert (met.took, met.refused) == ([], [])
    assert set(met.failed) == {"503"}
