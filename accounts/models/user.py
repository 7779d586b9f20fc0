"""A person who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from accounts.references import ReferenceField


class UserQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The people of the organisation that the viewer acts for, and the viewer."""
        if viewer.is_system:
            return self
        if viewer.user is None:
            return self.none()
        own = models.Q(pk=viewer.user.pk)
        if viewer.organisation:
            own |= models.Q(memberships__organisation=viewer.organisation)
        return self.filter(own).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person. What they may do comes from memberships; there is no superuser.

    ``is_operator`` marks the people who run the installation: published frameworks and the
    service itself, and no organisation's rows.
    """

    # How the trail names a person: nobody can choose it.
    reference = ReferenceField(prefix="P")
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    shut_at = models.DateTimeField(null=True, blank=True)
    shut_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shut_reason = models.CharField(max_length=500, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, shut_at=None, shut_by=None, shut_reason="")
                | models.Q(is_active=False, shut_at__isnull=False, shut_by__isnull=False)
                & ~models.Q(shut_reason=""),
                name="user_shut_with_date_person_and_reason",
            ),
        ]

    def __str__(self):
        return self.full_name or self.email

    def get_full_name(self):
        return self.full_name
