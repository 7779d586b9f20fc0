"""The standing sentences of a report."""

from scorecards.documents.content import Basis
from scorecards.scoring import Applicability, EvidenceStrength, Opinion

MANAGEMENT_OPINION = (
    "This is a management opinion: the commissioner's own judgement, by a published method. "
    "It is not an internal audit opinion, and nobody should rely on it as one."
)

DRAFT = (
    "This is a draft. It has not been signed off, its figures may change, and it must not be "
    "relied on or passed on as the result."
)

DRAFT_DOCUMENT = (
    "This is a draft. It has not been issued, it may change, and it must not be relied on or "
    "passed on as the final document."
)

EDITABLE_COPY = (
    "This copy is for editing and is not signed. The signed PDF under the same reference is the "
    "document of record."
)

ILLUSTRATIVE = (
    "Illustrative values. The pounds in this report were worked out with a made-up set of unit "
    "values that only shows how the method works. They say nothing about the real value of what "
    "was committed or delivered."
)

OPINION_MEANINGS = {
    Opinion.SUBSTANTIAL: (
        "The provider's arrangements for ethical standards are sound, they are used on this "
        "contract, and the evidence shows it."
    ),
    Opinion.REASONABLE: (
        "The arrangements are mostly sound. Some need strengthening, or better evidence, before "
        "they can be fully relied on."
    ),
    Opinion.LIMITED: (
        "There are weaknesses that matter. The arrangements cannot be relied on until those "
        "named in this report have been put right."
    ),
    Opinion.NO_ASSURANCE: (
        "The arrangements are absent, or too weak to be relied on. Action is needed now."
    ),
    Opinion.NO_OPINION_YET: (
        "Too little has been rated to say. This is not the same as no assurance: it means that "
        "the assessment is not complete."
    ),
}

BASIS_WORDS = {
    Basis.OFFICIAL: "Official text: the edition is its publisher's own.",
    Basis.OWN_SYNTHESIS: (
        "Our own synthesis: the titles are the publisher's, the expectations and guidance under "
        "them are this system's own words, drawn from the sources named."
    ),
    Basis.RECONSTRUCTED: (
        "Reconstructed: this edition was put together from published descriptions and counts, "
        "not taken from the publisher's own text. It may differ from the original."
    ),
}

STRENGTH_WORDS = {
    EvidenceStrength.VERIFIED: "independently verified",
    EvidenceStrength.DOCUMENTED: "documented",
    EvidenceStrength.ASSERTED: "asserted only",
    None: "strength not stated",
}

NOT_APPLICABLE_WORDS = {
    Applicability.AGREED_NOT_APPLICABLE: "Not applicable, agreed",
    Applicability.CLAIMED_NOT_APPLICABLE: "Not applicable in the provider's view, not agreed",
}
