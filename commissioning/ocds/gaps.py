"""The gaps that real notices have: codes that are stored, and what each means in plain English.

A gap is a fact about the notice. It is never a finding about the authority or the supplier.
"""

GAPS: dict[str, str] = {
    "award_criteria_incomplete": (
        "The award criteria are incomplete as published: a weight is missing or a range, or the"
        " weights of a lot don't add up to 100."
    ),
    "award_criteria_not_published": "No award criteria were published in the notice.",
    "award_date_not_published": "The date of the award was not published.",
    "award_id_not_published": (
        "An award or contract was published without an id: if a later notice changes it, it stands"
        " here twice."
    ),
    "award_not_found": "The contract names an award that was not published.",
    "award_unsuccessful": "An award was published as unsuccessful, so no contract follows from it.",
    "buyer_unregistered": "The buyer was published without a number from a public register.",
    "currency_not_published": (
        "The currency was not published: the amount is kept, and not taken to be pounds."
    ),
    "date_unreadable": "A date could not be read and is shown as not published.",
    "dates_in_wrong_order": (
        "The contract was published as ending before it starts: both dates are left out."
    ),
    "description_not_published": "No description was published.",
    "end_date_not_published": "The date on which the contract ends was not published.",
    "field_in_another_form": (
        "A field was published in a form that the standard doesn't have. It is shown as published,"
        " and nothing is taken from it."
    ),
    "id_published_twice": (
        "Two entries that differ were published under one id. Both are kept, and which of them is"
        " meant elsewhere stays open."
    ),
    "identifier_unusable": "A register number was published that can't be one, and is left out.",
    "line_breaks_lost": (
        "The publisher's system lost the line breaks of the text: the letters “rn” stand where"
        " they were."
    ),
    "no_longer_published": "The newest notices no longer name this contract. It is kept as it was.",
    "number_unusable": (
        "A number was published that can't be one here, such as the largest of a computer where"
        " there is no limit. It is shown as published, and nothing is taken from it."
    ),
    "release_id_not_published": (
        "The release was published without an id: its date and kind stand for it."
    ),
    "several_buyers": "Several buyers were published: the record stands under the first one.",
    "start_date_not_published": "The date on which the contract starts was not published.",
    "sub_criteria_not_published": "The award criteria were published without their sub-criteria.",
    "supplier_name_not_published": "A supplier was published without a name.",
    "supplier_not_published": "No supplier was published.",
    "supplier_unregistered": "A supplier was published without a number from a public register.",
    "text_changed": "Characters that can't be shown safely were taken out of the text.",
    "text_damaged": (
        "The publisher's system damaged some characters of the text. It is shown as published."
    ),
    "text_shortened": (
        "A very long text is shortened here. The notice as published is kept in full."
    ),
    "title_not_published": "No title was published.",
    "value_gross_below_net": (
        "The value with VAT was published as less than that without: it is left out."
    ),
    "value_gross_only": "Only the value including VAT was published.",
    "value_negative": "The value was published as less than zero and is shown as not published.",
    "value_not_in_pounds": "The value was published in another currency. It is not converted.",
    "value_not_published": "The value was not published.",
    "value_zero": "The value was published as £0, which may mean that it was not stated.",
}


def meaning_of(code: str) -> str:
    """Return the plain-English meaning of a gap code; raises KeyError for a code that doesn't
    exist.
    """
    return GAPS[code]
