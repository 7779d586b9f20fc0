"""What can go wrong with what is sealed. Each message may be shown to the person."""


class SealingError(Exception):
    """Anything below; nothing was opened or changed."""


class BadSealingKey(SealingError):
    """The server's secret is missing, too short or too long."""


class TamperedEnvelope(SealingError):
    """The bytes are not those that were sealed, or were sealed under another key."""


class WrongEnvelope(SealingError):
    """Sound, but it belongs to another exercise, bid, lot, kind, submission or section."""


class ForeignEnvelope(SealingError):
    """It opens, but this service did not make it: the bidder's wrap holds another key."""


class WeakPassphrase(SealingError):
    """The passphrase is too easy to guess; the message says what to do."""


class WrongPassphrase(SealingError):
    """The passphrase, or the recovery code, does not unlock this opener's key."""


class MistypedRecoveryCode(SealingError):
    """No recovery code that was ever printed looks like this."""


class TamperedKey(SealingError):
    """An opener's key or a share of the opening key is not what was kept."""


class NotThisOpener(SealingError):
    """The share is sealed for somebody else."""


class SameOpenerTwice(SealingError):
    """Two different openers are needed; this is one of them twice."""


class TooFewOpeners(SealingError):
    """With fewer than three, one lost passphrase would lose every bid."""
