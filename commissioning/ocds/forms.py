"""The form that each field of a release has in the standard, and what becomes of any other.

An optional field in another form refuses nothing: its value is put aside as a mark beside the
place, so that merging never meets two shapes of one field and no field changes another one. A
release keeps its body as published; what is read from is the copy made here.

Source: https://standard.open-contracting.org/1.1/en/schema/reference/ and the UK extension.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LARGEST_NUMBER = 10**15
MOST_DECIMALS = 20
# A longer id is shortened to its beginning and a hash: columns end somewhere.
LONGEST_ID = 180
# What an entry without an id is known by: this, and a hash of its content.
NO_ID = "no id "
_SHOWN = 200

# Stands before the name of a field whose value is put aside. No name of a release begins so: what
# no database can keep is replaced while reading.
MARK = "\x00"

FORM = "field_in_another_form"
NUMBER = "number_unusable"
TWICE = "id_published_twice"


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that was published and cannot be read as what its field is; ``code`` is the gap."""

    code: str
    published: str


@dataclass(frozen=True, slots=True)
class UnreadField:
    """Where such a value stands ("tender/value/amount"), and the beginning of it as published."""

    field: str
    code: str
    published: str


class _Other(Exception):
    """The value has another form than its field."""

    def __init__(self, code: str = FORM):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Partly:
    """A list without the entries in another form, and the first of these."""

    value: list
    unread: Unread


Form = Callable[[Any, bool], Any]


def _text(value: Any, marks: bool) -> str:
    if not isinstance(value, str):
        raise _Other
    return value


def _flag(value: Any, marks: bool) -> bool:
    if not isinstance(value, bool):
        raise _Other
    return value


