"""Providers, evidence, self-assessments and their answers."""

from providers.models.answer import Answer, AnswerBase, AnswerEvidence
from providers.models.evidence_item import EvidenceItem
from providers.models.file_handling import FileHandling, PageShown
from providers.models.measure_answer import MeasureAnswer, MeasureAnswerEvidence
from providers.models.provider import Provider
from providers.models.self_assessment import SelfAssessment, SelfAssessmentEdition
from providers.models.submission import Submission

__all__ = [
    "Answer",
    "AnswerBase",
    "AnswerEvidence",
    "EvidenceItem",
    "FileHandling",
    "MeasureAnswer",
    "MeasureAnswerEvidence",
    "PageShown",
    "Provider",
    "SelfAssessment",
    "SelfAssessmentEdition",
    "Submission",
]
