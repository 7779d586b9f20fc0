"""Forms of the ground floor."""

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.account.forms import (
    ReauthenticateForm as PasswordAgainForm,
)
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from accounts.enums import ROLE_DESCRIPTIONS, Role
from accounts.models import User
from accounts.names import UnusableName, clean_name, looks_like
from accounts.rules import roles_open_to


class NameField(forms.CharField):
    """The name of a person or an organisation (``accounts.names``)."""

    def clean(self, value):
        name = super().clean(value)
        try:
            return clean_name(name) if name else name
        except UnusableName as wrong:
            raise forms.ValidationError(str(wrong), code="name_unusable") from wrong


class UnlikeColleagues(forms.Form):
    """Warns where ``full_name`` can be taken for a colleague's; a tick says it is another person.

    ``colleagues`` are the names of the organisation's people. The box is shown only once it is
    needed.
    """

    is_another_person = forms.BooleanField(
        label="This is another person, whose name looks the same", required=False
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        typed = self.data.get(self.add_prefix("full_name"), "") if self.is_bound else ""
        looks = looks_like(typed)
        self.twin = next((name for name in colleagues if looks and looks_like(name) == looks), "")
        if not self.twin:
            del self.fields["is_another_person"]

    def clean(self):
        given = super().clean()
        if self.twin and not given.pop("is_another_person", False):
            self.add_error(
                "is_another_person",
                f"{self.twin} has a name that looks the same. Tick the box if this is another "
                "person, or change the name so that people can tell them apart",
            )
        return given


def _role_choices(organisation):
    return [
        (role.value, f"{role.label}. {ROLE_DESCRIPTIONS[role]}")
        for role in Role
        if role in roles_open_to(organisation)
    ]


class InvitationForm(UnlikeColleagues):
    """Who is invited, and as what."""

    full_name = NameField(
        label="Full name",
        max_length=200,
        error_messages={"required": "Enter the person's full name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address in the right format, like name@example.com",
        },
    )
    roles = forms.MultipleChoiceField(
        label="What will they do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role"},
    )

    field_order = ("full_name", "is_another_person")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _role_choices(organisation)


class RolesForm(forms.Form):
    """What a member does."""

    roles = forms.MultipleChoiceField(
        label="What do they do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role, or end the membership"},
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _role_choices(organisation)


class AcceptInvitationForm(UnlikeColleagues):
    """Name and password of a new account."""

    field_order = ("full_name", "is_another_person")
    full_name = NameField(
        label="Full name", max_length=200, error_messages={"required": "Enter your full name"}
    )
    password = forms.CharField(
        label="Create a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three random words work well.",
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email))
        return password


class OrganisationForm(forms.Form):
    """A new tenant and the person who will look after it."""

    name = NameField(
        label="Name of the organisation",
        max_length=300,
        error_messages={"required": "Enter the name of the organisation"},
    )
    kinds = forms.MultipleChoiceField(
        label="What does it do here?",
        choices=[
            ("commissioner", "Commissions services"),
            ("provider", "Provides services"),
            ("assurer", "Audits or assures"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the organisation does"},
    )
    full_name = NameField(
        label="Full name of its administrator",
        max_length=200,
        error_messages={"required": "Enter the administrator's name"},
    )
    email = forms.EmailField(
        label="The administrator's e-mail address",
        error_messages={"required": "Enter the administrator's e-mail address"},
    )


class ShutAccountForm(forms.Form):
    """Which account is shut, and why."""

    email = forms.EmailField(
        label="E-mail address of the account",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address in the right format, like name@example.com",
        },
    )
    reason = forms.CharField(
        label="Why is it shut?",
        help_text="Operators read this. Leave personal matters out.",
        max_length=500,
        error_messages={
            "required": "Say why the account is shut",
            "max_length": "The reason must be 500 characters or fewer",
        },
    )


class CodeOnce(forms.Form):
    """A code of an authenticator holds for three half minutes, and works once in that time.

    allauth remembers a used code for one of them.
    """

    def clean_code(self):
        code = super().clean_code()
        holds_seconds = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
        digest = salted_hmac("accounts.used-code", f"{self.user.pk} {code}").hexdigest()
        if not cache.add(f"used-code {digest}", "y", timeout=holds_seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code


PASSWORD_HINT = "At least 12 characters. Three random words work well."


def _say(form, **words) -> None:
    """Give fields of allauth's forms our own label, hint and words for "nothing was typed".

    No word stands inside a field: it is gone when it is needed.
    """
    for name, (label, hint, required) in words.items():
        field = form.fields[name]
        field.widget.attrs.pop("placeholder", None)
        field.label, field.help_text = label, hint
        field.error_messages["required"] = required


CODE = ("Code", "", "Enter the code")
NEW_PASSWORDS = {
    "password1": ("New password", PASSWORD_HINT, "Enter a new password"),
    "password2": ("New password again", "", "Enter the new password again"),
}


class CodeForm(CodeOnce, AuthenticateForm):
    """The code at sign-in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=CODE)


class CodeAgainForm(CodeOnce, ReauthenticateForm):
    """The code where a page asks for it again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=CODE)


class AuthenticatorForm(ActivateTOTPForm):
    """The first code of an authenticator app that is being set up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, code=CODE)


class SignInForm(LoginForm):
    """allauth's form in our words; the page itself has the link for a forgotten password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(
            self,
            login=("E-mail address", "", "Enter your e-mail address"),
            password=("Password", "", "Enter your password"),
        )


class SamePasswordForm(PasswordAgainForm):
    """The password where a page asks for it again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, password=("Password", "", "Enter your password"))


class ForgottenPasswordForm(ResetPasswordForm):
    """allauth's form in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, email=("E-mail address", "", "Enter your e-mail address"))


class ChosenPasswordForm(ResetPasswordKeyForm):
    """A new password by a link that was sent, in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, **NEW_PASSWORDS)


class NewPasswordForm(ChangePasswordForm):
    """allauth's form in our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = ("Current password", "", "Enter your current password")
        _say(self, oldpassword=present, **NEW_PASSWORDS)
