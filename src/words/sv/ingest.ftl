ingest-masked-sheet = { $masked } (blad { $number })
