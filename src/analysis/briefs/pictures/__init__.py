"""Pictures for the analyst's notebooks, drawn by matplotlib from counts: each is (svg, alternative text)."""
