//! Contract stub; owned by `normalise`.
