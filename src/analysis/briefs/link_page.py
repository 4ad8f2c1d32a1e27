"""One pair's evidence as a page for reviewers inside the office: both rows side by side, the picture, the table."""

from html import escape

import pandas as pd

from analysis.briefs.pictures.evidence import evidence_waterfall, signed
from analysis.errors import message
from analysis.linkage import Evidence

_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2a34}
table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #c9d3d9;padding:.3rem .7rem;text-align:left}
td.n,th.n{text-align:right}.warning{background:#fff3e6;border-left:4px solid #b34700;padding:.5rem 1rem}svg{max-width:100%;height:auto;overflow:visible}
svg text{font-family:Arial,Helvetica,sans-serif!important}"""


def evidence_page(
    number: str, evidence: Evidence, rows: pd.DataFrame, mark: str = "", lang: str = "id"
) -> str:
    """HTML; `rows`: medan, a, b (fields as delivered)."""

    def say(key: str) -> str:
        return escape(message(f"explain_{key}", lang, pair=number))

    svg, alt = evidence_waterfall(evidence, lang)
    fields = "".join(
        f"<tr><th>{escape(r.medan)}</th><td>{escape(r.a)}</td><td>{escape(r.b)}</td></tr>"
        for r in rows.itertuples()
    )
    start, total = (say(end).split("|") for end in ("start", "total"))
    level = evidence.start + evidence.steps["sumbangan"].sum()
    steps = "".join(
        _row("td", escape(s.judul), escape(s.kata), s.sumbangan, lang)
        for s in evidence.steps.itertuples()
    )
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{say("title")}</title><style>{_STYLE}</style></head><body>
<h1>{say("title")}</h1>
<p class="warning">{" · ".join(filter(None, (escape(mark), say("warning"))))}</p>
<p>{escape(evidence.sentence(lang))}</p>
<table>{_heads(say("rows"))}{fields}</table>
<figure role="img" aria-label="{escape(alt)}">{svg}</figure>
<table>{_heads(say("steps"))}
{_row("td", *start, evidence.start, lang)}{steps}
{_row("th", *total, level, lang)}</table>
<p>{say("shares")}</p>
</body></html>
"""


def _heads(names: str) -> str:
    return "<tr>" + "".join(f"<th>{name}</th>" for name in names.split("|")) + "</tr>"


def _row(cell: str, head: str, words: str, value: float, lang: str) -> str:
    return f'<tr><{cell}>{head}</{cell}><{cell}>{words}</{cell}><{cell} class="n">{signed(value, lang)}</{cell}></tr>'
