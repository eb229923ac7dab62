## measure/breakdown/family

measure-share-of-total = ; andel: radens antal av totalen
measure-counted-per = Antal olika { $many } per { $rows }{ $share }{ $merged }
measure-parts-each-once = ; { $whole } är { $parts } tillsammans, varje händelse en gång

## measure/breakdown

measure-number-of = antal { $many }
measure-count = Antal
measure-difference = Skillnad
measure-change = Förändring
measure-share = Andel
measure-mean-of = Medel { $what }

## measure/certainty

measure-p-adjusted = p, justerat
measure-test = Test
measure-development = Utveckling
measure-exact-test-of-two-counts = exakt test av två antal
measure-lower-limit-of = nedre gräns
measure-upper-limit-of = övre gräns
measure-z-test-of-two-shares = z-test av två andelar
measure-fishers-exact-test = Fishers exakta test
measure-wilsons-method = Wilsons metod
measure-clopper-pearsons-method = Clopper–Pearsons metod
measure-interval = Osäkerhetsintervall: 95 %, { $name }.

## measure/comparison/family

measure-comparison-definition = { $what }, { $year }, plats bland { $among }

## measure/comparison

measure-key-figure = Nyckeltal
measure-rank = Plats
measure-rank-from = Plats från
measure-rank-to = Plats till
measure-municipalities-with-value = Kommuner med värde
measure-lowest = Lägst
measure-highest = Högst
measure-unweighted-mean = Ovägt medel
measure-women = Kvinnor
measure-men = Män
measure-women-less-men = Skillnad kvinnor–män
measure-kolada-colour = Kolada-färg
measure-number-of-answers = Antal svar
measure-lower-quarter = Nedre kvartil
measure-median = Median
measure-upper-quarter = Övre kvartil
measure-rank-of = { $first } av { $of }
measure-ranks-of = { $first }–{ $last } av { $of }
measure-green = ▲ grön, bästa fjärdedelen
measure-yellow = ● gul, mittersta hälften
measure-red = ▼ röd, sämsta fjärdedelen

## measure/comparison/remarks

measure-mean-is-unweighted = Medelvärdet är ovägt: varje kommun väger lika, oavsett storlek.
measure-withheld-for = Värdet är skyddat, eller för få har svarat, för
measure-missing-for = Uppgift saknas för
measure-colour-is-rank = Färgen visar platsen bland { $among } – bästa fjärdedelen, mittersta hälften eller sämsta fjärdedelen – och inte om resultatet är bra.
measure-women-less-men-is = Skillnaden mellan kvinnor och män är kvinnornas värde minus männens.
measure-comparison-is-of-all = Jämförelsen gäller alla kommuner som har ett värde; riket, regioner och grupper räknas inte med.
measure-comparison-is-of = Jämförelsen gäller { $label }: { $names }.
measure-of-few-answers = ”{ $label }” { $year } ({ $n } svar)
measure-read-with-caution = Resultaten är osäkra och bör läsas med försiktighet.
measure-fewer-answers-than = Färre än { $least } svar: { $list }. { $caution }
measure-one-is-best = Plats 1 är bäst; kommuner med samma värde delar plats.
measure-one-is-highest = Plats 1 är högst; kommuner med samma värde delar plats.
measure-one-is-best-but-highest = Plats 1 är bäst, men högst för { $list }, där ingen riktning är bättre; kommuner med samma värde delar plats.
measure-scale-has-changed-for = Svarsskalan i nyckeltalets namn är inte densamma i hela serien, så att åren inte kan jämföras, för

## measure/cube/family

measure-counted-per-key = Antal olika { $many } per { $keys }

## measure/cube

measure-year = År
measure-calendar-year = Kalenderår
measure-quarter = Kvartal
measure-month = Månad

## measure/delivery

