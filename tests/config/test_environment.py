"""What an installation is described by."""

import pytest

from django.core.exceptions import ImproperlyConfigured

from config.environment import NEEDED_IN_PRODUCTION, load


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """``environment(NAME="value")``: load under these variables and no others of ours."""

    def under(**variables):
        for name in (*NEEDED_IN_PRODUCTION, "INSTALLATION", "VAR_DIR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return load(tmp_path)

    return under


def test_production_names_everything_that_is_missing_at_once(environment):
    with pytest.raises(ImproperlyConfigured) as error:
        environment(INSTALLATION="production")
    lines = [line.strip() for line in str(error.value).splitlines()[1:]]
    assert lines == [f"{name}: {why}" for name, why in NEEDED_IN_PRODUCTION.items()]


@pytest.mark.parametrize("missing", NEEDED_IN_PRODUCTION)
def test_production_names_the_one_that_is_missing(environment, missing):
    given = {name: "given" for name in NEEDED_IN_PRODUCTION if name != missing}
    with pytest.raises(ImproperlyConfigured) as error:
        environment(INSTALLATION="production", **given)
    assert str(error.value).splitlines()[1:] == [f"  {missing}: {NEEDED_IN_PRODUCTION[missing]}"]


def test_production_with_everything_is_loaded(environment):
    found = environment(INSTALLATION="production", **dict.fromkeys(NEEDED_IN_PRODUCTION, "given"))
    assert (found.is_production, found.secret_key()) == (True, "given")


def test_unknown_kind_of_installation_is_refused(environment):
    with pytest.raises(ImproperlyConfigured, match="INSTALLATION is 'staging'"):
        environment(INSTALLATION="staging")


@pytest.mark.parametrize("kind", ["embedded", "demonstration", "test"])
def test_other_kinds_need_nothing(environment, kind):
    assert environment(INSTALLATION=kind).installation == kind


def test_machine_without_a_word_about_it_is_embedded(environment):
    assert environment().installation == "embedded"


def test_demonstration_keeps_a_secret_key_of_its_own(environment, tmp_path):
    found = environment(INSTALLATION="demonstration")
    first, second = found.secret_key(), found.secret_key()
    kept = tmp_path / "var" / "secret-key"
    assert (first, kept.read_text(), kept.stat().st_mode & 0o777) == (second, first, 0o600)
    assert len(first) >= 50


def test_given_secret_key_goes_before_the_kept_one(environment):
    found = environment(INSTALLATION="demonstration", SECRET_KEY="given")
    assert found.secret_key() == "given"


def test_demonstration_keeps_a_sealing_key_of_its_own(environment, tmp_path):
    found = environment(INSTALLATION="demonstration")
    first, second = found.sealing_key(), found.sealing_key()
    kept = tmp_path / "var" / "sealing-key"
    assert (first, kept.read_text(), kept.stat().st_mode & 0o777) == (second, first, 0o600)
    assert len(bytes.fromhex(first)) == 32


@pytest.mark.parametrize("size", [32, 64])
def test_given_sealing_key_goes_before_the_kept_one(environment, size):
    found = environment(INSTALLATION="demonstration", SEALING_KEY="ab" * size)
    assert found.sealing_key() == "ab" * size


@pytest.mark.parametrize("key", ["ab" * 31, "ab" * 65, "no hexadecimal text of enough bytes " * 2])
def test_sealing_key_of_another_size_or_kind_is_refused(environment, key):
    with pytest.raises(ImproperlyConfigured, match="32 to 64 bytes in hexadecimal"):
        environment(INSTALLATION="demonstration", SEALING_KEY=key).sealing_key()


def test_values_that_are_not_given_have_defaults(environment, tmp_path):
    found = environment(INSTALLATION="test", VAR_DIR=str(tmp_path / "elsewhere"))
    assert (found.var_dir, found.text("SITE_URL", "x"), found.path("MEDIA_DIR", tmp_path)) == (
        tmp_path / "elsewhere",
        "x",
        tmp_path,
    )


def test_environment_shows_no_secrets_when_it_is_printed(environment):
    assert "given" not in repr(environment(INSTALLATION="test", SECRET_KEY="given"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ""),
        ({"SCANNER_COMMAND": "none"}, ""),
        ({"SCANNER_COMMAND": " None "}, ""),
        ({"SCANNER_COMMAND": "scan --stream"}, "scan --stream"),
    ],
)
def test_scanner_is_switched_off_by_name(environment, given, expected):
    assert environment(**given).scanner_command() == expected
