"""Many who act at once, each on a real connection of their own."""

import threading
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from eventsapp.core import db
from eventsapp.core.errors import Refused


def at_once(app: Flask, actions: list[Callable[[], object]]) -> list[object]:
    """Run all actions together, each in its own context; what they gave or raised."""
    results: list[object] = [None] * len(actions)
    gate = threading.Barrier(len(actions))

    def run(index: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[index] = actions[index]()
            except (Refused, sa.exc.DBAPIError, RuntimeError) as error:
                results[index] = error
            finally:
                db.db.session.remove()

    db.session().rollback()
    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session().expire_all()
    return results
