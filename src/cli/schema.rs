//! `kvalis schema`.

use super::print;
use crate::diagnostic::Failure;
use crate::job::schema::job_schema;

pub(super) fn schema() -> Result<(), Failure> {
    print::result(&format!("{:#}\n", job_schema()))
}
