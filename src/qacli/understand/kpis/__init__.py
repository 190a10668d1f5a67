"""KPIs: computed from transactions or imported, charted, cut, judged against benchmarks; questions that they raise."""
