"""One pair's evidence as a page for reviewers inside the office: both rows side by side, the picture, the table."""

from html import escape

import pandas as pd

from analysis.briefs.pictures.evidence import evidence_waterfall, signed
from analysis.linkage import Evidence

_WARNING = (
    "LEMBAR KERJA TERBATAS: memuat data pribadi; tidak untuk disebarkan, tidak untuk laporan."
)
_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2a34}
table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #c9d3d9;padding:.3rem .7rem;text-align:left}
td.n{text-align:right}.warning{background:#fff3e6;border-left:4px solid #b34700;padding:.5rem 1rem}svg{max-width:100%;height:auto;overflow:visible}
svg text{font-family:Arial,Helvetica,sans-serif!important}"""


def evidence_page(number: str, evidence: Evidence, rows: pd.DataFrame, mark: str = "") -> str:
    """HTML; `rows`: medan, a, b (fields as delivered)."""
    svg, alt = evidence_waterfall(evidence)
    fields = "".join(
        f"<tr><th>{escape(r.medan)}</th><td>{escape(r.a)}</td><td>{escape(r.b)}</td></tr>"
        for r in rows.itertuples()
    )
    steps = "".join(
        f'<tr><td>{escape(s.judul)}</td><td>{escape(s.kata)}</td><td class="n">{signed(s.sumbangan)}</td></tr>'
        for s in evidence.steps.itertuples()
    )
    total = evidence.start + evidence.steps["sumbangan"].sum()
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Bukti pasangan {escape(number)}</title><style>{_STYLE}</style></head><body>
<h1>Bukti pasangan {escape(number)}</h1>
<p class="warning">{escape(" · ".join(filter(None, (mark, _WARNING))))}</p>
<p>{escape(evidence.sentence())}</p>
<table><tr><th>Medan</th><th>Baris A</th><th>Baris B</th></tr>{fields}</table>
<figure role="img" aria-label="{escape(alt)}">{svg}</figure>
<table><tr><th>Bukti</th><th>Isinya</th><th>Sumbangan</th></tr>
<tr><td>Titik awal</td><td>di antara pasangan satu orang dan pasangan dua orang</td><td class="n">{signed(evidence.start)}</td></tr>{steps}
<tr><th>Seluruhnya</th><th>log-peluang</th><th class="n">{signed(total)}</th></tr></table>
<p>Sumbangan dibagi rata menurut Shapley: rata-rata tambahan suatu bukti pada semua urutan bukti dibuka. Jumlahnya tepat log-peluang pasangan.</p>
</body></html>
"""
