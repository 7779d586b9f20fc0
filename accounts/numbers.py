"""The one reader of numbers that a person types or a file gives, and the one writer of money.

What is read is a whole text of plain digits, as this service prints them: "1250000", "1,250,000",
"1 250 000", "£1,234.56", "12.5%". Anything else is refused with a sentence that says what is wrong
and what to type. Nothing is dropped or guessed: "248,50" is no number here, nor is "1e5", "1_000"
or "１２３".
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

# Longer than any number within a rule, with its separators, sign and unit.
MOST_CHARACTERS = 60
LARGEST = Decimal(10) ** 15

_MINUS = "-−"
_FORM = re.compile(
    rf"(?P<minus>[{_MINUS}])? ?(?P<pounds>£)? ?"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)?"
    r"(?:\.(?P<part>[0-9]+))?"
    r" ?(?P<percent>%)?"
)
_KEY = re.compile(r"[0-9]{1,9}")
_EXPONENT = re.compile(r"[0-9.,]+ ?[eE] ?[-+−]?[0-9]+")


class NotANumber(ValueError):
    """What was given is no number that the rule allows. ``str()`` says why, and what to type."""


@dataclass(frozen=True)
class NumberRule:
    """Which numbers are allowed. ``unit`` is "£" or "%" where it may be typed with the number;
    ``above_least`` leaves ``least`` itself out.
    """

    least: Decimal | int = 0
    most: Decimal | int = LARGEST
    decimals: int = 0
    unit: str = ""
    above_least: bool = False

    @property
    def example(self) -> str:
        """Numbers of this kind, as a person may type them."""
        if self.unit == "£":
            return "248000 or 248,000.50" if self.decimals else "248000 or 248,000"
        if not self.decimals:
            return "3" if self.most < 100 else "12"
        return "12 or 12.5"


POUNDS = NumberRule(decimals=2, unit="£")
WHOLE_POUNDS = NumberRule(unit="£")
PERCENT = NumberRule(most=100, decimals=6, unit="%")


def read_number(given: object, rule: NumberRule, name: str = "This") -> Decimal:
    """The number that ``given`` says: a text, a whole number or a decimal.

    ``name`` begins the sentence of a refusal. Raises ``NotANumber`` for everything else, a float
    and a truth value among it: what they say exactly is not what was written.
    """
    if isinstance(given, str):
        return _within(_from_text(given, rule, name), rule, name)
    if isinstance(given, int) and not isinstance(given, bool):
        return _within(Decimal(given), rule, name)
    if isinstance(given, Decimal) and given.is_finite():
        return _within(given, rule, name)
    raise _refusal(name, rule)


def read_key(given: object) -> int | None:
    """The number by which an address or a button names a row or a page; None for anything else."""
    return int(given) if _KEY.fullmatch(str(given)) else None


def plain(number: Decimal) -> str:
    """The number in digits, without an exponent or a separator: ``read_number`` reads it back."""
    return format(number, "f")


def _from_text(given: str, rule: NumberRule, name: str) -> Decimal:
    text = " ".join(
        "".join(" " if unicodedata.category(one) == "Zs" else one for one in given).split()
    )
    if len(text) > MOST_CHARACTERS:
        raise NotANumber(f"{name} is too long for a number. Enter one such as {rule.example}.")
    found = _FORM.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        raise _refusal(name, rule, text)
    for sign, unit in (("pounds", "£"), ("percent", "%")):
        if found[sign] and rule.unit != unit:
            raise NotANumber(f"{name} is a number without “{unit}”, such as {rule.example}.")
    whole = (found["whole"] or "0").replace(",", "").replace(" ", "")
    number = Decimal(f"{whole}.{found['part']}" if found["part"] else whole)
    return -number if found["minus"] and number else number


def pounds(amount: Decimal | Fraction | int) -> str:
    """£1,250, £1,250.50 or −£3: with pence where there are any, and never half of them.

    A sum with more decimals is rounded half up, for reading only.
    """
    pence = int(abs(Fraction(amount)) * 100 + Fraction(1, 2))
    whole, part = divmod(pence, 100)
    return f"{'−' if amount < 0 and pence else ''}£{whole:,}{f'.{part:02}' if part else ''}"


def pounds_for_one(value: Decimal) -> str:
    """What one unit is worth, with every decimal that it was published with: £12.50, £0.0123."""
    return pounds(value) if is_whole_pence(value) else f"£{value:,f}".rstrip("0")


def is_whole_pence(value: Decimal) -> bool:
    return (Fraction(value) * 100).denominator == 1


def _within(number: Decimal, rule: NumberRule, name: str) -> Decimal:
    """The number, where range and decimal places are allowed."""
    least = _shown(rule.least, rule)
    if rule.above_least and number <= rule.least:
        raise NotANumber(f"{name} must be more than {least}.")
    if number < rule.least:
        raise NotANumber(f"{name} must be {least} or more.")
    if number > rule.most:
        raise NotANumber(f"{name} must be {_shown(rule.most, rule)} or less.")
    if -number.as_tuple().exponent > rule.decimals:
        places = "1 decimal place" if rule.decimals == 1 else f"{rule.decimals} decimal places"
        raise NotANumber(
            f"{name} can have at most {places}."
            if rule.decimals
            else f"{name} must be a whole number, such as {rule.example}."
        )
    return number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1))


def _shown(bound: Decimal | int, rule: NumberRule) -> str:
    if rule.unit == "£":
        return pounds(bound) if bound else "0"
    return f"{Decimal(bound):,f}{rule.unit}"


def _refusal(name: str, rule: NumberRule, text: str = "") -> NotANumber:
    """Why it is no number, in the words that fit best."""
    kind = "a number" if rule.decimals else "a whole number"
    if rule.unit == "£":
        kind = "an amount in pounds and pence" if rule.decimals else "a whole number of pounds"
    wanted = f"{name} must be {kind}, such as {rule.example}."
    if _EXPONENT.fullmatch(text):
        return NotANumber(f"{wanted} Write the number out: “{text}” is not read.")
    if any(one.isnumeric() and one not in "0123456789" for one in text):
        return NotANumber(f"{wanted} Use the digits 0 to 9.")
    if re.fullmatch(r"[£0-9,. ]*[0-9][£0-9,. ]*", text) and ("," in text or " " in text):
        return NotANumber(
            f"{wanted} A comma or a space stands only between thousands, as in 1,250,000; pence"
            " and decimals come after a full stop."
            if rule.decimals
            else f"{wanted} A comma or a space stands only between thousands, as in 1,250,000."
        )
    return NotANumber(wanted)
