"""Files of a draft besides its export: packages, edited Word files, the kit for uploading, verification."""
