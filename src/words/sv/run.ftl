## run/manifest

run-small-counts-are-hidden = Små antal är dolda i rapporten, tabellerna (tables/) och figurerna (figures/). De kan publiceras.
run-what-is-internal = Internt, får inte publiceras eftersom raderna i underlaget eller antal ur dem står där:
