"""Forms for evaluators without a terminal: one page for each item, or one workbook of all, and what comes back filled in."""
