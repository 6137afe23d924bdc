"""What the room decides: pure, without Django, a database or a clock."""
