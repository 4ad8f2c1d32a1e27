"""`selaras resolve` on public sets it was never tuned to."""

import pandas as pd
import pytest
from layouts import FAKE, FEBRL
from resolving import f1, resolved


def fake(shared_data):
    return pd.read_csv(shared_data / "fake_1000.csv", dtype=str)


def test_fake_1000_beats_an_oracle_threshold_of_splink(office, shared_data):
    rows = fake(shared_data).rename(columns={"unique_id": "record", "cluster": "truth"})
    found = resolved(office, FAKE, shared_data / "fake_1000.csv")
    assert f1(found, rows[["record", "truth"]]) >= 0.93


def test_rows_in_another_order_are_the_same_persons(office, shared_data):
    rows = fake(shared_data)
    found = []
    for seed in (1, 2):
        rows.sample(frac=1, random_state=seed).to_csv(office.root / "a.csv", index=False)
        found.append(resolved(office, FAKE, "a.csv").set_index("record").sort_index())
    pd.testing.assert_frame_equal(*found)


def febrl_truth(shared_data, *names):
    rows = [pd.read_csv(shared_data / name, dtype=str, skipinitialspace=True) for name in names]
    record = pd.concat(rows, ignore_index=True)["rec_id"]
    return pd.DataFrame({"record": record, "truth": record.str.extract(r"rec-(\d+)")[0]})


def test_febrl3(office, shared_data):
    found = resolved(office, FEBRL, shared_data / "febrl3.csv")
    assert f1(found, febrl_truth(shared_data, "febrl3.csv")) >= 0.985


@pytest.mark.slow
def test_febrl4_two_files(office, shared_data):
    files = ("febrl4a.csv", "febrl4b.csv")
    found = resolved(office, FEBRL, *(shared_data / name for name in files))
    assert f1(found, febrl_truth(shared_data, *files)) >= 0.998
