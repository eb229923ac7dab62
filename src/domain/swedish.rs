//! Swedish forms: numbers, dates, lists, collation. (Contract stub; owned by `write`.)
