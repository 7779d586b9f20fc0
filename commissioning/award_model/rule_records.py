"""Plain records of rules: what is held on a topic, which notice serves a purpose."""

from dataclasses import dataclass

from commissioning.award_model.terms import Standing, Worded


class Topic(Worded):
    """What a regime may have a rule on. The words fit after "no rule on"."""

    AWARD_CRITERIA = "award_criteria", "award criteria"
    TENDERING_PERIOD = "tendering_period", "the minimum tendering period"
    CONFLICTS_ASSESSMENT = "conflicts_assessment", "conflicts assessments"
    ABNORMALLY_LOW = "abnormally_low", "abnormally low tenders"
    ASSESSMENT_SUMMARY = "assessment_summary", "assessment summaries"
    STANDSTILL = "standstill", "standstill"
    DIRECT_AWARD = "direct_award", "direct award and its transparency notice"
    KEY_PERFORMANCE_INDICATORS = "key_performance_indicators", "key performance indicators"
    CONTRACT_DETAILS = "contract_details", "when the contract details are published"
    RECORDS = "records", "how long records are kept"


@dataclass(frozen=True)
class Provision:
    """What is held on one topic: in our words, with its basis and how well it is known."""

    words: str
    basis: str
    standing: Standing


class NoticePurpose(Worded):
    """What a notice is for, whatever a regime calls it."""

    MARKET_ENGAGEMENT = "market_engagement", "Before the procurement, to learn from the market"
    PLANNED = "planned", "To announce a procurement that is planned"
    TENDER = "tender", "To invite tenders"
    TRANSPARENCY = "transparency", "Before a direct award"
    AWARD = "award", "To say to whom the contract will go, before it is entered into"
    CONTRACT_DETAILS = "contract_details", "To say what was entered into"
    CONTRACT_CHANGE = "contract_change", "Before a contract is changed"
    CONTRACT_PERFORMANCE = "contract_performance", "To say how the contract is performed"
    CONTRACT_TERMINATION = "contract_termination", "When a contract has ended"
    PROCUREMENT_TERMINATION = "procurement_termination", "When a procurement ends without award"


@dataclass(frozen=True)
class NoticeKind:
    """A notice of a regime. ``asks_conflicts``: we ask to confirm the conflicts assessment."""

    purpose: NoticePurpose
    code: str
    title: str
    standing: Standing
    asks_conflicts: bool = False
