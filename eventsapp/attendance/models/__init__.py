"""Tables of attendance."""

from eventsapp.attendance.models.ledger import (
    AttendanceRecord,
    Circular,
    Delegation,
    DelegationMember,
    ImportBatch,
    ImportLine,
    ImportMapping,
    ImportStay,
    KeptApart,
    MailWording,
    MergedRegistration,
    Registration,
    RegistrationSetup,
    TimedLetter,
)
from eventsapp.attendance.models.papers import (
    AttendancePaper,
    Certificate,
    CertificateOffer,
    HeadCount,
    SheetScan,
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
