"""Database roles: the web and the jobs own nothing and can pass no policy by; migrations run as owner."""

from django.db import connections

from rtopnet.kernel.errors import SetUpError

_POWERS = """
SELECT rolname, rolsuper, rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                 AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
FROM pg_roles r WHERE rolname = current_user
"""

LEAST_VERSION = 150000


def refuse_powerful_role(*, using: str = "default") -> None:
    """Raise SetUpError when the connection's role could get round row security.

    A superuser, a role with BYPASSRLS and (a member of) the owner of any table could.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_POWERS)
        name, is_super, bypasses, owns = cursor.fetchone()
    fault = (is_super and "is a superuser") or (bypasses and "has BYPASSRLS") or (owns and "owns tables")
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


def grant_to_restricted_role(*, owner: str = "owner", restricted: str = "default") -> None:
    """Give the restricted role what it needs on everything the owner has made, and no more.

    A table whose comment is ``closed`` is reached only through functions.
    """
    role = connections[restricted].settings_dict["USER"]
    with connections[owner].cursor() as cursor:
        quoted = connections[owner].ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}")
        for table, is_closed in _tables(cursor):
            verb, preposition = ("REVOKE", "FROM") if is_closed else ("GRANT", "TO")
            cursor.execute(f"{verb} SELECT, INSERT, UPDATE, DELETE ON {table} {preposition} {quoted}")


def _tables(cursor: object) -> list[tuple[str, bool]]:
    cursor.execute(  # type: ignore[attr-defined]  # Django's wrapper has no public type
        "SELECT quote_ident(c.relname), coalesce(obj_description(c.oid, 'pg_class') = 'closed', false) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') "
        "AND pg_get_userbyid(c.relowner) = current_user"
    )
    return cursor.fetchall()  # type: ignore[attr-defined, no-any-return]
