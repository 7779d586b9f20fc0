"""The grounds on which an award may be made without competition, by regime.

Grounds of the Procurement Act 2023 are those of sections 41 to 43 and schedule 5, in our short
words and unchecked against the Act; those of the Provider Selection Regime are its direct award
processes. For other regimes none is held, and the page says so.
"""

from dataclasses import dataclass

from commissioning.award_model.terms import RegimeCode, Standing


@dataclass(frozen=True)
class DirectAwardGround:
    """One ground; ``code`` never changes. ``must_show`` is what the justification has to show."""

    code: str
    title: str
    basis: str
    must_show: str
    standing: Standing = Standing.UNCHECKED


_ACT = (
    DirectAwardGround(
        "prototype", "Prototypes and development", "Schedule 5, prototypes and development",
        "why the supplier's prototype, or other new goods or services, are needed to test or"
        " develop them",
    ),
    DirectAwardGround(
        "single_supplier", "Only one supplier can provide it", "Schedule 5, single suppliers",
        "which exclusive right, unique work or technical reason leaves only this supplier, and"
        " that there is no reasonable alternative",
    ),
    DirectAwardGround(
        "additional", "Additional or repeat goods, services or works",
        "Schedule 5, additional or repeat goods, services or works",
        "why a change of supplier would bring incompatible or disproportionately difficult"
        " results, or how the earlier competition foresaw the repeat",
    ),
    DirectAwardGround(
        "commodities", "Bought on a commodity market", "Schedule 5, commodities",
        "on which market it is bought",
    ),
    DirectAwardGround(
        "advantageous", "Advantageous terms on insolvency",
        "Schedule 5, advantageous terms on insolvency",
        "how the terms follow from the insolvency and why they are advantageous",
    ),
    DirectAwardGround(
        "urgency", "Extreme and unavoidable urgency", "Schedule 5, urgency",
        "what could not be foreseen, why no competition is possible in time, and that the contract"
        " covers no more than is strictly needed",
    ),
    DirectAwardGround(
        "user_choice", "The person who uses the service chooses the supplier",
        "Schedule 5, user choice contracts",
        "that the person, or their carer, expressed a preference, or that only this supplier can"
        " give the service",
    ),
    DirectAwardGround(
        "protect_life", "To protect life and health", "Section 42, direct award to protect life",
        "under which regulations the award is made",
    ),
    DirectAwardGround(
        "no_suitable_tender", "No suitable tender came in a competition",
        "Section 43, switching to direct award",
        "which competition was run, and why no tender in it was suitable",
    ),
)  # fmt: skip
_PROVIDER_SELECTION = (
    DirectAwardGround(
        "psr_a", "Direct award process A: only the existing provider is capable",
        "Provider Selection Regime, direct award process A",
        "why no other provider could realistically give this service",
    ),
    DirectAwardGround(
        "psr_b", "Direct award process B: people choose among all suitable providers",
        "Provider Selection Regime, direct award process B",
        "that people have a free choice and every suitable provider is offered",
    ),
    DirectAwardGround(
        "psr_c", "Direct award process C: the existing provider goes on without great change",
        "Provider Selection Regime, direct award process C",
        "that the service does not change considerably and the provider does it well",
    ),
)  # fmt: skip
GROUNDS_BY_REGIME: dict[str, tuple[DirectAwardGround, ...]] = {
    RegimeCode.PROCUREMENT_ACT_2023.value: _ACT,
    RegimeCode.PROVIDER_SELECTION.value: _PROVIDER_SELECTION,
}
OWN_RULES = DirectAwardGround(
    "own_rules", "A ground of other rules",
    "This service holds no ground for these rules: name yours in the justification",
    "which rule allows the award without competition",
)  # fmt: skip


def direct_award_grounds(regime: str) -> tuple[DirectAwardGround, ...]:
    """The grounds that are held for a regime; one general one where none is held."""
    return GROUNDS_BY_REGIME.get(regime, (OWN_RULES,))


def direct_award_ground(code: str) -> DirectAwardGround:
    """The ground with this code. Raises ``KeyError``."""
    every = [OWN_RULES, *(row for rows in GROUNDS_BY_REGIME.values() for row in rows)]
    return {row.code: row for row in every}[code]
