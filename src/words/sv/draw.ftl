## draw/alt_text

draw-alt-rows = { $rows } rader
draw-alt-all-rows-have = Alla rader har { $value }.
draw-alt-highest-and-lowest = Högst är { $highest }; lägst är { $lowest }.
draw-alt-largest-number = Det största enskilda talet är { $value }: { $row }, { $column }.
draw-alt-largest-change = Störst förändring har { $row }, från { $from } till { $to }.
draw-alt-reach-the-goal = { $count } av { $of } når { $goal }.
draw-alt-row-from-to = { $name }: från { $first } till { $last }; högst { $high }, lägst { $low }.
draw-alt-total = Totalt { $total }{ $beside }{ $change }.

## draw/multiples

draw-same-scale = samma skala i alla rutor

## draw/ranked_bar

draw-in-parentheses = { $then } (inom parentes)

## draw/select

draw-largest-of-all-shown = De { $top } största av { $all } visas.
draw-one-of-all-shown = Den största av { $all } visas.

## draw/funnel_chart/words

draw-funnel-centre-line = Centrumlinjen är { $centre }.
draw-funnel-outside = { $opening } ligger { $names }.
draw-funnel-nobody-outside = Ingen ligger utanför gränserna på 99,8 procent.

## draw/risk_matrix/contents

draw-risk-is-new = { $id } ny

## draw/risk_matrix

draw-risk-score-in-corner = riskvärdet i rutans hörn
draw-risk-count = { $count } risker
draw-risk-level-and-more = { $label }: { $from } och mer
draw-risk-names-without-room = Där riskernas beteckningar inte får plats står antalet; alla finns i listan.

## draw/risk_matrix/words

draw-risk-matrix = Riskmatris med { $steps } gånger { $steps } rutor: { $probability } uppåt, { $consequence } åt höger, { $period }, { $counted }.
draw-risk-none = inga { $many }
draw-risk-one = en { $one }
draw-risk-score = Riskvärde { $score }{ $level }: { $ids }.
draw-risk-lower-scores = Lägre riskvärde: { $risks }.
draw-risk-without-score = Utan riskvärde: { $unscored }.
draw-risk-and-more = { $shown } och { $more } till
draw-risk-most = Flest, { $count }, har { $first } { $probability } och { $second } { $consequence }.

## draw/spc_chart

draw-spc-latest-point-label = Senaste punkten: { $word }
draw-spc-new-limits-label = Nya gränser { $text }

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

## draw/strip

draw-strip-rank = plats { $rank }

## draw/strip/words

draw-strip-and-more = ; och { $rows } till
