"""What the service did with a file of evidence since it came."""

from dataclasses import dataclass

from django.db import models

from providers.enums import ScanState


@dataclass(frozen=True)
class PageShown:
    """A page with a picture, or with the reason why it has none."""

    number: int
    reason: str = ""


class FileHandling(models.Model):
    """Scan and pictures of one file. They go on after the item itself is frozen.

    ``drawing`` is the version of drawing that made the pictures, 0 as long as there are none. They
    lie in ``folder``, one file for each page that is not among ``unshown``.
    """

    item = models.OneToOneField(
        "providers.EvidenceItem", on_delete=models.PROTECT, related_name="handling"
    )
    scan_state = models.CharField(max_length=20, choices=ScanState, default=ScanState.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    drawing = models.PositiveSmallIntegerField(default=0)
    folder = models.CharField(max_length=80, blank=True)
    shown_pages = models.PositiveSmallIntegerField(default=0)
    unshown = models.JSONField(default=dict, blank=True)
    pictures_bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["scan_state"]), models.Index(fields=["drawing"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(drawing=0, folder="", pictures_bytes=0)
                | models.Q(drawing__gt=0) & ~models.Q(folder=""),
                name="file_handling_pictures_have_a_folder",
            ),
            models.CheckConstraint(
                condition=~models.Q(scan_state__in=[ScanState.CLEAN, ScanState.INFECTED])
                | models.Q(scanned_at__isnull=False),
                name="file_handling_scan_has_a_date",
            ),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.get_scan_state_display()}"

    @property
    def is_infected(self) -> bool:
        return self.scan_state == ScanState.INFECTED

    @property
    def is_clean(self) -> bool:
        return self.scan_state == ScanState.CLEAN

    @property
    def is_settled(self) -> bool:
        """Whether a scanner has said what it thinks of the file."""
        return self.is_clean or self.is_infected

    @property
    def page_list(self) -> list[PageShown]:
        """The pages that were drawn, or were not for a reason."""
        return [
            PageShown(number, self.unshown.get(str(number), ""))
            for number in range(1, self.shown_pages + 1)
        ]

    def path_of(self, page: int) -> str | None:
        """Where the picture of a page lies; None where there is none."""
        if not self.drawing or not 1 <= page <= self.shown_pages or str(page) in self.unshown:
            return None
        return f"{self.folder}/{page}.png"