measure-rows-with-data = rader med uppgifter
measure-source-all = Källa: alla underlag.
measure-source = Underlag
measure-delivery-note = Ålder är dagar från senaste daterade rad till { $day }. Månader utan rader är de månader i perioden som är avslutade. Rader med uppgifter är behållna, dubbletter, utanför perioderna och avvisade tillsammans.
measure-newest-date = Senaste datum
measure-age-in-days = Ålder, dagar
measure-months-without-rows = Månader utan rader
measure-which = Vilka
measure-rows-of-data = Rader med uppgifter
measure-kept = Behållna
measure-duplicates = Dubbletter
measure-outside-periods = Utanför perioderna
measure-rejected = Avvisade
measure-share-rejected = Andel avvisade
measure-not-delivered-word = inte lämnat

## measure/development/family

measure-development-definition = Utveckling över år, av årens värden: Mann–Kendalls test, lutning enligt Theil–Sen

## measure/development

measure-series = Serie
measure-first-year = Första år
measure-first-value = Första värde
measure-last-year = Sista år
measure-last-value = Sista värde
measure-years-with-value = År med värde
measure-slope = Lutning per år
measure-intercept = Linjens början
measure-mann-kendall-exact = Mann–Kendall, exakt
measure-mann-kendall-normal = Mann–Kendall, normalapproximation

## measure/funnel/family

measure-funnel-definition = { $what }, { $year }, mot slumpens gränser vid 95 och 99,8 procent

## measure/funnel

measure-centre-line = Centrumlinje
measure-municipality = Kommun
measure-expected-number = Förväntat antal
measure-over-dispersion = Överspridning φ
measure-between-municipalities = Variation mellan kommuner τ²
measure-outside = Utanför
measure-by-chance-only = { $label }, enbart slump
measure-lower-95 = Nedre gräns 95 %
measure-upper-95 = Övre gräns 95 %
measure-lower-998 = Nedre gräns 99,8 %
measure-upper-998 = Övre gräns 99,8 %
measure-funnel-outside-note = Bara en kommun utanför gränserna på 99,8 procent sägs skilja sig från de andra; utanför dem på 95 procent hamnar ungefär var tjugonde av en slump.
measure-funnel-no-limits = Gränser kan inte beräknas: värdena är för få, eller är alla noll eller alla hundra procent.
measure-funnel-products = För { $names } ger andelen gånger antalet svar inget säkert heltal; då räknas med produkten som den är.
measure-funnel-few-answers = { $names } med färre än { $least } svar ingår inte.
measure-funnel-without-size = { $names } utan uppgift om antal ingår inte.
measure-funnel-over-dispersed = Kommunerna skiljer sig mer åt än slumpen förklarar (φ = { $phi }); gränserna är vidgade för det (τ² = { $tau2 }).
measure-funnel-not-over-dispersed = Kommunerna skiljer sig inte mer åt än slumpen förklarar (φ = { $phi }).

## measure/goal/family

measure-goal-definition = { $what }, mot { $beside }

## measure/goal

measure-goal-not-reached = inte nått
measure-goal-reached = nått
measure-difference-from = Skillnad mot { $what }
measure-difference-from-goal = Skillnad mot mål
measure-goal = Mål

## measure/head

measure-source-of = Källa: { $title }.

## measure/indicator/certainty

measure-answers-of = { $label }, antal svar
measure-z-test-of-shares-times-n = z-test av två andelar, på andel gånger antal
measure-share-is-no-whole-number-for = Andelen svarar inte mot ett helt antal svar; intervallet är räknat på andel gånger antal för

## measure/indicator/family

measure-value-over-n = ; andel: värdet delat med antalet som det gäller
measure-indicator-definition = { $what }, som i underlaget{ $share }

## measure/indicator/remarks

measure-fewer-answers = Färre än { $under } svar: { $list }. { $caution }
measure-answers-beside = { $label } ({ $answers } svar)

## measure/lead_time/family

