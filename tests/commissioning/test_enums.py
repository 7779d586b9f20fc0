"""The words of the database are the words of the notices."""

from commissioning.enums import BodyType, ContractStatus, CorrectableField, Regime
from commissioning.models import Contract
from commissioning.ocds import mapping, regimes


def test_every_regime_that_is_derived_is_a_choice():
    derived = {
        value for name, value in vars(regimes).items() if name.isupper() and isinstance(value, str)
    }
    assert set(Regime.values) <= derived


def test_every_status_of_a_contract_in_a_notice_is_a_choice():
    assert set(ContractStatus.values) - {"not_published"} == mapping._CONTRACT_STATUSES


def test_every_correctable_field_is_a_field_of_the_contract():
    assert set(CorrectableField.values) <= {field.name for field in Contract._meta.get_fields()}


def test_body_types_that_notices_give_are_choices():
    given = {"central", "sub_central", "nhs", "devolved_scotland", "other"}
    assert given <= set(BodyType.values)
