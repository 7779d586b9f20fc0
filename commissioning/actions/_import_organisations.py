"""Organisations of an import: found by identifier, else new, and offered for confirmation by name.

Everything known is loaded in a handful of queries; new rows are written in bulk for each notice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.models import Organisation, OrganisationIdentifier
from commissioning.enums import BodyType, MatchState
from commissioning.models import Commissioner, OrganisationMatch
from commissioning.ocds import NoticeFact, PartyFact, name_key
from providers.models import Provider

Pair = tuple[str, str]
_CHUNK = 500


class ImportOrganisations:
    """The organisations that a set of notices names, and those that they may be the same as."""

    def __init__(
        self, notices: Sequence[NoticeFact], now: datetime, parties: Sequence[PartyFact] = ()
    ):
        self._now = now
        parties = [*parties, *(party for notice in notices for party in _parties_of(notice))]
        pairs = {pair for party in parties for pair in party.identifiers}
        self._owner: dict[Pair, Organisation] = {}
        for chunk in _chunks(sorted({value for _, value in pairs})):
            rows = OrganisationIdentifier.objects.filter(value__in=chunk)
            for row in rows.select_related("organisation"):
                if (row.scheme, row.value) in pairs:
                    self._owner[(row.scheme, row.value)] = row.organisation
        known = {organisation.pk: organisation for organisation in self._owner.values()}
        self._owner = {pair: known[row.pk] for pair, row in self._owner.items()}
        self._commissioners = _profiles(Commissioner, known)
        self._providers = _profiles(Provider, known)
        self._by_name: dict[str, list[Organisation]] | None = None
        self._journal: list[Pair] = []

    def begin(self) -> None:
        """Start a notice: what is found new from here on can be taken back."""
        self._journal = []

    def forget(self) -> None:
        """Take back what was found new since ``begin``: its rows were rolled back."""
        gone = {self._owner.pop(pair).pk for pair in self._journal if pair in self._owner}
        for profiles in (self._commissioners, self._providers):
            for key in gone & profiles.keys():
                del profiles[key]
        # Profiles of older organisations, and the names, are read again when they are needed next.
        self._by_name = None
        known = {organisation.pk: organisation for organisation in self._owner.values()}
        self._commissioners = _profiles(Commissioner, known)
        self._providers = _profiles(Provider, known)

    def owner_of(self, party: PartyFact) -> Organisation | None:
        """Return the organisation that an identifier of the party names, the strongest first."""
        return next((self._owner[pair] for pair in party.identifiers if pair in self._owner), None)

    def add(self, buyer: PartyFact | None, suppliers: Sequence[PartyFact]) -> int:
        """Make rows for the parties that no identifier names, and keep further identifiers of the
        rest.

        Returns how many organisations were made. Where an existing organisation has the same name,
        an ``OrganisationMatch`` asks whether they are one.
        """
        fresh: dict[Pair, tuple[PartyFact, Organisation]] = {}
        identifiers: list[OrganisationIdentifier] = []
        for party in (*([buyer] if buyer else []), *suppliers):
            owner = self.owner_of(party)
            if owner is None:
                is_buyer = party is buyer
                owner = Organisation(
                    name=party.name,
                    acts_as_commissioner=is_buyer,
                    acts_as_provider=not is_buyer,
                    is_reference_row=True,
                )
                fresh[party.identifiers[0]] = (party, owner)
            for scheme, value in party.identifiers:
                if (scheme, value) not in self._owner:
                    self._owner[(scheme, value)] = owner
                    self._journal.append((scheme, value))
                    identifiers.append(
                        OrganisationIdentifier(organisation=owner, scheme=scheme, value=value)
                    )
        if fresh:
            earlier = {key: self._named_like(party.name) for key, (party, _) in fresh.items()}
            Organisation.objects.bulk_create([row for _, row in fresh.values()])
            for identifier in identifiers:
                identifier.organisation_id = identifier.organisation.pk
        OrganisationIdentifier.objects.bulk_create(identifiers)
        if fresh:
            self._ask_about(fresh, earlier)
        return len(fresh)

    def adopt(self, party: PartyFact, organisation: Organisation) -> None:
        """Note that the party is this organisation, and so is everything that its row stood for."""
        former = self.owner_of(party)
        for pair, owner in self._owner.items():
            if former is not None and owner.pk == former.pk:
                self._owner[pair] = organisation
        for pair in party.identifiers:
            self._owner[pair] = organisation
        known = {organisation.pk: organisation}
        self._commissioners |= _profiles(Commissioner, known)
        self._providers |= _profiles(Provider, known)

    def commissioner_of(self, party: PartyFact) -> Commissioner:
        """Return the commissioning profile of a party that was added, made where there is none."""
        organisation = self.owner_of(party)
        found = self._commissioners.get(organisation.pk)
        if found is None:
            _mark(organisation, acts_as_commissioner=True)
            found = Commissioner.objects.create(
                organisation=organisation,
                body_type=party.body_type if party.body_type in BodyType.values else BodyType.OTHER,
            )
            self._commissioners[organisation.pk] = found
        return found

    def providers_of(self, parties: Sequence[PartyFact]) -> list[Provider]:
        """Return the provider profiles of parties that were added, in their order, each once."""
        owners = {}
        for party in parties:
            owners.setdefault(self.owner_of(party).pk, (self.owner_of(party), party))
        missing = [pair for key, pair in owners.items() if key not in self._providers]
        for organisation, _ in missing:
            _mark(organisation, acts_as_provider=True)
        Provider.objects.bulk_create(
            [
                Provider(organisation=organisation, is_sme=party.is_sme, is_vcse=party.is_vcse)
                for organisation, party in missing
            ]
        )
        if missing:
            self._providers |= _profiles(Provider, {row.pk: row for row, _ in missing})
        return [self._providers[key] for key in owners]

    def _named_like(self, name: str) -> list[Organisation]:
        if self._by_name is None:
            merged_away = OrganisationMatch.objects.filter(state=MatchState.CONFIRMED)
            self._by_name = {}
            rows = Organisation.objects.exclude(pk__in=merged_away.values("organisation"))
            for row in rows.order_by("is_reference_row", "pk"):
                self._by_name.setdefault(name_key(row.name), []).append(row)
        return list(self._by_name.get(name_key(name), []))

    def _ask_about(
        self,
        fresh: dict[Pair, tuple[PartyFact, Organisation]],
        earlier: dict[Pair, list[Organisation]],
    ) -> None:
        """Propose the first organisation of that name, unless register numbers tell them apart."""
        candidates = {row.pk for rows in earlier.values() for row in rows}
        numbers: dict[int, dict[str, str]] = {}
        for row in OrganisationIdentifier.objects.filter(organisation__in=candidates):
            if ":" not in row.scheme:
                numbers.setdefault(row.organisation_id, {})[row.scheme] = row.value
        proposals = []
        for key, (party, organisation) in fresh.items():
            own = {scheme: value for scheme, value in party.identifiers if ":" not in scheme}
            alike = list(earlier[key])
            alike += [row for row in self._by_name_now(party.name) if row not in alike]
            for candidate in alike:
                theirs = numbers.get(candidate.pk, {})
                if any(theirs.get(scheme, value) != value for scheme, value in own.items()):
                    continue
                proposals.append(
                    OrganisationMatch(
                        organisation=organisation, candidate=candidate, proposed_at=self._now
                    )
                )
                break
            self._by_name.setdefault(name_key(party.name), []).append(organisation)
            numbers[organisation.pk] = own
        OrganisationMatch.objects.bulk_create(proposals)

    def _by_name_now(self, name: str) -> list[Organisation]:
        return self._by_name.get(name_key(name), []) if self._by_name else []


def _parties_of(notice: NoticeFact) -> list[PartyFact]:
    return [notice.buyer, *(party for contract in notice.contracts for party in contract.suppliers)]


def _mark(organisation: Organisation, **facts: bool) -> None:
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    if changed:
        for name in changed:
            setattr(organisation, name, facts[name])
        organisation.save(update_fields=changed)


def _profiles(model, organisations: dict[int, Organisation]) -> dict:
    found = {}
    for chunk in _chunks(sorted(organisations)):
        for profile in model.objects.filter(organisation__in=chunk):
            profile.organisation = organisations[profile.organisation_id]
            found[profile.organisation_id] = profile
    return found


def _chunks(values: Sequence) -> Iterable[Sequence]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