measure-lead-time-definition = Dagar från ”{ $from }” till ”{ $to }”{ $by }: median och kvartiler{ $within }, skattade enligt Kaplan–Meier över olika { $many }. De som inte har kommit till sitt slut räknas med så länge de har pågått
measure-and-share-within =
    { $n ->
        [one] { " " }och andel inom { $shown } dag
       *[other] { " " }och andel inom { $shown } dagar
    }

## measure/lead_time

measure-days-from-to = dagar från { $from } till { $to }
measure-closed = Avslutade
measure-open = Öppna
measure-share-open = Andel öppna
measure-within-days =
    { $n ->
        [one] Inom { $shown } dag { $year }
       *[other] Inom { $shown } dagar { $year }
    }
measure-without-time = Utan tid
measure-without-beginning =
    { $n ->
        [one] { $shown } { $one }
       *[other] { $shown } { $many }
    } saknar ”{ $from }” och har därför ingen tid.
measure-ends-before-beginning =
    { $n ->
        [one] { $shown } { $one }
       *[other] { $shown } { $many }
    } har ”{ $to }” före ”{ $from }”, eller ”{ $from }” efter { $day }, och har därför ingen tid.
measure-differing-days =
    { $n ->
        [one] { $shown } { $one }
       *[other] { $shown } { $many }
    } har olika datum på sina rader; tiden räknas från det tidigaste till det senaste.
measure-lead-time-method = Dagar från ”{ $from }” till ”{ $to }”. { $many } utan ”{ $to }” till och med { $day } är öppna och räknas med så länge de har pågått (Kaplan–Meier). Median och kvartiler saknas där för få är avslutade.

## measure/mismatch/family

measure-and-last-years = { " " }och förra årets
measure-mismatch-shown-at-least = ; frågor med eget svar nej eller delvis där minst { $at_least } svarar ja
measure-mismatch-shown-changed = ; frågor där svaret inte är detsamma som förra året
measure-mismatch-definition = Eget svar{ $last_year } bredvid andelen ja bland de jämförbara kommuner som har svarat{ $shown }

## measure/mismatch

measure-indicator = Indikator
measure-year-before = Föregående år
measure-comparable-yes = Jämförbara som svarat ja
measure-comparable-answered = Jämförbara som svarat
measure-share-yes = Andel ja
measure-mismatch-shares-note = Andelarna är av de jämförbara kommuner som har svarat, { $least } till { $most } beroende på fråga.

## measure/notes

measure-in-several-rows = { $neuter ->
    [true] ett
   *[false] en
} { $one } kan stå på flera rader ({ $label }) och räknas då en gång på varje
measure-in-no-row = en del { $many } står inte på någon av raderna ({ $label })
measure-rows-add-up-to = Raderna summerar till { $what }: { $why }.
measure-in-several-columns = { $neuter ->
    [true] ett
   *[false] en
} { $one } kan stå i flera kolumner ({ $label }) och räknas då en gång i varje
measure-in-no-column = en del { $many } står inte i någon av kolumnerna ({ $label })
measure-columns-add-up-to = Kolumnerna summerar till { $what }: { $why }.
measure-more = fler
measure-parts-against-total = { $parts } mot totalt { $total } ({ $of })
measure-fewer = färre
measure-compared-with-total = { $parts }{ $of }, { $compared } än totalen { $total }
measure-and = { $first } och { $last }
measure-and-more = { $shown } och { $more } till
measure-rounded-shares = Andelarna är avrundade och summerar därför till { $rounded } procent.
measure-unknown-values = { $counted } har ett värde som inte finns i listan ({ $header }) och redovisas som ”{ $bucket }”.
measure-none-in-export = För { $years } finns inga { $many } i uttaget; antalet saknas.
measure-not-wholly-covered = Uppgifterna täcker inte hela { $years }.

## measure/observations

measure-area = Område
measure-period = Period
measure-group = Grupp

## measure/published

