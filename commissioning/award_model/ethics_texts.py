"""Ready wording for ethical standards: our own words, by the code of the expectation.

The codes are those of our edition of the Seven Principles; the areas are those in which the
Committee on Standards in Public Life expects providers to have arrangements.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EthicsText:
    """Wording for one expectation. ``target`` makes the contract term a performance indicator."""

    condition: str
    evidence: str
    asks: str
    guidance: str
    term: str
    target: str = ""


ETHICS_TEXTS = {
    "SP7.1": EthicsText(
        "A named member of the board, or of the body that governs the bidder, answers for ethical "
        "standards on this contract.",
        "Name and role, and an extract of the minutes of the meeting that named the person",
        "Say who on the governing body will answer for ethical standards on this contract, what "
        "that person will be told, by whom and how often, and what they can decide.",
        "Look for a name and role, a calendar of reports about this contract, and power to stop or "
        "change work. More is earned by a report that the commissioner gets as well.",
        "The provider names the member of its governing body who answers for ethical standards on "
        "this contract, tells the commissioner of a change within 10 working days, and sends the "
        "commissioner that person's yearly statement.",
    ),
    "SP2.1": EthicsText(
        "A code of conduct based on the Seven Principles of Public Life covers everyone who would "
        "work on this contract, subcontractors included.",
        "The code, and how people confirm that they have read it",
        "Explain how the code of conduct will reach everyone who works on this contract, "
        "subcontractors included, before they start and each year after, and how you will check "
        "that it is followed.",
        "Look for who explains the code, by when, how it is recorded, and at least one way in "
        "which conduct is observed. More is earned by examples drawn from this service.",
        "Everyone who works on this contract, subcontractors included, is bound by a code of "
        "conduct based on the Seven Principles of Public Life.",
        "100% of people on this contract have confirmed the code before they start and in the last "
        "12 months",
    ),
    "SP4.1": EthicsText(
        "It is written down who answers for each part of this contract, up to the governing body.",
        "A chart of responsibilities with names or posts",
        "Set out who will answer for each part of this contract, subcontracted parts included, and "
        "to whom a user, a member of staff or the commissioner turns at each step if something "
        "goes wrong.",
        "Look for one person for each part, deputies, and the steps up to the governing body with "
        "the days that each step takes.",
        "The provider keeps a chart of who answers for each part of the contract and gives the "
        "commissioner each new version within 5 working days.",
    ),
    "SP2.2": EthicsText(
        "Interests of people who would decide on this contract are declared, recorded and "
        "resolved.",
        "The policy, and the date of the last review of the register",
        "Describe how interests, gifts and job moves that touch this contract will be declared, "
        "who decides on them, within how many days, and what the commissioner will see.",
        "Look for who has to declare, when it is asked again, a decision by somebody else than the "
        "person concerned, and a register that the commissioner can read.",
        "The provider keeps a register of interests, gifts and offers of work that touch this "
        "contract and shows it to the commissioner on request within 5 working days.",
    ),
    "SP5.1": EthicsText(
        "People who would work on this contract can raise a concern with somebody outside their "
        "line of management, and are protected when they do.",
        "The policy, and how people are told of it",
        "Explain how people who work on this contract, subcontractors' people and volunteers "
        "included, will raise concerns, who outside their line of management hears them, how they "
        "are protected, and how the commissioner learns of concerns about this contract.",
        "Look for a route outside line management, an outside route, steps against retaliation, "
        "days within which a concern is answered, and figures reported to the commissioner.",
        "The provider keeps a route outside line management by which everyone on this contract can "
        "raise concerns, permits no retaliation, and reports their number and outcome without "
        "names every three months.",
        "100% of concerns about this contract are answered within 10 working days",
    ),
    "SP4.2": EthicsText(
        "A complaints procedure covers this contract and has a stage outside the team that is "
        "complained of.",
        "The procedure, and the figures of the last 12 months",
        "Describe how complaints about this contract will be received in the ways that users "
        "prefer, who answers them and within how many days, the stage outside the service, and how "
        "what was learned changes the service.",
        "Look for several ways to complain, days for each stage, a stage outside the service, and "
        "a record of what was changed. More is earned where users take part in the review.",
        "The provider answers complaints by a procedure with a stage outside the service, and "
        "reports number, subject, days taken and what was changed every three months.",
        "90% of complaints are answered within 10 working days",
    ),
    "SP7.3": EthicsText(
        "People who would work on this contract are trained in ethical standards when they start.",
        "The outline of the training",
        "Set out the training in ethical standards that people on this contract will get: what it "
        "covers for this service, in how many hours, by when, how often again, and how you will "
        "know that it worked.",
        "Look for cases drawn from this service, subcontractors' people included, a repeat within "
        "24 months, and a test or observation of what people do.",
        "Everyone who works on this contract is trained in ethical standards that fit this service "
        "within 30 days of starting and every 24 months.",
        "95% of people on this contract are trained on time",
    ),
    "SP2.5": EthicsText(
        "The bidder passes its ethical standards on to subcontractors on this contract and checks "
        "them.",
        "The clause in subcontracts, and the last check",
        "Explain how subcontractors on this contract will be chosen, bound to the same ethical "
        "standards and checked, how often, and what follows when one falls short.",
        "Look for the clause, checks before and during the work with their dates, and steps up to "
        "ending a subcontract.",
        "Each subcontract for this contract holds the same ethical terms. The provider checks each "
        "subcontractor every 12 months and gives the commissioner the result.",
    ),
    "SP6.1": EthicsText(
        "Figures that the bidder reports to public bodies are checked by somebody who did not "
        "produce them.",
        "The last such check",
        "Describe how figures reported on this contract will be recorded, who checks them before "
        "they are sent, how errors are told, and what records the commissioner may see.",
        "Look for a check by somebody who did not produce the figures, a trail to the records, and "
        "a duty to tell of errors within a number of days.",
        "The provider reports figures that it has checked, corrects an error within 5 working days "
        "of finding it, and lets the commissioner test them against its records.",
        "No reported figure is found to be wrong by more than 2% in the yearly test",
    ),
    "SP6.2": EthicsText(
        "The bidder tells its commissioners of serious incidents and puts them right.",
        "The procedure for incidents",
        "Explain which incidents on this contract you will tell the commissioner and users of, "
        "within how many hours, who decides, and how you will show that the cause was put right.",
        "Look for a list of kinds of incident, hours, a person who decides, and a record of "
        "actions with dates that the commissioner can follow.",
        "The provider tells the commissioner of a serious incident within 24 hours, with its cause "
        "and the actions and dates to put it right within 20 working days.",
        "100% of serious incidents are told within 24 hours",
    ),
    "SP5.4": EthicsText(
        "The bidder agrees that the costs of this contract can be examined.",
        "A statement signed by a director",
        "Set out how the costs and margin of this contract will be shown to the commissioner: "
        "which figures, how often, and what happens with savings nobody foresaw.",
        "Look for the headings of cost, the margin, the dates, and a rule on savings.",
        "The provider shows the commissioner the costs and margin of this contract every 12 "
        "months, by the headings of its price.",
    ),
    "SP4.5": EthicsText(
        "Breaches of the bidder's code of conduct are looked into and have consequences.",
        "The procedure, and figures of the last 12 months without names",
        "Describe how breaches of standards on this contract will be looked into, by whom, within "
        "how many days, and what users and the commissioner are told of the outcome.",
        "Look for somebody outside the team who looks into it, days for each step, and what is "
        "told to whom.",
        "The provider looks into each breach of standards on this contract, tells the commissioner "
        "of the outcome without names, and keeps a record for the term of the contract.",
    ),
}

# What is proposed first: a statement of what exists, what differs between bids, what has to hold.
PROPOSED_CONDITIONS = ("SP2.1", "SP5.1", "SP2.2", "SP7.1")
PROPOSED_CRITERIA = ("SP4.1", "SP4.2", "SP5.1")
PROPOSED_TERMS = ("SP2.1", "SP2.2", "SP2.5", "SP4.2", "SP5.1", "SP6.1", "SP6.2")
