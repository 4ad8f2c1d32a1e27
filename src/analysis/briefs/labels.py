"""What the codes of released tables are called in print: words of briefs.toml, programmes, areas, official figures."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analysis.notation import month_year, plain_date
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Labels:
    """Names of topics and codes in `lang`; a code that nobody named stands as it is, its underscores gone."""

    rulebook: Rulebook
    lang: str = "id"

    def topic(self, topic: str) -> str:
        """The title of a topic's tables."""
        return self._words("topik").get(topic, topic.replace("_", " ").capitalize())

    def code(self, topic: str, code: str, what: str = "") -> str:
        """A row, column or measure of a topic; `what` says which of them, for codes that are mere numbers."""
        words = self._words("label")
        if topic == "catatan" and code in self.rulebook.briefs["topik"]:
            return self.topic(code)
        if code.isdigit() and f"{topic}.{what}" in words:
            return words[f"{topic}.{what}"].format(kode=code)
        named = words.get(f"{topic}.{code}") or words.get(code) or self._named.get(code)
        return named or self._spelt(topic, code)

    def area(self, code: str) -> str:
        """Kelurahan by name alone, a kecamatan as such."""
        return self._areas.get(code, code)

    def _spelt(self, topic: str, code: str) -> str:
        parts = code.split("+")
        if len(parts) > 1 and all(parts):
            return " + ".join(self.code(topic, part) for part in parts)
        if code[:4].isdigit() and code[4:5] == "-":
            day = len(code) == len("2025-12-15")
            return (
                plain_date(date.fromisoformat(code), self.lang)
                if day
                else month_year(code, self.lang)
            )
        return code.replace("_", " ")

    @cached_property
    def _named(self) -> dict[str, str]:
        programmes = {p.kode: p.singkatan for p in self.rulebook.programmes}
        return programmes | {
            s.kode: s.label_en if self.lang == "en" and s.label_en else s.label
            for s in self.rulebook.statistics
        }

    def _words(self, name: str) -> dict[str, str]:
        """Words of briefs.toml, those of the language over the Indonesian ones."""
        briefs = self.rulebook.briefs
        return briefs[name] | briefs.get(f"{name}_{self.lang}", {})

    @cached_property
    def _areas(self) -> dict[str, str]:
        return {
            a.kode: f"Kecamatan {a.nama}" if a.tingkat == "kecamatan" else a.nama
            for a in self.rulebook.areas
        }
