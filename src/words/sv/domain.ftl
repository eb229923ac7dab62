## domain/sentence

domain-more = fler
domain-at-least = minst
domain-none = inga { $many }
domain-same-count = lika många som föregående år ({ $base })
domain-other-count = { $difference } { $word } än föregående år ({ $base })
domain-under-one-per-cent = under 1 %
domain-same-share = lika stor andel som föregående år ({ $base })
domain-nearly-same-share = i stort sett samma andel som föregående år ({ $base })
domain-other-share = { $size } procentenheter { $word } än föregående år ({ $base })
domain-same-number = lika högt som föregående år ({ $base })
domain-other-number = { $size } { $word } än föregående år ({ $base })
domain-part-of-whole = { $numerator } av { $denominator }
domain-under-per-cent = under { $smallest } %
domain-over-per-cent = över { $largest } %
domain-unchanged = oförändrat { $now }
domain-from-to = från { $then } till { $now }
domain-fewer = färre
domain-higher = högre
domain-lower = lägre
domain-reaches-goal = når målet
domain-misses-goal = når inte målet
domain-at-most = högst

## domain/sentence/words

domain-decrease = minskning
domain-decreased = minskade
domain-ends-of-too-few = { $ends }; för få har svarat för att säga något om riktningen
domain-changed-from-to = { $verb } från { $then } till { $now }{ $per_cent }
domain-was = var { $now }, { $compared }
domain-was-perhaps-by-chance = var { $now }, { $compared }; skillnaden kan bero på slumpen
domain-of-too-few = { $before }{ $now } (föregående år { $then }); för få har svarat för att säga något om riktningen
domain-compared-of-too-few = mot { $then } föregående år; för få har svarat för att säga något om riktningen
domain-was-first-and-last = var { $first } { $first_year } och { $last } { $last_year }
domain-trend = visar en { $way } trend { $span }, från { $first } till { $last }
domain-trend-to-the-better = visar en trend mot förbättring { $span }, från { $first } till { $last }
domain-trend-to-the-worse = visar en trend mot försämring { $span }, från { $first } till { $last }
domain-no-sure-trend = { $ends }, utan säkerställd trend
domain-increase = ökning
domain-improvement = förbättring
domain-too-few-answers = för få svar
domain-under-five-years = under fem år
domain-increased = ökade
domain-improved = förbättrades
domain-deteriorated = försämrades

## domain/spc

domain-trend-word = trend
domain-shift = skift
domain-shows-variation = visar { $article }{ $word }{ $pattern }
domain-up = uppåt
domain-down = nedåt
domain-outside-limit = utanför gränsen
domain-two-of-three = två av tre
domain-long-run = lång svit
domain-common-variation = vanlig variation
domain-neutral-variation = särskild variation utan värdering
domain-hits-and-misses = når målet ibland

## domain/words

domain-quarter-of-year = { $name } kvartalet
domain-quality-year-of = kvalitetsåret { $year }
domain-year-of = året { $name }

## domain/said

domain-above = över
domain-below = under
domain-agrees = stämmer
domain-does-not-agree = stämmer inte
domain-worsening = försämring
domain-nothing-proven = ingen säkerställd skillnad
