## protect/mask

protect-note-parts-do-not-sum = Delarna summerar inte till totalen: totalen räknar varje händelse en gång, var den än står.
protect-note-small-counts-are-hidden = Små antal är dolda (.. = visas inte): antal under { $threshold }, och de antal som ett sådant kan räknas fram ur.
protect-note-limits-are-hidden = Medelvärde, gränser och signaler visas inte: ur dem kunde dolda antal räknas fram.
protect-note-change-is-hidden = Om fördelningen har ändrats visas inte: ur prövningen kunde dolda antal räknas fram.
