"""Use cases of feedback, from the first question to the last trace."""

from eventsapp.feedback.service.answers import submit
from eventsapp.feedback.service.forms import choose_access, clone_form, create_form, open_form
from eventsapp.feedback.service.hourly import see_to_forms
from eventsapp.feedback.service.invitations import invite_participants, print_cards
from eventsapp.feedback.service.mixing import (
    close_form,
    forget_retry_keys,
    mix,
    take_late_answers,
)
from eventsapp.feedback.service.opening import cancel_opening, open_if_due, plan_opening
from eventsapp.feedback.service.papers import complete_paper, fail_paper, request_paper
from eventsapp.feedback.service.questions import (
    change_question,
    duplicate_question,
    move_question,
    put_back_question,
    remove_question,
    replace_questions,
)
from eventsapp.feedback.service.quotes import pick_quotes, withdraw_quotes
from eventsapp.feedback.service.reminders import (
    finish_reminder,
    plan_reminders,
    remind_now,
    take_back_mail,
    take_next_mail,
)
from eventsapp.feedback.service.traces import erase_traces

__all__ = [
    "cancel_opening",
    "change_question",
    "choose_access",
    "clone_form",
    "close_form",
    "complete_paper",
    "create_form",
    "duplicate_question",
    "erase_traces",
    "fail_paper",
    "finish_reminder",
    "forget_retry_keys",
    "invite_participants",
    "mix",
    "move_question",
    "open_form",
    "open_if_due",
    "pick_quotes",
    "plan_opening",
    "plan_reminders",
    "print_cards",
    "put_back_question",
    "remind_now",
    "remove_question",
    "replace_questions",
    "request_paper",
    "see_to_forms",
    "submit",
    "take_back_mail",
    "take_late_answers",
    "take_next_mail",
    "withdraw_quotes",
]
