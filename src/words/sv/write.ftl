## write/compose

write-made-without-sources = Rapporten är gjord utan { $sources } { $titles }, som inte kunde läsas.
write-room-write-in-file = { $prompt } Skriv texten i filen { $file }.

## write/key_numbers

write-year-of = år { $other }
write-year-before = föregående år
write-missing = uppgift saknas
write-not-applicable = ej tillämpligt
write-withheld = värdet har skyddats

## write/numbering

write-table-number = Tabell { $number }
write-figure-number = Figur { $number }

## write/places

write-section = avsnitt { $number }

## write/sources

write-source-not-delivered = Underlaget ”{ $title }” har inte lämnats för { $period }.
write-source-not-read = Underlaget ”{ $title }” kunde inte läsas.

## write/tables

write-data-of = Data till { $kind }: { $title }
write-differences-are-points = Skillnader mellan procenttal är i procentenheter.

## write/underlag

write-notes = Underlag till rapportens ord
write-notes-of-words = Proven bakom talen i rapporten, för den som skriver den. "Ökning", "minskning", "förbättring" och "försämring" sägs när justerat p är under 0,05.
write-notes-of-lines = Varje rad: mått och rad, årets värde (förra årets), n eller intervall där de finns, prov, p, justerat p och vad som får sägas. Av antal är talen själva n. Justerat p tar hänsyn till att alla rader i tabellen prövas (Benjamini–Hochberg); samma skillnad kan därför få olika justerat p i två tabeller.
write-both = { $now } och { $then }
write-adjusted-p = justerat p { $p }
write-p-under = under 0,001

## write/words

write-by-control-chart = { $word }, enligt styrdiagrammet ({ $side })

## write/appendix

write-no-files-were-read = Inga filer har lästs.
write-digest-is-shortened = Kontrollsumman är de första { $shown } tecknen; hela summan står i manifest.json.
write-size-and-digest-are-hidden = Storlek och kontrollsumma visas inte för underlag där något antal är dolt; de står i manifest.json.
write-no-rows-were-read = Inga rader har lästs.
write-rows-are-not-shown = Antalet rader visas inte för underlag där något antal är dolt.
write-fates-add-up = Lästa är alla rader i bladet. Talen till höger om dem är tillsammans lika många.
write-file-and-sheet = { $file }, bladet { $sheet }
write-size = Storlek
write-sheet-or-encoding = Blad eller teckenkodning
write-digest = Kontrollsumma
write-files-of-report = Filer som rapporten bygger på
write-file = Fil
write-read = Lästa
write-header-foot-empty = Rubrik, fot, tomma
write-total-rows = Summarader
write-duplicates = Dubbletter
write-outside-periods = Utanför perioden
write-rejected = Avvisade
write-kept = Behållna
write-what-became-of-rows = Vad som hände med raderna
write-file-and-sheet-head = Fil och blad

## write/appendix/warnings

write-no-warnings = Inga anmärkningar.
write-times = { " " }({ $count } gånger)
write-in-job-file = jobbfilen, rad { $line }
write-in-template = mallen { $file }, rad { $line }
write-and-sheet = , bladet { $sheet }
write-and-column = { " " }(kolumnen { $header })
write-row = rad { $row }
write-cell = cell { $column }{ $row }
write-warning-job-file = Fel i jobbfilen
write-warning-unknown-name = Okänt namn
write-warning-unused = Angivet men inte använt
write-warning-no-such-file = Filen finns inte
write-warning-unreadable-file = Filen går inte att läsa
write-warning-no-such-sheet = Bladet finns inte
write-warning-no-header = Rubrikraden hittades inte
write-warning-missing-column = Kolumn saknas
write-warning-ambiguous-column = Flera kolumner har samma rubrik
write-warning-bad-encoding = Tecken som inte går att tyda
write-warning-broken-record = Trasig rad
write-warning-broken-json = Trasig JSON-fil
write-warning-missing-page = Sida av ett svar saknas
write-warning-missing-id = Identitet saknas
write-warning-missing-date = Datum saknas
write-warning-bad-date = Ogiltigt datum
write-warning-missing-value = Uppgift saknas
write-warning-bad-number = Ogiltigt tal
write-warning-bad-yes-no = Varken ja eller nej
write-warning-unknown-category = Okänd kategori
write-warning-out-of-scale = Värde utanför skalan
write-warning-duplicate-row = Dubblett
write-warning-differing-duplicate = Samma identitet med olika innehåll
write-warning-no-longer-there = Finns inte längre
write-warning-status-contradiction = Uppgifter som motsäger varandra
write-warning-unmarked-null = Tomt värde utan förklaring
write-warning-too-long-cell = För lång text i en cell
write-warning-over-limit = Mer än vad jobbet tillåter
write-warning-personal-data = Personuppgifter som har maskerats
write-warning-no-rows = Inga rader
write-warning-unprotected-cell = Skyddet av små antal
write-warning-text-of-another-year = Egen text från ett annat år
write-warning-file-not-meant = Fil som inte är den avsedda
write-warning-period-not-covered = Underlaget täcker inte perioden
write-warning-check-failed = Kontrollen av underlaget slog inte väl ut
write-warning-template-error = Fel i en mall
write-warning-differs-from-print = Ett tal i förra årets rapport stämmer inte längre
write-warning-untested-word = Ett ord som inget test bekräftar
write-warning-io = Fel vid skrivning
write-warning-internal = Fel i programmet

