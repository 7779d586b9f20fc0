"""Reads about processes of which several bodies say something: doubts whose it is, and links."""

import datetime
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor, Role
from accounts.home import CHANGED, MOST_ITEMS, NEEDS_ME, Item
from commissioning.enums import LinkState
from commissioning.models import Contract, ProcessLink, Procurement

DOUBT_IS_NEW = timedelta(days=30)


def named_elsewhere_on(viewer: Actor, procurement: Procurement) -> datetime.date | None:
    """The day of the newest notice in which another body is named as buyer of the same process.

    It says that there is one, and nothing else of it. The caller has shown the procurement.
    """
    if procurement.ocid is None:
        return None
    others = Procurement.objects.filter(ocid=procurement.ocid).exclude(pk=procurement.pk)
    newest = others.order_by(F("released_at").desc(nulls_last=True)).first()
    return newest and timezone.localdate(newest.released_at or newest.created_at)


def process_links(viewer: Actor) -> QuerySet[ProcessLink]:
    """The links that the viewer may read, newest first."""
    return ProcessLink.objects.visible_to(viewer).select_related(
        "contract__commissioner__organisation", "made_by", "disputed_by"
    )


def links_of_contract(viewer: Actor, contract: Contract) -> QuerySet[ProcessLink]:
    """What the contract's commissioner states about it."""
    return process_links(viewer).filter(contract=contract).standing()


def links_to_process(viewer: Actor, procurement: Procurement) -> QuerySet[ProcessLink]:
    """What others state about the viewer's own process."""
    return (
        process_links(viewer)
        .filter(ocid=procurement.ocid, publisher=procurement.buyer.organisation)
        .standing()
    )


def process_link(viewer: Actor, reference: str) -> ProcessLink | None:
    """One link that stands."""
    return process_links(viewer).standing().filter(reference=reference).first()


def process_of_link(viewer: Actor, link: ProcessLink) -> Procurement | None:
    """The viewer's own process that a link of another body names."""
    if viewer.organisation is None or viewer.organisation.pk != link.publisher_id:
        return None
    rows = Procurement.objects.visible_to(viewer).select_related("buyer__organisation")
    return rows.filter(ocid=link.ocid, buyer__organisation=viewer.organisation).first()


def process_home_items(viewer: Actor) -> list[Item]:
    """What others say of the viewer's processes, and of its statements about theirs."""
    if not viewer.has(Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD):
        return []
    own = Procurement.objects.visible_to(viewer).filter(buyer__organisation=viewer.organisation)
    stated = process_links(viewer).filter(state=LinkState.STATED, publisher=viewer.organisation)
    items = [
        Item(
            NEEDS_ME,
            f"{link.contract.commissioner} says that a contract was called off under your process",
            reverse("commissioning:procurement-detail", args=[link.process_reference]),
            link.made_at,
            link.contract.title,
        )
        for link in stated.annotate(
            process_reference=Subquery(own.filter(ocid=OuterRef("ocid")).values("reference")[:1])
        )[:MOST_ITEMS]
    ]
    disputed = process_links(viewer).filter(
        state=LinkState.DISPUTED, contract__commissioner__organisation=viewer.organisation
    )
    items += [
        Item(
            NEEDS_ME,
            f"{link.publisher_name} disputes that your contract was called off under its process",
            reverse("commissioning:contract-detail", args=[link.contract.reference]),
            link.disputed_at,
            link.contract.title,
        )
        for link in disputed[:MOST_ITEMS]
    ]
    others = Procurement.objects.filter(
        ocid=OuterRef("ocid"), created_at__gte=timezone.now() - DOUBT_IS_NEW
    ).exclude(pk=OuterRef("pk"))
    doubted = own.filter(Exists(others)).annotate(
        doubted_at=Subquery(others.order_by("-created_at").values("created_at")[:1])
    )
    items += [
        Item(
            CHANGED,
            f"Another body is named as buyer of {row.title}",
            reverse("commissioning:procurement-detail", args=[row.reference]),
            row.doubted_at,
        )
        for row in doubted.order_by("-doubted_at", "pk")[:MOST_ITEMS]
    ]
    return items
