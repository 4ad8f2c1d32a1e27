"""The sections of the survey brief: targeting errors against measured consumption, beside the published ones."""

from analysis.briefs import figures
from analysis.briefs.blocks import Block, Box, Figure, Figures, Headline, Section, Table
from analysis.briefs.opened import Brief
from analysis.notation import number, percent, rupiah


def finding(brief: Brief) -> list[Block]:
    """Headline, key figures, figure, table against the published values, method."""
    cells = brief.cells
    missed = cells.value("survei", "semua", "exclusion_error")
    text = f"{number(missed * 100)} dari 100 rumah tangga miskin tidak menerima; beda antarcara memilih belum jelas"
    if _arms_differ(brief, "exclusion_error"):
        text = f"{number(missed * 100)} dari 100 rumah tangga miskin tidak menerima; cara memilih membuat beda"
    return [
        Headline(text, _lead(brief)),
        Figures(_key_figures(brief)),
        Section("Kesalahan menurut cara memilih penerima"),
        _figure(brief),
        _table(brief),
        _method(brief),
    ]


def _arms_differ(brief: Brief, measure: str) -> bool:
    """Some two arms' intervals do not touch; only then is a difference claimed."""
    arms = [arm for arm in brief.rulebook.briefs["survei"]["lengan"] if arm != "semua"]
    found = [brief.cells.cell("survei", arm, measure) for arm in arms]
    spans = [(c["bawah"], c["atas"]) for c in found if c is not None and c["bawah"] == c["bawah"]]
    return any(a[1] < b[0] or b[1] < a[0] for a in spans for b in spans)


def _lead(brief: Brief) -> str:
    cells = brief.cells
    count = cells.cell("survei", "semua", "total_error")["penyebut"]
    total, paid = (cells.text("survei", "semua", m) for m in ("total_error", "nonpoor_receipt"))
    return (
        f"Pada {number(count)} rumah tangga nyata di tiga provinsi, {total} salah sasaran menurut konsumsi terukur: "
        f"miskin tetapi tidak menerima, atau menerima tetapi tidak miskin. Dari yang tidak miskin, {paid} menerima."
        + (" Ketiga angka sama dengan terbitannya dalam 0,01." if _as_published(brief) else "")
    )


def _as_published(brief: Brief) -> bool:
    """Every published figure is met within .01."""
    published = brief.rulebook.briefs["survei"]["terbitan"]
    found = {measure: brief.cells.value("survei", "semua", measure) for measure in published}
    return all(
        found[m] is not None and abs(found[m] - value) <= 0.01 for m, value in published.items()
    )


def _key_figures(brief: Brief) -> tuple[tuple[str, str, str], ...]:
    labels = brief.rulebook.briefs["survei"]["ukuran"]
    names = ("total_error", "exclusion_error", "nonpoor_receipt")
    return tuple(
        (brief.cells.text("survei", "semua", m), labels[m], f"SK 95%: {_span(brief, 'semua', m)}")
        for m in names
    )


def _span(brief: Brief, arm: str, measure: str) -> str:
    cell = brief.cells.cell("survei", arm, measure)
    if cell is None or cell["bawah"] != cell["bawah"]:
        return "tidak dihitung"
    return f"{number(cell['bawah'] * 100, 1)}–{percent(cell['atas'])}"


def _figure(brief: Brief) -> Figure:
    words = brief.rulebook.briefs["survei"]
    measures = {
        m: words["ukuran"][m] for m in ("total_error", "exclusion_error", "nonpoor_receipt")
    }
    svg, alt = figures.errors_by_arm(brief.cells, measures, words["lengan"], words)
    differ = [words["ukuran"][m].lower() for m in measures if _arms_differ(brief, m)]
    title = (
        f"Cara memilih berbeda pada: {', '.join(differ)}"
        if differ
        else "Selang ketiga cara memilih saling tumpang"
    )
    return Figure("Gambar 1", title, "Persen rumah tangga; titik = perkiraan, garis = selang kepercayaan 95%", svg, alt,
                  f"Sumber: {words['rujukan']}, diolah.")  # fmt: skip


def _table(brief: Brief) -> Table:
    words = brief.rulebook.briefs["survei"]
    rows = []
    for measure, label in words["ukuran"].items():
        published = words["terbitan"].get(measure)
        shown = [brief.cells.text("survei", arm, measure) for arm in words["lengan"]]
        rows.append(
            (
                label,
                *shown,
                _span(brief, "semua", measure),
                "–" if published is None else percent(published, 0),
            )
        )
    heads = [(name[:1].upper() + name[1:], "r") for name in words["lengan"].values()]
    columns = (("Ukuran", "l"), *heads, ("SK 95%, semua", "r"), ("Terbitan", "r"))
    note = (
        "“Tidak miskin yang menerima” dibagi rumah tangga tidak miskin, seperti dalam terbitan; “penerima yang tidak miskin” "
        "dibagi penerima (kesalahan inklusi menurut BPS Garut dan KPK). Keduanya berbeda."
    )
    return Table(
        "Tabel 1",
        "Kesalahan sasaran di samping angka terbitan",
        "",
        columns,
        tuple(rows),
        note,
        (2.1, 0.8, 0.7, 1.1, 0.9, 1.2, 0.8),
    )


def _method(brief: Brief) -> Box:
    line = brief.rulebook.targeting.garis_survei.rupiah
    cell = brief.cells.cell("survei", "semua", "total_error")
    text = (
        f"Miskin: konsumsi kurang dari {rupiah(line)} per orang sebulan (enam garis terbitan menurut provinsi dan kota/desa; "
        "berkas bersih tidak memuat penanda kota, satu garis ini memberi angka terbitan dalam 0,01). "
        f"Cara: {cell['metode']}. Data 2008, DOI pada sumber; bukan keadaan Kota Sukabumi."
    )
    return Box("Bagaimana angka ini dihitung", (text,))