## write/docx/body

write-room-for-judgement = Plats för bedömning

## write/docx/figure

write-nothing-to-show = Underlaget innehåller inga värden att visa.

## write/docx/front

write-period-head = Period
write-contents = Innehåll
write-committee-head = Nämnd
write-as-of-head = Uppgifterna avser läget
write-decision-head = Beslut

## write/docx/table

write-no-data = Inga uppgifter.
write-years-numbers = Året i siffror
write-years-numbers-described = Värde, vad det gäller och hur det har ändrats.
write-value = Värde
write-concerns = Gäller
write-comment = Kommentar

## write/xlsx/cover

write-committee = Nämnd: { $committee }
write-as-of = Uppgifterna avser läget { $as_of }
write-xlsx-rounded = Tal i tabellerna är avrundade på samma sätt som i rapporten; cellen innehåller det oavrundade talet.
write-xlsx-shares = Andelar är tal mellan 0 och 1 som visas i procent. Procenttal som levererats färdiga, till exempel från en enkät, står som levererade. Skillnader mellan procenttal är i procentenheter.
write-xlsx-sums = Avrundade tal kan summera till något annat än den visade summan. En totalsumma är antalet olika händelser, så delar kan vara fler än totalen; noten under tabellen säger när.
write-xlsx-year-before = I rapporten står föregående period inom parentes efter talet. Här har den en egen kolumn.
write-xlsx-bold = Grupper och totaler är i fet stil. Enheter är indragna under sin grupp.
write-xlsx-charts = Diagrammen är Excels egna och kan formateras om och klistras in i andra dokument.
write-xlsx-no-formulas = Inga celler innehåller formler eller makron.
write-to-contents = Till innehållet
write-appendix-of = { $title } – tabellbilaga
write-decision = Beslut: { $decision }
write-period-of = Period: { $period }
write-chapter = Kapitel
write-withheld-means = Värdet finns men visas inte, för att ingen ska kunna pekas ut
write-missing-means = Uppgift saknas
write-not-applicable-means = Ej tillämpligt
write-sign = Tecken
write-meaning = Betydelse
write-zero-means = Räknat, och ingen fanns
write-how-to-read-tables = Så läses tabellerna

## write/xlsx/sheet

write-chart-in-words = Diagrammet i ord: { $text }
write-no-data-sentence = Inga uppgifter.

## write/appendix/definitions

write-no-measures = Rapporten innehåller inga mått.
write-what-is-counted = Vad som räknas
write-selection = Urval
write-source = Underlag
write-n-is = n är antalet olika händelser, eller observationer med ett värde, som måttet bygger på.
write-how-measures-are-counted = Hur måtten är räknade
write-measure = Mått
write-one-table-per = { $title } (en tabell per { $label })

## write/report_md

write-compared = Jämförelse

## write/xlsx/charts

write-year = År

## write/xlsx/series

write-xlsx-data-of-chart = Underlag för diagrammet: tomma celler där värden saknas eller inte visas.

## write/html/figure

write-take-figure = Hämta figur { $number } som { $kind }
write-take-data = Hämta data till figur { $number } som CSV
write-take = Hämta:

## write/xlsx/grid

write-column = Kolumn
