"""Pages of a long list."""

from django.core.paginator import Page, Paginator

from accounts.numbers import read_key


def page_of(request, rows, per_page: int = 25) -> Page:
    """The page that ``?page=`` asks for; the nearest one when it asks for nonsense."""
    return Paginator(rows, per_page).get_page(read_key(request.GET.get("page")))
