"""Colours of every picture, on paper and on screen: one hue, an accent, greys."""

INK, BASE, ACCENT = "#1b2a34", "#0b4f6c", "#b34700"
SOFT, LINE, PALE = "#5a6b76", "#c9d3d9", "#eef2f4"
LIGHT, MIDDLE = "#c3d7e0", "#6fa0b6"  # of the base
TINT, WARM = "#f0c39e", "#e08a4e"  # of the accent
# One hue from light to dark; 0 programmes stands apart in the accent's light tint.
PROGRAMMES = {"0": TINT, "1": LIGHT, "2": MIDDLE, "3+": BASE}
# Amber to teal by position: neither end is bad or good by itself; the words stand beside.
POSITIONS = {"di_bawah": LIGHT, "setara": "#f4f6f7", "di_atas": WARM}
