"""The columns of the file of results, and what each holds: in the file and on its page."""

from typing import Final

from eventsapp.core.errors import N_

COLUMNS: Final = (
    (N_("Question"), N_("as it was worded last")),
    (N_("Group"), N_("empty for everybody, else the question that groups, and the group")),
    (N_("Answer"), N_("one of the answers that were offered")),
    (N_("Count"), N_("how many gave this answer")),
    (N_("Share"), N_("the count as a part of those who answered the question, from 0 to 1")),
    (N_("Answers in all"), N_("how many answered the question")),
    (N_("Mean"), N_("on the points of a scale, the lowest first")),
    (N_("Share positive"), N_("above the middle of a scale, or yes; from 0 to 1")),
)
