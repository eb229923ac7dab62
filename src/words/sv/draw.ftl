## draw/alt_text

draw-alt-missing-for = Uppgift saknas för { $place }.
draw-alt-missing-for-values = Uppgift saknas för { $values } värden.
draw-alt-not-shown = Visas inte: { $place }.
draw-alt-values-not-shown = { $values } värden visas inte.
draw-alt-rows = { $rows } rader
draw-alt-all-rows-have = Alla rader har { $value }.
draw-alt-highest-and-lowest = Högst är { $highest }; lägst är { $lowest }.
draw-alt-largest-number = Det största enskilda talet är { $value }: { $row }, { $column }.
draw-alt-largest-change = Störst förändring har { $row }, från { $from } till { $to }.
draw-alt-reach-the-goal = { $count } av { $of } når { $goal }.
draw-alt-row-from-to = { $name }: från { $first } till { $last }; högst { $high }, lägst { $low }.
draw-alt-total = Totalt { $total }{ $beside }{ $change }.
draw-alt-one-row = 1 rad

## draw/multiples

draw-same-scale = samma skala i alla rutor
draw-alt-multiples = Små diagram med samma skala
draw-missing = uppgift saknas

## draw/ranked_bar

draw-in-parentheses = { $then } (inom parentes)
draw-alt-ranked = Liggande staplar i storleksordning
draw-difference-from-year-before = Skillnad mot föregående år

## draw/select

draw-largest-of-all-shown = De { $top } största av { $all } visas.
draw-one-of-all-shown = Den största av { $all } visas.
draw-withheld = visas inte
draw-not-applicable = inte aktuellt

## draw/funnel_chart/words

draw-funnel-centre-line = Centrumlinjen är { $centre }.
draw-funnel-outside = { $opening } ligger { $names }.
draw-funnel-nobody-outside = Ingen ligger utanför gränserna på 99,8 procent.
draw-alt-funnel = Trattdiagram
draw-funnel-above-opening = Över den övre gränsen på 99,8 procent
draw-funnel-below-opening = Under den nedre
draw-funnel-above = över den övre gränsen på 99,8 procent
draw-funnel-below = under den nedre gränsen på 99,8 procent
draw-funnel-within = inom gränserna på 99,8 procent

## draw/risk_matrix/contents

draw-risk-is-new = { $id } ny

## draw/risk_matrix

draw-risk-score-in-corner = riskvärdet i rutans hörn
draw-risk-count = { $count } risker
draw-risk-level-and-more = { $label }: { $from } och mer
draw-risk-names-without-room = Där riskernas beteckningar inte får plats står antalet; alla finns i listan.
draw-one-risk = 1 risk
draw-risk-higher-than-before = högre riskvärde än föregående år
draw-risk-lower-than-before = lägre riskvärde än föregående år
draw-risk-place-before = plats föregående år

## draw/risk_matrix/words

draw-risk-matrix = Riskmatris med { $steps } gånger { $steps } rutor: { $probability } uppåt, { $consequence } åt höger, { $period }, { $counted }.
draw-risk-none = inga { $many }
draw-risk-one = en { $one }
draw-risk-score = Riskvärde { $score }{ $level }: { $ids }.
draw-risk-lower-scores = Lägre riskvärde: { $risks }.
draw-risk-without-score = Utan riskvärde: { $unscored }.
draw-risk-and-more = { $shown } och { $more } till
draw-risk-most = Flest, { $count }, har { $first } { $probability } och { $second } { $consequence }.
draw-risk-rose = Högre än föregående år
draw-risk-fell = Lägre
draw-risk-new = Nya

## draw/spc_chart

draw-spc-latest-point-label = Senaste punkten: { $word }
draw-spc-new-limits-label = Nya gränser { $text }
draw-spc-one-point = 1 punkt
draw-spc-limit = gräns
draw-spc-two-thirds = två tredjedelar av vägen dit
draw-spc-trend = trend (spetsen visar åt vilket håll)
draw-spc-lower-cut = Den nedre gränsen är under 0 och ritas vid 0.
draw-spc-upper-cut = Den övre gränsen är över 100 % och ritas vid 100 %.
draw-spc-not-from-zero = Axeln börjar inte vid 0.
draw-spc-upper = Övre gräns
draw-spc-lower = Nedre gräns
draw-spc-goal-label = Mål

## draw/spc_chart/words

draw-spc-latest-point = Senaste punkten: { $word }.
draw-spc-new-limits = Nya gränser { $text }.
draw-spc-points = { $points } punkter
draw-spc-and-both-limits = { " " }och gränserna { $lower } och { $upper }
draw-spc-and-upper-limit = { " " }och den övre gränsen { $upper }
draw-spc-from-to = Från { $first } till { $last }; högst { $high }, lägst { $low }.
draw-spc-no-signal = Ingen punkt är en signal.
draw-spc-points-from-to = { $count } punkter från { $first } till { $last }
draw-spc-goal = Målet är { $goal }{ $judged }.
draw-spc-not-shown = Visas inte: { $gaps }.
draw-spc-without-value = Utan värde: { $gaps }.
draw-spc-alt = Styrdiagram: { $about }.
draw-spc-is = är
draw-spc-is-since = är sedan den senaste omräkningen
draw-spc-the-mean = Medelvärdet
draw-spc-the-median = Medianen
draw-spc-signals = Signaler: { $signals }.

## draw/strip

draw-strip-rank = plats { $rank }
draw-strip-middle-half = mittersta hälften av kommunerna
draw-higher-is-better = högre är bättre
draw-lower-is-better = lägre är bättre

## draw/strip/words

draw-strip-and-more = ; och { $rows } till
draw-alt-strip = Punktremsor

## draw/dot

draw-whisker-note = Det smala strecket genom årets punkt är ett osäkerhetsintervall (95 %).
draw-alt-dot = Punktdiagram
draw-goal-in = mål{ $NO_BREAK_SPACE }{ $goal }
draw-higher-is-better-way = Högre är bättre →
draw-lower-is-better-way = ← Lägre är bättre
draw-no-way-is-better = Ingen riktning är bättre

## draw/funnel

draw-funnel-another = en annan kommun
draw-funnel-beyond-998 = utanför 99,8 %
draw-funnel-limit-998 = gräns 99,8 %
draw-funnel-limit-95 = gräns 95 %

## draw/grouped_bar

draw-alt-grouped = Staplar i grupper

## draw/heat

draw-alt-heat = Rutnät med tal
draw-darker-of-row = mörkare = större andel av raden
draw-darker-of-all = mörkare = större andel av det hela

## draw/line

draw-alt-line = Linjediagram

## draw/spc/read

draw-spc-centre = Mittlinje

## draw/stacked_bar

draw-alt-stacked = Staplar delade i delar

## draw/band

draw-band-note = Det ljusa bandet är ett osäkerhetsintervall (95 %).
