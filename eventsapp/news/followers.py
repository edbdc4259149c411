"""Articles stay under their topics when these are renamed or merged."""

from eventsapp.news.service.filing import move_topic
from eventsapp.workshops.follower import Follower

FOLLOWER = Follower(key="news", move_topic=move_topic)
