"""All that a finished file says to a reader or a machine, hidden parts too."""
