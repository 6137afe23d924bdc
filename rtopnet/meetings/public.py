"""The door of the room of meetings."""

__all__: list[str] = []
