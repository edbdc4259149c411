"""Fifty phones that send the same code in the same moment, through the pages."""

import threading
from collections import Counter
from typing import Any

import time_machine
from flask import Flask

from eventsapp.core import db
from eventsapp.feedback import queries
from eventsapp.feedback.rules.tokens import written
from tests.factories.feedback import DURING, make_cards, make_form
from tests.pages import hidden_fields

CLIENTS = 50


def prepared(site: Flask) -> dict[str, Any]:
    """What a page holds that was opened and filled in."""
    with site.app_context():
        code = written(make_cards(make_form(), 1)[0])
        db.db.session.remove()
    page = site.test_client().post("/f/", data={"code": code}).text
    return hidden_fields(page) | {"a-usefulness": "4", "do": "send"}


def post_at_once(site: Flask, bodies: list[dict[str, Any]]) -> Counter[int]:
    """How often each status was answered."""
    gate = threading.Barrier(len(bodies))
    answered: list[int] = []

    def post(body: dict[str, Any]) -> None:
        gate.wait()
        answered.append(site.test_client().post("/f/", data=body).status_code)

    threads = [threading.Thread(target=post, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answered)


def received(site: Flask) -> int:
    with site.app_context():
        count = queries.count_answers(queries.get_form(1)).received
        db.db.session.remove()
    return count


@time_machine.travel(DURING)
def test_of_fifty_posts_of_one_code_one_is_received_and_the_others_are_told(site: Flask) -> None:
    body = prepared(site)
    bodies = [body | {"retry_key": f"phone-{number}"} for number in range(CLIENTS)]
    assert post_at_once(site, bodies) == {200: 1, 409: CLIENTS - 1}
    assert received(site) == 1


@time_machine.travel(DURING)
def test_of_fifty_posts_of_one_answer_all_are_received_and_one_is_kept(site: Flask) -> None:
    assert post_at_once(site, [prepared(site)] * CLIENTS) == {200: CLIENTS}
    assert received(site) == 1
