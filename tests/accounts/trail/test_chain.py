"""A changed, removed, inserted or reordered row is found, and it is the first one that is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.trail import chain


def event(key: int, **changes) -> chain.Event:
    made = chain.Event(
        key=key,
        at="2026-11-02T10:00:00.000000+00:00",
        actor="P-2345678",
        actor_label="Priya Raman",
        organisation="ORG-2345678",
        verb="rating.saved",
        subject_type="scorecards.rating",
        subject_reference=str(key),
        case_reference="CT-2345678",
        request_id="abc",
        facts={"value": key},
    )
    return replace(made, **changes)


def whole(number: int) -> list[tuple[chain.Link, chain.Event]]:
    events = [event(key) for key in range(11, 11 + number)]
    links = chain.linked(events, position=0, previous=chain.NOTHING_BEFORE)
    return list(zip(links, events, strict=True))


def head_of(rows) -> chain.Head:
    link = rows[-1][0]
    return chain.Head(link.position, link.sha256, "2026-11-02T11:00:00.000000+00:00")


def test_chain_as_it_was_made_fits():
    rows = whole(5)
    assert chain.first_misfit(rows, [head_of(rows[:3]), head_of(rows)]) is None


def test_empty_chain_fits():
    assert chain.first_misfit([], []) is None


def test_links_go_on_from_where_they_ended():
    rows = whole(5)
    first, rest = rows[:2], [row for _, row in rows[2:]]
    again = chain.linked(rest, position=2, previous=first[-1][0].sha256)
    assert list(again) == [link for link, _ in rows[2:]]


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "rating.read"}, {"actor": "P-9999999"}, {"at": "2026-11-02T10:00:00.000001+00:00"},
        {"facts": {"value": 99}}, {"organisation": ""}, {"case_reference": "CT-9999999"},
        {"subject_reference": "x"}, {"subject_type": "x"}, {"request_id": "x"},
        {"actor_label": "Somebody Else"},
    ],
)  # fmt: skip
def test_row_that_was_changed_is_named(change):
    rows = whole(5)
    rows[2] = (rows[2][0], replace(rows[2][1], **change))
    found = chain.first_misfit(rows, [])
    assert (found.position, found.event_key) == (3, 13)


def test_row_that_is_gone_is_named():
    rows = whole(5)
    rows[2] = (rows[2][0], None)
    assert chain.first_misfit(rows, []) == chain.Misfit(3, 13, "row 13 is gone")


def test_link_that_is_gone_is_named():
    rows = whole(5)
    del rows[2]
    assert chain.first_misfit(rows, []) == chain.Misfit(3, None, "link 3 is missing")


def test_rows_that_changed_places_are_named():
    rows = whole(5)
    rows[1], rows[2] = (rows[1][0], rows[2][1]), (rows[2][0], rows[1][1])
    assert chain.first_misfit(rows, []).position == 2


def test_chain_that_was_made_anew_does_not_fit_the_signed_head():
    """Who owns the database can write the whole chain again, and cannot sign its head."""
    head = head_of(whole(5))
    events = [event(key, verb="rating.read") for key in range(11, 16)]
    forged = chain.linked(events, position=0, previous=chain.NOTHING_BEFORE)
    found = chain.first_misfit(zip(forged, events, strict=True), [head])
    assert (found.position, "names another hash" in found.reason) == (5, True)


def test_chain_that_was_cut_does_not_reach_the_signed_head():
    rows = whole(5)
    found = chain.first_misfit(rows[:3], [head_of(rows)])
    assert (found.position, "ends after link 3" in found.reason) == (4, True)


def test_moment_is_hashed_in_utc():
    summer = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    assert chain.moment(summer) == "2026-07-01T09:00:00.000000+00:00"
    assert chain.moment(datetime(2026, 7, 1, 9, tzinfo=UTC)) == chain.moment(summer)


@given(st.integers(1, 12), st.data())
def test_any_one_change_is_found_at_its_place(number, data):
    rows = whole(number)
    place = data.draw(st.integers(0, number - 1))
    rows[place] = (rows[place][0], replace(rows[place][1], verb=data.draw(st.text(max_size=5))))
    assert chain.first_misfit(rows, []).position == place + 1
