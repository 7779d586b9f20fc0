"""Every write to the yardstick. What is published never changes afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from principles.models import (
    Criterion,
    DoubleCountPair,
    Edition,
    Framework,
    Measure,
    ScalePoint,
    UnitValue,
    ValueSet,
    ValueSetWithdrawal,
)
from principles.packs import BadPack, Pack, Problem
from principles.rules import is_frameworks_keeper, is_value_set_keeper_for
from principles.value_files import ValueRow, ValueSetTerms, content_sha256


@dataclass(frozen=True)
class PublishedEdition:
    edition: Edition
    is_new: bool


@dataclass(frozen=True)
class PublishedValueSet:
    value_set: ValueSet
    is_new: bool


@transaction.atomic
def publish_editions(*, actor: Actor, packs: Iterable[Pack]) -> list[PublishedEdition]:
    """Publish every pack that is not published yet, or none of them.

    A pack that is published already with the same content changes nothing. Raises ``BadPack``
    where the content of a published edition differs, where a framework has another title, and
    where another edition takes over on the same day.

    Side effects for each new edition, in order: framework, edition, scale, criteria, measures,
    pairs, publication time, audit row.
    """
    require(is_frameworks_keeper(actor), "Only an operator publishes frameworks.")
    results: list[PublishedEdition] = []
    problems: list[Problem] = []
    for pack in packs:
        edition, cause = _published_before(pack)
        is_new = edition is None and not cause
        if is_new:
            try:
                with transaction.atomic():
                    edition = _publish(actor, pack)
            except IntegrityError:
                # Published by somebody else in the same moment: a framework cannot be locked,
                # since nobody may change it, so the database decides who was first.
                is_new = False
                edition, cause = _published_before(pack)
                if edition is None and not cause:
                    raise
        if cause:
            problems.append(Problem(pack.file, pack.label_line, cause))
        else:
            results.append(PublishedEdition(edition, is_new=is_new))
    if problems:
        raise BadPack(problems)
    return results


def _published_before(pack: Pack) -> tuple[Edition | None, str]:
    """The published edition of this key, or why the pack cannot be published."""
    framework = Framework.objects.filter(code=pack.framework_code).first()
    if framework is None:
        return None, ""
    if framework.title != pack.framework_title:
        return None, (f"the title of {pack.framework_code} is '{framework.title}' in every edition")
    edition = framework.editions.filter(label=pack.label).select_related("framework").first()
    if edition is not None:
        if edition.content_sha256 == pack.content_sha256:
            return edition, ""
        return None, (
            f"{pack.key} is published and never changes: give the changed content a new label, "
            "in a file of that name"
        )
    if framework.editions.filter(in_force_from=pack.in_force_from).exists():
        return None, f"another edition of {pack.framework_code} is in force from the same day"
    return None, ""


def _publish(actor: Actor, pack: Pack) -> Edition:
    framework, _ = Framework.objects.get_or_create(
        code=pack.framework_code, defaults={"title": pack.framework_title}
    )
    edition = Edition.objects.create(
        framework=framework,
        label=pack.label,
        in_force_from=pack.in_force_from,
        in_force_to=pack.in_force_to,
        for_assessment=pack.for_assessment,
        publisher=pack.publisher,
        licence=pack.licence,
        source=pack.source,
        basis=pack.basis,
        basis_note=pack.basis_note,
        content_sha256=pack.content_sha256,
    )
    ScalePoint.objects.bulk_create(
        ScalePoint(
            edition=edition, value=point.value, label=point.label, description=point.description
        )
        for point in pack.scale
    )
    criteria = _write_criteria(edition, pack)
    measures = _write_measures(edition, pack, criteria)
    DoubleCountPair.objects.bulk_create(
        DoubleCountPair(
            edition=edition,
            **dict(zip(("first", "second"), _in_order(measures, pair), strict=True)),
            reason=pair.reason,
            source=pair.source,
        )
        for pair in pack.pairs
    )
    edition.published_at = timezone.now()
    edition.save(update_fields=["published_at"])
    audit.record(
        actor=actor,
        verb="edition.published",
        subject=edition,
        facts={
            "edition": edition.key,
            "content_sha256": pack.content_sha256,
            "criteria": len(pack.criteria),
            "measures": len(pack.measures),
        },
    )
    return edition


def _write_criteria(edition: Edition, pack: Pack) -> dict[str, Criterion]:
    """Write the tree from the top down, one insert for each depth."""
    written: dict[str, Criterion] = {}
    waiting = list(pack.criteria)
    while waiting:
        ready = [row for row in waiting if not row.parent_code or row.parent_code in written]
        rows = Criterion.objects.bulk_create(
            Criterion(
                edition=edition,
                parent=written.get(row.parent_code),
                code=row.code,
                title=row.title,
                basis=row.basis,
                explanation=row.explanation,
                good=row.good,
                poor=row.poor,
                evidence_to_ask=list(row.evidence_to_ask),
                answered_by=row.answered_by,
                level=row.level,
                phase=row.phase,
                weight=row.weight,
                source=row.source,
                locator=row.locator,
                position=row.position,
                is_assessable=row.is_assessable,
            )
            for row in ready
        )
        written.update({row.code: row for row in rows})
        waiting = [row for row in waiting if row.code not in written]
    return written


def _write_measures(edition, pack, criteria) -> dict[str, Measure]:
    rows = Measure.objects.bulk_create(
        Measure(
            edition=edition,
            outcome=criteria[row.outcome_code],
            code=row.code,
            label=row.label,
            unit=row.unit,
            kind=row.kind,
            value_basis=row.value_basis,
            counting_rule=row.counting_rule,
            basis=row.basis,
            source=row.source,
            locator=row.locator,
            position=row.position,
        )
        for row in pack.measures
    )
    return {row.code: row for row in rows}


def _in_order(measures: dict[str, Measure], pair) -> list[Measure]:
    return sorted((measures[pair.first_code], measures[pair.second_code]), key=lambda m: m.pk)


@transaction.atomic
def publish_value_set(
    *,
    actor: Actor,
    owner,
    edition: Edition,
    terms: ValueSetTerms,
    rows: Sequence[ValueRow],
) -> PublishedValueSet:
    """Publish checked values for an organisation, or for the installation (``owner`` None).

    ``rows`` come from ``value_files.check_file`` without problems. The same set again changes
    nothing. Raises ``WrongState`` where the label is taken by other values or there are none.

    Side effects, in order: value set, unit values, publication time, audit row.
    """
    require(
        is_value_set_keeper_for(actor, owner),
        "Only a procurement lead or administrator adds value sets, for their own organisation.",
    )
    if not rows:
        raise WrongState("A value set needs at least one value.")
    sha256 = content_sha256(edition.key, terms, rows)
    # Of two who publish at once the second waits here, and finds what the first published.
    Edition.objects.select_for_update().get(pk=edition.pk)
    before = ValueSet.objects.filter(owner=owner, edition=edition, label=terms.label).first()
    if before is not None:
        if before.content_sha256 == sha256:
            return PublishedValueSet(before, is_new=False)
        raise WrongState(
            f"A value set with the label {terms.label} is published and never changes. "
            "Give this one another label."
        )
    value_set = ValueSet.objects.create(
        owner=owner,
        edition=edition,
        **asdict(terms),
        content_sha256=sha256,
    )
    measures = {measure.code: measure for measure in edition.measures.all()}
    UnitValue.objects.bulk_create(
        UnitValue(
            value_set=value_set,
            measure=measures[row.measure],
            unit=row.unit,
            value_gbp=row.value_gbp,
            locality=row.locality,
            source=row.source,
            valued_on=row.valued_on,
        )
        for row in rows
    )
    value_set.published_at = timezone.now()
    value_set.published_by = actor.user
    value_set.save(update_fields=["published_at", "published_by"])
    audit.record(
        actor=actor,
        verb="value_set.published",
        subject=value_set,
        facts={
            "edition": edition.key,
            "content_sha256": sha256,
            "values": len(rows),
            "is_illustrative": terms.is_illustrative,
        },
    )
    return PublishedValueSet(value_set, is_new=True)


@transaction.atomic
def withdraw_value_set(*, actor: Actor, value_set: ValueSet) -> ValueSetWithdrawal:
    """Take a value set out of the choice for new scorecards; old ones keep it.

    Side effects, in order: withdrawal row, audit row.
    """
    require(
        is_value_set_keeper_for(actor, value_set.owner),
        "Only a procurement lead or administrator withdraws their organisation's value sets.",
    )
    ValueSet.objects.select_for_update().get(pk=value_set.pk)
    if ValueSetWithdrawal.objects.filter(value_set=value_set).exists():
        raise WrongState("This value set is withdrawn already.")
    withdrawal = ValueSetWithdrawal.objects.create(
        value_set=value_set, withdrawn_at=timezone.now(), withdrawn_by=actor.user
    )
    audit.record(actor=actor, verb="value_set.withdrawn", subject=value_set)
    return withdrawal
