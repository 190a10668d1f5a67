"""A month of contacts whose KPIs are known, as an export; the definitions and the profile that it needs."""

from __future__ import annotations

from workspaces import workspace

KPIS = """\
- id: service-level
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Service level
  purpose: staff by half hour
  variants: {sl1: first, sl2: second, sl3: third, sl4: fourth, sl5: fifth}
  computed:
    sl1: {formula: service-level-1, within: 20}
    sl2: {formula: service-level-2, within: 20}
    sl3: {formula: service-level-3, within: 20}
    sl4: {formula: service-level-4, within: 20}
    sl5: {formula: service-level-5, within: 20, short: 5}
  unit: percent
  better: higher
  gaming: serving new calls first
  counter: abandonment
  source: telephone system
- id: abandonment
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Abandonment
  purpose: see who gives up
  variants: {all: every abandoned call, less-short: without those given up at once}
  computed: {less-short: {formula: abandonment-less-short, short: 5}}
  leading: less-short
  unit: percent
  better: lower
  gaming: an engaged tone
  counter: service-level
  source: telephone system
- id: csat
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Customer satisfaction
  purpose: see who was content
  variants: {top2: answers of 4 or 5}
  computed: {top2: {formula: csat-top2}}
  unit: percent
  better: higher
  gaming: asking only the content
  counter: fcr
  source: surveys
- id: nps
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Net promoter score
  purpose: one view of many contacts
  variants: {standard: promoters less detractors}
  computed: {standard: {formula: nps}}
  unit: points
  better: higher
  gaming: leaving zeros out
  counter: csat
  source: surveys
- id: ces
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Effort
  purpose: find what makes work
  variants: {mean7: mean, top3: 5 to 7, index: six and seven less one to three}
  computed: {mean7: {formula: ces-mean}, top3: {formula: ces-top3}, index: {formula: ces-index}}
  unit: points
  better: higher
  gaming: asking too early
  counter: csat
  source: surveys
- id: fcr
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: First contact resolution
  purpose: see how often one contact is enough
  variants: {repeat-7: no other contact within 7 days}
  computed: {repeat-7: {formula: fcr-repeat, days: 7}}
  unit: percent
  better: higher
  gaming: another reason code
  counter: csat
  source: contact records
- id: aht
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Average handling time
  purpose: plan how many are needed
  variants: {standard: talk and hold and work after, p90: nine of ten}
  computed: {standard: {formula: aht-mean}, p90: {formula: aht-p90}}
  leading: standard
  unit: seconds
  better: lower
  gaming: ending contacts early
  counter: fcr
  source: telephone system
- id: occupancy
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Occupancy
  purpose: see whether anybody gets a moment
  variants: {standard: busy of busy and ready}
  computed: {standard: {formula: occupancy}}
  unit: percent
  better: lower
  gaming: staying in work after contact
  counter: aht
  source: telephone system
"""
PROFILE = """\
id: telephony
version: 1
owner: p_tl1
from: 2026-01-01
columns:
  transaction: {column: id}
  started_at: {column: start, dates: y-m-d}
  channel: {column: channel}
  product: {column: product}
  customer: {column: customer}
  reason: {column: reason}
  wait: {column: wait, unit: seconds}
  answered: {column: answered}
  abandoned_after: {column: gave_up, unit: seconds}
  talk: {column: talk, unit: seconds}
  hold: {column: hold, unit: seconds}
  after_work: {column: work, unit: seconds}
  ready: {column: ready, unit: seconds}
  satisfaction: {column: csat, lowest: 1, highest: 5}
  recommend: {column: nps, lowest: 0, highest: 10}
  effort: {column: ces, lowest: 1, highest: 7}
"""
HEADER = "id,start,channel,product,customer,reason,wait,answered,gave_up,talk,hold,work,ready,csat,nps,ces"
DAYS = 28
CES = (80, 210, 140, 110, 160, 180, 120)
"""Answers of 1 to 7, with mean 4.08, top three 46.0 %, index -13.0 (published worked example of the effort score)."""


def contacts(repeats=3):
    """1,000 answered calls of June and 60 abandoned ones, as the worked example of the five service levels has them.

    860 were answered within 20 seconds; 20 gave up within 20 seconds, of them 10 within 5; 40 gave up later. 420 of 500
    answers are content, 400 recommend and 300 do not. ``repeats`` customers of 1 June ring again on 5 June.
    """
    efforts = [score for score, count in enumerate(CES, 1) for _ in range(count)]
    for at in range(1000):
        day = at % DAYS + 1
        customer = f"K{at}"
        if day == 5 and at // DAYS < repeats:
            customer = f"K{at - 4}"  # that of 1 June
        wait = 10 if at < 860 else 45
        csat = "" if at >= 500 else 5 if at < 420 else 2
        recommend = 10 if at < 400 else 8 if at < 700 else 0
        yield f"a{at},2026-06-{day:02} 10:00,phone,card,{customer},login,{wait},yes,,300,30,30,90,{csat},{recommend},{efforts[at]}"
    for at in range(60):
        gave_up = 3 if at < 10 else 15 if at < 20 else 60
        yield f"b{at},2026-06-{at % DAYS + 1:02} 11:00,phone,card,,login,,no,{gave_up},,,,,,,"


def measured(folder, lines=None, kpis=KPIS):
    """Write a workspace with an export of contacts."""
    workspace(folder, "p_tl1", "example")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    source = "sources: {transactions: {path: exports/*.csv, profile: telephony}}\n"
    (folder / "qacli.yaml").write_text(settings + source, "utf-8")
    for name, text in (
        ("definitions/kpis.yaml", kpis),
        ("definitions/profiles/telephony.yaml", PROFILE),
        ("exports/june.csv", "\n".join([HEADER, *(lines or contacts()), ""])),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
