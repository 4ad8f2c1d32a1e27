"""What the field answered on last month's cases stands in this month's kelurahan brief, and nobody's few answers."""

import json
import re
import shutil
from itertools import cycle

import pandas as pd
import pytest

from analysis import launch
from analysis.engine import Engine
from analysis.field import known_answers, office_key
from analysis.field.cases import build_cases, case_inputs
from analysis.field.decisions import Decision, record_decisions
from analysis.settings import Workspace


@pytest.fixture(scope="module")
def answered(finished, tmp_path_factory):
    """A copy whose November was assessed and its cases answered: in one kelurahan many, in another few."""
    office = type(finished).furnished(tmp_path_factory.mktemp("lapangan"))
    for name in ("data", "reports"):
        shutil.copytree(finished.root / name, office.root / name)
    pipeline = launch.prepare(Workspace(office.root), None, None, None, None, lambda *_: None)
    pipeline.previous.assess()
    with Engine() as engine:
        pipeline.previous.store.attach(engine, *case_inputs())
        build_cases(engine, pipeline.rulebook, office_key())
        cases = engine.frame("SELECT case_id, kode_wilayah FROM _case ORDER BY case_id")
    sizes = cases["kode_wilayah"].value_counts()
    many, few = sizes.index[0], sizes.index[-1]
    told = [
        *zip(cases[cases["kode_wilayah"] == many]["case_id"], cycle(["sah", "tidak_sesuai"])),
        *((case, "tidak_sesuai") for case in cases[cases["kode_wilayah"] == few]["case_id"][:3]),
    ]
    folder = pipeline.workspace.decisions(pipeline.run.set_name)
    day = "2025-12-05"
    record_decisions(
        folder, [Decision(case, "final", found, "tidak_ada", day, "PSM", "", "uji.xlsx") for case, found in told]
    )  # fmt: skip
    late = Decision(
        told[0][0], "final", "salah_padan", "tidak_ada", "2026-02-01", "PSM", "", "uji.xlsx"
    )
    record_decisions(folder, [late])
    pipeline.resolve()
    pipeline.assess()
    pipeline.release()
    return office, pipeline, many, few, int(sizes.iloc[0])


def cells(pipeline) -> pd.DataFrame:
    table = pipeline.store.frame("rilis_pemeriksaan")
    return table.set_index(["wilayah", "baris"])


def test_an_edition_knows_no_answer_given_after_it(answered):
    _, pipeline, *_ = answered
    answers = known_answers(pipeline.workspace.decisions("contoh"), pipeline.run.edition.on)
    assert answers
    assert not [answer for answer in answers if answer.tanggal > "2025-12-15"]


def test_counts_are_of_the_cases_answered_and_few_are_not_told(answered):
    _, pipeline, many, few, count = answered
    found = cells(pipeline)
    assert count >= 20
    assert abs(found.loc[(many, "jumlah"), "nilai"] - count) < 5
    assert found.loc[(few, "tidak_sesuai"), "status"] != "terbit"
    assert set(found["status"]) <= {"terbit", "ditekan", "kurang_dari_k"}


def test_the_brief_of_the_kelurahan_shows_them(answered):
    office, _, many, *_ = answered
    ran = office.selaras(
        "brief", "kelurahan", "--param", f"wilayah={many}", "--format", "html", "--json"
    )
    assert ran.code == 0, ran.err
    (page,) = [
        name
        for name in json.loads(ran.out)["files"]
        if f"/{many}" in name and name.endswith("html")
    ]
    text = (office.root / page).read_text(encoding="utf-8")
    table = re.search(r"Hasil pemeriksaan bulan lalu.*?</table>", text, re.S).group()
    assert "Sah: sesuai aturan" in table
    assert "uji.xlsx" not in text
