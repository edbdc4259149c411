"""Reads of attendance: registrations, evidence, and what they add up to."""

from eventsapp.attendance.queries.evidence import (
    evidence_of,
    find_live_record,
    list_ledger,
    live,
    presences_of,
    whole_of,
)
from eventsapp.attendance.queries.facts import attendance_facts
from eventsapp.attendance.queries.registrations import (
    PeopleFilter,
    count_statuses,
    find_by_address_and_code,
    find_by_code,
    find_registration,
    first_waiting,
    get_registration,
    list_expected_ids,
    list_groups,
    list_people,
    list_registrations_of,
    place_in_line,
    registrations_for_export,
    taken_codes,
)

__all__ = [
    "PeopleFilter",
    "attendance_facts",
    "count_statuses",
    "evidence_of",
    "find_by_address_and_code",
    "find_by_code",
    "find_live_record",
    "find_registration",
    "first_waiting",
    "get_registration",
    "list_expected_ids",
    "list_groups",
    "list_ledger",
    "list_people",
    "list_registrations_of",
    "live",
    "place_in_line",
    "presences_of",
    "registrations_for_export",
    "taken_codes",
    "whole_of",
]
