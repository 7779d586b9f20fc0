"""Reads of what a bidder wrote and handed in, part by part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from accounts.access import Actor
from accounts.models import User
from commissioning import sealed_rows
from commissioning.award_model.bid_parts import BidPart, Shortcoming, bid_parts, shortcomings
from commissioning.award_model.differences import part_differences
from commissioning.award_model.model import AwardModel
from commissioning.enums import EnvelopeKind
from commissioning.inputs import published_model
from commissioning.models import Bid, BidDraftPart, BidPartHolder, BidSubmission, ModelVersion
from commissioning.opened_contents import UnfitContent
from commissioning.queries.bids import submissions
from commissioning.queries.exercises import versions
from commissioning.sealing import SealingError

UNREADABLE = Shortcoming("", "What was saved here cannot be read")


@dataclass(frozen=True)
class DraftPart:
    """One part of a draft as its bidder sees it. ``content`` is empty where nothing is written.

    ``is_marked``: somebody said that it is complete. ``lacks`` says what stands against that, also
    where an amendment changed what is asked since. ``is_unreadable``: something is written, and is
    not as it was saved. ``changes`` are what amendments changed since of that which it answers, and
    ``changed_by`` their numbers; ``seen_version`` is the version under which it was saved, and
    ``in_force`` the one that asks it now.
    """

    part: BidPart
    content: dict
    is_marked: bool
    revision: int
    lacks: tuple[Shortcoming, ...] = ()
    holder: User | None = None
    updated_at: datetime | None = None
    updated_by: User | None = None
    is_unreadable: bool = False
    seen_version: int = 1
    in_force: int = 1
    changes: tuple[str, ...] = ()
    changed_by: tuple[int, ...] = ()

    @property
    def version(self) -> int:
        """What a form counts its saves by."""
        return self.revision

    @property
    def is_complete(self) -> bool:
        """It can be handed in."""
        return self.is_marked and not self.lacks and not self.changes

    @property
    def changed_words(self) -> str:
        """That the part is to be looked at again, and why; empty where nothing changed."""
        if not self.changes:
            return ""
        *others, last = (str(number) for number in self.changed_by)
        numbers = f"amendments {', '.join(others)} and {last}" if others else f"amendment {last}"
        did = "completed" if self.is_marked else "saved"
        return f"Changed since you {did} this, by {numbers}"

    @property
    def status(self) -> str:
        if self.is_unreadable:
            return "Cannot be read"
        if self.is_complete:
            return "Completed"
        if self.is_marked:
            return "Look again"
        return "In progress" if self.revision else "Not started"


def draft(viewer: Actor, bid: Bid) -> tuple[AwardModel, list[DraftPart]]:
    """The model in force and every part of the draft, in the order in which to fill them in."""
    published = list(versions(viewer, bid.exercise))
    model = published_model(published[-1])
    return model, _parts(viewer, bid, bid_parts(model, bid.lots), published)


def draft_part(viewer: Actor, bid: Bid, lot_number: int, name: str) -> DraftPart | None:
    """One part of the draft; only this one is unsealed."""
    published = list(versions(viewer, bid.exercise))
    wanted = [
        part
        for part in bid_parts(published_model(published[-1]), bid.lots)
        if (part.lot_number, part.name) == (lot_number, name)
    ]
    if not wanted:
        return None
    return _parts(viewer, bid, wanted, published, lot_number=lot_number, part=name)[0]


def _parts(
    viewer: Actor, bid: Bid, parts: Iterable[BidPart], published: list[ModelVersion], **only
) -> list[DraftPart]:
    """The parts with their rows. ``only`` narrows the rows that are read."""
    rows = list(
        BidDraftPart.objects.visible_to(viewer).filter(bid=bid, **only).select_related("updated_by")
    )
    holders = {
        (row.lot_number, row.part): row.user
        for row in BidPartHolder.objects.visible_to(viewer)
        .filter(bid=bid, **only)
        .select_related("user")
    }
    contents = sealed_rows.draft_contents(bid, rows)
    by_key = {(row.lot_number, row.part): row for row in rows}
    oldest = min((row.seen_version for row in rows), default=published[-1].number)
    models = {row.number: published_model(row) for row in published if row.number >= oldest}
    found = []
    for part in parts:
        key = (part.lot_number, part.name)
        row, content = by_key.get(key), contents.get(key, {})
        is_unreadable = content is None
        seen = row.seen_version if row else published[-1].number
        changes, changed_by = _amended(part, seen, models)
        found.append(
            DraftPart(
                part=part,
                content=content or {},
                is_marked=bool(row and row.is_complete and not is_unreadable),
                revision=row.revision if row else 0,
                lacks=(UNREADABLE,) if is_unreadable else shortcomings(part, content),
                holder=holders.get(key),
                updated_at=row.updated_at if row else None,
                updated_by=row.updated_by if row else None,
                is_unreadable=is_unreadable,
                seen_version=seen,
                in_force=published[-1].number,
                changes=changes,
                changed_by=changed_by,
            )
        )
    return found


def _amended(
    part: BidPart, seen: int, models: dict[int, AwardModel]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What changed of that which the part answers since the version ``seen``, and the numbers of
    the amendments that changed it. ``models`` are the published ones from there on, by number.
    """
    numbers = [number for number in sorted(models) if number >= seen]
    if len(numbers) < 2:
        return (), ()
    changes = part_differences(models[numbers[0]], models[numbers[-1]], part)
    changed_by = tuple(
        later
        for earlier, later in pairwise(numbers)
        if changes and part_differences(models[earlier], models[later], part)
    )
    return changes, changed_by


