//! The model as a whole: it learns, it is the same after a round through its file, and nothing breaks it.

use super::*;

#[test]
fn rows_are_found_by_their_keys_only() {
    let keys: Vec<u64> = (0..500).map(|at| at * 0x1_0000_0001).collect();
    let table = Table::new(keys.clone(), vec![1.0; 500], vec![0; 500 * EMBEDDING]);
    for (row, key) in keys.iter().enumerate() {
        assert_eq!(table.row(*key), Some(row));
        assert_eq!(table.row(*key + 1), None);
    }
}
