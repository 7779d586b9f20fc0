"""The grounds on which a supplier is or may be excluded, as a bidder declares on each.

Titles follow the self-declaration of the Central Digital Platform (cabinetoffice/
GCGS-Central-Digital-Platform, August 2026). Threat to national security is a discretionary ground
of Schedule 7 as well; the platform's list leaves it out.
"""

from dataclasses import dataclass

from commissioning.award_model.terms import Worded


class GroundKind(Worded):
    """What follows where a ground applies (Procurement Act 2023, schedules 6 and 7)."""

    CONVICTION = "conviction", "Mandatory: convictions"
    PENALTY = "penalty", "Mandatory: penalties and other events"
    DISCRETIONARY = "discretionary", "Discretionary"


@dataclass(frozen=True)
class Ground:
    """One ground; ``code`` never changes."""

    code: str
    title: str
    kind: GroundKind


def _grounds(kind: GroundKind, *rows: tuple[str, str]) -> tuple[Ground, ...]:
    return tuple(Ground(code, title, kind) for code, title in rows)


GROUNDS = (
    *_grounds(
        GroundKind.CONVICTION,
        ("ancillary", "Ancillary offences"),
        ("cartel", "Cartel offences"),
        ("corporate_manslaughter", "Corporate manslaughter or homicide"),
        ("labour_market", "Labour market, slavery and human trafficking offences"),
        ("organised_crime", "Organised crime"),
        ("tax_offence", "Tax offences"),
        ("terrorism", "Terrorism"),
        ("theft_fraud", "Theft, fraud and bribery"),
    ),
    *_grounds(
        GroundKind.PENALTY,
        ("abusive_tax", "Adjustments for abusive tax arrangements"),
        ("competition_law", "Competition law infringements"),
        ("notifiable_tax", "Defeat in notifiable tax arrangements"),
        ("failure_to_cooperate", "Failure to cooperate with an investigation"),
        ("vat_abuse", "Finding by HMRC of abusive practice in VAT"),
        ("vat_penalty", "Penalties connected with VAT fraud and evasion"),
        ("tax_documents", "Penalties for errors in tax documents and failure to notify"),
    ),
    *_grounds(
        GroundKind.DISCRETIONARY,
        ("acting_improperly", "Acting improperly in procurement"),
        ("breach_of_contract", "Breach of contract and poor performance"),
        ("environmental", "Environmental misconduct"),
        ("dominance", "Infringement of Chapter II of the Competition Act"),
        ("insolvency", "Insolvency or bankruptcy"),
        ("labour_misconduct", "Labour market misconduct"),
        ("potential_competition", "Potential competition infringements"),
        ("professional_misconduct", "Professional misconduct"),
        ("business_ceased", "Suspension or ceasing of business"),
    ),
)
GROUND_BY_CODE = {ground.code: ground for ground in GROUNDS}
