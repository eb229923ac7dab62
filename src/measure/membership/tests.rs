//! What is proved of memberships.
