## write/compose

write-made-without-sources = Rapporten är gjord utan { $sources } { $titles }, som inte kunde läsas.
write-room-write-in-file = { $prompt } Skriv texten i filen { $file }.

## write/key_numbers

write-year-of = år { $other }
write-year-before = föregående år

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

write-both = { $now } och { $then }
write-adjusted-p = justerat p { $p }

## write/words

write-by-control-chart = { $word }, enligt styrdiagrammet ({ $side })

## write/appendix

write-no-files-were-read = Inga filer har lästs.
write-digest-is-shortened = Kontrollsumman är de första { $shown } tecknen; hela summan står i manifest.json.
write-no-rows-were-read = Inga rader har lästs.
write-rows-are-not-shown = Antalet rader visas inte där det skulle tala om ett dolt antal.
write-fates-add-up = Lästa är alla rader i bladet. Talen till höger om dem är tillsammans lika många.
write-file-and-sheet = { $file }, bladet { $sheet }

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
write-warning-status-contradiction = Uppgifter som motsäger varandra
write-warning-unmarked-null = Tomt värde utan förklaring
write-warning-too-long-cell = För lång text i en cell
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

write-contents = Innehåll

## write/docx/table

write-no-data = Inga uppgifter.

## write/xlsx/cover

write-committee = Nämnd: { $committee }
write-as-of = Uppgifterna avser läget { $as_of }

## write/xlsx/sheet

write-chart-in-words = Diagrammet i ord: { $text }
