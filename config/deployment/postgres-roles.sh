#!/bin/sh
# Makes the two roles under which the application works in PostgreSQL: an owner, which migrates and
# does nothing else, and a runtime role, which owns nothing. Neither is a superuser. What the runtime
# role may do is granted by "manage.py prepare" (accounts/grants.py).
#
# The image of postgres runs this once, when it makes the database. It may run again: then it sets
# the passwords anew. Reads POSTGRES_USER (a superuser), POSTGRES_DB, OWNER_ROLE, OWNER_PASSWORD,
# RUNTIME_ROLE and RUNTIME_PASSWORD.
set -eu
: "${OWNER_PASSWORD:?}" "${RUNTIME_PASSWORD:?}"
export OWNER_ROLE RUNTIME_ROLE
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv owner OWNER_ROLE
\getenv owner_password OWNER_PASSWORD
\getenv runtime RUNTIME_ROLE
\getenv runtime_password RUNTIME_PASSWORD
BEGIN;
SET LOCAL log_statement = 'none';
SET LOCAL log_min_error_statement = 'panic';
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY[:'owner', :'runtime']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD :'owner_password';
ALTER ROLE :"runtime" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD :'runtime_password';
ALTER DATABASE :"DBNAME" OWNER TO :"owner";
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO :"runtime";
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"runtime";
COMMIT;
SQL
