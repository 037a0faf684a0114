"""What shows only beside other submissions and lists: sameness, copied text, former pilots, another field."""