measure-printed-last-year = Tryckt förra året
measure-counted-now = Räknat nu
measure-agrees-head = Stämmer
measure-likely-cause = Trolig orsak
measure-number-is-not-in-source = talet finns inte i årets underlag
measure-number-was-not-printed = inget tal i förra årets rapport
measure-row-is-gone = raden finns inte längre; den kan ha bytt namn
measure-counted-now-as = räknas nu som ”{ $known }”
measure-reported-after = { $late } rapporterades efter { $day }
measure-cause-is-not-seen = orsaken syns inte i underlaget
measure-export-has-duplicates = uttaget har { $rows }, som räknas en gång
measure-outside-the-list = { $count } ligger utanför listan
measure-all-printed-agree = Alla tryckta tal stämmer med dagens räkning.
measure-some-printed-differ = { $differing } av { $all } stämmer inte. De tryckta talen ändras inte; skillnaderna redovisas här.
measure-printed-number = tryckt tal
measure-printed-numbers = tryckta tal
measure-last-reports-day = { " " }Förra rapportens uppgifter gällde till och med { $day }.

## measure/quality/completeness

measure-number-of-cells = antal celler
measure-column = Kolumn
measure-filled = Ifyllda
measure-missing = Saknas
measure-not-applicable = Inte aktuellt
measure-withheld = Skyddade
measure-invalid = Ogiltiga
measure-rows = Rader
measure-share-filled = Andel ifyllda { $year }
measure-value = Värde
measure-completeness-note = Ogiltiga är celler med något som inte går att läsa som kolumnens slags värde, eller bara med värden utanför listan. Rader som har avvisats räknas inte här; de står i bilagan.
measure-undated-in-no-year = { $rows } utan datum ingår inte i något år.

## measure/quality/lag

measure-days-to-report = dagar från händelse till rapport
measure-median-of = Median { $year }
measure-over-days = Över { $days } dagar
measure-lower-quartile = Undre kvartil
measure-within-90 = 90 % inom
measure-before-the-event = Före händelsen
measure-date-missing = Datum saknas
measure-lag-note = Dagar från { $from } till { $to }, för { $many } med båda datumen. Rapporter daterade före händelsen är inte med i mått och andelar utan räknas för sig.

## measure/quality/months

measure-number-a-month = antal { $many } per månad
measure-without-number = { $why } och därför utan antal, inte noll: { $months }.
measure-not-over = Inte avslutad
measure-not-in-export = Inte lämnad i uttaget

## measure/quality/plan

measure-quality-completeness = hur fullständigt uppgifterna är ifyllda
measure-quality-residual = andel som inte säger vad det gäller
measure-quality-unknown = värden utanför listorna
measure-quality-months = rapporter per månad
measure-without-report = månader utan rapport
measure-quality-renamed = värden som kan ha bytt namn

## measure/quality/renamed

measure-may-be-renamed = kan ha bytt namn
measure-hardly-any-more = förekommer nästan inte längre
measure-hardly-any-before = förekom nästan inte tidigare
measure-from-and-with = Från och med
measure-old-before = Gamla namnet, före
measure-old-after = Gamla namnet, efter
measure-new-before = Nya namnet, före
measure-new-after = Nya namnet, efter
measure-months-before = Månader före
measure-months-after = Månader efter
measure-judgement = Bedömning
measure-renamed-note = Före och efter är hela månader i förra och denna period. Paret visas när det gamla namnet minskar till högst en tiondel av sitt tidigare medeltal, minst { $least } { $many } fanns och hade väntats, och det nya ökar på samma sätt samma månad, inom två månader från varandra. Serierna slås aldrig ihop av sig själva.
measure-renamed-without-year = Förra perioden är inte lämnad; namnbyten kan bara prövas inom perioden.

## measure/quality/residual

