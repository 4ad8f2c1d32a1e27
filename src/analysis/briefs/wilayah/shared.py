"""What both area briefs say: names, positions against the city, the headline and the key figures."""

from analysis.briefs import narrative
from analysis.briefs.blocks import Headline
from analysis.briefs.narrative import PRIORITY
from analysis.briefs.opened import Brief
from analysis.policy import Area

UNKNOWN = "tidak_dapat_dihitung"


def title(brief: Brief, area: Area | None = None) -> str:
    """Kelurahan Karamat, Kecamatan Cikole."""
    area = area or brief.area
    return brief.say(f"{area.tingkat}_nama", name=area.nama)


def own(brief: Brief, row: str, measure: str, area: Area | None = None) -> dict | None:
    """A cell of an area's own table: rilis_kelurahan or rilis_kecamatan."""
    area = area or brief.area
    return brief.cells.cell(area.tingkat, row, measure, area=area.kode)


def shown(cell: dict | None) -> bool:
    """The cell is there and may be printed."""
    return cell is not None and cell["status"] == "terbit"


def cases(brief: Brief, kind: str, area: Area | None = None) -> dict | None:
    """Families with a lead of this kind in an area; `semua` = with any."""
    return brief.cells.cell("kasus", kind, "keluarga", area=(area or brief.area).kode)


def position(brief: Brief, cell: dict | None) -> str:
    """di atas kota, setara kota, di bawah kota; or that nothing is compared."""
    if not shown(cell) or cell["teks"] not in brief.words["gambar"]["posisi"]:
        return brief.say("posisi_kosong")
    return brief.words["gambar"]["posisi"][cell["teks"]]


def headline(brief: Brief) -> Headline:
    """How many families to verify here, and in the lead where the area stands against the city."""
    flagged, missed = cases(brief, "semua"), own(brief, PRIORITY, "tanpa_program")
    if shown(flagged):
        text = brief.say(
            "wilayah_headline_kasus", count=brief.cells.cited(flagged), area=title(brief)
        )
    elif shown(missed):
        text = brief.say("wilayah_headline", count=brief.cells.cited(missed), area=title(brief))
    else:
        text = brief.say("wilayah_headline_tanpa", area=title(brief))
    return Headline(text, lead(brief))


def lead(brief: Brief) -> str:
    """At most 60 words: not recorded, against the city, flagged, what the area may do."""
    cells, share = brief.cells, own(brief, PRIORITY, "bagian_tanpa_program")
    if shown(share):
        first = brief.say(
            "wilayah_lead_belum", missed=cells.cited(own(brief, PRIORITY, "tanpa_program")),
            families=cells.cited(own(brief, PRIORITY, "keluarga")), lists=narrative.lists(brief),
            share=cells.cited(share), level=level(brief, share),
        )  # fmt: skip
    else:
        first = brief.say("wilayah_lead_tertahan")
    flagged = cases(brief, "semua")
    second = brief.say("wilayah_lead_kasus", count=cells.cited(flagged)) if shown(flagged) else ""
    inside = sum(area.induk == brief.area.kode for area in brief.rulebook.kelurahan())
    third = (
        brief.say("wilayah_lead_kecamatan", count=inside)
        if inside
        else brief.say("wilayah_lead_peran")
    )
    return " ".join(part for part in (first, second, third) if part)


def level(brief: Brief, share: dict) -> str:
    """In words, with the city's own share; only the release's funnel decides."""
    city = brief.cells.cite("utama", PRIORITY, "bagian_tanpa_program")
    found = share["teks"] if share["teks"] in ("di_atas", "setara", "di_bawah") else ""
    return brief.say(f"level_{found}", city=city)


def key_figures(brief: Brief) -> tuple[tuple[str, str, str], ...]:
    """The figures of briefs.toml `angka_wilayah` that were released for this area, at most four."""
    items = []
    for entry in brief.entries("angka_wilayah"):
        cell = _named(brief, entry)
        if not shown(
            cell
        ):  # a strip of dashes tells nothing; the table of cases says what is withheld
            continue
        note = entry["catatan"]
        if entry.get("banding"):
            share = own(brief, entry["baris"], entry["banding"])
            note = f"{brief.cells.cited(share)}; {position(brief, share)}" if shown(share) else note
        items.append((brief.cells.cited(cell), entry["label"], note))
    return tuple(items[:4])


def _named(brief: Brief, entry: dict) -> dict | None:
    topic = brief.area.tingkat if entry["topik"] == "wilayah" else entry["topik"]
    return brief.cells.cell(
        topic, entry["baris"], entry["ukuran"], entry.get("kolom", ""), brief.area.kode
    )
