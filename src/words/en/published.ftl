### The published folder, read back.

## published/find

published-report-holds-none = the report holds no published report
published-report-is-not-there = the report is not there
published-name-report-or-job = give the folder that a run published, a file in it, or the name of a job
published-did-you-mean = ; did you mean `{ $meant }`?
published-none-of-job = no published report of `{ $job }`{ $meant }
published-publish-it-first = publish it with `kvalis run { $job }`, or name the folder of a report

## published/folder

published-folder-holds-no-run = the folder holds no published run
published-there-is-no-such-run = there is no such published run
published-name-folder-with-manifest = name the folder in which `kvalis run` has left manifest.json, or a job and a year that has been run
published-is-no-manifest = the manifest is not one that this version of kvalis writes (line { $line })
published-job-text-is-another = the manifest's job text is not the one that it gives the digest of
published-table-is-not-there = a table that the manifest lists is not there
published-table-was-changed = the table was changed after it was published
published-table-has-other-columns = the table has other columns than the manifest lists
published-is-no-list-of-places = this is no list of the places of a report
published-rows-do-not-add-up = the rows of a sheet do not add up in the manifest
published-run-job-again = run the job again; what is told of a report needs the folder as it was published
published-reading-manifest = reading the manifest