measure-no-conclusions = inga slutsatser kan dras
measure-column-and-value = Kolumn och värde
measure-residual-note = Andelen är av alla { $many } i perioden. Värden utanför listan och tomma celler räknas med. Över { $over } procent kan inga slutsatser dras av fördelningen mellan de övriga kategorierna.
measure-share-of-year = Andel { $year }
measure-mix-can-be-read = fördelningen kan tolkas

## measure/quality/stopped

measure-listed-and-silent = finns i listan men har inte rapporterat under perioden
measure-silent-since = har inte rapporterat sedan { $since }; väntat antal { $expected }
measure-may-be-chance = kan vara slump
measure-too-short-to-judge = för kort historik för att bedömas
measure-newest-report = Senaste rapport
measure-months-without-report = Månader utan rapport
measure-months-before-that = Månader dessförinnan
measure-mean-before-that = Medel per månad dessförinnan
measure-expected = Väntat antal
measure-stopped-note = { $units } med minst { $months } månaders historik är bedömda mot sin egen historik. Väntat antal är enhetens medeltal per månad, från första till senaste rapport, gånger månaderna utan rapport. En enhet sägs ha slutat rapportera när risken att det är slump (Poisson, justerat för antalet enheter enligt Benjamini–Hochberg) är under { $under }. Att ingen rapport finns kan också bero på att enheten har lagts ned eller bytt namn.

## measure/quality/unknown

measure-spelling-not-shown = stavningen visas inte
measure-number-of-values = antal värden
measure-column-and-spelling = Kolumn och stavning
measure-unknown-note = Ett värde utanför listan räknas i en egen grupp tills det har rättats eller lagts till i listan.
measure-undated = Utan datum

## measure/quality/words

measure-completeness-definition = Celler i behållna rader per kolumn: ifyllda, saknas (tomma eller markerade så), inte aktuellt och skyddade (markerade så), ogiltiga (går inte att läsa, eller bara värden utanför listan); andel ifyllda av alla rader
measure-residual-definition = Antal olika { $many } med något restvärde, värde utanför listan eller tom cell i { $by }, av alla { $many } i perioden; över { $over } kan inga slutsatser dras
measure-unknown-definition = Antal värden i behållna rader som inte finns i kolumnens lista, per stavning; kolumner med lista är { $columns }
measure-months-definition = Antal olika { $many } per { $unit } och månad
measure-stopped-definition = Hela månader utan rapport sist i perioden, per { $unit }. Väntat antal = medeltal per månad från första till senaste rapport × månader utan rapport; p = e^(−väntat antal), justerat enligt Benjamini–Hochberg över alla med minst { $months } månaders historik; bedöms under { $under }
measure-renamed-definition = Par av värden där det ena från en månad i perioden har högst en tiondel av sitt tidigare medeltal (och minst { $least } { $many } fanns före och hade väntats efter) och det andra på samma sätt hade det före samma månad, båda inom två månader från skiftet; medeltalen skiljer högst tre gånger; minst tre hela månader på var sida; förra och denna period
measure-lag-definition = Dagar från { $from } till { $to }: median, kvartiler och 90-procentspunkt (kvantiler av typ 7) över { $many } med båda datumen och rapport samma dag eller senare; andel över { $days } dagar av dem{ $by }

## measure/rate/family

measure-of-axis = , per { $axis }
measure-exact-test-against-before = ; exakt test av två antal mot perioden före
measure-rate-definition = Antal olika { $many } per { $per } { $label }{ $by }{ $test }

## measure/rate

measure-rate = Kvot
measure-rate-lower = Kvot, nedre gräns
measure-rate-upper = Kvot, övre gräns
measure-count-of = Antal{ $suffix }
measure-per = per { $per } { $label }
measure-exposure-not-known = Antalet { $label } är inte känt för { $rows }; där finns ingen kvot.
measure-garwood = exakt enligt Poissonfördelningen (Garwood)
measure-byar = Byars metod, exakt (Garwood) under tio händelser
measure-interval-by = Osäkerhetsintervall: 95 %, { $method }.

## measure/register/family

measure-register-definition = Raderna som de står i registret

