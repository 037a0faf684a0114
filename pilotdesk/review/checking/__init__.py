"""What is looked at in one submission: review points, findings, facts, agreement of its carriers."""
