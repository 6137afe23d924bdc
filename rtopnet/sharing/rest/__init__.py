"""The API's part of records."""

from ninja import Router

from rtopnet.sharing.rest import asking, consulting, records

router = Router()
for part in (records, asking, consulting):
    router.add_router("", part.router)

__all__ = ["router"]
