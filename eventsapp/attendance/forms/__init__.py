"""Shape and wording of input: of participants, and of those who run a workshop."""

from eventsapp.attendance.forms.circulars import CircularForm
from eventsapp.attendance.forms.participants import (
    MODE_LABELS,
    NEEDED,
    SEX_LABELS,
    CheckInForm,
    EvidenceForm,
    FindForm,
    OwnDetailsForm,
    ParticipantForm,
    RecoverForm,
    RegistrationForm,
    UploadForm,
)
from eventsapp.attendance.forms.running import (
    AddressForm,
    DecisionForm,
    OwnFieldForm,
    SetupForm,
    WordingForm,
    field_data,
)
from eventsapp.attendance.forms.several import ColleaguesForm, InvitingForm

__all__ = [
    "MODE_LABELS",
    "NEEDED",
    "SEX_LABELS",
    "AddressForm",
    "CheckInForm",
    "CircularForm",
    "ColleaguesForm",
    "DecisionForm",
    "EvidenceForm",
    "FindForm",
    "InvitingForm",
    "OwnDetailsForm",
    "OwnFieldForm",
    "ParticipantForm",
    "RecoverForm",
    "RegistrationForm",
    "SetupForm",
    "UploadForm",
    "WordingForm",
    "field_data",
]
