"""What upper floors put on a contract's page."""

from accounts.access import Actor
from commissioning import contract_links
from commissioning.contract_links import ContractLink


def test_links_come_in_the_order_of_registration_and_each_source_once(monkeypatch):
    monkeypatch.setattr(contract_links, "_SOURCES", [])

    def first(viewer, contract):
        return [ContractLink("One", f"/{contract}/")]

    def second(viewer, contract):
        yield ContractLink("Two", "/two/", is_action=True)

    for source in (first, second, first):
        contract_links.register(source)
    found = contract_links.links_for(Actor(), "CT-1")
    assert [(link.text, link.url, link.is_action) for link in found] == [
        ("One", "/CT-1/", False),
        ("Two", "/two/", True),
    ]
