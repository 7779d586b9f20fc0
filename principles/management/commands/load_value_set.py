"""Publish a value set from a file, or try one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.access import Actor, WrongState
from accounts.models import Organisation
from principles import actions, queries
from principles.packs import FRAMEWORKS, BadPack
from principles.value_files import check_file, read_terms

ILLUSTRATIVE = FRAMEWORKS / "value-sets" / "illustrative.csv"


class Command(BaseCommand):
    """``load_value_set [FILE] [--terms FILE] [--owner ORG-…] [--dry-run]``.

    ``FILE`` is CSV or XLSX; its terms stand in a YAML file beside it with the same name. Without
    ``FILE`` the illustrative set is loaded. Every problem is printed by row; exit status 1 and
    nothing written where there is one. Loading the same set again changes nothing.
    """

    help = "Publishes the values of units of measures, after checking every row."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", default=ILLUSTRATIVE)
        parser.add_argument("--terms", type=Path, help="YAML file with title, label, licence, …")
        parser.add_argument(
            "--owner", default="", help="reference of the organisation; the installation if none"
        )
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")

    def handle(self, *, file, terms, owner, dry_run, **options):
        actor = Actor.system("value set loader")
        try:
            key, terms = read_terms(terms or file.with_suffix(".yaml"))
            content = file.read_bytes()
        except BadPack as bad:
            raise CommandError(str(bad)) from bad
        except OSError as wrong:
            raise CommandError(f"{file.name} cannot be read: {wrong.strerror}") from wrong
        edition = queries.edition_of_key(actor, key)
        if edition is None:
            raise CommandError(f"The edition {key} is not published here: load_frameworks first.")
        checked = check_file(content, queries.known_measures(actor, edition))
        for problem in checked.problems:
            self.stderr.write(f"{file.name}: {problem}")
        if not checked.is_usable:
            raise CommandError(f"{len(checked.problems)} to put right. Nothing was written.")
        if checked.measures_without_value:
            codes = ", ".join(checked.measures_without_value)
            self.stdout.write(f"Measures without a value: {codes}")
        if dry_run:
            self.stdout.write(f"{len(checked.rows)} values are good. Nothing was written.")
            return
        try:
            result = actions.publish_value_set(
                actor=actor,
                owner=self._owner(actor, owner),
                edition=edition,
                terms=terms,
                rows=checked.rows,
            )
        except WrongState as wrong:
            raise CommandError(str(wrong)) from wrong
        state = "published" if result.is_new else "published before, unchanged"
        self.stdout.write(f"{result.value_set}: {state}")

    def _owner(self, actor: Actor, reference: str) -> Organisation | None:
        if not reference:
            return None
        owner = Organisation.objects.visible_to(actor).filter(reference=reference).first()
        if owner is None:
            raise CommandError(f"There is no organisation {reference}.")
        return owner
