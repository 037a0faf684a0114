"""Work that goes on behind the window, and what is seen of it."""
