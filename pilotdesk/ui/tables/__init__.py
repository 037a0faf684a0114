"""Tables as spreadsheets: model, view, keys, clipboard, and the same rows as a form."""
