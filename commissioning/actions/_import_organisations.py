"""Organisations of an import: found by identifier, else new, and offered for confirmation by name.

Everything known is loaded in a handful of queries; new rows are written in bulk for each notice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from accounts.models import Organisation, OrganisationIdentifier
from commissioning.enums import BodyType, MatchState
from commissioning.models import Commissioner, OrganisationMatch
from commissioning.ocds import PartyFact, are_told_apart, name_key
from providers.models import Provider

Pair = tuple[str, str]
_CHUNK = 500


class ImportOrganisations:
    """The organisations that a set of notices names, and those that they may be the same as.

    ``scope`` is the organisation whose people brought the notices; None for the operator's command.
    A scope changes no organisation that was there before: it gives none a further number or
    another profile. What it may not settle becomes a row of its own, and a question.
    """

    def __init__(self, now: datetime, scope: Organisation | None = None):
        self._now = now
        self._scope = scope
        self._owner: dict[Pair, Organisation] = {}
        self._asked: set[Pair] = set()
        self._commissioners: dict[int, Commissioner] = {}
        self._providers: dict[int, Provider] = {}
        self._by_name: dict[str, list[Organisation]] | None = None
        self._journal: list[Pair] = []

    def load(self, parties: Iterable[PartyFact]) -> None:
        """Read what is known of these parties, in a handful of queries."""
        pairs = {pair for party in parties for pair in party.identifiers}
        pairs |= {self._own_pair(pair) for pair in pairs} if self._scope else set()
        pairs -= self._asked
        self._asked |= pairs
        known = {organisation.pk: organisation for organisation in self._owner.values()}
        fresh = {}
        for chunk in _chunks(sorted({value for _, value in pairs})):
            rows = OrganisationIdentifier.objects.filter(value__in=chunk)
            for row in rows.select_related("organisation"):
                if (row.scheme, row.value) in pairs:
                    owner = known.setdefault(row.organisation_id, row.organisation)
                    fresh[owner.pk] = owner
                    self._owner[(row.scheme, row.value)] = owner
        self._commissioners |= _profiles(Commissioner, fresh)
        self._providers |= _profiles(Provider, fresh)

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

    def fact_of(self, organisation: Organisation) -> PartyFact:
        """Return what is known of an organisation in the form in which notices say it."""
        rows = organisation.identifiers.all()
        pairs = tuple((row.scheme, row.value) for row in rows)
        return PartyFact("", organisation.name, pairs, is_registered=False)

    def within_reach(self, party: PartyFact) -> PartyFact:
        """Return the supplier as the scope may name it; the command names it as it stands.

        An organisation that is known by a number is that one, and gets no further number. One that
        doesn't supply yet is left alone: a row of the scope's own stands for it. A new one is known
        by its strongest number.
        """
        if self._scope is None:
            return party
        owner = self.owner_of(party)
        if owner is None:
            return replace(party, identifiers=party.identifiers[:1])
        if owner.pk in self._providers:
            known = (pair for pair in party.identifiers if pair in self._owner)
            return replace(party, identifiers=tuple(known))
        return replace(party, identifiers=(self._own_pair(party.identifiers[0]),))

    def _own_pair(self, pair: Pair) -> Pair:
        return (f"{self._scope.reference}:party", " ".join(pair)[:200])

    def add(
        self,
        suppliers: Sequence[PartyFact],
        buyer: PartyFact | None = None,
        known_buyer: Organisation | None = None,
    ) -> int:
        """Make rows for the parties that no identifier names; the command keeps further
        identifiers of the rest as well.

        Returns how many organisations were made. Where an existing organisation has the same name,
        an ``OrganisationMatch`` asks whether they are one.
        """
        fresh: dict[Pair, tuple[PartyFact, Organisation]] = {}
        identifiers: list[OrganisationIdentifier] = []
        for party in (*([buyer] if buyer else []), *suppliers):
            is_buyer = party is buyer
            owner = (known_buyer if is_buyer else None) or self.owner_of(party)
            if owner is None:
                owner = Organisation(
                    name=party.name,
                    acts_as_commissioner=is_buyer,
                    acts_as_provider=not is_buyer,
                    is_reference_row=True,
                )
                fresh[party.identifiers[0]] = (party, owner)
            elif self._scope is not None and owner.pk is not None:
                continue
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

    def commissioner_for(self, organisation: Organisation) -> Commissioner:
        """Return the commissioning profile of the scope's own organisation."""
        found = self._commissioners.get(organisation.pk)
        if found is None:
            found, _ = Commissioner.objects.get_or_create(organisation=organisation)
            self._commissioners[organisation.pk] = found
        return found

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
        numbers: dict[int, Sequence[Pair]] = {}
        for row in OrganisationIdentifier.objects.filter(organisation__in=candidates):
            if ":" not in row.scheme:
                numbers.setdefault(row.organisation_id, []).append((row.scheme, row.value))
        proposals = []
        for key, (party, organisation) in fresh.items():
            alike = list(earlier[key])
            alike += [row for row in self._by_name_now(party.name) if row not in alike]
            for candidate in alike:
                if are_told_apart(numbers.get(candidate.pk, ()), party.identifiers):
                    continue
                proposals.append(
                    OrganisationMatch(
                        organisation=organisation, candidate=candidate, proposed_at=self._now
                    )
                )
                break
            self._by_name.setdefault(name_key(party.name), []).append(organisation)
            numbers[organisation.pk] = party.identifiers
        OrganisationMatch.objects.bulk_create(proposals)

    def _by_name_now(self, name: str) -> list[Organisation]:
        return self._by_name.get(name_key(name), []) if self._by_name else []


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