def part_as_handed_in(viewer: Actor, bid: Bid, part: BidPart) -> tuple[BidSubmission, dict] | None:
    """What the last handing-in says to this part, also where it was withdrawn. None where nothing
    was handed in, where it has no such part, and where it cannot be read either.
    """
    last = submissions(viewer, bid).prefetch_related("envelopes").last()
    if last is None:
        return None
    try:
        content = sealed_rows.content_of(part, sealed_rows.read_submission(last))
    except (SealingError, UnfitContent, KeyError):
        return None
    return (last, content) if content else None


def handed_in_parts(viewer: Actor, submission: BidSubmission) -> list[DraftPart]:
    """The parts as they were handed in, under the criteria that were in force then."""
    if not BidSubmission.objects.visible_to(viewer).filter(pk=submission.pk).exists():
        return []
    contents = sealed_rows.read_submission(submission)
    return [
        DraftPart(
            part=part,
            content=sealed_rows.content_of(part, contents),
            is_marked=True,
            revision=0,
            updated_at=submission.submitted_at,
            updated_by=submission.submitted_by,
        )
        for part in bid_parts(published_model(submission.version), submission.lots)
    ]


def handed_in_order(viewer: Actor, submission: BidSubmission) -> list[int]:
    """The lots as they were handed in, the most wanted first; empty where no order was given."""
    if not BidSubmission.objects.visible_to(viewer).filter(pk=submission.pk).exists():
        return []
    contents = sealed_rows.read_submission(submission)
    return contents[0, EnvelopeKind.PARTICIPATION]["preferences"]


def differs_from_handed_in(
    viewer: Actor, bid: Bid, parts: list[DraftPart], submission: BidSubmission
) -> bool:
    """Whether the draft says something else than what the viewer's organisation handed in: other
    words, other lots or another order of them. What cannot be read, of either, is no copy.
    """
    if not submissions(viewer, bid).filter(pk=submission.pk).exists():
        return True
    if any(row.is_unreadable for row in parts):
        return True
    try:
        handed_in = sealed_rows.read_submission(submission)
    except (SealingError, UnfitContent):
        return True
    return sealed_rows.envelope_contents(bid, parts) != handed_in
