# Only live records are evidence: a pack of an example is refused, and its rows are named.
$ qacli portfolio pack --as p_tl1 --today 2026-06-10
--- definitions/portfolio.yaml
- id: mine
  version: 1
  owner: p_tl1
  from: 2026-01-01
  candidate: p_tl1
  role: team leader of twelve
  sector: private
  assessor: p_mgr1
  units: [d13]
