# A rule that has to be kept is no matter of agreement.
$ qacli target propose service-level --value 75 --as p_tl1 --today 2026-06-10
--- definitions/benchmarks.yaml
- id: answered
  version: 1
  owner: p_tl1
  from: 2026-01-01
  kpi: service-level
  variant: sl3
  value: 80
  kind: standard
  source: our licence, condition 7
  year: 2026
  expires: 2027-12-31
