## diff/page

diff-page-title = Jämförelse av två körningar
diff-page-run = jobbet { $job }, { $period }, program { $version }
diff-page-summary = Sammanfattning
diff-page-before = Före: { $run }.
diff-page-now = Nu: { $run }.
diff-page-numbers-of-year = Talen för { $year } jämförs, i den kolumn där respektive körning har dem.
diff-page-stands = Står siffrorna för { $period } fast? Ja: de { $equal } tal som båda rapporterna har är desamma.
diff-page-stands-no-longer = Står siffrorna för { $period } fast? Nej: { $changed } tryckta tal är inte längre desamma, { $equal } är det.
diff-page-equal = Körningarna är lika: alla { $equal } tal är desamma.
diff-page-different = { $changed } uppgifter skiljer sig och { $equal } tal är desamma. Skillnaderna finns i { $measures } mått.
diff-page-tables-not-compared =
    { $n ->
        [one] { $shown } tabell
       *[other] { $shown } tabeller
    } har inga tal för året i den ena körningen och jämförs inte.
diff-page-small-counts-are-hidden = Små antal är dolda i körningen och visas inte här. Jämförelsen i sig är internt underlag: två versioner av samma tabell kan tillsammans röja ett dolt tal.
diff-page-program-changed = Programmet har ändrats mellan körningarna. Det kan i sig ha ändrat tal.
diff-page-exports = Underlaget
diff-page-exports-are-the-same = Underlaget är detsamma i båda körningarna.
diff-page-file = Fil
diff-page-what = Vad
diff-page-rows-read = Lästa rader
diff-page-rows-kept = Räknade rader
diff-page-changed-files = Filer i underlaget som har ändrats
diff-page-source = Källa
diff-page-file-changed = ändrad
diff-page-file-new = ny
diff-page-file-gone = borttagen
diff-page-rows-of = Rader i { $name }
diff-page-rows-cannot-be-compared = Raderna kan inte jämföras: den ena körningen har inga av denna källa.
diff-page-rows-say-the-same = De rader som räknas säger detsamma.
diff-page-rows-came =
    { $n ->
        [one] { $shown } rad har tillkommit
       *[other] { $shown } rader har tillkommit
    }
diff-page-rows-went =
    { $n ->
        [one] { $shown } rad har utgått
       *[other] { $shown } rader har utgått
    }
diff-page-rows-changed =
    { $n ->
        [one] { $shown } rad säger något annat
       *[other] { $shown } rader säger något annat
    }
diff-page-changed-columns = Ändrade kolumner: { $columns }.
diff-page-rows-of-other-years =
    { $n ->
        [one] { $shown } skillnad i rader
       *[other] { $shown } skillnader i rader
    } från andra år.
diff-page-job = Jobbfilen
diff-page-job-counts-the-same = Jobbfilen räknar på samma sätt i båda körningarna.
diff-page-changed-keys = Nycklar i jobbfilen som har ändrats
diff-page-key = Nyckel
diff-page-old = Före
diff-page-new = Nu
diff-page-no-value = finns inte
diff-page-changed-numbers = Tal som skiljer sig
diff-page-none = Inga.
diff-page-cause = Orsak: { $causes }.
diff-page-cause-input = underlaget har ändrats ({ $files })
diff-page-and-others = { " " }med flera
diff-page-cause-job = jobbfilen har ändrats ({ $paths }{ $more })
diff-page-cause-program = programmet har ändrats
diff-page-cause-years = körningarna gäller olika år ({ $old } och { $new }), och måttet bygger på alla deras år
diff-page-cause-protection = celler döljs tillsammans med celler i andra tabeller, som har ändrats
diff-page-cause-words = bara ord för läsaren är andra
diff-page-cause-unknown = okänd, eftersom jobb, underlag och program är desamma
diff-page-table-is-new = Tabellen ”{ $title }” är ny.
diff-page-table-is-gone = Tabellen ”{ $title }” finns inte längre.
diff-page-measure-was = Måttet hette { $was } i jobbfilen.
diff-page-title-was = Rubriken var ”{ $was }”.
diff-page-new-rows = Nya rader
diff-page-rows-gone = Rader som utgått
diff-page-new-columns = Nya kolumner
diff-page-columns-gone = Kolumner som utgått
diff-page-column = Kolumn
diff-page-difference = Skillnad
diff-page-rows-behind = Rader i underlaget
diff-page-row = Rad
diff-page-numbers-of-tests = Därutöver skiljer sig { $numbers } tal i test och intervall som inte trycks i rapporten.
diff-page-behind-new = ny: { $rows }
diff-page-behind-gone = utgått: { $rows }
diff-page-list = { $first } och { $last }

## diff/words, diff/places

diff-missing = saknas
diff-not-applicable = ej aktuellt
diff-hidden = dolt
diff-blank = tomt
diff-sheet = blad
diff-row = rad
diff-rows = rader
diff-more = till
