"""Tables of attendance."""

from eventsapp.attendance.models.ledger import (
    AttendanceRecord,
    ImportBatch,
    ImportLine,
    ImportMapping,
    ImportStay,
)
from eventsapp.attendance.models.papers import (
    AttendancePaper,
    Certificate,
    CertificateOffer,
    HeadCount,
    SheetScan,
)
from eventsapp.attendance.models.registrations import (
    Circular,
    Delegation,
    DelegationMember,
    KeptApart,
    MailWording,
    MergedRegistration,
    Registration,
    RegistrationSetup,
    TimedLetter,
)

__all__ = [
    "AttendancePaper",
    "AttendanceRecord",
    "Certificate",
    "CertificateOffer",
    "Circular",
    "Delegation",
    "DelegationMember",
    "HeadCount",
    "ImportBatch",
    "ImportLine",
    "ImportMapping",
    "ImportStay",
    "KeptApart",
    "MailWording",
    "MergedRegistration",
    "Registration",
    "RegistrationSetup",
    "SheetScan",
    "TimedLetter",
]
