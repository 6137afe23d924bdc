"""What an assessment decides by: pure functions."""
