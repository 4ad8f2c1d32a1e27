"""Hiding and rounding until nobody can work out a small count: the problem, what an outsider knows, his attack, what gives way."""
