## inspect/proposal/columns

inspect-empty-cell = Tom cell
inspect-ask-month-before-day = FRÅGA: månad före dag (%m/%d/%Y)? Ta annars bort formatet; de datumen avvisas då.
inspect-ask-rows-without-date = FRÅGA: { $blank } rader saknar datumet och avvisas. Ska det tas från en annan kolumn, med `blank_from`?
inspect-ask-several-values-in-a-cell = FRÅGA: flera värden i en cell? Ta annars bort `split`.
inspect-ask-value-of-rows-below = FRÅGA: gäller värdet även raderna under, tills nästa? Ta annars bort `fill_down`.
inspect-ask-values-like-personal-data = FRÅGA: enstaka värden liknar personuppgifter. De räknas men visas inte; är kolumnen rätt?
inspect-ask-text-is-printed = FRÅGA: texten skrivs ut i rapporten. Kan den röra en enskild person? Ta då bort kolumnen här och i registret.
inspect-left-out-column = Utelämnad: kolumn { $letters } "{ $header }"
inspect-left-out-without-header = Utelämnad: kolumn { $letters } har ingen rubrik. Ge den en i exporten för att läsa den.
inspect-left-out-same-header = { $named }: flera kolumner har samma rubrik. Skriv `header_rows = 2` om en rad ovanför skiljer dem.
inspect-kind-in-cells = { $kind } i { $count } celler
inspect-left-out-personal-data = { $named }: ser ut att innehålla personuppgifter ({ $kinds }).
inspect-left-out-empty = { $named }: inget värde i någon rad.
inspect-left-out-free-text = { $named }: fritext eller annan identitet, { $distinct } olika värden.
inspect-phone-number = telefonnummer
inspect-e-mail-address = e-postadress
inspect-postal-address = postadress
inspect-personnummer = personnummer
inspect-names-of-persons = namn på personer
inspect-format-text = en textfil
inspect-format-kolada = JSON från Kolada
inspect-found-rows = { $data_rows } datarader i { $format }
inspect-found-encoding = teckenkodning { $encoding }
inspect-found-delimiter = avgränsare { $delimiter }
inspect-found-header-row = rubrik på rad { $row }
inspect-found-total-rows = summarader som hoppas över: { $total_rows }
inspect-found-footnotes = fotnoter: { $footnotes }
inspect-found = Funnet: { $facts }.
inspect-ask-title-of-source = FRÅGA: vad ska underlaget heta i rapporten?
inspect-marks-are-answers = Markeringar som X och .. är svar för sig i jämförelsen.
inspect-ask-what-marks-mean = FRÅGA: vad betyder markeringarna? missing, not_applicable eller withheld

## inspect/proposal/head

inspect-draft = Utkast av `kvalis init`. Svara på varje FRÅGA, ändra det som är fel, och ta bort frågan.
inspect-try-and-run = Pröva med `kvalis check` och gör rapporten med `kvalis run`. Alla nycklar: `kvalis schema`.
inspect-ask-protect = FRÅGA: ska små tal döljas innan rapporten publiceras? Lägg då till tabellen [protect].
inspect-title-of-report = Kvalitetsberättelse { "{" }period{ "}" }
inspect-name-of-organisation = Organisationens namn
inspect-ask-organisation = FRÅGA: vilken förvaltning eller enhet gäller rapporten?
inspect-ask-as-of = FRÅGA: vilken dag togs uppgifterna ut? Försenade åtgärder bedöms den dagen.
inspect-more-formats = Fler format: docx, pdf, xlsx, markdown
inspect-ask-year = FRÅGA: inget årtal finns i filerna. Vilket år gäller rapporten?
inspect-ask-quality-year = FRÅGA: uppgifterna går från september till augusti: kvalitetsår { $year }? Annars kind = "calendar_year".
inspect-ask-calendar-year = FRÅGA: kalenderår? Annars kind = "quality_year", first_month = 9, named_after = "end".
inspect-sheet-of-file = , blad "{ $name }"
inspect-sheet-is-hidden = bladet är dolt
inspect-nothing-in-any-cell = inget i någon cell
inspect-no-table-with-headers = ingen tabell med rubriker
inspect-no-usable-columns = inga kolumner som kan läsas utan personuppgifter eller med entydig rubrik
inspect-not-read = Inte läst: { $path }{ $name } ({ $why }).

## inspect/proposal/lists

inspect-values-commonest-first = Värden i "{ $header }", vanligast först.
inspect-ask-values-that-say-little = FRÅGA: säger dessa så lite att de ska stå sist och i grått?
inspect-each-member-has-one-group = Varje "{ $member }" hör till en "{ $group }" i alla rader.
inspect-ask-organisation-tree = FRÅGA: är det organisationen? Skriv annars om, eller ta bort listan och `list` på kolumnerna.
inspect-spelling-outside-list = Stavning utanför listan

## inspect/proposal/measures

inspect-ask-what-is-a-row = FRÅGA: vad är en rad? Till exempel one = "avvikelse", many = "avvikelser".
inspect-ask-which-date = FRÅGA: vilket datum avgör perioden? Valt: det som är ifyllt överallt och ligger sist. Andra: { $others }.
inspect-ask-repeated-ids = FRÅGA: { $distinct } rader upprepar ett id. "several_rows": en händelse på flera rader; "first": dubbletter, den första gäller.
inspect-title-shares = { $title }: andelar
inspect-reports-in = rapporter i { $title }
inspect-ask-what-is-counted = FRÅGA: vad är det som räknas?
inspect-title-by-column = { $title } per { $column }
inspect-title-by-month = { $title } per månad
inspect-part-yes = { $header }: ja
inspect-ask-are-rows-counted = FRÅGA: ska raderna räknas? Då behövs en kolumn som skiljer dem åt (kind = "id") och kind = "events".
inspect-title-we-do-not = Där vi inte svarar ja men de flesta andra gör det
inspect-ask-which-row-is-yours = FRÅGA: vilken rad är er? Jämförbara: lägg till comparable = ["…"], annars jämförs med alla.
inspect-ask-rows-at-least = FRÅGA: hur många rader ska det minst vara? Nu är de { $data_rows }.
inspect-take-away-to-stop = Ta bort raden för att stoppa körningen när en regel bryts.

## inspect/proposal

inspect-part-lists = listor
inspect-part-sources = underlag
inspect-part-measures = mått
inspect-part-charts = diagram
inspect-part-tables = tabeller
inspect-part-key-numbers = årets tal
inspect-part-checks = regler för underlagen
inspect-ask-other-spellings = FRÅGA: är något av värdena en annan stavning av ett annat? Flytta det till `synonyms = { "{" } "fel" = "rätt" { "}" }`.
inspect-part-chapters = --- kapitel: mallarna ligger i mappen templates ---
inspect-chapter-year-in-numbers = Året i siffror
inspect-chapter-appendix = Bilaga: underlag och räkneregler

## inspect/proposal/observations

inspect-ask-guess = FRÅGA: det här står inte i exporten och är en gissning. Stämmer det?
inspect-ask-what-are-numbers = FRÅGA: vad är talen? Till exempel "andel positiva svar, procent".
inspect-ask-which-area-is-yours = FRÅGA: vilken kommun eller enhet är er, och vilken grupp ska visas?
inspect-unit-per-cent = andel, procent
inspect-unit-value = värde
