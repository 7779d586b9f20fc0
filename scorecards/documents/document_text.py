"""A document as canonical JSON text, and back: what is kept, and what travels in the PDF."""

import json
from typing import Any

from scorecards.documents.document import (
    Block,
    DocumentContent,
    DocumentHead,
    Facts,
    ItemList,
    Note,
    Paragraph,
    Section,
    Table,
    UnsoundDocument,
    document,
)
from scorecards.scoring import ScoringError, from_plain, to_plain

FORMAT = "commissioning-ethics-assurance/document"
FORMAT_VERSION = "1"
BLOCKS: dict[str, type] = {kind.name: kind for kind in (Paragraph, ItemList, Facts, Table, Note)}


def document_text(content: DocumentContent) -> str:
    """Equal documents give equal text."""
    return json.dumps(
        document_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def document_plain(content: DocumentContent) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "head": to_plain(content.head),
        "sections": [_plain(part) for part in content.sections],
    }


def document_from_text(text: str) -> DocumentContent:
    """The document that was kept. Raises UnsoundDocument."""
    try:
        data = json.loads(text)
        if (data["format"], data["format_version"]) != (FORMAT, FORMAT_VERSION):
            raise UnsoundDocument("This is not a document in a form that can be read.")
        head = from_plain(DocumentHead, data["head"])
        made = document(*(_section(part) for part in data["sections"]), **vars(head))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError, ScoringError) as error:
        raise UnsoundDocument(f"The document cannot be read: {error}") from error
    return made


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Section):
        inside = [_plain(inner) for inner in block.blocks]
        return {"block": block.name, "heading": block.heading, "blocks": inside}
    return {"block": block.name, **to_plain(block)}


def _section(data: dict[str, Any]) -> Section:
    return Section(data["heading"], tuple(_block(inner) for inner in data["blocks"]))


def _block(data: dict[str, Any]) -> Block:
    if data["block"] == Section.name:
        return _section(data)
    fields = {name: value for name, value in data.items() if name != "block"}
    made: Block = from_plain(BLOCKS[data["block"]], fields)
    return made
