"""What WeasyPrint leaves open for a file that is both PDF/A-3a and PDF/UA-1."""

from functools import cache
from typing import Any
from xml.etree import ElementTree

# PDF/A allows a property of another standard only where the file describes it.
PDFUA_CLAIM = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>
</rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>
"""
PREFIXES = {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def add_ua_claim(metadata: Any) -> None:
    """Let the one XMP block that WeasyPrint writes claim PDF/UA-1 too, uncompressed."""
    metadata.__class__ = _claiming(type(metadata))


@cache
def _claiming(kind: type) -> type:
    class ClaimingMetadata(kind):  # type: ignore[misc, valid-type]
        def generate_rdf_metadata(self, *args: Any) -> bytes:
            for prefix, namespace in PREFIXES.items():
                ElementTree.register_namespace(prefix, namespace)
            rdf = ElementTree.fromstring(super().generate_rdf_metadata(*args))
            rdf.extend(ElementTree.fromstring(PDFUA_CLAIM))
            return ElementTree.tostring(rdf, encoding="utf-8")

        def include_in_pdf(
            self, pdf: Any, variant: Any, version: Any, conformance: Any, compress: Any
        ) -> None:
            super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    return ClaimingMetadata


def finish(document: Any, pdf: Any) -> None:
    """Side effects on `pdf`: scopes of header cells, one /AF entry a file, streams' ends."""
    _set_scopes(pdf)
    _drop_doubled_files(pdf)
    _end_streams_plainly(pdf)


def _set_scopes(pdf: Any) -> None:
    elements: dict[Any, Any] = {}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            elements[item.reference] = item  # type: ignore[attr-defined]
    for element in elements.values():
        if element.get("S") != "/TH":
            continue
        row = elements[element["P"]]
        in_head = elements[row["P"]].get("S") == "/THead"
        element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _drop_doubled_files(pdf: Any) -> None:
    files = pdf.catalog.get("AF")
    if files:
        files[:] = list(dict.fromkeys(files))


def _end_streams_plainly(pdf: Any) -> None:
    """Streams that `pdf` holds, and those that it makes while it is written."""
    pdf.__class__ = _plainly_ending(type(pdf))
    for item in pdf.objects:
        _end_plainly(item)


def _end_plainly(item: Any) -> None:
    import pydyf

    if isinstance(item, pydyf.Stream):
        item.__class__ = _plainly_ended(type(item))


@cache
def _plainly_ending(kind: type) -> type:
    """A kind of PDF that ends plainly whatever is still added to it."""

    class PlainlyEnding(kind):  # type: ignore[misc, valid-type]
        def add_object(self, item: Any) -> None:
            _end_plainly(item)
            super().add_object(item)

    return PlainlyEnding


@cache
def _plainly_ended(kind: type) -> type:
    """A kind of stream whose last byte no reader can take for part of a line end.

    One compressed stream in 256 ends in a carriage return by chance. With only a
    line feed after it, a reader may take both for the line end and find the stream
    a byte shorter than it says; a whole line end sets it off.
    """

    class PlainlyEnded(kind):  # type: ignore[misc, valid-type]
        @property
        def data(self) -> bytes:
            formed: bytes = super().data
            body = formed.removesuffix(b"\nendstream")
            return body + b"\r\nendstream" if body.endswith(b"\r") else formed

    return PlainlyEnded
