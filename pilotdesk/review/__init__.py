"""THE PROVINCE'S DESK without its window."""
