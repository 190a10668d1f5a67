# Nine different faults of one card in one run: what the schema forbids, and what two people would judge differently.
$ qacli scorecard lint desk
--- definitions/scorecards/desk.yaml
id: desk
version: 1.0
owner: p_tl1
from: 2026-02-30
title: Calls
channels: [phone]
promises:
  safe: Your money is safe with us.
sections:
  - id: open
    title: Opening
    criteria:
      - id: idv
        observable: The colleague is professional.
        scale: binary@1
        wieght: 0
        critical: complience
        anchors:
          not_met: A detail comes first.
          met: The check comes first.
        not_applicable: never
        procedure: idv@1
        promise: safe
      - id: greet
        observable: The caller is greeted by name.
        scale: point5@9
        weight: forty
        anchors:
          1: No greeting.
          5: The name is said.
        not_applicable: never
        procedure: opening@1
        promise: safe
      - id: Need
        observable: The colleague says back what the caller wants.
        scale: point5@1
        weight: 60
        anchors:
          1: Starts at once.
          3: Says back a part.
          4: Says it back and waits.
          5: As 4, and asks one question more.
          6: Sings it.
        not_applicable: never
        procedure: need@1
