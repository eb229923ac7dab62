## run/manifest

run-small-counts-are-hidden = Små antal händelser är dolda i rapporten, tabellerna (tables/) och figurerna (figures/). Programmet har prövat vad en läsare kan räkna fram ur alla tabeller tillsammans, men inte tillsammans med andra rapporter, och inte vad rader säger som är utelämnade för att de är tomma.
run-fewest-are-hidden =
    { $hidden ->
        [0] Inget antal behövde döljas.
        [one] Ett antal är dolt. Det är bevisat att färre inte räcker.
       *[other] { $hidden } antal är dolda. Det är bevisat att färre inte räcker.
    }
run-fewer-might-do =
    { $hidden ->
        [one] Ett antal är dolt.
       *[other] { $hidden } antal är dolda.
    } Det är inte bevisat att så många behövs: högst { $beyond } färre skulle kunna räcka.
run-ready-counts-are-not-hidden = Färdiga antal är inte dolda, de står som de levererats: { $sources }. Granska dem för sig före publicering.
run-cache-is-internal = {"  "}mappen som heter som den här med en punkt före och .cache efter
run-what-is-internal = Internt, får inte publiceras eftersom raderna i underlaget eller antal ur dem står där:
