"""套用正式模板: the answers put into a Word form that somebody else made."""
