"""What we know of the rules that an exercise runs under, and where we know none.

Only what stands in ``docs/procurement-rules.md`` is held, each with its basis and how well it is
known. For everything else a page says that this service holds no rule: it never guesses.
"""

from dataclasses import dataclass

from commissioning.award_model.regime_texts import ACT_NOTICES, ACT_PROVISIONS, WELSH_PROVISIONS
from commissioning.award_model.rule_records import (
    ConflictsCheck,
    NoticeKind,
    NoticePurpose,
    Provision,
    Topic,
)
from commissioning.award_model.terms import BodyCode, RegimeCode


@dataclass(frozen=True)
class RegimeRules:
    """The rules of one regime, as far as they are held.

    ``law`` names the acts and regulations that a person follows where nothing is held; ``scope``
    says in a sentence what comes under the regime.
    """

    regime: RegimeCode
    title: str
    law: str
    scope: str
    provisions: tuple[tuple[Topic, Provision], ...] = ()
    notices: tuple[NoticeKind, ...] = ()

    def provision(self, topic: Topic) -> Provision | None:
        """What is held on a topic, or None."""
        return dict(self.provisions).get(topic)

    def missing(self, topic: Topic) -> str:
        """What a page says where nothing is held on a topic."""
        return (
            f"This service holds no rule on {topic.words} under {self.title}. "
            f"Follow {self.law} yourself."
        )

    def words(self, topic: Topic) -> str:
        """The rule on a topic, or that none is held."""
        held = self.provision(topic)
        return held.words if held else self.missing(topic)

    def notice(self, purpose: NoticePurpose) -> NoticeKind | None:
        """The notice for a purpose, or None where this service knows of none."""
        return next((kind for kind in self.notices if kind.purpose == purpose), None)

    def asks_conflicts(self, code: str) -> bool:
        """Whether the conflicts assessment is confirmed before the notice with this code.

        A notice that is not known here is asked for too: nothing says that it may do without.
        """
        kind = next((kind for kind in self.notices if kind.code == code), None)
        return kind is None or kind.conflicts is not ConflictsCheck.NONE


_ACT_SCOPE = (
    "Procurements begun on or after 24 February 2025 by contracting authorities in England, Wales "
    "and Northern Ireland, at or above the threshold."
)
_RULES = {
    RegimeCode.PROCUREMENT_ACT_2023: RegimeRules(
        RegimeCode.PROCUREMENT_ACT_2023,
        "the Procurement Act 2023",
        "the Procurement Act 2023 and the Procurement Regulations 2024 (SI 2024/692)",
        _ACT_SCOPE,
        ACT_PROVISIONS,
        ACT_NOTICES,
    ),
    RegimeCode.REGULATIONS_2015: RegimeRules(
        RegimeCode.REGULATIONS_2015,
        "the Public Contracts Regulations 2015",
        "the Public Contracts Regulations 2015",
        "Procurements begun before 24 February 2025, and call-offs from their frameworks.",
    ),
    RegimeCode.SCOTLAND: RegimeRules(
        RegimeCode.SCOTLAND,
        "the Scottish procurement rules",
        "the Procurement Reform (Scotland) Act 2014 and the Public Contracts (Scotland) "
        "Regulations 2015",
        "Devolved Scottish authorities, which are outside the Procurement Act 2023.",
    ),
    RegimeCode.PROVIDER_SELECTION: RegimeRules(
        RegimeCode.PROVIDER_SELECTION,
        "the Provider Selection Regime",
        "the Health Care Services (Provider Selection Regime) Regulations 2023 (SI 2023/1348)",
        "Health services in England that are commissioned by NHS bodies and local authorities.",
    ),
    RegimeCode.BELOW_THRESHOLD: RegimeRules(
        RegimeCode.BELOW_THRESHOLD,
        "the rules below the threshold",
        "your own contract procedure rules, and the law on contracts below the threshold",
        "Contracts under the threshold for this kind of body and contract.",
    ),
    RegimeCode.UNKNOWN: RegimeRules(
        RegimeCode.UNKNOWN,
        "rules that are not known yet",
        "the law that applies, once you have settled which it is,",
        "Nobody has said yet which rules apply. Duties hang on it, so settle it first.",
    ),
}
_WELSH = RegimeRules(
    RegimeCode.PROCUREMENT_ACT_2023,
    "the Procurement Act 2023 in Wales",
    "the Procurement Act 2023 and the Procurement (Wales) Regulations 2024",
    f"{_ACT_SCOPE} Devolved Welsh authorities have regulations of their own under the Act.",
    WELSH_PROVISIONS,
    ACT_NOTICES,
)


def rules_for(regime: str, body_type: str = "") -> RegimeRules:
    """The rules for a regime and a kind of body (values of ``RegimeCode`` and ``BodyCode``).

    Raises ``ValueError`` for a regime that does not exist.
    """
    code = RegimeCode(regime)
    if code is RegimeCode.PROCUREMENT_ACT_2023 and body_type == BodyCode.DEVOLVED_WALES:
        return _WELSH
    return _RULES[code]
