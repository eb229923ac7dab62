### Places, and what every room says.

diagnostic-at-sheet = { $file }, sheet "{ $sheet }"
diagnostic-at-row = , row { $row }
diagnostic-at-cell = , cell { $letters }{ $row }
diagnostic-at-column = { " " }(column "{ $header }")
diagnostic-io = { $doing } failed: { $error }
diagnostic-bug-help = this is a bug in kvalis: please report it with the job file and the program's version

## What was being done when the machine refused

diagnostic-reading = reading
diagnostic-opening = opening
diagnostic-writing = writing
diagnostic-making-a-folder = making a folder
