//! Which mentions of a claim count for an answer.

use clap::Args;
use jiff::civil::Date;

/// Which mentions count, and how.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ScopeArgs {
    /// Only what was published by this day (YYYY-MM-DD); articles without a day are left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Only what the store held at the end of this day (YYYY-MM-DD, UTC)
    #[arg(long, value_name = "DATE", conflicts_with = "from")]
    pub(crate) known_on: Option<Date>,
    /// Expect a denial within so many days [default: 7]
    #[arg(long, value_name = "N")]
    pub(crate) days: Option<u16>,
}
