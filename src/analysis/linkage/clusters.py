"""Pairs → persons: connected components with guards, since one false pair can join two people."""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.engine import Engine
from analysis.errors import LinkageGateError
from analysis.policy import Linkage


def build_clusters(engine: Engine, guards: Linkage) -> None:
    """Make `_clusters` (uid, cluster, cara, kepastian).

    A component that joins two register members with different NIK, or more units than a person
    can have, is rebuilt from its sure pairs only. Raises LinkageGateError where a component is
    still larger than any person can be: a key is broken.
    """
    size = int(engine.one("SELECT count(*) FROM _units"))
    edges = engine.frame("SELECT l, r, kepastian FROM _edges ORDER BY l, r")
    register = engine.frame(
        "SELECT uid, nik FROM _units WHERE in_register AND nik IS NOT NULL ORDER BY uid"
    )
    labels = _components(size, edges)
    for allowed in (("pasti", "kuat"), ("pasti",)):
        doubtful = _doubtful(labels, register, guards.gugus_maks)
        kept = (
            ~doubtful[labels[edges["l"].to_numpy()]] | edges["kepastian"].isin(allowed).to_numpy()
        )
        edges = edges[kept]
        labels = _components(size, edges)
    _refuse_giants(engine, labels, guards)
    engine.register("_labels", pd.DataFrame({"uid": np.arange(size), "cluster": labels}))
    engine.register("_kept_edges", edges)
    engine.table(
        "_clusters",
        """
        WITH ends AS (
            SELECT l AS uid, cara, kepastian FROM _edges JOIN _kept_edges USING (l, r, kepastian)
            UNION ALL SELECT r, cara, kepastian FROM _edges JOIN _kept_edges USING (l, r, kepastian)),
        ranked AS (
            SELECT *, CASE kepastian WHEN 'pasti' THEN 1 WHEN 'kuat' THEN 2 ELSE 3 END AS rank FROM ends),
        best AS (
            SELECT uid, min((rank, cara)) AS way, arg_min(kepastian, rank) AS kepastian FROM ranked GROUP BY uid)
        SELECT _labels.uid, cluster, coalesce(struct_extract(way, 2), 'sendiri') AS cara,
            coalesce(kepastian, 'pasti') AS kepastian
        FROM _labels LEFT JOIN best USING (uid)""",
    )
    engine.drop("_labels", "_kept_edges")


def _components(size: int, edges: pd.DataFrame) -> np.ndarray:
    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges["l"].to_numpy(), edges["r"].to_numpy())), shape=(size, size))
    return connected_components(graph, directed=False)[1]


def _doubtful(labels: np.ndarray, register: pd.DataFrame, most: int) -> np.ndarray:
    """Per component: too large, or two register members in it."""
    sizes = np.bincount(labels)
    members = pd.DataFrame(
        {"label": labels[register["uid"].to_numpy()], "nik": register["nik"].to_numpy()}
    )
    several = members.groupby("label")["nik"].nunique()
    doubtful = sizes > most
    doubtful[several.index[several > 1].to_numpy()] = True
    return doubtful


def _refuse_giants(engine: Engine, labels: np.ndarray, guards: Linkage) -> None:
    sizes = np.bincount(labels)
    if len(sizes) and sizes.max() > guards.gerbang_gugus_besar:
        uid = int(np.flatnonzero(labels == sizes.argmax())[0])
        file = engine.one(
            "SELECT min(berkas) FROM core_records JOIN _unit_of USING (record_id) WHERE uid = $uid",
            uid=uid,
        )
        limit = guards.gerbang_gugus_besar
        raise LinkageGateError("cluster_too_large", size=int(sizes.max()), limit=limit, file=file)
