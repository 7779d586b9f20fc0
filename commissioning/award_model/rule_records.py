"""Plain records of rules: what is held on a topic, which notice serves a purpose."""

from dataclasses import dataclass

from commissioning.award_model.terms import Standing, Worded


class Topic(Worded):
    """What a regime may have a rule on. The words fit after "no rule on"."""

    AWARD_CRITERIA = "award_criteria", "award criteria"
    TENDERING_PERIOD = "tendering_period", "the minimum tendering period"
    CONDITIONS_OF_PARTICIPATION = "conditions_of_participation", "conditions of participation"
    EXCLUSION = "exclusion", "the exclusion of suppliers"
    CONFLICTS_ASSESSMENT = "conflicts_assessment", "conflicts assessments"
    ABNORMALLY_LOW = "abnormally_low", "abnormally low tenders"
    ASSESSMENT_SUMMARY = "assessment_summary", "assessment summaries"
    STANDSTILL = "standstill", "standstill"
    DIRECT_AWARD = "direct_award", "direct award and its transparency notice"
    KEY_PERFORMANCE_INDICATORS = "key_performance_indicators", "key performance indicators"
    CONTRACT_DETAILS = "contract_details", "when the contract details are published"
    CONTRACT_CHANGE = "contract_change", "changes of a contract"
    CONTRACT_PERFORMANCE = "contract_performance", "notices of breach and poor performance"
    CONTRACT_TERMINATION = "contract_termination", "the end of a contract"
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


class ConflictsCheck(Worded):
    """Whether the conflicts assessment is confirmed with a notice, and who asks for that."""

    LAW = "law", "It confirms that the conflicts assessment was prepared and revised"
    OURS = (
        "ours",
        "This service asks to confirm the conflicts assessment before it; the Act does not",
    )
    NONE = "none", ""


@dataclass(frozen=True)
class NoticeKind:
    """A notice of a regime, and whether the conflicts assessment is confirmed with it."""

    purpose: NoticePurpose
    code: str
    title: str
    standing: Standing
    conflicts: ConflictsCheck = ConflictsCheck.NONE
