"""An edition over time: fresh kept, stale said why, killed runs resumed, hand-edited files noticed, changes listed."""

import json
import re
import shutil
import subprocess
import sys
import zipfile

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def office(finished, tmp_path_factory):
    """A copy whose edition may be changed."""
    other = type(finished).furnished(tmp_path_factory.mktemp("edisi"))
    for name in ("data", "reports"):
        shutil.copytree(finished.root / name, other.root / name)
    return other


def status(office) -> dict:
    return json.loads(office.selaras("status", "--json").out)


HEAVY = (
    "pandas",
    "numpy",
    "scipy",
    "duckdb",
    "pyarrow",
    "papermill",
    "IPython",
    "typst",
    "pyzipper",
)


@pytest.mark.parametrize("word", ["run", "status"])
def test_where_nothing_changed_no_library_of_tables_is_loaded(office, word):
    """What makes asking slow is not the hashing but what is imported for it."""
    assert office.selaras("run").code == 0  # a copy's files are read once
    look = (
        f"import sys; from analysis.cli import main; sys.argv = ['selaras', {word!r}]\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", look], cwd=office.root, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip().endswith("loaded:"), told.stdout[-300:]


def test_what_was_touched_is_said_and_made_again_alone(office, finished):
    assert status(office)["stale"] == {}
    edited = office.edition / "kelurahan/32.72.02.1001_cikole.html"
    edited.write_text(edited.read_text(encoding="utf-8") + "<!-- -->", encoding="utf-8")
    (office.edition / "audiensi.pdf").unlink()
    assert status(office)["stale"] == {
        "audiensi": ["berkas_dihapus"],
        "kelurahan/32.72.02.1001_cikole": ["berkas_disunting"],
    }
    told = office.root / "ringkas.json"
    again = office.selaras("brief", "--notify", str(told))
    assert again.code == 0, again.err
    assert again.err.count("Menyusun naskah ") == 2
    assert json.loads(told.read_text(encoding="utf-8"))["hasil"] == "selesai"
    assert office.files("reports") == finished.files("reports")


def test_a_killed_run_goes_on_where_it_was(office):
    """What a run had finished before it was killed stands in the draft and is not made twice."""
    from analysis import launch
    from analysis.briefs.edition import Wish
    from analysis.settings import Workspace

    pipeline = launch.prepare(Workspace(office.root), None, None, None, None, lambda *_: None)
    edition = pipeline.publication.edition(Wish(tuple(pipeline.rulebook.briefs["naskah"])))
    jobs = edition.jobs({})[:2]
    states = edition.states(jobs, {}, set())
    from analysis.briefs.batch import render_all
    from analysis.briefs.draft import keep

    draft = edition.draft()
    by_stem = {state.job.stem: state for state in states}
    render_all(
        jobs[:1],
        pipeline.run,
        draft,
        "lokal",
        lambda job, head, _: keep(draft, by_stem[job.stem], head),
    )
    made = []
    edition.render(states, made.append)
    assert made == [jobs[1].stem]
    shutil.rmtree(draft)


def test_a_new_edition_lists_what_changed(office, finished):
    ran = office.selaras("run", "--edition", "2025-12-31")
    assert ran.code == 0, ran.err
    page = (office.root / "reports/contoh-2025-12-31/perubahan.html").read_text(encoding="utf-8")
    assert re.search(r"\d+ dari \d\.\d{3} angka terbit berbeda dari edisi 15 Desember 2025", page)
    for was, now in re.findall(r'<td class="r">([^<]*)</td><td class="r">([^<]*)</td>', page):
        assert was != now
    index = (office.root / "reports/contoh-2025-12-31/index.html").read_text(encoding="utf-8")
    assert "edisi 15 Desember 2025" in index
    assert not list((office.root / "reports").glob(".draf*"))


def test_final_is_refused_without_provenance(office):
    (office.raw / "sumber.toml").rename(office.raw / "sumber.lain")
    try:
        refused = office.selaras("brief", "--final")
    finally:
        (office.raw / "sumber.lain").rename(office.raw / "sumber.toml")
    assert refused.code == 6
    assert "sumber.toml" in refused.err


def test_words_that_are_no_option_are_refused(office):
    for words, key in (
        (("--kernel", "lain"), "--kernel"),
        (("--format", "docx"), "--format"),
        (("--param", "wilaya=1"), "wilaya"),
    ):
        refused = office.selaras("brief", *words)
        assert refused.code == 2
        assert key in refused.err


def test_one_brief_in_one_format(finished):
    said = json.loads(
        finished.selaras(
            "brief", "kelurahan", "--param", "wilayah=32.72.03.1001", "--dry-run", "--json"
        ).out
    )
    assert said["stale"] == {}


