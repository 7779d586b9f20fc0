"""The scorecard's data as the JSON file that travels inside the PDF."""

import json
from typing import Any

from scorecards.documents.content import ReportContent
from scorecards.documents.pdf import EmbeddedData
from scorecards.scoring import to_plain

FORMAT = "commissioning-ethics-assurance/scorecard"
FORMAT_VERSION = "1"
FILE_NAME = "scorecard.json"


def embedded_data(content: ReportContent) -> EmbeddedData:
    return EmbeddedData(
        name=FILE_NAME,
        description=f"The data of scorecard {content.scorecard_reference}",
        content=data_text(content).encode(),
    )


def data_text(content: ReportContent) -> str:
    """Readable, with sorted keys: equal content gives equal text."""
    return json.dumps(_data(content), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _data(content: ReportContent) -> dict[str, Any]:
    value = content.inputs.social_value
    plain: dict[str, Any] = to_plain(content)
    plain["format"] = FORMAT
    plain["format_version"] = FORMAT_VERSION
    plain["kind_of_opinion"] = "management opinion, not an internal audit opinion"
    plain["uses_illustrative_values"] = value is not None and value.is_illustrative
    return plain
