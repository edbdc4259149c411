"""Input about workshops, in the steps in which people describe one."""

from eventsapp.workshops.forms.basics import BasicsForm
from eventsapp.workshops.forms.data import form_data, wants_to_tell, with_version
from eventsapp.workshops.forms.more import (
    ContractsForm,
    CopyForm,
    HandOverForm,
    PresentersForm,
    SheetForm,
)
from eventsapp.workshops.forms.steps import AgendaForm, PurposeForm, TeamsForm
from eventsapp.workshops.forms.topics import TopicForm, TopicMergeForm, TopicNameForm
from eventsapp.workshops.forms.words import ASPECT_LABELS, FORMAT_LABELS, MODE_LABELS

__all__ = [
    "ASPECT_LABELS",
    "FORMAT_LABELS",
    "MODE_LABELS",
    "AgendaForm",
    "BasicsForm",
    "ContractsForm",
    "CopyForm",
    "HandOverForm",
    "PresentersForm",
    "PurposeForm",
    "SheetForm",
    "TeamsForm",
    "TopicForm",
    "TopicMergeForm",
    "TopicNameForm",
    "form_data",
    "wants_to_tell",
    "with_version",
]