def test_every_other_form_is_marked_and_names_nobody(finished):
    forms = sorted((finished.edition / "bentuk_lain").iterdir())
    assert {p.suffix for p in forms} == {".pptx", ".png", ".txt", ".pdf", ".docx", ".zip"}
    assert all("DATA-SINTETIS" in path.name for path in forms)
    with zipfile.ZipFile(next(p for p in forms if p.suffix == ".zip")) as packed:
        assert all("DATA-SINTETIS" in name for name in packed.namelist())
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in packed.infolist())
        metadata = json.loads(packed.read("metadata_DATA-SINTETIS.json"))
    assert {"standar", "kunci", "sumber", "tanggal", "tabel"} <= set(metadata)


def test_slides_and_letters_say_what_the_brief_says(finished):
    from docx import Document
    from pptx import Presentation

    folder = finished.edition / "bentuk_lain"
    deck = Presentation(str(folder / "paparan_DATA-SINTETIS.pptx"))
    assert 6 <= len(deck.slides) <= 8
    head = re.search(
        r"<h1>(.*?)</h1>", (finished.edition / "audiensi.html").read_text(encoding="utf-8"), re.S
    ).group(1)
    assert deck.slides[0].shapes.title.text_frame.text == re.sub(r"<[^>]+>", "", head)
    for slide in deck.slides:
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "DATA SINTETIS" in words
    telaahan = Document(str(folder / "telaahan_staf_DATA-SINTETIS.docx"))
    text = "\n".join(p.text for p in telaahan.paragraphs)
    assert [
        w
        for w in (
            "I. PERSOALAN",
            "II. PRAANGGAPAN",
            "III. FAKTA",
            "IV. ANALISIS",
            "V. KESIMPULAN",
            "VI. SARAN",
        )
        if w not in text
    ] == []
    assert "(nama)" in text
    assert "DATA SINTETIS" in telaahan.sections[0].header.paragraphs[0].text


def changed(office, topic: str, *at: str) -> None:
    """Released cells (area, and row, column, measure) say something else, as a file that changed would have it."""
    from analysis.engine import Engine, Store

    store = Store(office.store)
    table = store.frame(f"rilis_{topic}")
    names = ("wilayah", "baris", "kolom", "ukuran")[: len(at)]
    hit = table["status"].eq("terbit") & (table[list(names)] == list(at)).all(axis=1)
    assert hit.any()
    table.loc[hit, "nilai"] += 5
    with Engine() as engine:
        engine.register(f"rilis_{topic}", table)
        store.write(engine, f"rilis_{topic}", "uji")


def test_a_brief_is_stale_by_the_cells_it_looks_at_alone(finished, tmp_path):
    office = type(finished).furnished(tmp_path)
    for name in ("data", "reports"):
        shutil.copytree(finished.root / name, office.root / name)
    stale = lambda: {stem for stem in status(office)["stale"] if "/" in stem}  # noqa: E731
    assert stale() == set()
    changed(office, "layanan", "32.72")  # the shelter stands in no area's brief
    assert set(status(office)["stale"]) == {"audiensi", "lampiran_teknis"}
    folder = office.store / "tahap/dibaca/contoh-2025-12-15"
    looked = {path.relative_to(folder).with_suffix("").as_posix(): json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")}  # fmt: skip
    assert len(looked) == 40
    table = pd.read_parquet(office.store / "rilis/rilis_kecamatan.parquet")
    cell = table[table["status"] == "terbit"].iloc[0]
    at = ["kecamatan", *cell[["wilayah", "baris", "kolom", "ukuran"]]]
    changed(office, *at)
    inside = {stem for stem, looks in looked.items() if at in looks}
    assert stale() == inside
    assert {stem.split("/")[1].split("_")[0][:8] for stem in inside} == {cell["wilayah"]}
    changed(office, "utama", "32.72", "desil_prioritas", "", "bagian_tanpa_program")
    assert stale() == set(looked)  # all show it


def test_a_notebook_that_reads_by_itself_is_stale_by_all_it_can_read(finished, tmp_path):
    from analysis.briefs.jobs import Job
    from analysis.briefs.reading import note, recall

    looks = [("kelurahan", "32.72.02.1001", "pkh", "", "penerima")]
    notebook = tmp_path / "brief_kelurahan.ipynb"
    notebook.write_text((finished.root / "notebooks/brief_kelurahan.ipynb").read_text("utf-8"), "utf-8")  # fmt: skip
    job = Job("kelurahan", "kelurahan/x", notebook, {}, area="32.72.02.1001")
    assert note(tmp_path, "contoh", job, looks) == looks
    book = json.loads(notebook.read_text("utf-8"))
    book["cells"].append({"cell_type": "code", "source": ["import pandas as pd\n", "pd.read_parquet(store)"]})  # fmt: skip
    notebook.write_text(json.dumps(book), "utf-8")
    assert recall(tmp_path, "contoh", job) is None
    assert note(tmp_path, "contoh", job, []) is None  # a kernel of its own tells nothing
