## domain/sentence

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

## domain/sentence/words

domain-changed-from-to = { $verb } från { $then } till { $now }{ $per_cent }
domain-was = var { $now }, { $compared }
domain-was-perhaps-by-chance = var { $now }, { $compared }; { $may_be_chance }
domain-of-too-few = { $before }{ $now } (föregående år { $then }); { $too_few }
domain-compared-of-too-few = mot { $then } föregående år; { $too_few }
domain-was-first-and-last = var { $first } { $first_year } och { $last } { $last_year }
domain-trend = visar en { $way } trend { $span }, från { $first } till { $last }
domain-trend-to-the-better = visar en trend mot förbättring { $span }, från { $first } till { $last }
domain-trend-to-the-worse = visar en trend mot försämring { $span }, från { $first } till { $last }
domain-no-sure-trend = { $ends }, utan säkerställd trend

## domain/spc

domain-shows-variation = visar { $article }{ $word }{ $pattern }

## domain/said

domain-above = över
domain-below = under
domain-agrees = stämmer
domain-does-not-agree = stämmer inte
domain-increase = ökning
domain-decrease = minskning
domain-improvement = förbättring
domain-worsening = försämring
domain-nothing-proven = ingen säkerställd skillnad
domain-too-few-answers = för få svar
domain-under-five-years = under fem år
