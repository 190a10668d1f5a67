# What others reach changes: a benchmark has a last day.
$ qacli benchmark match aht-guide --as p_tl1 --today 2026-06-10
--- definitions/benchmarks.yaml
- id: aht-guide
  version: 1
  owner: p_tl1
  from: 2024-06-01
  kpi: aht
  variant: standard
  value: 553
  kind: indicative
  source: a guide of the trade
  year: 2024
  expires: 2026-05-31
