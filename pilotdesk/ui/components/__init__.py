"""What every page is made of: labels, buttons, cards, choices, strips, popups."""
