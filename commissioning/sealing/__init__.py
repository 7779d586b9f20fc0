"""Bids sealed until two openers open them: keys and bytes, no rows, no clock.

Only libsodium's own constructions are used, by PyNaCl: secret boxes, sealed boxes,
argon2id, keyed BLAKE2b, padding. `docs/threat-model.md` says what this stops and
what it does not.
"""

from commissioning.sealing.bidder_keys import draft_key, envelope_key
from commissioning.sealing.drafts import DraftContext, open_draft, seal_draft
from commissioning.sealing.envelopes import (
    EnvelopeContext,
    EnvelopeKind,
    SealedEnvelope,
    open_envelope,
    read_as_bidder,
    seal_envelope,
)
from commissioning.sealing.errors import (
    BadSealingKey,
    ForeignEnvelope,
    MistypedRecoveryCode,
    NotThisOpener,
    SameOpenerTwice,
    SealingError,
    TamperedEnvelope,
    TamperedKey,
    TooFewOpeners,
    WeakPassphrase,
    WrongEnvelope,
    WrongPassphrase,
)
from commissioning.sealing.openers import (
    MODERATE,
    Cost,
    OpenerKey,
    RecoveryShare,
    new_opener,
    new_recovery_share,
    unlock,
)
from commissioning.sealing.opening import (
    FEWEST_OPENERS,
    NewOpeningKey,
    OpeningShare,
    PeeledShare,
    join,
    new_opening_key,
    peel,
)
from commissioning.sealing.passphrases import (
    check_passphrase,
    new_recovery_code,
    normal_passphrase,
    normal_recovery_code,
)
from commissioning.sealing.rehearsal import rehearsal_envelope, rehearse

__all__ = [
    "FEWEST_OPENERS",
    "MODERATE",
    "BadSealingKey",
    "Cost",
    "DraftContext",
    "EnvelopeContext",
    "EnvelopeKind",
    "ForeignEnvelope",
    "MistypedRecoveryCode",
    "NewOpeningKey",
    "NotThisOpener",
    "OpenerKey",
    "OpeningShare",
    "PeeledShare",
    "RecoveryShare",
    "SameOpenerTwice",
    "SealedEnvelope",
    "SealingError",
    "TamperedEnvelope",
    "TamperedKey",
    "TooFewOpeners",
    "WeakPassphrase",
    "WrongEnvelope",
    "WrongPassphrase",
    "check_passphrase",
    "draft_key",
    "envelope_key",
    "join",
    "new_opener",
    "new_opening_key",
    "new_recovery_code",
    "new_recovery_share",
    "normal_passphrase",
    "normal_recovery_code",
    "open_draft",
    "open_envelope",
    "peel",
    "read_as_bidder",
    "rehearsal_envelope",
    "rehearse",
    "seal_draft",
    "seal_envelope",
    "unlock",
]
