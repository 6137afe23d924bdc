"""Database roles: the web and the jobs own nothing and can pass no policy by; migrations run as owner."""

from django.db import connections

from rtopnet.kernel.errors import SetUpError

_POWERS = """
SELECT rolname,
       EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolsuper AND pg_has_role(r.oid, p.oid, 'MEMBER')),
       EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolbypassrls AND pg_has_role(r.oid, p.oid, 'MEMBER')),
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                 AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
       OR EXISTS (SELECT 1 FROM pg_database d
                  WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER'))
FROM pg_roles r WHERE rolname = current_user
"""

LEAST_VERSION = 150000


def refuse_powerful_role(*, using: str = "default") -> None:
    """Raise SetUpError when the connection's role could get round row security.

    A superuser, a role with BYPASSRLS, the owner of the database or of any table, and members of these could.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_POWERS)
        name, is_super, bypasses, owns = cursor.fetchone()
    fault = (
        (is_super and "is a superuser or a member of one")
        or (bypasses and "has BYPASSRLS or is a member of a role that has")
        or (owns and "owns the database or tables, or is a member of their owner")
    )
    if fault:
        raise SetUpError(
            f"DATABASE_URL's role '{name}' {fault} and could pass row security by: "
            "connect as a role made with NOSUPERUSER NOBYPASSRLS that owns nothing "
            "(docs/how-to/external-postgresql.md)"
        )


def refuse_old_server(*, using: str) -> None:
    """Raise SetUpError for a PostgreSQL older than 15."""
    version = connections[using].cursor().connection.info.server_version
    if version < LEAST_VERSION:
        raise SetUpError(f"PostgreSQL {version // 10000} is too old: version 15 or later is needed")


ONLY_READ = ("django_migrations", "django_content_type", "auth_")
"""Tables, by the beginning of their names, that the restricted role reads and never writes."""


def grant_to_restricted_role(*, owner: str = "owner", restricted: str = "default") -> None:
    """Give the restricted role what it needs on everything the owner has made, and no more.

    A table whose comment is ``closed`` is reached only through functions.
    """
    role = connections[restricted].settings_dict["USER"]
    with connections[owner].cursor() as cursor:
        quote = connections[owner].ops.quote_name
        quoted = quote(role)
        # A temporary table could stand in for one that a function of ours means.
        database = quote(connections[owner].settings_dict["NAME"])
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}")
        for table, comment in _tables(cursor):
            cursor.execute(f"REVOKE ALL ON {table} FROM {quoted}")
            if powers := _powers_on(table, comment):
                cursor.execute(f"GRANT {powers} ON {table} TO {quoted}")


def rights_of_restricted_role(*, owner: str = "owner", restricted: str = "default") -> list[str]:
    """What the restricted role may do with each table, as ``table: SELECT``; sorted."""
    role = connections[restricted].settings_dict["USER"]
    with connections[owner].cursor() as cursor:
        cursor.execute(
            "SELECT table_name || ': ' || privilege_type FROM information_schema.table_privileges "
            "WHERE table_schema = 'public' AND grantee = %s ORDER BY 1",
            [role],
        )
        return [right for (right,) in cursor.fetchall()]


def _powers_on(table: str, comment: str) -> str:
    if comment == "closed":
        return ""
    if table.startswith(ONLY_READ):
        return "SELECT"
    return "SELECT, INSERT, UPDATE, DELETE"


def _tables(cursor: object) -> list[tuple[str, str]]:
    cursor.execute(  # type: ignore[attr-defined]  # Django's wrapper has no public type
        "SELECT quote_ident(c.relname), coalesce(obj_description(c.oid, 'pg_class'), '') "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') "
        "AND pg_get_userbyid(c.relowner) = current_user"
    )
    return cursor.fetchall()  # type: ignore[attr-defined, no-any-return]
