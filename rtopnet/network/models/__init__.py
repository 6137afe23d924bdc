"""Who the network is made of, and what its members hold."""

from rtopnet.network.models.members import (
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

__all__ = [
    "STATE_POSTS",
    "Account",
    "Holding",
    "InRegion",
    "Institution",
    "Post",
    "PostKind",
    "Region",
    "SignInLink",
    "State",
]
