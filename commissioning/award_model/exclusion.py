"""The grounds on which a supplier is or may be excluded, as a bidder declares on each.

Titles follow the self-declaration of the Central Digital Platform (cabinetoffice/
GCGS-Central-Digital-Platform, August 2026). It leaves out the threat to national security, which no
supplier declares of itself: a discretionary ground (Schedule 7, paragraph 14), and by debarment a
mandatory one (Schedule 6, paragraph 35). An authority decides on that too.
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

    @property
    def schedule(self) -> str:
        """Where the Act has the ground."""
        return "Schedule 7" if self.kind is GroundKind.DISCRETIONARY else "Schedule 6"


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
NATIONAL_SECURITY = Ground(
    "national_security", "Threat to national security", GroundKind.DISCRETIONARY
)
# What bidders declare on, and what only the authority finds.
AUTHORITY_GROUNDS = (*GROUNDS, NATIONAL_SECURITY)
AUTHORITY_GROUND_BY_CODE = {ground.code: ground for ground in AUTHORITY_GROUNDS}
# What whoever decides about a ground should know of it.
NOTES = {
    "breach_of_contract": "A contract performance notice that was published on a breach is this "
    "ground in itself (Schedule 7, paragraph 12(4)).",
    "professional_misconduct": "It includes a serious breach of ethical or professional standards "
    "that apply to the supplier, whether they are mandatory or not, such as a code of conduct that "
    "it adopted (Schedule 7, paragraph 11(3)(c)).",
    "national_security": "It is mandatory only for a supplier that is on the debarment list by it "
    "(Schedule 6, paragraph 35); otherwise discretionary (Schedule 7, paragraph 14).",
}
LOOK_BACK = (
    "Events of more than five years ago do not count; for insolvency, competition, professional "
    "misconduct, breach of contract and improper conduct in procurement, of more than three. For "
    "labour market misconduct, environmental misconduct, poor performance and national security, "
    "events before 24 February 2025 do not count (Schedules 6 and 7)."
)
GROUND_BY_CODE = {ground.code: ground for ground in GROUNDS}
