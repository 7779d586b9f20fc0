"""Providers, evidence, self-assessments and their answers."""

from providers.models.answer import Answer, AnswerBase, AnswerEvidence
from providers.models.evidence_item import EvidenceItem
from providers.models.measure_answer import MeasureAnswer, MeasureAnswerEvidence
from providers.models.provider import Provider
from providers.models.self_assessment import SelfAssessment, SelfAssessmentEdition
from providers.models.submission import Submission

__all__ = [
    "Answer",
    "AnswerBase",
    "AnswerEvidence",
    "EvidenceItem",
    "MeasureAnswer",
    "MeasureAnswerEvidence",
    "Provider",
    "SelfAssessment",
    "SelfAssessmentEdition",
    "Submission",
]
