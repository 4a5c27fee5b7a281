"""Figures by issuer and indicator: how many targets and results there are, over which years, and the latest of each."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.store.queries import TargetFilter, narrowed
from pipeline.store.rows import Row

_LATEST = """first_value(CASE WHEN kind = '{kind}' THEN value END)
    OVER (PARTITION BY issuer_key, indicator_key, unit ORDER BY kind <> '{kind}', year DESC, issued_on DESC, id DESC)"""
_SUMMARY = f"""
WITH figures AS (
  SELECT t.id, t.kind, t.year, t.unit, t.value, t.indicator, t.indicator_key, d.issuer, d.issuer_key, d.issued_on
  FROM targets AS t JOIN documents AS d ON d.id = t.document_id
  WHERE {{where}} AND t.rejected = 0 AND d.not_a_letter = 0 AND d.duplicate_of IS NULL
), latest AS (
  SELECT *, {_LATEST.format(kind="target")} AS latest_target, {_LATEST.format(kind="result")} AS latest_result
  FROM figures
)
SELECT min(issuer) AS issuer, min(indicator) AS indicator, unit, min(year) AS first_year, max(year) AS last_year,
  sum(kind = 'target') AS targets, sum(kind = 'result') AS results,
  max(latest_target) AS latest_target, max(latest_result) AS latest_result
FROM latest GROUP BY issuer_key, indicator_key, unit ORDER BY issuer_key, indicator_key, unit
"""


def summary(db: Database, where: TargetFilter) -> Iterator[Row]:
    """One row for each issuer, indicator and unit of the figures that pass the filter.

    Wordings are one where they differ in case and marks only. Sums are left to the analyst: shares and rates have none.
    """
    sql, values = narrowed(where)
    return iter(db.query(_SUMMARY.format(where=sql), values))
