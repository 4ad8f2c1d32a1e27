"""Next month's rows against what the registry holds: only rows that say something new are compared."""
