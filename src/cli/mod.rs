//! Contract stub; owned by `cli`.
