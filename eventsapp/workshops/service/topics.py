"""What workshops are about, as a list that the organisation keeps."""

import re
import unicodedata
from datetime import datetime

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.errors import Stale
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.core.texts import Texts
from eventsapp.workshops import follower, queries, rules
from eventsapp.workshops.models import Topic, TopicAlias, Workshop, workshop_topic
from eventsapp.workshops.service.describing import new_revision


@transaction
def add_topic(name: Texts, *, by: Actor, now: datetime, key: CreationKey | None = None) -> Topic:
    """Raises TopicThere when one of that name is on the list."""

    def create() -> Topic:
        slug = slug_of(name)
        if queries.find_topic(slug) is not None:
            raise rules.TopicThere
        # An old address of another topic is this one's own from now on.
        db.session().execute(sa.delete(TopicAlias).where(TopicAlias.slug == slug))
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


@transaction
def rename_topic(topic_id: int, name: Texts, *, version: int, by: Actor, now: datetime) -> Topic:
    """Call a topic otherwise, in addresses too; the old ones lead to the new.

    Raises TopicThere when another one is called so, Stale when somebody else saved first.
    """
    topic = db.get_locked(Topic, topic_id)
    if topic.version != version:
        raise Stale
    old, new = topic.slug, slug_of(name)
    other = queries.find_topic(new)
    if other is not None and other.id != topic.id:
        raise rules.TopicThere
    topic.name, topic.slug = name, new
    db.session().flush()
    if old != new:
        _leave_alias(old, topic.id, instead_of=new)
        follower.move_topic(old, new)
    _redraw(topic.id)
    detail = {"from": old, "to": new}
    audit.record("topic.renamed", f"topic:{topic.id}", by=by, now=now, detail=detail)
    return topic


@transaction
def merge_topics(topic_id: int, into_id: int, *, by: Actor, now: datetime) -> Topic:
    """Make one topic part of another: all that was about it is about the other from now on.

    Raises SameTopic for a topic and itself.
    """
    rules.check_topics_differ(topic_id, into_id)
    first, second = sorted((topic_id, into_id))
    found = {one: db.get_locked(Topic, one) for one in (first, second)}
    topic, into = found[topic_id], found[into_id]
    session = db.session()
    _redraw(topic_id)
    about = workshop_topic.c
    both = sa.select(about.workshop_id).where(about.topic_id == into_id)
    session.execute(
        sa.delete(workshop_topic).where(about.topic_id == topic_id, about.workshop_id.in_(both))
    )
    session.execute(
        sa.update(workshop_topic).where(about.topic_id == topic_id).values(topic_id=into_id)
    )
    session.execute(
        sa.update(TopicAlias).where(TopicAlias.topic_id == topic_id).values(topic_id=into_id)
    )
    old = topic.slug
    session.delete(topic)
    session.flush()
    session.add(TopicAlias(slug=old, topic_id=into_id))
    session.flush()
    follower.move_topic(old, into.slug)
    session.expire_all()
    detail = {"from": old, "into": into.slug}
    audit.record("topic.merged", f"topic:{into_id}", by=by, now=now, detail=detail)
    return into


def _leave_alias(old: str, topic_id: int, *, instead_of: str) -> None:
    """An address that is a topic's own again is no old one any more."""
    session = db.session()
    session.execute(sa.delete(TopicAlias).where(TopicAlias.slug.in_((old, instead_of))))
    session.add(TopicAlias(slug=old, topic_id=topic_id))
    session.flush()


def _redraw(topic_id: int) -> None:
    """Pages of workshops about it are drawn anew; who describes one meanwhile is not disturbed."""
    about = sa.select(workshop_topic.c.workshop_id).where(workshop_topic.c.topic_id == topic_id)
    db.session().execute(
        sa.update(Workshop).where(Workshop.id.in_(about)).values(revision=new_revision())
    )


def slug_of(name: Texts) -> str:
    """``border-management``; letters of other alphabets stay as they are."""
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\W+", "-", letters).strip("-")
