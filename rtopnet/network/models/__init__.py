"""Who the network is made of, and what its members hold."""

from rtopnet.network.models.calendars import StateCalendar
from rtopnet.network.models.drills import Drill, DrillCall
from rtopnet.network.models.invitations import Invitation
from rtopnet.network.models.members import (
    POSTS_IN_HAND,
    STATE_POSTS,
    Account,
    Holding,
    InRegion,
    Institution,
    Post,
    PostKind,
    Region,
    SignInLink,
    State,
)
from rtopnet.network.models.notices import (
    Notice,
    NoticeDelivery,
    NoticeHabits,
    NoticeRefusal,
    PushSubscription,
)
from rtopnet.network.models.posts import ContactConfirmation, ContactReminder, Handover, PostContact
from rtopnet.network.models.sign_ins import SignIn, SignInOutcome
from rtopnet.network.models.tokens import ApiToken, GivenAnswer
from rtopnet.network.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "POSTS_IN_HAND",
    "STATE_POSTS",
    "Account",
    "ApiToken",
    "ContactConfirmation",
    "ContactReminder",
    "Drill",
    "DrillCall",
    "GivenAnswer",
    "Handover",
    "Holding",
    "InRegion",
    "Institution",
    "Invitation",
    "Notice",
    "NoticeDelivery",
    "NoticeHabits",
    "NoticeRefusal",
    "Post",
    "PostContact",
    "PostKind",
    "PushSubscription",
    "Region",
    "SignIn",
    "SignInLink",
    "SignInOutcome",
    "State",
    "StateCalendar",
    "Webhook",
    "WebhookDelivery",
]
