"""Forms that come back filled in: result files of the page, workbooks. What they hold is other people's and judged anew."""