## measure/risk/family

measure-risk-definition = Riskvärde = sannolikhet × konsekvens, båda 1–{ $steps }. Riskvärden rangordnas men läggs inte ihop

## measure/risk/lists

measure-action-and-owner = åtgärd och ansvarig
measure-action = åtgärd
measure-score = Riskvärde
measure-level = Nivå
measure-score-of = Riskvärde { $year }
measure-days-late = Dagar försenad
measure-lacks = Saknar

## measure/risk

measure-number-of-risks = antal risker
measure-risks-without-value = { $unscored } { $risks } kan inte värderas: sannolikhet eller konsekvens saknas, eller ligger utanför skalan 1–{ $steps }. I matrisen finns { $have } inte med.
measure-risks-of-no-year = Registret innehåller inga risker för { $year }; förändringar redovisas inte.

## measure/risk/moved

measure-risk-rose = högre
measure-risk-fell = lägre
measure-not-comparable = kan inte jämföras
measure-risk-same = oförändrad
measure-score-now = Riskvärde { $now }
measure-score-before = Riskvärde { $before }
measure-moved-to = { $word } till { $unit }

## measure/risk/numbers

measure-risks = Risker
measure-late-actions = Försenade åtgärder
measure-without-action-or-owner = Utan åtgärd eller ansvarig
measure-without-action = Utan åtgärd
measure-without-owner = Utan ansvarig
measure-without-value = Kan inte värderas
measure-risks-rose = Högre riskvärde
measure-risks-new = Nya risker
measure-risks-fell = Lägre riskvärde
measure-risks-gone = Borttagna risker
measure-risks-same = Oförändrat riskvärde
measure-risks-not-comparable = Kan inte jämföras

## measure/risk/register

measure-row-of = rad { $number }

## measure/action/family

measure-action-definition = Åtgärder som var öppna den { $since } och de som har tillkommit till och med { $day }. Klar: dagen är inte senare än { $day }. Försenad: skulle ha varit klar före { $day } men är inte det. Effekten räknas om den är bedömd när åtgärden var klar eller senare

## measure/action/effect

measure-measured = Mäts i
measure-not-in-measure = Inte i måttet, och därför utan värde: { $names }.
measure-judged-by = Före, efter och ordet är måttets ({ $title }), inte registrets.

## measure/action/lists

measure-decision = Beslut
measure-state = Läge
measure-done = klar
measure-late = försenad
measure-under-way = pågår
measure-someone-responsible = ansvarig
measure-due-day = sista dag
measure-someone-and-due-day = ansvarig och sista dag

## measure/action/numbers

measure-carried-in = Ingående
measure-new = Nya
measure-done-head = Klara
measure-of-which-late = Varav försenade
measure-without-owner-or-day = Öppna utan ansvarig eller sista dag
measure-effect-yes = Avsedd effekt
measure-effect-partly = Delvis effekt
measure-effect-no = Ingen effekt
measure-effect-unjudged = Klara utan bedömd effekt
measure-median-to-done = Mediantid till klar, dagar
measure-action-balance = Öppna den { $since }: { $carried }. Nya sedan dess: { $new }. Av dem är { $closed } klara och { $open } öppna.
measure-actions-closed-before =
    { $n ->
        [one] { $shown } åtgärd var klar
       *[other] { $shown } åtgärder var klara
    } redan den { $since } och räknas bara i tiden till klar.
measure-actions-not-yet =
    { $n ->
        [one] { $shown } åtgärd är beslutad
       *[other] { $shown } åtgärder är beslutade
    } efter { $day } och räknas inte.
measure-action-method = Tiden räknas från beslut till klar, över alla åtgärder i registret. Öppna åtgärder räknas med så länge de har pågått (Kaplan–Meier). Mediantiden saknas där för få är klara.

## measure/action

measure-number-of-actions = antal åtgärder

## measure/risk_count/family

