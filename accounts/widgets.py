"""GOV.UK form controls that Django does not have: the three-part date."""

import datetime
import re

from django import forms

_PART = re.compile(r"[0-9]{1,4}")


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as the GOV.UK Design System asks a date."""

    template_name = "govuk/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        boxes = {
            name: forms.TextInput({"inputmode": "numeric"}) for name in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value):
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                return [None, None, None]
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A date from three boxes. Says which part is wrong, and what a date looks like."""

    widget = DateWidget

    def __init__(self, **kwargs):
        part = forms.CharField(required=False)
        super().__init__(fields=(part, part, part), require_all_fields=False, **kwargs)

    def clean(self, value):
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise forms.ValidationError(f"Enter {_lower_first(self.label)}", code="required")
            return None
        missing = [
            name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part
        ]
        if missing:
            raise forms.ValidationError(
                f"{self.label} must include a {' and '.join(missing)}", code="incomplete"
            )
        try:
            day, month, year = (int(part) if _PART.fullmatch(part) else 0 for part in parts)
            return datetime.date(year, month, day)
        except (ValueError, OverflowError) as wrong:
            raise forms.ValidationError(
                f"{self.label} must be a real date, such as 27 3 2027", code="invalid"
            ) from wrong


def _lower_first(label) -> str:
    text = str(label or "a date")
    return text[:1].lower() + text[1:]
