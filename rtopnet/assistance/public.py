"""The door of the room of assistance."""

__all__: list[str] = []