measure-risk-count-definition = Antal olika { $many } per { $by } och { $consequence }

## measure/risk_count

measure-outside-the-scale = Utanför skalan

## measure/share/family

measure-part-of = { $label }, av { $of }
measure-part-and-whole = { $label }: { $part } (av { $whole })

## measure/share

measure-share-in-per-cent = andel i procent
measure-of = Av
measure-number-in-all = Totalt antal

## measure/shift/family

measure-sparse-rows = ; rader med för få väntade händelser slås ihop
measure-shift-definition = Om årets fördelning skiljer sig från förra årets: χ²-test utan Yates korrektion{ $sparse }

## measure/shift

measure-share-before = Andel föregående
measure-adjusted-residual = Justerad residual
measure-degrees = Frihetsgrader
measure-cramers-v = Cramérs V
measure-monte-carlo = χ²-test, Monte Carlo med { $draws } dragningar
measure-few-events = Få händelser: { $labels } är i testet lagda till { $residual }.
measure-mix-not-comparable = Fördelningen kan inte jämföras: det finns inte minst två kategorier i båda perioderna.
measure-mix-no-difference = Det finns ingen säkerställd skillnad i fördelningen mellan perioderna.
measure-word-for = { $word } för { $labels }
measure-larger = större
measure-mix-differs = Fördelningen skiljer sig mellan perioderna, utan att någon enskild kategori sticker ut.
measure-mix-differs-by = Fördelningen skiljer sig mellan perioderna: andelen är { $parts }.

## measure/spc/counted

measure-per-label-and-step = { $many } per { $label } och { $step }
measure-per-number-and-step = { $many } per { $per } { $label } och { $step }
measure-share-per-step = andel av alla { $many } per { $step }, procent
measure-number-per-step = antal { $many } per { $step }
measure-no-point-not-over = Inte avslutat den { $day }, som uppgifterna gäller till och med, och därför utan punkt: { $listed }.
measure-no-point-no-events = Inga { $many } alls i uttaget och därför utan punkt, inte noll: { $listed }.
measure-no-point-nothing = Inget att räkna på och därför utan punkt: { $listed }.

## measure/spc/family

measure-counted-per-step = antal olika { $many } per { $step } (datum: { $date })
measure-spc-definition = Styrdiagram ({ $chart }) över { $of }; hela serien, gränser och regler enligt noten under diagrammet

## measure/spc/rare

measure-between-two-rare = antal { $many } mellan två sällsynta
measure-days-between-two = dagar mellan två { $many }
measure-event = Händelse
measure-event-number = nr { $number } ({ $month })
measure-one-undated = 1 { $one } utan datum är inte med.
measure-some-undated = { $count } { $many } utan datum är inte med.

## measure/spc/remarks

