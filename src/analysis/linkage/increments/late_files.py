"""Which files came since the last linking: a file whose rows are all linked need not be asked for them one by one."""

from analysis.engine import Engine

IN_REGISTER = "peran = 'registri_individu'"


def files_of(engine: Engine, rows: str) -> str:
    """Query (source, file_sha8, in_register, n) of the files in `rows` of core_records; no sha8 where they do not tell theirs."""
    sha8 = "file_sha8" if "file_sha8" in engine.columns("core_records") else "NULL::VARCHAR"
    return f"""SELECT source, {sha8} AS file_sha8, bool_or({IN_REGISTER}) AS in_register, CAST(count(*) AS INTEGER) AS n
        FROM {rows} GROUP BY ALL"""


def late_rows(engine: Engine) -> str:
    """Query of the rows of core_records in files that nobody has linked, by `_files` and `base_files`; '' where that does not tell which rows are new.

    It does where each linked file is here with as many rows: a file's rows follow from what is in it.
    """
    linked, known = engine.rows(_COUNTS)[0]
    if linked != known:
        return ""
    late = engine.rows(
        f"SELECT DISTINCT file_sha8 FROM _files ANTI JOIN ({_SAME}) USING (source, file_sha8)"
    )
    if any(sha8 is None for (sha8,) in late):
        return ""
    # the list of files is what a Parquet file is asked by: rows of others are not read
    listed = ", ".join(f"'{sha8}'" for (sha8,) in late)
    return f"(FROM core_records WHERE file_sha8 IN ({listed or 'NULL'})) ANTI JOIN ({_SAME}) USING (source, file_sha8)"


_SAME = "SELECT source, file_sha8, n FROM _files SEMI JOIN base_files USING (source, file_sha8, n)"
_COUNTS = f"SELECT (SELECT count(*) FROM base_links), (SELECT coalesce(sum(n), 0) FROM ({_SAME}))"
