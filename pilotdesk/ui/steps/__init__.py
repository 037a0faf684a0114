"""A step on its page, with the hints beside it."""
