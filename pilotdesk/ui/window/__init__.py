"""The window itself: frame, keys, pages by name, an open draft; and the last border for bugs."""
