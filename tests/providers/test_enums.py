"""The words that stand in the database and on the pages."""

from providers.enums import CommittedBasis, EvidenceKind, ScanState, Sector, SelfAssessmentState


def test_words_of_self_assessment_and_evidence():
    assert SelfAssessmentState.values == ["drafting", "submitted", "returned", "closed"]
    assert EvidenceKind.values == ["file", "link"]
    assert CommittedBasis.values == ["whole_term", "yearly"]
    assert ScanState.choices == [
        ("not_scanned", "Not scanned for malware"),
        ("waiting", "Waiting to be scanned for malware"),
        ("clean", "Scanned: nothing found"),
        ("infected", "Malware was found"),
    ]
    assert Sector.NOT_KNOWN.label == "Not known"
