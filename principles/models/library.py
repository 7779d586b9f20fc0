"""Who may see the library."""

from django.db import models


class LibraryQuerySet(models.QuerySet):
    """Rows that anyone signed in may read, and the system."""

    def visible_to(self, viewer):
        return self if viewer.is_system or viewer.is_signed_in else self.none()
