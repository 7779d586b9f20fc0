"""Compiled releases → facts: every real notice, a third publisher's, and the gaps one by one."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from commissioning.ocds import (
    GAPS,
    Money,
    NotMappable,
    buyers_of,
    compile_release,
    effective_releases,
    map_notice,
    read_file,
)
from tests.commissioning.samples import (
    CONTRACTS_FINDER,
    FIND_A_TENDER,
    PUBLIC_CONTRACTS_SCOTLAND,
    a_package,
    a_release,
)


def notices(data):
    by_ocid = defaultdict(list)
    for release in read_file("f", data).releases:
        by_ocid[release.ocid].append(release)
    return [
        map_notice(ocid, compile_release(some), effective_releases(some))
        for ocid, some in by_ocid.items()
    ]


def notice(**changes):
    return notices(a_package(a_release(**changes)))[0]


def an_award(**changes):
    return a_release()["awards"][0] | changes


def test_every_notice_of_contracts_finder_maps():
    found = notices(CONTRACTS_FINDER.read_bytes())
    contracts = [contract for one in found for contract in one.contracts]
    assert (len(found), len(contracts), sum(len(c.suppliers) for c in contracts)) == (114, 85, 169)
    assert max(len(c.suppliers) for c in contracts) == 34
    assert Counter(code for one in found for code in one.all_gaps) == {
        "award_criteria_not_published": 114,
        "buyer_unregistered": 81,
        "line_breaks_lost": 23,
        "supplier_name_not_published": 1,
        "supplier_not_published": 1,
        "supplier_unregistered": 67,
        "text_damaged": 12,
        "value_not_published": 27,
        "value_zero": 3,
    }


def test_every_notice_of_public_contracts_scotland_maps_without_contracts():
    found = notices(PUBLIC_CONTRACTS_SCOTLAND.read_bytes())
    assert (len(found), sum(len(one.contracts) for one in found)) == (60, 0)
    assert (sum(len(one.lots) for one in found), sum(len(one.criteria) for one in found)) == (
        233,
        357,
    )
    assert {one.regime for one in found} == {"scotland"}
    assert (
        Counter(code for one in found for code in one.all_gaps)["sub_criteria_not_published"] == 42
    )


def test_third_publisher_maps_with_the_fields_of_the_uk_extension():
    (found,) = notices(FIND_A_TENDER.read_bytes())
    north, south = found.contracts
    assert (found.regime, found.value, found.status) == (
        "procurement_act_2023",
        Money(Decimal(9000000), "GBP", Decimal(10800000)),
        "complete",
    )
    assert (north.award_id, north.contract_id, north.value) == (
        "TB-A1",
        "TB-C1",
        Money(Decimal("5100000.5"), "GBP", Decimal("6120000.6")),
    )
    assert (north.starts_on, north.ends_on) == (date(2026, 6, 1), date(2029, 5, 31))
    assert [party.name for party in north.suppliers] == [
        "Willowgate Care Limited",
        "Harbour Street Carers",
    ]
    assert (south.award_id, south.contract_id, south.title, south.value) == (
        "TB-A2",
        "",
        "South",
        None,
    )
    assert [(c.lot_id, c.weight, c.is_incomplete) for c in found.criteria] == [
        ("1", "60%", False),
        ("1", "40%", False),
        ("2", "1 (order)", False),
        ("2", "2 (order)", False),
    ]
    assert found.gaps == ("award_unsuccessful", "sub_criteria_not_published")


def test_award_without_contract_entry_becomes_a_contract():
    (contract,) = notice().contracts
    assert (contract.award_id, contract.contract_id) == ("ocds-b5fd17-aa01-1", "")
    assert (contract.title, contract.value) == (
        "Leisure centre cleaning",
        Money(Decimal("118000.5"), "GBP"),
    )
    assert (contract.starts_on, contract.ends_on) == (date(2025, 7, 1), date(2027, 6, 30))
    assert contract.gaps == ()


def test_contract_without_award_is_kept_with_the_gap():
    (contract,) = notice(
        awards=[], contracts=[{"id": "C9", "title": "Lone", "awardID": "gone"}]
    ).contracts
    assert (contract.award_id, contract.contract_id) == ("gone", "C9")
    assert contract.gaps == (
        "award_date_not_published",
        "award_not_found",
        "end_date_not_published",
        "start_date_not_published",
        "supplier_not_published",
        "value_not_published",
    )


def test_award_with_two_contracts_gives_two():
    contracts = [
        {"id": "C1", "awardID": "ocds-b5fd17-aa01-1"},
        {"id": "C2", "awardID": "ocds-b5fd17-aa01-1"},
    ]
    assert [c.contract_id for c in notice(contracts=contracts).contracts] == ["C1", "C2"]


def test_supplier_named_twice_counts_once():
    twice = [{"id": "GB-COH-01234567", "name": "Brightwater Ltd"}] * 2
    assert len(notice(awards=[an_award(suppliers=twice)]).contracts[0].suppliers) == 1


def test_planning_notice_becomes_a_procurement_without_contracts():
    found = notice(
        tag=["planning"], awards=[], tender={"id": "T", "title": "Early talk", "status": "planning"}
    )
    assert (found.contracts, found.status, found.regime) == ((), "planning", "unknown")


@pytest.mark.parametrize(
    ("award", "code"),
    [
        ({"value": None}, "value_not_published"),
        ({"value": {"amount": 0, "currency": "GBP"}}, "value_zero"),
        ({"date": None}, "award_date_not_published"),
        ({"date": "31/12/2025"}, "date_unreadable"),
        ({"suppliers": []}, "supplier_not_published"),
        ({"suppliers": [{"id": "org-3"}]}, "supplier_name_not_published"),
        ({"suppliers": [{"name": "Ann Other"}]}, "supplier_unregistered"),
        ({"contractPeriod": {"startDate": "2025-07-01"}}, "end_date_not_published"),
        (
            {"contractPeriod": {"startDate": "2025-07-01", "endDate": "2025-01-01"}},
            "dates_in_wrong_order",
        ),
        ({"description": "one.rn Two"}, "line_breaks_lost"),
        ({"description": "x" * 30_000}, "text_shortened"),
    ],
)
def test_gap_of_a_contract_is_noted(award, code):
    (contract,) = notice(awards=[an_award(**award)]).contracts
    assert code in contract.gaps
    assert code in GAPS


def test_no_value_is_none_and_zero_is_zero():
    missing, zero = (
        notice(awards=[an_award(value=value)]).contracts[0].value
        for value in (None, {"amount": 0, "currency": "GBP"})
    )
    assert (missing, zero) == (None, Money(Decimal(0), "GBP"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"parties": [], "buyer": {}},
            "The notice names no buyer, so nobody's record would hold it.",
        ),
        (
            {"awards": [{"id": str(n)} for n in range(5_001)]},
            "The notice has more than 5,000 awards or contracts.",
        ),
    ],
)
def test_notice_that_cannot_be_kept_is_refused_with_a_reason(changes, message):
    with pytest.raises(NotMappable) as caught:
        notice(**changes)
    assert str(caught.value) == message


def test_script_in_a_title_stays_text_on_one_line():
    assert notice(tender={"title": "<script>\n&lt;b&gt;"}).title == "<script> <b>"


def test_link_that_is_no_web_address_is_left_out():
    documents = [{"id": "1", "documentType": "awardNotice", "url": "javascript:alert(1)"}]
    assert notice(awards=[an_award(documents=documents)]).notice_url == ""


def buyers(**changes):
    (release,) = read_file("f", a_package(a_release(**changes))).releases
    return [(party.name, party.identifiers[0]) for party in buyers_of(release)]


def test_buyers_are_all_that_a_release_names_the_first_one_first():
    body = a_release()
    second = {"id": "GB-CFS-2", "name": "Second Council", "roles": ["buyer"]}
    assert buyers(parties=[second, *body["parties"]]) == [
        ("Ashmere Council", ("GB-LAE", "ASH")),
        ("Second Council", ("ocds-b5fd17:name", "second council|")),
    ]


def test_body_that_runs_the_procurement_counts_where_no_buyer_is_named():
    entity = {"id": "GB-CFS-3", "name": "Third Council"}
    tender = a_release()["tender"] | {"procuringEntity": entity}
    assert buyers(parties=[], buyer={}, tender=tender) == [
        ("Third Council", ("ocds-b5fd17:name", "third council|"))
    ]
    assert buyers(parties=[], buyer={}) == []


def test_buyer_in_another_form_is_found_by_its_role():
    assert buyers(buyer="Ashmere Council") == [("Ashmere Council", ("GB-LAE", "ASH"))]


def test_notice_is_mapped_as_the_process_of_the_wanted_buyer():
    body = a_release()
    second = {"id": "GB-CFS-2", "name": "Second Council", "roles": ["buyer"]}
    releases = read_file("f", a_package(body | {"parties": [*body["parties"], second]})).releases
    wanted = buyers_of(releases[0])[1]
    found = map_notice(body["ocid"], compile_release(releases), releases, wanted)
    assert (found.buyer.name, "several_buyers" in found.gaps) == (wanted.name, True)


def test_what_cannot_be_read_of_an_award_is_a_gap_of_its_contract_alone():
    rows = [an_award(id="1", value={"amount": "9"}), an_award(id="2")]
    found = notice(awards=rows)
    wrong, right = found.contracts
    assert [(row.field, row.published) for row in wrong.unread] == [("award/value/amount", "9")]
    assert ("field_in_another_form" in wrong.gaps, wrong.value, right.unread) == (True, None, ())
    assert "field_in_another_form" not in {*found.gaps, *right.gaps}
    assert [row.field for row in found.unread] == ["awards[0]/value/amount"]


def test_what_was_published_and_cannot_be_read_is_not_called_unpublished():
    tender = {"title": "x", "value": {"amount": "9"}, "lots": [{"id": "1", "value": 7}]}
    row = an_award(value=9, suppliers="Acme", contractPeriod={"startDate": 7}, date=[])
    found = notice(tender=tender | {"awardCriteria": []}, awards=[row])
    assert found.gaps == ("description_not_published", "field_in_another_form")
    (contract,) = found.contracts
    assert contract.gaps == ("end_date_not_published", "field_in_another_form")
    lots_alone = notice(tender={"title": "x", "lots": [{"id": "1", "value": 7}]})
    assert "value_not_published" in lots_alone.gaps


def test_award_without_an_id_is_kept_with_the_gap():
    (contract,) = notice(awards=[an_award(id=None)]).contracts
    assert ("award_id_not_published" in contract.gaps, contract.value.amount) == (
        True,
        Decimal("118000.5"),
    )
