"""What the role that the application runs under may do in PostgreSQL, and no more.

Two roles: an owner, which migrates and runs nothing else, and a runtime role. The runtime role
owns nothing: it cannot alter a table, drop, disable or replace a trigger or its function, or
truncate. From the tables that only grow it may read, and add to them; a change is refused by the
privilege before any trigger is asked.
"""

from django.db.backends.utils import CursorWrapper

# A table whose trigger refuses every update (``accounts.triggers.append_only``).
ONLY_GROWS = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgname = c.relname || '_append_only'
"""


def grant_to(cursor: CursorWrapper, role: str) -> list[str]:
    """Give ``role`` what the application needs in the present schema. Run as the owner, after
    each migration. Returns the tables that the role may only read and add to.

    Raises ``ValueError`` for a role that owns a table or is a superuser: it could undo all this.
    """
    quoted = cursor.db.ops.quote_name(role)
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        raise ValueError(f"There is no role {role} in this database server.")
    cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [role])
    if found[0] or cursor.fetchone()[0]:
        raise ValueError(f"The role {role} is a superuser or owns tables. Choose another one.")
    cursor.execute(ONLY_GROWS)
    only_grow = sorted(name for (name,) in cursor.fetchall())
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
    cursor.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
    )
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
    for table in only_grow:
        name = cursor.db.ops.quote_name(table)
        cursor.execute(f"REVOKE UPDATE, DELETE ON {name} FROM {quoted}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
    return only_grow
