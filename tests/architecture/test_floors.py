"""Rule 1: an app imports only from floors below. A reverse look-up upwards counts as an import."""

import pytest
from importlinter.cli import lint_imports

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.architecture.sources import (
    FLOORS,
    ROOT,
    all_modules,
    attributes_used,
    imported_names,
    shown,
)

MODELS = [model for app in FLOORS for model in apps.get_app_config(app).get_models()]


def relations_downwards():
    """(model, field) for every relation whose target stands in a lower app."""
    found = []
    for model in MODELS:
        floor = FLOORS.index(model._meta.app_label)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.remote_field.model if field.remote_field else None
            if target is None or target._meta.app_label not in FLOORS:
                continue
            if FLOORS.index(target._meta.app_label) < floor:
                found.append((model, field))
    return found


def test_import_contracts_are_kept(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("model", "field"),
    relations_downwards(),
    ids=[f"{model._meta.label}.{field.name}" for model, field in relations_downwards()],
)
def test_relation_to_lower_floor_has_no_way_back(model, field):
    assert field.remote_field.hidden


def test_apps_import_no_model_by_its_name():
    assert [shown(path) for path in all_modules() if "get_model" in attributes_used(path)] == []


# Modules that listen to a signal of Django's, and why nothing else would do.
LISTENS = {
    "accounts/apps.py": "guards of SQLite's tables are made from the indexes after a migration",
}


def test_apps_send_and_receive_no_django_signals():
    def uses_signals(path):
        return any(
            name.startswith(("django.dispatch", "django.db.models.signals"))
            for name in imported_names(path)
        )

    assert [shown(path) for path in all_modules() if uses_signals(path)] == list(LISTENS)


def test_models_have_no_generic_foreign_keys():
    fields = [field for model in MODELS for field in model._meta.private_fields]
    assert [field for field in fields if isinstance(field, GenericForeignKey)] == []


def test_roof_is_imported_by_no_app():
    below = [path for path in all_modules() if shown(path).split("/")[0] in FLOORS]
    found = [
        shown(path)
        for path in below
        if any(name.split(".")[0] == "config" for name in imported_names(path))
    ]
    assert found == []
