//! Step 5: who the sources are, quantities, dates and events; attributions become mentions.

pub mod event;
pub mod quantity;
pub mod time;

mod word;
