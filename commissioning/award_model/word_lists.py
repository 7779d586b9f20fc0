"""The words that ``wording`` looks for, each with what to do about it. Our own lists."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class WordList:
    """Patterns of whole words, each with what to do. ``any_of`` finds in lower-case text whether
    one of them can match: it spares most texts the search for each.
    """

    rules: tuple[tuple[re.Pattern, str], ...]
    any_of: re.Pattern


def _list(*pairs: tuple[str, str]) -> WordList:
    return WordList(
        tuple(
            (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), explanation)
            for pattern, explanation in pairs
        ),
        re.compile("|".join(rf"\b(?:{pattern.lower()})\b" for pattern, _words in pairs)),
    )


VAGUE = _list(
    (
        r"appropriate(?:ly)?|suitabl[ey]|adequate(?:ly)?|sufficient(?:ly)?",
        "say for what, and from which point it is enough",
    ),
    (
        r"(?:as|where|when|if) (?:necessary|required|needed|appropriate|applicable)",
        "say in which cases",
    ),
    (
        r"(?:good|high|highest|excellent|top)[- ]quality|excellent service|high standards?",
        "say what the quality is measured by",
    ),
    (r"best practice", "name the practice or standard"),
    (r"the best|best possible|best", "say what makes one answer better than another"),
    (
        r"robust|strong|sound|comprehensive|holistic",
        "name the parts that have to be there",
    ),
    (
        r"innovati(?:ve|on)|state[- ]of[- ]the[- ]art|world[- ]class|cutting[- ]edge",
        "say what has to improve, and by how it is measured",
    ),
    (
        r"timely|prompt(?:ly)?|quick(?:ly)?|as soon as (?:possible|practicable)",
        "give the number of hours or days",
    ),
    (r"regular(?:ly)?|frequent(?:ly)?|from time to time", "say how often"),
    (
        r"reasonable|proportionate effort|best endeavours",
        "say what has to be done at least",
    ),
    (
        r"user[- ]friendly|easy to use|flexible|proactive(?:ly)?|seamless(?:ly)?",
        "describe what a user or the commissioner would see",
    ),
    (r"significant(?:ly)?|substantial(?:ly)?|meaningful(?:ly)?", "give the number or share"),
    (r"et cetera|etc|and so on|and the like", "list all of it"),
)

ABOUT_BIDDER = _list(
    (
        r"your (?:organisation|company|firm|business|group|charity)(?:['’]s)?",
        "ask how it is done on this contract",
    ),
    (
        r"track record|past performance|previous contracts|years of experience",
        "make it a condition of participation, or ask what it means for this contract",
    ),
    (
        r"experience of the (?:bidder|tenderer|supplier|provider)|your experience|"
        r"company experience",
        "ask about the people who will work on this contract, or make it a condition",
    ),
    (
        r"turnover|financial standing|credit rating|annual accounts",
        "make it a condition of participation",
    ),
    (
        r"accreditations?|accredited|certifications?",
        "make it a condition of participation, or say what it secures for this contract",
    ),
    (
        r"(?:company|organisation|group|corporate)[- ]wide|"
        r"corporate (?:polic(?:y|ies)|values?|strategy|social responsibility)|CSR",
        "ask how the policy is carried out on this contract",
    ),
    (r"awards? (?:that )?you have won|reputation|client list", "leave it out"),
)

# Phrases that tie a question to the contract at hand.
TIED_TO_CONTRACT = re.compile(
    r"\b(?:(?:this|the|our) (?:contract|service|services|works|project|programme|lot)|"
    r"these (?:services|works)|contract workforce|on contract|service users|"
    r"people who (?:use|work on))\b",
    re.IGNORECASE,
)

_TO_CRITERION = (
    r"(?! than (?:the |what is |is )?(?:minimum|criterion|criteria|requirement|specification|"
    r"standard|required|expected|asked|target|scale))"
)
_OTHERS = r"(?:bids?|bidders?|tenders?|tenderers?|submissions?|responses?|proposals?|suppliers?)"
COMPARISONS = _list(
    (
        rf"(?:the |all |any |most |some )?other {_OTHERS}|(?:the )?others|another {_OTHERS}|"
        rf"rival {_OTHERS}|competitors?|the (?:winning|winner|runner-up|incumbent)(?: {_OTHERS})?",
        "This speaks of another bid. Judge this bid by the criterion alone.",
    ),
    (
        r"(?:as )?compared (?:with|to)|in comparison|by comparison|relative to|unlike|"
        r"(?:in|by) contrast",
        "This compares. Say what this bid offers, measured by the criterion.",
    ),
    (
        r"(?:better|worse|stronger|weaker|wider|broader|deeper|richer|clearer|fuller|greater|"
        rf"superior|inferior){_TO_CRITERION}",
        "A comparing word. Say better or wider than what the criterion asks, or describe it.",
    ),
    (
        r"(?:more|less) \w+ than (?:the )?(?:others?|rest|bidder|bid|tender|supplier)",
        "This compares bid with bid. Say what this bid offers.",
    ),
    (
        r"(?:the |one of the )?(?:best|strongest|weakest|widest|highest|lowest|poorest|worst|"
        r"clearest|fullest|most \w+ (?:of|among))",
        "A superlative compares all bids. Say which point of the scale this bid earns, and why.",
    ),
    (
        r"outperform(?:s|ed)?|out-?scores?|beats?|ranks?|ranked|ranking|came (?:first|second|last)|"
        r"first place|in the lead",
        "Ranking comes from the scores. Say what this bid offers.",
    ),
)

LEGAL_FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|lp|cic|cio|inc|llc|gmbh)\b\.?", re.IGNORECASE)

# Words of any criterion, which say nothing of what is bought.
_ORDINARY = """
    about above after again against among approach award before being below between bidder
    business change company contract could criteria criterion deliver delivery describe detail
    during ensure every evidence example experience explain first following given government
    including information management measure method might model needed never number offer often
    organisation other people place please policies policy process processes proposal propose
    provide provider provision public quality question rather record relevant report require
    required requirement respect response score scoring service shall should since staff
    standard state statement still submission supplier tender their there these thing those
    through together under until value where whether which while within without would yearly
    your yours
"""
# Without the s of a plural, as texts are read.
ORDINARY_WORDS = frozenset(word.removesuffix("s") for word in _ORDINARY.split())
