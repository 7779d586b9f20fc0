"""Who else may read a provider's rows: upper floors say so, this floor asks.

A reader is a function of the viewer that gives a ``Q`` over ``SelfAssessment`` or over
``EvidenceItem``. Floors above register theirs in ``AppConfig.ready``.
"""

from collections.abc import Callable

from django.db.models import Q

from accounts.access import Actor

_SELF_ASSESSMENTS: list[Callable[[Actor], Q]] = []
_EVIDENCE: list[Callable[[Actor], Q]] = []
_OPENED: list[Callable] = []
_UNNAMED: list[Callable] = []
NOTHING = Q(pk__in=[])


def register(
    *,
    self_assessments: Callable[[Actor], Q] | None = None,
    evidence: Callable[[Actor], Q] | None = None,
    opened: Callable | None = None,
    unnamed: Callable | None = None,
) -> None:
    """Add readers of self-assessments and of evidence; ``opened(actor, item)``, which is told when
    somebody of another organisation opens an item; and ``unnamed(viewer, item)``, which says
    whether the viewer must not read whose it is.
    """
    if self_assessments and self_assessments not in _SELF_ASSESSMENTS:
        _SELF_ASSESSMENTS.append(self_assessments)
    if evidence and evidence not in _EVIDENCE:
        _EVIDENCE.append(evidence)
    if opened and opened not in _OPENED:
        _OPENED.append(opened)
    if unnamed and unnamed not in _UNNAMED:
        _UNNAMED.append(unnamed)


def self_assessment_filter(viewer: Actor) -> Q:
    """What upper floors let the viewer read of others' self-assessments."""
    return _join(_SELF_ASSESSMENTS, viewer)


def evidence_filter(viewer: Actor) -> Q:
    """What upper floors let the viewer read of others' evidence."""
    return _join(_EVIDENCE, viewer)


def tell_opened(actor: Actor, item) -> None:
    """Tell upper floors that the actor opened an item of another organisation."""
    for follower in _OPENED:
        follower(actor, item)


def is_unnamed(viewer: Actor, item) -> bool:
    """Whether the viewer must not read whose item it is."""
    return any(hides(viewer, item) for hides in _UNNAMED)


def _join(sources, viewer) -> Q:
    joined = NOTHING
    for source in sources:
        joined |= source(viewer)
    return joined
