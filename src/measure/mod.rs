//! Contract stub; owned by `measure`.
