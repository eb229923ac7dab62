## run/manifest

run-small-counts-are-hidden = Små antal händelser är dolda i rapporten, tabellerna (tables/) och figurerna (figures/). Programmet har prövat vad en läsare kan räkna fram ur alla tabeller tillsammans, men inte tillsammans med andra rapporter.
run-ready-counts-are-not-hidden = Färdiga antal är inte dolda, de står som de levererats: { $sources }. Granska dem för sig före publicering.
run-cache-is-internal = {"  "}mappen som heter som den här med en punkt före och .cache efter
run-what-is-internal = Internt, får inte publiceras eftersom raderna i underlaget eller antal ur dem står där:
