"""Every write on the providers' floor."""

from providers.actions.answers import attach_evidence, save_answer, save_measure_answer
from providers.actions.evidence import add_evidence_file, add_evidence_link, change_evidence
from providers.actions.file_handling import keep_pictures, look_after_files, settle_scan
from providers.actions.profiles import create_provider
from providers.actions.readings import record_reading
from providers.actions.self_assessments import (
    close_self_assessment,
    open_self_assessment,
    return_self_assessment,
    submit_self_assessment,
)

__all__ = [
    "add_evidence_file",
    "add_evidence_link",
    "attach_evidence",
    "change_evidence",
    "close_self_assessment",
    "create_provider",
    "keep_pictures",
    "look_after_files",
    "open_self_assessment",
    "record_reading",
    "return_self_assessment",
    "save_answer",
    "save_measure_answer",
    "settle_scan",
    "submit_self_assessment",
]