measure-new-limits = Nya beräkningar { $text }.
measure-spc-rules = signal är en punkt utanför gränserna, { $points } i rad stigande eller fallande, { $points } i rad på samma sida om medelvärdet, eller två av tre nära samma gräns
measure-spc-screened = ovanligt stora rörelser gallras en gång
measure-spc-not-screened = utan gallring av stora rörelser
measure-spc-outside-alone = signal är en punkt utanför gränserna
measure-spc-xmr = gränser vid medelvärdet ± 2,66 medelrörelser, { $screened }; { $rules }
measure-spc-t = dagarna upphöjda till 1/3,6, gränser vid ± 3/1,128 medelrörelser, { $screened }; { $rules }
measure-spc-run = median utan gränser; signal är en ovanligt lång svit på samma sida om medianen, eller att den korsas ovanligt sällan (Anhøjs regler)
measure-spc-c = gränser vid medelvärdet ± 3√medelvärdet, den nedre minst 0; { $alone }
measure-spc-u = gränser vid ± 3 standardavvikelser (Poisson), den nedre minst 0; { $alone }
measure-spc-p = gränser vid ± 3 standardavvikelser (binomial), inom 0–100 %; { $alone }
measure-spc-laney = gränser vid ± 3 standardavvikelser, justerade för variationen mellan perioder (Laney); { $alone }
measure-spc-g = median; övre gräns vid m + 3√(m(m+1)), där m är medelvärdet; { $alone }
measure-spc-profile-mdc-nhs = profil mdc (NHS Making Data Count)
measure-spc-profile-mdc = profil mdc
measure-run-chart = Seriediagram
measure-control-chart = Styrdiagram { $sign }
measure-spc-baseline = Mittlinje och gränser är räknade på de första { $n } punkterna i varje del.
measure-spc-few-years = { $least } årsvärden eller färre räcker inte till ett styrdiagram: inga gränser visas.
measure-since-new-limits = { " " }sedan de räknades om
measure-spc-probing = Prövande gränser: { $points } punkter{ $newest }, färre än { $firm }.
measure-no-new-limits = Ingen ny beräkning görs { $days }: dagen ligger utanför serien.
measure-median-crossed = medianen korsas { $crossings } gånger (minst { $usual } är vanligt)
measure-longest-run = längsta sviten är { $longest } punkter (högst { $usual } är vanligt)
measure-off-the-median = Av { $points } punkter utanför medianen: { $longest }, { $crossed }.
measure-spc-binomial = Där färre än 5 väntas är gränserna tagna ur binomialfördelningen själv.
measure-spc-better-chart = Värdena varierar { $sigma } gånger så mycket som fördelningen säger: { $better }-diagram passar bättre.
measure-goal-not-judged-direction = Om målet nås bedöms inte: det är inte sagt om högre eller lägre är bättre.
measure-goal-not-judged-limits = Om målet nås bedöms inte: diagrammet har inga gränser.
measure-signals-not-valued = Signaler visas utan värdering: fler rapporter kan bero på bättre rapportering.
measure-no-patterns-over-gap = { " " }Mönster räknas inte över ett uppehåll.
measure-without-a-value = Utan värde: { $listed }.{ $ranges }
measure-periods-first-and-last = { $periods } perioder, den första { $first } och den sista { $last }

## measure/spc/rows

measure-newest-point = Senaste punkten
measure-numerator = Täljare
measure-denominator = Nämnare
measure-mean = Medelvärde
measure-lower = Nedre gräns
measure-upper = Övre gräns
measure-near-lower = Nedre närgräns
measure-near-upper = Övre närgräns
measure-signal = Signal
measure-variation = Variation
measure-against-goal = Mot målet
measure-limits = Gränser
measure-number-of-signals = Antal signaler
measure-newest = Senaste
measure-from-day = från { $day }: { $reason }

## measure/trend/family

measure-counted-per-many = Antal olika { $many } per { $rows } (datum: { $date })

## measure/trend/time

measure-kvalitetsar = kvalitetsår { $years }
measure-quarter-of-year = { $year } kvartal { $quarter }
measure-quarter-number = kvartal { $quarter }

## measure/wording

measure-all-in-period = Alla i perioden ({ $date })
measure-calendar-year-word = kalenderår
measure-month-word = månad
measure-is-not = är inte
measure-is = är

## measure/compute

measure-not-readable = Underlaget kunde inte läsas.
measure-not-delivered = Underlaget har inte lämnats.

## measure/delivery/family

measure-delivery-definition = Senaste datum bland behållna rader till och med uppgifternas dag eller periodens slut, det tidigare av dem; ålder i dagar därifrån; avslutade månader i perioden utan någon rad; rader med uppgifter efter vad som hände med dem. Rubriker, tomma rader, summarader och fotnoter räknas inte

## measure/published/family

measure-published-definition = Det tryckta talet, det som räknas för samma år nu, och skillnaden (nu minus tryckt). Orsaker är sådana som syns i uppgifterna: rapporterat efter förra rapportens dag, namn som listan känner som ett annat, dubbletter, värden utanför listan
