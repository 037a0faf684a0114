"""佐证材料: the ledger, its files and their pages."""
