"""The people of the tests are the people of the demonstration."""

from accounts.demonstration import PASSWORD, PEOPLE, TOTP_SECRET, People, create

__all__ = ["PASSWORD", "PEOPLE", "TOTP_SECRET", "People", "create"]
