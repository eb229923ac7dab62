### Places, and what every room says.

diagnostic-at-sheet = { $file }, sheet "{ $sheet }"
diagnostic-at-row = , row { $row }
diagnostic-at-cell = , cell { $letters }{ $row }
diagnostic-at-column = { " " }(column "{ $header }")
diagnostic-io = { $doing } failed: { $error }
diagnostic-you-may-not = close it in other programs, and ask whoever owns the folder for the right to write there
diagnostic-make-room = remove what is not needed from the disk, or name a folder on another one
diagnostic-raise-limit = if it really is what it should be, raise `{ $key }` under [limits] in the job file
diagnostic-bug-help = this is a bug in kvalis: please report it with the job file and the program's version

## What was being done when the machine refused

diagnostic-reading = reading
diagnostic-opening = opening
diagnostic-writing = writing
diagnostic-making-a-folder = making a folder
