"""The analysis notebooks run from top to bottom on a finished city and show no person."""

import re

import pandas as pd
import pytest

from analysis.briefs.rendering import execute


@pytest.fixture(scope="module")
def quality(finished):
    return execute(finished.root / "notebooks/00_mutu_data.ipynb", {"store": str(finished.store)})


def tables(notebook) -> list[pd.DataFrame]:
    from io import StringIO

    pages = [
        o.data["text/html"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    return [
        pd.read_html(StringIO(page), thousands=".", decimal=",", index_col=0)[0] for page in pages
    ]


def test_rows_in_are_rows_out(quality, finished):
    files, kept = tables(quality)[0], pd.read_parquet(finished.store / "core/core_files.parquet")
    assert set(files["Berkas"]) == set(kept["berkas"])
    assert files["Baris dibaca"].sum() == kept["baris_dibaca"].sum()
    assert (files["Baris dibaca"] == files["Catatan"] + files["Bukan penerima"]).all()


def test_every_section_shows_its_table(quality, finished):
    assert len(tables(quality)) == 5
    checks = pd.read_parquet(finished.store / "core/core_checks.parquet")
    unchecked = checks.loc[checks["status"] == "tidak_dapat_diperiksa", "check_code"]
    assert set(tables(quality)[4]["Kode"]) == set(unchecked)


def test_it_shows_no_person(quality, finished):
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    text = " ".join(str(o) for c in quality.cells for o in c.get("outputs", []))
    assert not re.findall(r"\d{12,}", text)
    assert not [name for name in people["nama"] if " " in name and name in text]


@pytest.fixture(scope="module")
def overlap(finished):
    return execute(
        finished.root / "notebooks/03_tumpang_tindih.ipynb", {"store": str(finished.store)}
    )


def table_with(notebook, *heads: str) -> pd.DataFrame:
    return next(table for table in tables(notebook) if set(heads) <= set(table.columns))


def test_combinations_of_the_notebook_are_all_families(overlap, finished):
    families = pd.read_parquet(finished.store / "core/core_families.parquet")
    combinations = table_with(overlap, "Gabungan", "Putusan", "Keluarga")
    assert combinations["Keluarga"].sum() == len(families)
    several = combinations[combinations["Gabungan"].str.contains("+", regex=False, na=False)]
    assert "BLTS Kesra + PBI-JK" in set(several["Gabungan"])
    assert not combinations["Putusan"].str.contains("_", regex=False, na=False).any()
    areas = table_with(overlap, "Kelurahan", "Komplementer").drop(columns="Kelurahan")
    levels = table_with(overlap, "Tingkat", "Komplementer").drop(columns="Tingkat")
    assert areas.to_numpy().sum() == levels.to_numpy().sum() == several["Keluarga"].sum()
    desils = table_with(overlap, "Desil", "3+")
    assert desils[["0", "1", "2", "3+"]].to_numpy().sum() == families["is_registri"].sum()
    pairs = table_with(overlap, "Program", "Dengan", "Lift")
    assert {"PKH", "Sembako", "PBI-JK", "12 PAS"} <= set(pairs["Program"]) | set(pairs["Dengan"])


def test_zakat_stands_below_and_apart(overlap):
    money = table_with(overlap, "Sumber dana", "Kewenangan")
    sources = list(money["Sumber dana"])
    assert "zakat" in sources
    assert not {"apbn", "apbd_kota"} & set(sources[sources.index("zakat") :])


def test_every_picture_is_drawn_and_told(overlap):
    drawn = [
        o
        for c in overlap.cells
        for o in c.get("outputs", [])
        if "image/svg+xml" in o.get("data", {})
    ]
    told = [
        o.text for c in overlap.cells for o in c.get("outputs", []) if o.output_type == "stream"
    ]
    assert len(drawn) == len(told) == 4
    starts = (
        "Gabungan program menurut banyaknya.",
        "Matriks pertemuan program.",
        "Batang bertumpuk",
        "Peta petak kelurahan",
    )
    assert all(text.startswith(start) for text, start in zip(told, starts, strict=True))


def test_duplicates_of_the_notebook_are_all_cases(finished):
    found = execute(finished.root / "notebooks/02_duplikasi.ipynb", {"store": str(finished.store)})
    cases = pd.read_parquet(finished.store / "out/out_duplicates.parquet")
    programmes, areas, accounts = tables(found)
    assert programmes["Kasus"].sum() == areas["Kasus"].sum() == len(cases)
    assert {"PKH", "Sembako"} <= set(accounts["Program"])


SERVICE_NOTEBOOKS = {"05_kemiskinan_ekstrem": 1, "06_layanan_pas": 5, "08_pergerakan": 2}


@pytest.fixture(scope="module", params=sorted(SERVICE_NOTEBOOKS))
def service_notebook(request, finished):
    path = finished.root / f"notebooks/{request.param}.ipynb"
    return request.param, execute(path, {"store": str(finished.store)})


def test_service_notebooks_draw_and_tell_their_pictures_and_show_no_person(
    service_notebook, finished
):
    name, notebook = service_notebook
    outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
    drawn = [o for o in outputs if "image/svg+xml" in o.get("data", {})]
    assert len(drawn) == SERVICE_NOTEBOOKS[name]
    assert not [o for o in outputs if o.output_type == "error"]
    text = " ".join(str(o) for o in outputs if "image/svg+xml" not in o.get("data", {}))
    assert not re.findall(r"\d{12,}", text)
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    assert not [known for known in people["nama"] if " " in known and known in text]
