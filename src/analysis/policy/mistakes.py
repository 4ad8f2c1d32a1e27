"""What pydantic finds wrong in a rule file, as an office reads it."""

from analysis.errors import is_known, message

# kinds of mistakes that read alike
_ALIKE = {
    "int_type": "number", "int_parsing": "number", "int_from_float": "number", "float_type": "number", "float_parsing": "number",
    "string_type": "text", "bool_type": "boolean", "bool_parsing": "boolean",
    "date_type": "date", "date_parsing": "date", "date_from_datetime_parsing": "date", "date_from_datetime_inexact": "date",
    "tuple_type": "list", "list_type": "list", "dict_type": "table", "model_type": "table",
    "greater_than": "least", "greater_than_equal": "least", "less_than": "most", "less_than_equal": "most",
    "literal_error": "choice", "missing": "missing", "extra_forbidden": "unknown", "string_pattern_mismatch": "pattern",
    "too_short": "few",
}  # fmt: skip
_LIMITS = ("gt", "ge", "lt", "le", "min_length")


def plain(problem: dict, lang: str = "id") -> str:
    """A mistake (of `ValidationError.errors()`) with its place; never the value found there, which may be anything."""
    place = ".".join(str(step) for step in problem["loc"])
    told = _told(problem["type"], problem.get("ctx", {}), lang) or problem["msg"].removeprefix(
        "Value error, "
    )
    return f"{place}: {told}" if place else told


def _told(kind: str, facts: dict, lang: str) -> str:
    key = f"rule_{_ALIKE.get(kind, kind)}"
    limit = next((facts[name] for name in _LIMITS if name in facts), "")
    choices = str(facts.get("expected", "")).replace(" or ", ", ")
    return message(key, lang, limit=limit, choices=choices) if is_known(key) else ""
