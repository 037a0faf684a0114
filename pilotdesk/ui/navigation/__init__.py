"""Pages and the way from one to another: navigator, lists of steps, search, and what a page is given."""
