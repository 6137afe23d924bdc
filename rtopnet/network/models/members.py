"""Who the network is made of. A post outlives its holder; an account belongs to one region."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import (
    ACTING_ACCOUNT,
    ACTING_DESKS,
    ACTING_REGION,
    RowPolicy,
    in_capacity,
)

POSTS_IN_HAND = "(SELECT posts_in_hand())::uuid[]"
"""Posts that the acting account holds now, and those of the states and institutions it decides for."""

_INSTALLATION = in_capacity("installation")
_INSTALLATION_OR_SIGN_IN = in_capacity("installation", "sign_in")
_SIGN_IN = in_capacity("sign_in")
# Who spends an invitation opens an account of the address it went to, in its region, and holds its post.
_INVITED = (
    f"{_SIGN_IN} AND EXISTS (SELECT 1 FROM network_invitation i WHERE i.email = network_account.email "  # noqa: S608 -- our own words
    "AND i.region_id = network_account.region_id AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL)"
)
_ACCEPTING = (
    f"{_SIGN_IN} AND EXISTS (SELECT 1 FROM network_invitation i JOIN network_account a "  # noqa: S608 -- as above
    "ON a.email = i.email AND a.region_id = i.region_id WHERE a.id = network_holding.account_id "
    "AND i.post_id = network_holding.post_id AND i.region_id = network_holding.region_id "
    "AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL)"
)


class Region(models.Model):
    """A regional network; an installation hosts several, and nothing crosses between them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    names = models.JSONField()
    kind = models.CharField(max_length=10, choices=[("real", "real"), ("exercise", "exercise")])
    working_language = models.CharField(max_length=12)
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=64, default="UTC")
    pack_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            RowPolicy(
                name="region_read",
                command="SELECT",
                using=f"id = {ACTING_REGION} OR {_INSTALLATION_OR_SIGN_IN}",
            ),
            RowPolicy(name="region_insert", command="INSERT", check=_INSTALLATION),
            RowPolicy(name="region_update", command="UPDATE", using=_INSTALLATION),
            RowPolicy(name="region_delete", command="DELETE", using=_INSTALLATION),
            Ledgered(name="region_ledgered"),
        ]

    def __str__(self) -> str:
        return self.slug


