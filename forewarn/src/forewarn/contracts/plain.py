"""Plain values, as JSON has them."""

Json = dict[str, object]
