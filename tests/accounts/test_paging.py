"""Pages of a long list."""

import pytest

from accounts.paging import page_of


@pytest.mark.parametrize(
    ("asked", "number", "first"),
    [
        ("", 1, 0),
        ("?page=2", 2, 25),
        ("?page=99", 3, 50),
        ("?page=nonsense", 1, 0),
        ("?page=-1", 1, 0),
        ("?page=２", 1, 0),
        (f"?page={10**400}", 1, 0),
    ],
)
def test_page_is_the_one_asked_for_or_the_nearest(rf, asked, number, first):
    page = page_of(rf.get(f"/{asked}"), list(range(60)))
    assert (page.number, page[0]) == (number, first)


def test_page_of_nothing_is_an_empty_first_page(rf):
    page = page_of(rf.get("/"), [])
    assert (page.number, list(page)) == (1, [])
