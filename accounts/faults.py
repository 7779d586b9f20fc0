"""What an installation lacks for a while, and how to tell that from a fault of ours."""

import errno
import os

import redis.exceptions
from kombu.exceptions import OperationalError as BrokerError

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError, connection

# Disk full, quota reached, file too large for the limit, file system made read-only.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
LEAST_FREE_BYTES = 100 * 1024 * 1024


def lacking(error: BaseException | None) -> str:
    """What was not to be had when ``error`` came up: "database", "disk" or "broker".

    Empty where the error says nothing of the kind: then it is a fault of ours. What an error was
    raised from counts, and what was being handled when it was raised.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return "database"
        if isinstance(error, redis.exceptions.RedisError | BrokerError):
            return "broker"
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return "disk"
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)
    return ""


def drop_dead_connection() -> None:
    """Close the connection to the database where it died; the next query opens a new one.

    Does nothing within a transaction, which cannot go on with another connection.
    """
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def health() -> dict[str, bool]:
    """Whether each thing that the service stands on answers now."""
    return {"database": _database(), "disk": _disk(), "broker": _broker()}


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _disk() -> bool:
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        room = os.statvfs(settings.MEDIA_ROOT)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize >= LEAST_FREE_BYTES and os.access(
        settings.MEDIA_ROOT, os.W_OK
    )


def _broker() -> bool:
    """The cache stands on the same server as the broker where there is one (the compose file)."""
    try:
        cache.get("health")
        if settings.CELERY_BROKER_URL.startswith("redis"):
            broker = redis.Redis.from_url(
                settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=2
            )
            broker.ping()
    except (redis.exceptions.RedisError, OSError):
        return False
    return True
