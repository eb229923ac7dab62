## cli/roll

cli-roll-head = Nytt år för { $job }: { $from } blir { $to }
cli-roll-change = rad { $line }, { $key }: { $before } blir { $after }
cli-roll-ask = Rad { $line }, { $key }: ska { $before } följa året och skrivas { $after }? [j/N] {""}
cli-roll-changed = Ändrat i { $file }
cli-roll-not-sure = Orört, för det är inte säkert att det följer året: ändra det som gör det
cli-roll-kept = Förra året ligger kvar
cli-roll-carried = Register som förra rapporten lämnade: fyll i vad som har blivit av åtgärderna, och de nya
cli-roll-came = Underlag som har kommit
cli-roll-missing = Underlag som saknas
cli-roll-not-read = Filer som inget underlag läser
cli-roll-not-covered = Underlag som inte täcker perioden
cli-roll-texts = Egna texter att skriva om
cli-roll-found = Kontrollen säger också (mer av kvalis check { $job })
cli-roll-next = När allt är på plats: kvalis run { $job }
