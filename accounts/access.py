"""The three gates: door, sight, deed.

Door
    May someone in this role open this page at all? A mark on the view (``door``), checked by
    ``accounts.middleware.Door``. A view without a mark raises. Refusal: 403.
Sight
    Which rows exist for this viewer? ``QuerySet.visible_to(viewer)``, reached through each app's
    ``queries``. Refusal: 404.
Deed
    May this actor do this, to this row, now? A named predicate from an app's ``rules``, required
    at the top of the action with ``require``. Refusal: 403; ``WrongState`` where only the state
    of the row is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.enums import (
    ASSURER_ROLES,
    COMMISSIONER_ROLES,
    PROVIDER_ROLES,
    ROLES_WITH_SECOND_FACTOR,
    Role,
)
from accounts.models import Membership

__all__ = [
    "ASSURER_ROLES",
    "COMMISSIONER_ROLES",
    "OPERATOR",
    "PROVIDER_ROLES",
    "PUBLIC",
    "SIGNED_IN",
    "Actor",
    "Refused",
    "Role",
    "StaleSave",
    "WrongState",
    "asks_for_code",
    "code_asked_by",
    "door",
    "door_of",
    "key_in_trail",
    "may_open",
    "name_in_history",
    "require",
]

PUBLIC = "public"
SIGNED_IN = "signed in"
OPERATOR = "operator"
SYSTEM_LABEL = "system: "
SYSTEM_NAME = "The system"


class Refused(PermissionDenied):
    """The actor may not do this. ``str()`` says why, in plain English."""


class WrongState(Exception):
    """The row is not in a state that allows this. ``str()`` says what state would."""


class StaleSave(Exception):
    """Someone saved a newer version since this person opened the page.

    ``current`` is the row as it is now; the view shows it beside what was typed.
    """

    def __init__(self, current: Any):
        super().__init__("Someone else saved a newer version.")
        self.current = current


@dataclass(frozen=True)
class Actor:
    """Who is asking, and on whose behalf: the viewer of every query, the actor of every action."""

    user: Any = None
    organisation: Any = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_operator: bool = False
    system_name: str = ""

    @classmethod
    def system(cls, name: str) -> "Actor":
        """The named part of the system that acts by schedule or command, such as "importer"."""
        return cls(system_name=name)

    @classmethod
    def of(cls, user, organisation=None) -> "Actor":
        """The person acting for ``organisation``, or for the first one that they belong to.

        Runs one query and one for the roles. An organisation that the person does not belong to
        gives an actor without organisation or roles.
        """
        if user is None or not user.is_authenticated or not user.is_active:
            return cls()
        places = (
            Membership.objects.current()
            .filter(user=user)
            .select_related("organisation")
            .prefetch_related("roles")
            .order_by("organisation__name", "pk")
        )
        if organisation is not None:
            places = places.filter(organisation=organisation)
        place = places.first()
        if place is None:
            return cls(user=user, is_operator=user.is_operator)
        return cls(
            user=user,
            organisation=place.organisation,
            roles=frozenset(Role(row.role) for row in place.roles.all()),
            is_operator=user.is_operator,
        )

    @property
    def is_system(self) -> bool:
        return bool(self.system_name)

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def asker(self) -> int | None:
        """The key of the one body whose asks the viewer sees and answers; None: of all.

        Set while nobody has confirmed who signs for the organisation that the viewer acts for.
        """
        return self.organisation.named_by_id if self.organisation else None

    @property
    def provides(self) -> bool:
        """Whether the viewer acts for a provider whose signatory is confirmed."""
        return self.has(*PROVIDER_ROLES) and self.asker is None

    @property
    def needs_second_factor(self) -> bool:
        """Operators, leads, approvers, and administrators where roles that judge are given."""
        if self.is_operator or self.roles & ROLES_WITH_SECOND_FACTOR:
            return True
        return Role.ADMINISTRATOR in self.roles and self.organisation.acts_as_commissioner

    @property
    def label(self) -> str:
        """The name that the audit trail keeps."""
        if self.is_system:
            return f"{SYSTEM_LABEL}{self.system_name}"
        return self.user.full_name or self.user.email if self.user else "someone not signed in"

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of ``roles`` for the organisation that they act for."""
        return bool(self.roles.intersection(roles))


def name_in_history(row) -> str:
    """Who took the step ``row``, as the subject of a sentence.

    ``row.by`` says whether that was a person: the name that a person typed decides nothing.
    """
    return row.by_label if row.by_id is not None else SYSTEM_NAME


def key_in_trail(user, label: str) -> str:
    """Who acted, by kind and key, from a kept ``Actor``: never by a text that a person typed.

    ``user`` is the person who acted; without one, ``label`` is a text of ours that says which part
    of the system did, or that nobody was signed in.
    """
    if user is not None:
        return f"Person {user.reference}"
    if label.startswith(SYSTEM_LABEL):
        return f"{SYSTEM_NAME} ({label.removeprefix(SYSTEM_LABEL)})"
    return "Nobody signed in"


def door(*marks: str | Role) -> Callable:
    """Mark a view with who may open it: any of the roles, or PUBLIC, SIGNED_IN, OPERATOR."""
    if not marks:
        raise ValueError("A door needs at least one mark.")

    def mark(view):
        view.door = frozenset(marks)
        return view

    return mark


def door_of(view) -> frozenset | None:
    """The marks on a view, looking through the wrappers that Django and allauth put around it."""
    return _mark_of(view, "door")


def asks_for_code(*, of_everyone: bool = False) -> Callable:
    """Mark a view that asks for the second factor again: a code not older than 15 minutes.

    It is asked of those whose account has a second factor, or whose role needs one;
    ``of_everyone``: also of the others, who set one up first.
    """

    def mark(view):
        view.asks_for_code = "everyone" if of_everyone else "those with a factor"
        return view

    return mark


def code_asked_by(view) -> str | None:
    """Of whom the view asks a recent code: "everyone", "those with a factor", or of nobody."""
    return _mark_of(view, "asks_for_code")


def _mark_of(view, name: str):
    while view is not None:
        found = getattr(view, name, None)
        if found:
            return found
        view = getattr(view, "__wrapped__", None)
    return None


def may_open(actor: Actor, marks: frozenset) -> bool:
    """Whether the door with these marks opens for the actor."""
    if PUBLIC in marks:
        return True
    if not actor.is_signed_in:
        return False
    if SIGNED_IN in marks or (OPERATOR in marks and actor.is_operator):
        return True
    return any(role in marks for role in actor.roles)


def require(allowed: bool, reason: str) -> None:
    """Raise ``Refused`` with the reason unless ``allowed``."""
    if not allowed:
        raise Refused(reason)
