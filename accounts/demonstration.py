"""The named people and organisations of the demonstration. The tests use the same ones.

The people are invented. So are the organisations, but for the first council: it is a buyer of the
bundled notices, so that real notices belong to somebody who can sign in. Nothing that the
demonstration says about anybody's conduct is about a real body: it judges invented providers only.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from django.db import transaction

from accounts import audit
from accounts.access import Actor
from accounts.enums import Role
from accounts.models import Membership, MembershipRole, Organisation, User

PASSWORD = "three random words"
# The key of every demonstration authenticator app: known, so that anyone can try the roles.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Person:
    """One named person: where they belong and as what."""

    key: str
    full_name: str
    organisation: str
    roles: tuple[Role, ...]
    is_operator: bool = False
    is_opener: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@demonstration.example"


ORGANISATIONS = {
    "council": ("City of Doncaster Council", "commissioner"),
    "small_council": ("Little Marsh District Council", "commissioner"),
    "firm": ("Aldergate Care Services Ltd", "provider"),
    "charity": ("Harbour Lights Trust", "provider"),
    "enterprise": ("Fieldway Works CIC", "provider"),
    "cooperative": ("Tidewater Care Co-operative", "provider"),
    "auditors": ("Fenwick Public Audit LLP", "assurer"),
}

PEOPLE = (
    Person("priya", "Priya Raman", "council", (Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD)),
    Person("evan", "Evan Hughes", "council", (Role.EVALUATOR,)),
    Person("edith", "Edith Okafor", "council", (Role.EVALUATOR,)),
    Person("elena", "Elena Marsh", "council", (Role.EVALUATOR,)),
    Person("carl", "Carl Osei", "council", (Role.EVALUATOR,), is_opener=True),
    Person("anna", "Anna Kowalska", "council", (Role.APPROVER,)),
    Person("adam", "Adam Whitfield", "council", (Role.ADMINISTRATOR,)),
    Person(
        "mei", "Mei Lin", "small_council",
        (Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD, Role.ADMINISTRATOR),
    ),
    Person("tom", "Tom Baird", "small_council", (Role.EVALUATOR, Role.APPROVER)),
    Person("ruth", "Ruth Adeyemi", "small_council", (Role.EVALUATOR, Role.APPROVER)),
    Person("sam", "Sam Doyle", "firm", (Role.SIGNATORY, Role.CONTRIBUTOR, Role.ADMINISTRATOR)),
    Person("cara", "Cara Nolan", "firm", (Role.CONTRIBUTOR,)),
    Person("hana", "Hana Yusuf", "charity", (Role.SIGNATORY, Role.CONTRIBUTOR, Role.ADMINISTRATOR)),
    Person("nina", "Nina Patel", "enterprise", (Role.SIGNATORY, Role.CONTRIBUTOR)),
    Person("otto", "Otto Brandt", "cooperative", (Role.SIGNATORY, Role.CONTRIBUTOR)),
    Person("oscar", "Oscar Fenwick", "auditors", (Role.AUDITOR, Role.ADMINISTRATOR)),
    Person("olive", "Olive Grant", "", (), is_operator=True),
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """The rows, by the keys above."""

    users: dict[str, User]
    organisations: dict[str, Organisation]


@transaction.atomic
def create() -> People:
    """Make every person and organisation above that is not there yet.

    Those who need a second factor, and openers, get an authenticator with ``TOTP_SECRET`` and
    recovery codes. Writes one audit row. For demonstrations and tests only: the password and the
    key are public.
    """
    actor = Actor.system("demonstration")
    organisations = {}
    for key, (name, kind) in ORGANISATIONS.items():
        organisations[key] = _organisation(name, kind)
    users = {}
    for person in PEOPLE:
        users[person.key] = _person(person, organisations.get(person.organisation))
    audit.record(actor=actor, verb="demonstration.people_created", subject=organisations["council"])
    return People(users=users, organisations=organisations)


def _organisation(name: str, kind: str) -> Organisation:
    """The organisation of this name, also where it is known from notices only so far."""
    organisation = Organisation.objects.filter(name=name).order_by("pk").first()
    if organisation is None:
        return Organisation.objects.create(name=name, **{f"acts_as_{kind}": True})
    organisation.is_reference_row = False
    setattr(organisation, f"acts_as_{kind}", True)
    organisation.save()
    return organisation


def _person(person: Person, organisation: Organisation | None) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create_user(
            person.email, PASSWORD, full_name=person.full_name, is_operator=person.is_operator
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if organisation is not None:
        place, _ = Membership.objects.get_or_create(
            user=user, organisation=organisation, ended_at=None
        )
        for role in person.roles:
            MembershipRole.objects.get_or_create(membership=place, role=role)
    if person.is_opener or Actor.of(user).needs_second_factor:
        _second_factor(user)
    return user


def _second_factor(user: User) -> None:
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(TOTP_SECRET)},
    )
    RecoveryCodes.activate(user)
