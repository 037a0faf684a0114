"""How everything looks: tokens, theme, style sheet, fonts, symbols, and the sizes at which a window changes its layout."""