class InRegion(models.Model):
    """Something that members of its region may read and only the installation writes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)

    class Meta:
        abstract = True
        constraints = [
            RowPolicy(
                name="%(class)s_read",
                command="SELECT",
                using=f"region_id = {ACTING_REGION} OR {_INSTALLATION}",
            ),
            RowPolicy(name="%(class)s_insert", command="INSERT", check=_INSTALLATION),
            RowPolicy(name="%(class)s_update", command="UPDATE", using=_INSTALLATION),
            RowPolicy(name="%(class)s_delete", command="DELETE", using=_INSTALLATION),
            Ledgered(name="%(class)s_ledgered"),
        ]


class State(InRegion):
    """A member state; ``gw_id`` is its Gleditsch-Ward number, which UCDP uses as country id."""

    iso3 = models.CharField(max_length=3)
    iso2 = models.CharField(max_length=2, blank=True)
    gw_id = models.PositiveIntegerField()
    names = models.JSONField()
    capital = models.CharField(max_length=120)
    time_zones = models.JSONField(default=list)
    languages = models.JSONField(default=list)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(name="state_read_signing_in", command="SELECT", using=_SIGN_IN),
            models.UniqueConstraint(fields=["region", "iso3"], name="state_iso3_once"),
            models.UniqueConstraint(fields=["region", "gw_id"], name="state_gw_id_once"),
            models.CheckConstraint(condition=Q(iso3__regex=r"^[A-Z]{3}$"), name="state_iso3_form"),
        ]

    def __str__(self) -> str:
        return self.iso3


class Institution(InRegion):
    """A ministry of a state, or (without a state) a body of the region such as its secretariat."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True)
    key = models.SlugField()
    names = models.JSONField()
    kind = models.CharField(max_length=40)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(name="institution_read_signing_in", command="SELECT", using=_SIGN_IN),
            models.UniqueConstraint(
                fields=["region", "state", "key"], name="institution_key_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PostKind(models.TextChoices):
    """The roles of the network, as the domain names them."""

    FOCAL_POINT = "focal_point", _("Focal point")
    DEPUTY = "deputy", _("Deputy focal point")
    CONTRIBUTOR = "contributor", _("Contributor")
    SECRETARIAT = "secretariat", _("Secretariat")
    ANALYST = "analyst", _("Analyst")
    UN_LIAISON = "un_liaison", _("United Nations liaison")
    TRAINER = "trainer", _("Trainer")
    OPERATOR = "operator", _("Operator")


_OF_MY_DESK = f"coalesce(state_id, institution_id) = ANY({ACTING_DESKS}) AND region_id = {ACTING_REGION}"
_IN_HAND = f"post_id = ANY({POSTS_IN_HAND}) AND region_id = {ACTING_REGION}"

STATE_POSTS = (PostKind.FOCAL_POINT, PostKind.DEPUTY, PostKind.CONTRIBUTOR)


class Post(InRegion):
    """An office that somebody holds: of a state, or of a regional institution."""

    key = models.SlugField()
    kind = models.CharField(max_length=20, choices=PostKind)
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True)
    titles = models.JSONField()
    reads_space = models.BooleanField(default=True)
    """Whether a contributor reads in the state's space; others always do."""
    drafts = models.BooleanField(default=True)
    """Whether a contributor writes there; others always do."""
    retired_at = models.DateTimeField(null=True)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(name="post_read_signing_in", command="SELECT", using=_SIGN_IN),
            RowPolicy(name="post_made_by_desk", command="INSERT", check=_OF_MY_DESK),
            RowPolicy(name="post_kept_by_desk", command="UPDATE", using=_OF_MY_DESK),
            models.UniqueConstraint(fields=["region", "key"], name="post_key_once"),
            models.CheckConstraint(
                condition=(Q(kind__in=STATE_POSTS) & Q(state__isnull=False))
                | (~Q(kind__in=STATE_POSTS) & Q(state__isnull=True)),
                name="post_of_a_state_or_of_the_region",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class AccountManager(BaseUserManager["Account"]):
    """Accounts are opened by services, never by a sign-up."""


class Account(AbstractBaseUser):
    """What somebody signs in with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, blank=True, default="")  # empty: the region's
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=now)
    last_login = None

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            RowPolicy(
                name="account_read",
                command="SELECT",
                using=f"id = {ACTING_ACCOUNT} OR region_id = {ACTING_REGION} OR {_INSTALLATION_OR_SIGN_IN}",
            ),
            RowPolicy(name="account_insert", command="INSERT", check=f"{_INSTALLATION} OR ({_INVITED})"),
            RowPolicy(
                name="account_update",
                command="UPDATE",
                using=f"id = {ACTING_ACCOUNT} OR {_INSTALLATION_OR_SIGN_IN}",
                check=f"id = {ACTING_ACCOUNT} AND region_id = {ACTING_REGION} OR {_INSTALLATION_OR_SIGN_IN}",
            ),
            RowPolicy(name="account_delete", command="DELETE", using=_INSTALLATION),
            Ledgered(name="account_ledgered"),
        ]

    def __str__(self) -> str:
        return self.email


class OneUuid(models.Func):
    """A range that holds one id alone: ranges overlap in a GiST index without any extension, ids do not."""

    function = "network_uuidrange"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"


class Holding(InRegion):
    """That an account holds a post, from when until when; nobody has to be awake at either hour."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(name="holding_read_signing_in", command="SELECT", using=_SIGN_IN),
            RowPolicy(name="holding_insert_accepting", command="INSERT", check=_ACCEPTING),
            RowPolicy(name="holding_begun_in_hand", command="INSERT", check=_IN_HAND),
            RowPolicy(name="holding_ended_in_hand", command="UPDATE", using=_IN_HAND),
            RowPolicy(name="holding_cancelled_in_hand", command="DELETE", using=_IN_HAND),
            ExclusionConstraint(
                name="post_held_by_one_account",
                expressions=[
                    (OneUuid("post"), RangeOperators.OVERLAPS),
                    (
                        models.Func(
                            "starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                # A hand-over lets the next holder in before it lets the last one go.
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="holding_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} held by {self.account_id}"


class SignInLink(models.Model):
    """A one-time way in for the local setting; only a hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="sign_in_link_all", command="ALL", using=_INSTALLATION_OR_SIGN_IN),
            Ledgered(name="sign_in_link_ledgered"),
        ]

    def __str__(self) -> str:
        return str(self.id)
