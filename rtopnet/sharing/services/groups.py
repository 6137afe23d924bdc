"""Named groups of addressees that a state or institution keeps for its own records."""

from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.network.public import Account
from rtopnet.sharing.models import Group, Member
from rtopnet.sharing.queries import acting_principals
from rtopnet.sharing.rules import Audience, OwnerDecidesError, RecordNotInSightError, TermsRefusedError


def make_group(*, by: UUID, keeper: UUID, is_state: bool, name: str) -> UUID:
    """Begin a group of a state or institution that ``by`` decides for.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the keeper.
        TermsRefusedError: it has no name.
    """
    with acting_as(by):
        if keeper not in acting_principals():
            raise OwnerDecidesError("Only the desk of a state or institution may keep a group.")
        if not name.strip():
            raise TermsRefusedError("name: give the group a name.")
        column = "owner_state_id" if is_state else "owner_institution_id"
        region = Account.objects.get(pk=by).region_id
        group = Group.objects.create(region_id=region, name=name.strip(), **{column: keeper})
        record_deed(verb="made", kind="sharing.group", subject=group.pk, region=region)
        return group.pk


def set_members(*, by: UUID, group: UUID, name: str, members: Audience) -> None:
    """Name the group and its members anew; what is addressed to it follows at once.

    Raises:
        RecordNotInSightError: there is no such group for ``by`` to know of.
        TermsRefusedError: it has no name.
    """
    with acting_as(by):
        found = Group.objects.filter(pk=group).first()
        if found is None:
            raise RecordNotInSightError("There is no such group that you may know of.")
        if not name.strip():
            raise TermsRefusedError("name: give the group a name.")
        Group.objects.filter(pk=group).update(name=name.strip())
        Member.objects.filter(group=found).delete()
        for column, ids in (
            ("account_id", members.persons),
            ("state_id", members.states),
            ("institution_id", members.institutions),
        ):
            for member in sorted(ids):
                Member.objects.create(group=found, **{column: member})
        record_deed(verb="set_members", kind="sharing.group", subject=group, region=found.region_id)
