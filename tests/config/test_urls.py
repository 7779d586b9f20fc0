"""Every address of the site."""

import pytest

from django.urls import get_resolver

from config import urls


def test_apps_are_joined_in_one_place():
    spaces = {row.namespace for row in get_resolver().url_patterns if row.namespace}
    assert spaces == {"accounts", "principles", "providers", "commissioning", "scorecards"}


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_errors_have_pages_of_ours(code):
    handler = get_resolver().resolve_error_handler(code)
    assert f"{handler.__module__}.{handler.__name__}" == getattr(urls, f"handler{code}")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/static/", "/media/", "/accounts/login/", "/signup/"])
def test_address_that_others_have_is_not_here(client, path):
    assert client.get(path).status_code == 404
