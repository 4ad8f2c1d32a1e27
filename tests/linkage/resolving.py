"""`selaras resolve` run on lists, and how much of what it finds is true."""

import pandas as pd
from layouts import generic
from linkage_truth import pairwise


def resolved(office, layout, *files):
    (office.root / "l.toml").write_text(layout)
    said = office.selaras("resolve", "--layout", "l.toml", *map(str, files), "--out", "o.parquet")
    assert said.code == 0, said.err
    return pd.read_parquet(office.root / "o.parquet")


def joined(office, fields, *lists, identifier="none", more=""):
    """Lists as CSV, and whose each row is (`truth`) and is found to be (`person_id`)."""
    names, truth = [], []
    for place, rows in enumerate(lists):
        rows = rows.assign(row=[f"{place}-{i}" for i in range(len(rows))])
        truth.append(rows[["row", "truth"]].set_axis(["record", "truth"], axis=1))
        names.append(f"list{place}.csv")
        rows.drop(columns="truth").to_csv(office.root / names[-1], index=False)
    layout = generic(identifier, "row", **fields).replace("[fields]", f"{more}[fields]")
    found = resolved(office, layout, *names)
    return found.merge(pd.concat(truth), on="record", validate="1:1")


def made(office, fields, *lists, **more):
    """F1 of the pairs found in lists."""
    found = joined(office, fields, *lists, **more)
    return pairwise(found["truth"], found["person_id"])[2]


def f1(found, truth):
    joined = found.merge(truth, on="record")
    assert len(joined) == len(truth)
    return pairwise(joined["truth"], joined["person_id"])[2]
