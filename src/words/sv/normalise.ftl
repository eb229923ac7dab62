## normalise/rejects

normalise-reject-row = avvisad rad
normalise-reject-differing-duplicate = dubblett som skiljer sig
normalise-reject-cell-without-value = cell utan giltigt värde
normalise-reject-masked-cell = maskerad cell
normalise-reason-missing-id = ärendenummer saknas
normalise-reason-missing-date = datum saknas
normalise-reason-bad-date = datumet finns inte i kalendern eller har ett okänt format
normalise-reason-missing-value = värde saknas
normalise-reason-bad-number = cellen innehåller inget tal
normalise-reason-bad-yes-no = cellen innehåller varken ja eller nej
normalise-reason-unknown-category = värdet finns inte i listan
normalise-reason-duplicate-row = samma rad igen
normalise-reason-differing-duplicate = samma ärendenummer igen med annat innehåll
normalise-reason-status-contradiction = cellen har ett värde trots att status säger att det saknas
normalise-reason-unmarked-null = cellen är tom, men status säger inte varför
normalise-reason-personal-data = cellen innehåller personuppgifter, som har maskerats
normalise-reason-other = cellen kan inte läsas
normalise-action-fill-in = Fyll i cellen och kör igen.
normalise-action-bad-date = Rätta datumet, eller lägg till formatet under kolumnens formats i jobbfilen.
normalise-action-bad-number = Rätta talet, eller ange tecknet under källans missing i jobbfilen.
normalise-action-bad-yes-no = Skriv Ja eller Nej, eller ange tecknet under källans missing i jobbfilen.
normalise-action-unknown-category = Rätta stavningen, eller lägg till den i listan i jobbfilen.
normalise-action-differing-duplicate = Avgör vilken rad som gäller; den första räknas.
normalise-action-status-contradiction = Kontrollera värdet mot källan; det räknas som saknat.
normalise-action-unmarked-null = Kontrollera mot källan; värdet räknas som saknat.
normalise-action-personal-data = Ta bort uppgiften i exporten, eller välj en kolumn utan personuppgifter i jobbfilen.
normalise-action-other = Rätta cellen och kör igen.

## normalise/ledger

normalise-reason-and-more-cells = { $reason } (och { $cells } celler till i kolumnen)
