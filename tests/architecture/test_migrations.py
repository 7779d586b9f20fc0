"""Rules 8 and 9: the migrations are complete, and the database refuses to change what froze."""

from io import StringIO

import pytest

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from principles.actions import withdraw_value_set
from tests.architecture.sources import FLOORS

pytestmark = pytest.mark.django_db

# Every row of these is as it was written.
ONLY_GROWS = [
    "accounts_auditevent",
    "accounts_audithead",
    "accounts_auditlink",
    "commissioning_bidanswer",
    "commissioning_bidcommitment",
    "commissioning_bidlot",
    "commissioning_bidparticipation",
    "commissioning_bidprice",
    "commissioning_carriedterm",
    "commissioning_conflictsassessment",
    "commissioning_directawardstep",
    "commissioning_exercisenotice",
    "commissioning_exercisestep",
    "commissioning_failedunlock",
    "commissioning_modelversion",
    "commissioning_openingact",
    "commissioning_setasideenvelope",
    "principles_criterion",
    "principles_doublecountpair",
    "principles_framework",
    "principles_measure",
    "principles_scalepoint",
    "principles_unitvalue",
    "principles_valuesetwithdrawal",
    "providers_submission",
    "scorecards_assurancepolicy",
    "scorecards_bidstanding",
    "scorecards_consensusconfirmation",
    "scorecards_consensusrevision",
    "scorecards_frameworkresult",
    "scorecards_lotcontract",
    "scorecards_lotresult",
    "scorecards_lotstep",
    "scorecards_principleresult",
    "scorecards_ratingrevision",
    "scorecards_reportdocument",
    "scorecards_scorecardresult",
    "scorecards_scorecardstep",
    "scorecards_signingkey",
    "scorecards_storedawarddocument",
    "scorecards_supplierexclusion",
]
# Rows of these freeze at a moment, named by the column.
FREEZES = {
    "principles_edition": "published_at",
    "principles_valueset": "published_at",
    "providers_answer": "frozen_at",
    "providers_answerevidence": "frozen_at",
    "providers_evidenceitem": "frozen_at",
    "providers_measureanswer": "frozen_at",
    "providers_measureanswerevidence": "frozen_at",
    "scorecards_assessmentsummary": "released_at",
    "scorecards_bidrating": "locked_at",
    "scorecards_consensus": "frozen_at",
    "scorecards_finding": "frozen_at",
    "scorecards_lowtenderinquiry": "decided_at",
    "scorecards_rating": "frozen_at",
    "scorecards_report": "job_id",
}
GUARDED = [*ONLY_GROWS, *FREEZES]
# Rows of these are never deleted, and keep all columns but a few.
NEVER_DELETED = {
    "commissioning_bidsubmission": "sha256 = 'x'",
    "commissioning_envelope": "sha256 = 'x'",
    "commissioning_exercisedeclaration": "has_interest = NOT has_interest",
    "commissioning_openingkey": "kind = 'x'",
}
# Rows of these keep some of their columns from a moment on.
KEEPS = ["scorecards_scorecard"]
MODELS = {
    model._meta.db_table: model for app in FLOORS for model in apps.get_app_config(app).get_models()
}
TRIGGERS = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal
    """,
}


def frozen_key(table: str) -> int:
    """The key of a row of the table that may not change any more."""
    rows = MODELS[table].objects.order_by("pk")
    if table in FREEZES:
        rows = rows.filter(**{f"{FREEZES[table]}__isnull": False})
    return rows.first().pk


def refused(statement: str, *values) -> bool:
    """Whether the database refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


@pytest.fixture(scope="module")
def filled(world, django_db_blocker):
    """The world, with a value set taken out of use as well."""
    with django_db_blocker.unblock():
        withdraw_value_set(actor=world.actor("priya"), value_set=world.rows["value set"])
    return world


def test_migrations_say_all_that_models_say():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert out.getvalue().strip() == "No changes detected"


def test_migrations_are_named_by_what_they_do():
    names = [
        name
        for app, name in MigrationLoader(None).disk_migrations
        if app in FLOORS and "_auto_" in name
    ]
    assert names == []


def test_guarded_tables_are_all_that_have_triggers():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        tables = {name for (name,) in cursor.fetchall()}
    assert sorted(tables) == sorted([*GUARDED, *NEVER_DELETED, *KEEPS])


@pytest.mark.parametrize("table", GUARDED)
def test_frozen_row_refuses_update(filled, table):
    assert refused(f"UPDATE {table} SET id = id WHERE id = %s", frozen_key(table))


@pytest.mark.parametrize("table", GUARDED)
def test_frozen_row_refuses_delete(filled, table):
    assert refused(f"DELETE FROM {table} WHERE id = %s", frozen_key(table))


def columns_of(table: str) -> list[str]:
    return [field.column for field in MODELS[table]._meta.concrete_fields if not field.primary_key]


def has_unique_columns(table: str) -> bool:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    return any(row["unique"] and not row["primary_key"] for row in constraints.values())


@pytest.mark.parametrize("table", [*GUARDED, *NEVER_DELETED])
def test_guarded_row_is_not_replaced(filled, table):
    """The attack: ``INSERT OR REPLACE`` removes the row in the way, and no trigger sees it."""
    key, columns = frozen_key(table), ", ".join(f'"{name}"' for name in columns_of(table))
    if connection.vendor == "postgresql":
        # The same in PostgreSQL's words: it updates, and the trigger for updates sees that.
        changed = NEVER_DELETED.get(table, "id = EXCLUDED.id")
        assert refused(
            f"INSERT INTO {table} AS held (id, {columns}) "
            f"SELECT id, {columns} FROM {table} WHERE id = %s "
            f"ON CONFLICT (id) DO UPDATE SET {changed.replace('NOT has', 'NOT held.has')}",
            key,
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    assert refused(
        f"INSERT OR REPLACE INTO {table} (id, {columns}) "
        f"SELECT id, {columns} FROM {table} WHERE id = %s",
        key,
    )
    if has_unique_columns(table):
        assert refused(
            f"INSERT OR REPLACE INTO {table} ({columns}) "
            f"SELECT {columns} FROM {table} WHERE id = %s",
            key,
        )
    other = MODELS[table].objects.exclude(pk=key).order_by("-pk").first()
    if other is not None:
        assert refused(f"UPDATE OR REPLACE {table} SET id = {key} WHERE id = %s", other.pk)


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_row_that_is_never_deleted_refuses_delete_and_another_content(filled, table):
    key = frozen_key(table)
    assert refused(f"DELETE FROM {table} WHERE id = %s", key)
    assert refused(f"UPDATE {table} SET {NEVER_DELETED[table]} WHERE id = %s", key)


@pytest.mark.parametrize("table", [*GUARDED, *NEVER_DELETED])
def test_guarded_table_refuses_truncate(filled, table):
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table} CASCADE")
    else:
        assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("signed off", "opinion = 'no_assurance'"),
        ("signed off", "assessed_on = NULL"),
        ("signed off", "value_set_id = NULL"),
        ("superseded", "level = 'core'"),
    ],
)
def test_settled_scorecard_refuses_another_verdict(filled, name, change):
    key = filled.scorecards[name].pk
    assert refused(f"UPDATE scorecards_scorecard SET {change} WHERE id = %s", key)


def test_settled_scorecard_may_be_superseded(filled):
    key = filled.scorecards["signed off"].pk
    statement = "UPDATE scorecards_scorecard SET stage = 'superseded' WHERE id = %s"
    assert not refused(statement, key)