def _key(value: Any, marks: bool) -> str:
    """An id: text or a whole number, as text."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _Other
    text = str(value).strip()
    if len(text) <= LONGEST_ID:
        return text
    return f"{text[:150].rstrip()} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _number(value: Any, marks: bool) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise _Other
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if abs(number) >= LARGEST_NUMBER or (number and exponent < -MOST_DECIMALS):
        raise _Other(NUMBER)
    return number


def _fields(**forms: Form) -> Form:
    """An object with these fields; others are not read."""

    def read(value: Any, marks: bool) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _Other
        found: dict[str, Any] = {}
        for name, inner in value.items():
            form = forms.get(name)
            if form is not None:
                _put(found, name, inner, form, marks)
        return found

    return read


def _put(found: dict[str, Any], name: str, value: Any, form: Form, marks: bool) -> None:
    """Put a value under its name, or aside. ``marks``: say of a right one that it is right, so that
    in merging it takes the place of an earlier one that was not.
    """
    unread = None
    if value is not None:
        try:
            value = form(value, marks)
        except _Other as other:
            # Null takes an earlier value away: a later one that cannot be read stands in its place.
            found[name] = None
            found[MARK + name] = Unread(other.code, _as_published(value))
            return
        if isinstance(value, _Partly):
            value, unread = value.value, value.unread
    found[name] = value
    if marks or unread is not None:
        found[MARK + name] = unread


def _list(form: Form, *, keyed: str = "") -> Form:
    """A list of what ``form`` says. Entries in another form are put aside.

    ``keyed``: entries have ids that the standard merges by. "parts" keeps entries without one apart
    by their content, "places" by their place, and both keep two different ones with one id apart.
    """

    def read(value: Any, marks: bool) -> Any:
        if not isinstance(value, list):
            raise _Other
        found, unread = [], None
        for entry in value:
            try:
                found.append(form(entry, marks))
            except _Other as other:
                unread = unread or Unread(other.code, _as_published(entry))
        found = _told_apart(found, keyed) if keyed else found
        return _Partly(found, unread) if unread else found

    return read


def _told_apart(entries: list, keyed: str) -> list:
    seen: dict[str, list] = {}
    found = []
    for place, entry in enumerate(entries, start=1):
        key = entry.get("id") or ""
        if not key:
            content = json.dumps(entry, sort_keys=True, default=str)
            digest = hashlib.sha256(content.encode()).hexdigest()[:8]
            key = str(place) if keyed == "places" else f"{NO_ID}{digest}"
            entry = {**entry, "id": key}
        earlier = seen.setdefault(key, [])
        if entry in earlier:
            continue
        earlier.append(entry)
        if len(earlier) > 1:
            entry = {**entry, "id": f"{key} ({len(earlier)})", f"{MARK}id": Unread(TWICE, key)}
        found.append(entry)
    return found


def _award_criteria(value: Any, marks: bool) -> dict[str, Any]:
    """A code of an open list, as the standard has it, or the object of the extension."""
    if isinstance(value, str):
        return {"code": value}
    return _criteria(value, marks)


_words = _list(_text)
_value = _fields(amount=_number, amountGross=_number, currency=_text)
_period = _fields(startDate=_text, endDate=_text, maxExtentDate=_text, durationInDays=_number)
_classification = _fields(scheme=_text, id=_key, description=_text)
_identifier = _fields(scheme=_text, id=_key, legalName=_text, uri=_text)
_document = _fields(
    id=_key, documentType=_text, noticeType=_text, title=_text, description=_text, url=_text,
    datePublished=_text, dateModified=_text, format=_text, language=_text,
)  # fmt: skip
_item = _fields(
    id=_key, description=_text, classification=_classification, quantity=_number,
    additionalClassifications=_list(_classification), relatedLot=_key,
)  # fmt: skip
_criteria = _fields(
    criteria=_list(
        _fields(
            type=_text,
            name=_text,
            description=_text,
            numbers=_list(_fields(number=_number, weight=_text)),
        )
    )
)
_organisation = _fields(
    id=_key,
    name=_text,
    roles=_words,
    identifier=_identifier,
    additionalIdentifiers=_list(_identifier),
    address=_fields(
        streetAddress=_text, locality=_text, region=_text, postalCode=_text, countryName=_text,
        country=_text,
    ),
    contactPoint=_fields(name=_text, email=_text, telephone=_text, url=_text),
    details=_fields(scale=_text, vcse=_flag, url=_text, classifications=_list(_classification)),
)  # fmt: skip
_lot = _fields(
    id=_key,
    title=_text,
    description=_text,
    status=_text,
    value=_value,
    contractPeriod=_period,
    awardCriteria=_award_criteria,
    awardCriteriaDetails=_text,
    hasRenewal=_flag,
    hasOptions=_flag,
)
_tender = _fields(
    id=_key,
    title=_text,
    description=_text,
    status=_text,
    value=_value,
    minValue=_value,
    maxValue=_value,
    procurementMethod=_text,
    procurementMethodDetails=_text,
    procurementMethodRationale=_text,
    mainProcurementCategory=_text,
    additionalProcurementCategories=_words,
    datePublished=_text,
    tenderPeriod=_period,
    enquiryPeriod=_period,
    awardPeriod=_period,
    contractPeriod=_period,
    legalBasis=_classification,
    aboveThreshold=_flag,
    awardCriteria=_award_criteria,
    awardCriteriaDetails=_text,
    submissionMethod=_words,
    submissionMethodDetails=_text,
    eligibilityCriteria=_text,
    hasEnquiries=_flag,
    numberOfTenderers=_number,
    procuringEntity=_organisation,
    tenderers=_list(_organisation),
    lots=_list(_lot, keyed="places"),
    items=_list(_item),
    documents=_list(_document),
)
_award = _fields(
    id=_key,
    title=_text,
    description=_text,
    status=_text,
    date=_text,
    value=_value,
    contractPeriod=_period,
    suppliers=_list(_organisation),
    relatedLots=_words,
    items=_list(_item),
    documents=_list(_document),
)
_contract = _fields(
    id=_key,
    awardID=_key,
    title=_text,
    description=_text,
    status=_text,
    period=_period,
    value=_value,
    dateSigned=_text,
    suppliers=_list(_organisation),
    items=_list(_item),
    documents=_list(_document),
)
_release = _fields(
    ocid=_text,
    title=_text,
    description=_text,
    initiationType=_text,
    language=_text,
    buyer=_organisation,
    parties=_list(_organisation),
    planning=_fields(rationale=_text, documents=_list(_document)),
    tender=_tender,
    awards=_list(_award, keyed="parts"),
    contracts=_list(_contract, keyed="parts"),
    links=_list(_fields(rel=_text, href=_text)),
)
_naming = _fields(
    buyer=_organisation,
    parties=_list(_organisation),
    tender=_fields(procuringEntity=_organisation),
)


def in_form(body: Mapping[str, Any], *, marks: bool = False) -> dict[str, Any]:
    """Return the fields of a release that are read, each in its form or put aside.

    With ``marks`` every right value also says so: needed where a release of the same process has
    a field that is not.
    """
    return _release(body, marks)


def who_is_named(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return only what of a release names organisations."""
    return _naming(body, False)


def unread_fields(value: Any, path: str = "") -> Iterator[UnreadField]:
    """Walk what came of ``in_form``, or of merging it, for the values that were put aside."""
    if isinstance(value, dict):
        for name, inner in value.items():
            plain = name.removeprefix(MARK)
            where = f"{path}/{plain}" if path else plain
            if isinstance(inner, Unread):
                yield UnreadField(where, inner.code, inner.published)
            elif isinstance(inner, (dict, list)):
                yield from unread_fields(inner, where)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from unread_fields(inner, f"{path}[{place}]")


def _as_published(value: Any) -> str:
    if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
        text = str(value)
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
