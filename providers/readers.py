"""Who else may read a provider's rows: upper floors say so, this floor asks.

A reader is a function of the viewer that gives a ``Q`` over ``SelfAssessment`` or over
``EvidenceItem``. Floors above register theirs in ``AppConfig.ready``.
"""

from collections.abc import Callable

from django.db.models import Q

from accounts.access import Actor

_SELF_ASSESSMENTS: list[Callable[[Actor], Q]] = []
_EVIDENCE: list[Callable[[Actor], Q]] = []
NOTHING = Q(pk__in=[])


def register(
    *,
    self_assessments: Callable[[Actor], Q] | None = None,
    evidence: Callable[[Actor], Q] | None = None,
) -> None:
    """Add readers of self-assessments and of evidence."""
    if self_assessments and self_assessments not in _SELF_ASSESSMENTS:
        _SELF_ASSESSMENTS.append(self_assessments)
    if evidence and evidence not in _EVIDENCE:
        _EVIDENCE.append(evidence)


def self_assessment_filter(viewer: Actor) -> Q:
    """What upper floors let the viewer read of others' self-assessments."""
    return _join(_SELF_ASSESSMENTS, viewer)


def evidence_filter(viewer: Actor) -> Q:
    """What upper floors let the viewer read of others' evidence."""
    return _join(_EVIDENCE, viewer)


def _join(sources, viewer) -> Q:
    joined = NOTHING
    for source in sources:
        joined |= source(viewer)
    return joined
