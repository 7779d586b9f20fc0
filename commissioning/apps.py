"""The exercise: commissioners, procurements, contracts, requests."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"
    verbose_name = "Commissioning"
