"""A framework, through all its editions."""

from django.db import models

from principles.models.library import LibraryQuerySet


class Framework(models.Model):
    """A set of standards that contracts are judged against, such as ``cipfa-ifac``."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=250)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(title=""), name="framework_is_named"
            )
        ]

    def __str__(self):
        return self.title
