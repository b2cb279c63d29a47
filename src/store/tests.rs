//! Tests of the store as a whole, on quads made by hand.
