"""The database itself keeps what was published."""

import pytest

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

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


def refused(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Framework, {"title": "x"}),
        (Edition, {"licence": "x"}),
        (Edition, {"published_at": None}),
        (ScalePoint, {"label": "x"}),
        (Criterion, {"title": "x"}),
        (Measure, {"label": "x"}),
        (DoubleCountPair, {"reason": "x"}),
        (ValueSet, {"licence": "x"}),
        (ValueSet, {"is_illustrative": False}),
        (UnitValue, {"value_gbp": "1000000"}),
    ],
)
def test_published_rows_refuse_update(illustrative, model, changes):
    refused(lambda: model.objects.update(**changes))


@pytest.mark.parametrize("model", [ScalePoint, DoubleCountPair, UnitValue])
def test_published_rows_refuse_delete(illustrative, model):
    refused(lambda: model.objects.all()._raw_delete("default"))
    assert model.objects.exists()


@pytest.mark.parametrize("model", [ScalePoint, Criterion, Measure, DoubleCountPair, UnitValue])
def test_published_editions_and_sets_refuse_new_parts(illustrative, model):
    row = model.objects.last()
    row.pk = None
    for name in ("code", "locality"):
        if hasattr(row, name):
            setattr(row, name, "new")
    if hasattr(row, "position"):
        row.position = 999
    if model is ScalePoint:
        row.value = 99
    if model is DoubleCountPair:
        row.first, row.second = row.second, Measure.objects.last()
    with pytest.raises(IntegrityError, match="cannot grow"), transaction.atomic():
        row.save(force_insert=True)


def test_withdrawal_refuses_update(illustrative):
    ValueSetWithdrawal.objects.create(value_set=illustrative, withdrawn_at=timezone.now())
    refused(lambda: ValueSetWithdrawal.objects.update(withdrawn_at=timezone.now()))
