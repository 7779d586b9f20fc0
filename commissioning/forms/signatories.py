"""Forms about who signs for a provider."""

from django import forms

from commissioning.forms.contracts import MOST_CHARACTERS


def _reason(label: str, required: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_CHARACTERS,
        help_text=help_text,
        error_messages={"required": required},
    )


def _address(label: str, *, required: bool) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        required=required,
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address in the right format, like name@example.com",
        },
    )


class SendCodeForm(forms.Form):
    """To which published address the code goes."""

    address = forms.ChoiceField(
        label="Where should we send the code?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an address"},
    )

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].choices = [
            (row.address, f"{row.hint}, published by {row.publisher or 'a buyer'}")
            for row in contacts
        ]


class EnterCodeForm(forms.Form):
    """The code that somebody at the published address passed on."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Eight letters and digits.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-width": "10"}),
        error_messages={"required": "Enter the code"},
    )


class ConfirmSignatoryForm(forms.Form):
    """Why an operator confirms who signs."""

    reason = _reason(
        "How did you check it?",
        "Say how you checked it",
        "For example, whom you rang, by a number from which register.",
    )


class DoubtForm(forms.Form):
    """Why the wrong person signs, and who should."""

    reason = _reason(
        "Why is this wrong?", "Say why this is wrong", "An operator of this service reads it."
    )
    known_name = forms.CharField(
        label="Full name of the person you know there (optional)", max_length=200, required=False
    )
    known_email = _address("Their e-mail address (optional)", required=False)


class DoubtDecisionForm(forms.Form):
    """Whether somebody else signs from now on, and who."""

    decision = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        choices=[
            ("recover", "The wrong person signs: end everybody’s access and invite somebody else"),
            ("keep", "The right person signs: change nothing"),
        ],
        error_messages={"required": "Say what you found"},
    )
    full_name = forms.CharField(
        label="Full name of the person who signs from now on",
        help_text="Leave this and the address as they are if the right person signs.",
        max_length=200,
        required=False,
    )
    email = _address("Their e-mail address", required=False)
    reason = _reason(
        "How did you check it?",
        "Say how you checked it",
        "The commissioner that raised it reads this.",
    )

    def clean(self):
        given = super().clean()
        if given.get("decision") == "recover":
            if not given.get("full_name"):
                self.add_error("full_name", "Enter the name of the person who signs from now on")
            if not given.get("email") and "email" not in self.errors:
                self.add_error("email", "Enter their e-mail address")
        return given
