"""Open Contracting Data Standard 1.1, read and understood: plain Python, no Django.

    bytes → reading → releases → forms.in_form → merging → mapping → facts

Source: https://standard.open-contracting.org/1.1/ and the UK extension that Find a Tender uses
(https://github.com/cabinetoffice/ocds_uk_extension).
"""

from commissioning.ocds.criteria import CODE
from commissioning.ocds.facts import (
    ContractFact,
    CriterionFact,
    LotFact,
    Money,
    NoticeFact,
    PartyFact,
    RawRelease,
    ReadFile,
    Refusal,
)
from commissioning.ocds.forms import UnreadField
from commissioning.ocds.gaps import GAPS, meaning_of
from commissioning.ocds.mapping import NotMappable, buyers_of, map_notice
from commissioning.ocds.merging import compile_release, effective_releases
from commissioning.ocds.parties import (
    are_one_body,
    are_told_apart,
    contacts_of,
    registered_identifier,
    with_identifiers_of,
)
from commissioning.ocds.reading import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    BodyDecoder,
    BodyEncoder,
    FileUnreadable,
    read_file,
    read_stream,
)
from commissioning.ocds.texts import name_key

__all__ = [
    "CODE",
    "GAPS",
    "MAX_DEPTH",
    "MAX_FILE_BYTES",
    "BodyDecoder",
    "BodyEncoder",
    "ContractFact",
    "CriterionFact",
    "FileUnreadable",
    "LotFact",
    "Money",
    "NotMappable",
    "NoticeFact",
    "PartyFact",
    "RawRelease",
    "ReadFile",
    "Refusal",
    "UnreadField",
    "are_one_body",
    "are_told_apart",
    "buyers_of",
    "compile_release",
    "contacts_of",
    "effective_releases",
    "map_notice",
    "meaning_of",
    "name_key",
    "read_file",
    "read_stream",
    "registered_identifier",
    "with_identifiers_of",
]
