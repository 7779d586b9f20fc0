"""Identifiers of organisations in words."""

from django import template

register = template.Library()

REGISTERS = {
    "GB-COH": "Companies House",
    "GB-CHC": "Charity Commission",
    "GB-SC": "Scottish Charity Regulator",
    "GB-NIC": "Charity Commission for Northern Ireland",
    "GB-NHS": "NHS organisation code",
    "GB-PPON": "Find a Tender organisation number",
    "GB-SRS": "government supplier registration",
}


@register.filter
def identifier_text(identifier) -> str:
    """An identifier with what it is: a register's number, a publisher's own, or a name.

    The forms are those of ``ocds.parties``.
    """
    scheme, value = identifier.scheme, identifier.value
    if scheme.endswith(":name"):
        return "known by its name and postcode only"
    if scheme.endswith(":party"):
        return f"{value} (the publisher's own number)"
    return f"{value} ({REGISTERS.get(scheme, scheme)})"
