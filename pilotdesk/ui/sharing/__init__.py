"""Writing together: parts handed out, what comes back merged, return slips."""
