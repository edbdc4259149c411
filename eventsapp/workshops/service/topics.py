"""What workshops are about, as a list that the organisation keeps."""

import re
import unicodedata
from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.core.texts import Texts
from eventsapp.workshops import queries, rules
from eventsapp.workshops.models import Topic


@transaction
def add_topic(name: Texts, *, by: Actor, now: datetime, key: CreationKey | None = None) -> Topic:
    """Raises TopicThere when one of that name is on the list."""

    def create() -> Topic:
        slug = slug_of(name)
        if queries.find_topic(slug) is not None:
            raise rules.TopicThere
        topic = Topic(slug=slug, name=name)
        db.session().add(topic)
        db.session().flush()
        audit.record("topic.added", f"topic:{topic.id}", by=by, now=now, detail={"slug": slug})
        return topic

    return once(key, create, Topic, now=now)


@transaction
def remove_topic(topic_id: int, *, by: Actor, now: datetime) -> None:
    """Take a topic off the list; raises TopicInUse while a workshop has it."""
    topic = db.get(Topic, topic_id)
    rules.check_topic_unused(queries.count_workshops_about(topic_id))
    db.session().delete(topic)
    audit.record("topic.removed", f"topic:{topic_id}", by=by, now=now, detail={"slug": topic.slug})


def slug_of(name: Texts) -> str:
    """``border-management``; letters of other alphabets stay as they are."""
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\W+", "-", letters).strip("-")
