//! Contract stub; owned by `job`.
