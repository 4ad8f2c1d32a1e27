"""Splink 5 on the same cleaned records: natural settings as its demos have them, or guarded ones.

natural: each field a comparison, name with term frequencies and Jaro-Winkler, u from 5 million pairs.
guarded: KK and address one comparison, edit distance only beside a cheap equality, u from 1 million pairs.
"""

import logging
import sys

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    ("nik",), ("nik15",), ("nama", "tgl_lahir"), ("no_kk", "depan"), ("no_kk", "tgl_lahir"), ("depan", "tgl_lahir", "kode_wilayah"),
    ("nama", "kode_wilayah", "rt", "rw"), ("akhir", "tgl_lahir", "kode_wilayah"),
)  # fmt: skip


def natural() -> list:
    return [
        cl.JaroWinklerAtThresholds("nama", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("lahir", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("nik", [1, 2]),
        cl.ExactMatch("no_kk"),
        cl.ExactMatch("kode_wilayah"),
        cl.ExactMatch("jenis_kelamin"),
    ]


def guarded() -> list:
    level = lambda sql, label: cll.CustomLevel(sql, label)  # noqa: E731
    house = cl.CustomComparison([
        level('("no_kk_l" IS NULL OR "no_kk_r" IS NULL) AND ("kode_wilayah_l" IS NULL OR "kode_wilayah_r" IS NULL)', "null").configure(is_null_level=True),
        level('"no_kk_l" = "no_kk_r"', "kk"), level('"kode_wilayah_l" = "kode_wilayah_r" AND "rt_l" = "rt_r" AND "rw_l" = "rw_r"', "rt"),
        level('"kode_wilayah_l" = "kode_wilayah_r"', "area"), cll.ElseLevel(),
    ], output_column_name="rumah")  # fmt: skip
    number = cl.CustomComparison([
        cll.NullLevel("nik15"), level('"nik_l" = "nik_r"', "nik"), level('"nik15_l" = "nik15_r"', "nik15"),
        level('substr("nik15_l", 1, 12) = substr("nik15_r", 1, 12) OR substr("nik_l", 7) = substr("nik_r", 7)', "near"), cll.ElseLevel(),
    ], output_column_name="nik")  # fmt: skip
    name = cl.CustomComparison([
        cll.NullLevel("nama"), cll.ExactMatchLevel("nama", term_frequency_adjustments=True),
        level('"depan_l" = "depan_r" AND jaro_winkler_similarity("nama_l", "nama_r") > 0.92', "near"),
        level('"depan_l" = "depan_r" OR "akhir_l" = "akhir_r"', "part"), cll.ElseLevel(),
    ], output_column_name="nama")  # fmt: skip
    return [name, cl.ExactMatch("lahir"), number, house, cl.ExactMatch("jenis_kelamin")]


class Untrained(logging.Handler):
    """Collects Splink's warnings that a level was not trained: a peer with gaps is no peer."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if "not fully trained" in text:
            self.said.append(text)


def main(path: str, settings: str, threshold: float = 0.95) -> None:
    logger, untrained = logging.getLogger("splink"), Untrained()
    logger.handlers, logger.propagate = [untrained], False
    connection = duckdb.connect(config={"threads": 2})
    rows = f"""SELECT record_id AS unique_id, nik, nik15, no_kk, nama, tgl_lahir, CAST(tgl_lahir AS VARCHAR) AS lahir, jenis_kelamin,
        kode_wilayah, rt, rw, split_part(nama, ' ', 1) AS depan, split_part(nama, ' ', -1) AS akhir FROM '{path}'"""
    connection.execute(f"CREATE TABLE rows AS {rows}").fetchall()
    linker = Linker(
        DuckDBAPI(connection).register("rows"),
        SettingsCreator(
            link_type="dedupe_only", comparisons=natural() if settings == "natural" else guarded(),
            blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
            retain_matching_columns=False, probability_two_random_records_match=1e-6,
        ),
    )  # fmt: skip
    pairs = 5e6 if settings == "natural" else 1.1e6
    linker.training.estimate_u_using_random_sampling(pairs, seed=1)
    for rule in (("nama", "tgl_lahir"), ("nik",)):  # together they train every level
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=threshold)
    if untrained.said:
        sys.exit("\n".join(untrained.said))
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold)
    table = clusters.as_duckdbpyrelation() if hasattr(clusters, "as_duckdbpyrelation") else None
    frame = table.df() if table is not None else clusters.as_pandas_dataframe()
    from linkage_million import figures

    truth = connection.execute(f"SELECT record_id AS unique_id, truth FROM '{path}'").df()
    joined = frame[["unique_id", "cluster_id"]].merge(truth, on="unique_id")
    print(figures(joined["truth"], joined["cluster_id"]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(float(x) for x in sys.argv[3:]))
