import pytest

from django.urls import reverse

from principles import actions
from tests.principles.conftest import LOADER
from tests.principles.samples import pack

PAGES = [
    ("principles:framework-list", ()),
    ("principles:edition-detail", ("seven-principles", "2026.1")),
    ("principles:edition-detail", ("cipfa-ifac", "2014.1")),
    ("principles:edition-detail", ("national-toms", "2019.1")),
    ("principles:criterion-detail", ("seven-principles", "2026.1", "SP2")),
    ("principles:criterion-detail", ("seven-principles", "2026.1", "SP2.2")),
    ("principles:criterion-detail", ("cipfa-ifac", "2014.1", "F5")),
    ("principles:criterion-detail", ("national-toms", "2019.1", "T1.2")),
    ("principles:edition-detail", ("social-value-model", "06-20.1")),
    ("principles:criterion-detail", ("social-value-model", "06-20.1", "SV2-3")),
    ("principles:criterion-detail", ("social-value-model", "06-20.1", "SV2-3.1")),
    ("principles:measure-list", ("national-toms", "2019.1")),
    ("principles:measure-detail", ("national-toms", "2019.1", "NT28")),
]


@pytest.mark.parametrize(("name", "arguments"), PAGES)
@pytest.mark.parametrize("person", ["priya", "cara", "oscar"])
def test_library_opens_to_anyone_signed_in(browse, editions, person, name, arguments):
    response = browse(person).get(reverse(name, args=arguments))
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_library_is_shut_to_others(client, editions, name, arguments):
    assert client.get(reverse(name, args=arguments)).status_code == 302


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("principles:edition-detail", ("seven-principles", "1")),
        ("principles:criterion-detail", ("seven-principles", "2026.1", "SP9")),
        ("principles:measure-list", ("nothing", "1")),
        ("principles:measure-detail", ("national-toms", "2019.1", "NT49")),
        ("principles:value-file", ("nothing", "1")),
    ],
)
def test_what_is_not_there_is_not_found(browse, editions, name, arguments):
    assert browse("priya").get(reverse(name, args=arguments)).status_code == 404


def test_criterion_page_shows_guidance_source_and_basis(browse, editions):
    url = reverse("principles:criterion-detail", args=("seven-principles", "2026.1", "SP4.2"))
    page = browse("cara").get(url).content.decode()
    for text in (
        "People can complain easily and without fear of worse service",
        "There is an independent stage",
        "Few complaints are recorded",
        "Complaints log for the last 12 months",
        "In place and shown to work",
        "Committee on Standards in Public Life: Ethical standards for providers",
        "complaint and user satisfaction data could be used more effectively",
        "Own synthesis",
        "Title and guidance are our own words",
    ):
        assert text in page


def test_edition_page_shows_its_basis(browse, editions):
    url = reverse("principles:edition-detail", args=("national-toms", "2019.1"))
    page = browse("cara").get(url).content.decode()
    assert "Reconstructed" in page
    assert "have not been checked against the framework itself" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [({}, 34), ({"level": "standard"}, 22), ({"level": "core"}, 8), ({"words": "gifts"}, 1)],
)
def test_edition_page_is_filtered(browse, editions, query, found):
    url = reverse("principles:edition-detail", args=("seven-principles", "2026.1"))
    response = browse("priya").get(url, query)
    assert response.context["found"] == found


def test_measures_can_be_searched(browse, editions):
    url = reverse("principles:measure-list", args=("national-toms", "2019.1"))
    response = browse("priya").get(url, {"words": "carbon"})
    assert [row.code for row in response.context["measures"]] == ["NT31", "NT45", "NT48"]


@pytest.mark.parametrize("count", [1, 3])
def test_framework_list_takes_the_same_queries_for_1_and_3(
    browse, db, tmp_path, library_queries, count
):
    for label in range(1, count + 1):
        small = pack(tmp_path, label=str(label), in_force_from=f"202{label}-01-01")
        actions.publish_editions(actor=LOADER, packs=[small])
    client = browse("priya")
    url = reverse("principles:framework-list")
    assert library_queries(lambda: client.get(url)) == 2
    response = client.get(url)
    assert len(response.context["current"]) == 1
    assert len(response.context["others"]) == count - 1


@pytest.mark.parametrize("words", ["gifts", "complaints"])
def test_edition_page_takes_the_same_queries_for_few_and_many(
    browse, editions, library_queries, words
):
    client = browse("priya")
    url = reverse("principles:edition-detail", args=("seven-principles", "2026.1"))
    assert library_queries(lambda: client.get(url, {"words": words})) == 4


@pytest.mark.parametrize("words", ["NT31", "NT3"])
def test_measure_list_takes_the_same_queries_for_few_and_many(
    browse, editions, library_queries, words
):
    client = browse("priya")
    url = reverse("principles:measure-list", args=("national-toms", "2019.1"))
    assert library_queries(lambda: client.get(url, {"words": words})) == 2


def test_edition_for_design_says_that_nothing_is_assessed_against_it(browse, editions):
    for code, label, said in (
        ("social-value-model", "06-20.1", True),
        ("seven-principles", "2026.1", False),
    ):
        url = reverse("principles:edition-detail", args=(code, label))
        page = browse("cara").get(url).content.decode()
        assert ("Nothing is assessed against it" in page) is said
    page = browse("cara").get(reverse("principles:framework-list")).content.decode()
    assert page.count("for designing procurements only") == 1
