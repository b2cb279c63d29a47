//! Dense arithmetic over row-major slices, with fused multiply-add where the processor has it.
//!
//! The order of additions never depends on the processor, the number of rows or the threads. It
//! knows nothing of words.

/// Columns computed together: two registers of eight.
const COLUMNS: usize = 16;

/// Columns computed together where fewer are left: one label's scores.
const FEW: usize = 4;

/// Rows computed together: with [`COLUMNS`] twelve registers of sums, of sixteen.
const ROWS: usize = 6;

/// Defines a kernel twice, for processors with and without fused multiply-add, and picks at run time.
macro_rules! kernel {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:ident) => {
        $(#[$doc])*
        $visibility fn $name($($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn fused($($argument: $type),*) {
                    $body::<true>($($argument),*);
                }
                if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
                    #[expect(unsafe_code, reason = "the processor was just asked for both features")]
                    unsafe {
                        fused($($argument),*);
                    }
                    return;
                }
            }
            $body::<{ cfg!(target_arch = "aarch64") }>($($argument),*);
        }
    };
}

pub(super) use kernel;

/// Computes `a * b + c`, rounded once where `FUSED`.
#[inline(always)]
pub(super) fn fma<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

kernel! {
    /// Adds the product of `x` (any rows × `inner`) and `w` (`inner` × `columns`) to `out`.
    pub(super) fn multiply(x: &[f32], w: &[f32], out: &mut [f32], inner: usize) multiply_body
}

#[inline(always)]
fn multiply_body<const FUSED: bool>(x: &[f32], w: &[f32], out: &mut [f32], inner: usize) {
    let columns = w.len() / inner;
    let mut rows = x.chunks_exact(inner * ROWS);
    let mut outs = out.chunks_exact_mut(columns * ROWS);
    for (x, out) in rows.by_ref().zip(outs.by_ref()) {
        block::<FUSED, ROWS>(x, w, out, inner, columns);
    }
    let rest = rows.remainder().chunks_exact(inner);
    for (x, out) in rest.zip(outs.into_remainder().chunks_exact_mut(columns)) {
        block::<FUSED, 1>(x, w, out, inner, columns);
    }
}

/// Multiplies `N` rows.
#[inline(always)]
fn block<const FUSED: bool, const N: usize>(
    x: &[f32],
    w: &[f32],
    out: &mut [f32],
    inner: usize,
    columns: usize,
) {
    let rows: [&[f32]; N] = std::array::from_fn(|row| &x[row * inner..][..inner]);
    let mut start = 0;
    while start + COLUMNS <= columns {
        panel::<FUSED, N, COLUMNS>(&rows, w, out, columns, start);
        start += COLUMNS;
    }
    while start + FEW <= columns {
        panel::<FUSED, N, FEW>(&rows, w, out, columns, start);
        start += FEW;
    }
    while start < columns {
        panel::<FUSED, N, 1>(&rows, w, out, columns, start);
        start += 1;
    }
}

/// Multiplies `N` rows by `C` columns; the sums stay in registers.
#[inline(always)]
fn panel<const FUSED: bool, const N: usize, const C: usize>(
    rows: &[&[f32]; N],
    w: &[f32],
    out: &mut [f32],
    columns: usize,
    start: usize,
) {
    let mut sums = [[0.0_f32; C]; N];
    for (row, sum) in sums.iter_mut().enumerate() {
        sum.copy_from_slice(&out[row * columns + start..][..C]);
    }
    for (at, weights) in w.chunks_exact(columns).enumerate() {
        let weights: &[f32; C] = weights[start..].first_chunk().unwrap_or(&[0.0; C]);
        for (row, sum) in rows.iter().zip(&mut sums) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum = fma::<FUSED>(row[at], *weight, *sum);
            }
        }
    }
    for (row, sum) in sums.iter().enumerate() {
        out[row * columns + start..][..C].copy_from_slice(sum);
    }
}

kernel! {
    /// Adds the product of the transposed `x` and `dy` to `dw`: the gradient of the weights.
    pub(super) fn multiply_weights(x: &[f32], dy: &[f32], dw: &mut [f32], inner: usize) multiply_weights_body
}

#[inline(always)]
fn multiply_weights_body<const FUSED: bool>(x: &[f32], dy: &[f32], dw: &mut [f32], inner: usize) {
    let columns = dw.len() / inner;
    for (x, dy) in x.chunks_exact(inner).zip(dy.chunks_exact(columns)) {
        for (value, dw) in x.iter().zip(dw.chunks_exact_mut(columns)) {
            if *value != 0.0 {
                for (sum, dy) in dw.iter_mut().zip(dy) {
                    *sum = fma::<FUSED>(*value, *dy, *sum);
                }
            }
        }
    }
}

/// Adds the product of `dy` and the transposed `w` to `dx`: the gradient of the input.
pub(super) fn multiply_input(dy: &[f32], w: &[f32], dx: &mut [f32], inner: usize) {
    let columns = w.len() / inner;
    let mut transposed = vec![0.0; w.len()];
    for (row, weights) in w.chunks_exact(columns).enumerate() {
        for (column, weight) in weights.iter().enumerate() {
            transposed[column * inner + row] = *weight;
        }
    }
    multiply(dy, &transposed, dx, columns);
}

/// The hyperbolic tangent as a ratio of polynomials, exact to about 1e-6: the same bits everywhere,
/// and without a branch.
#[inline(always)]
pub(super) fn tanh<const FUSED: bool>(x: f32) -> f32 {
    const P: [f32; 7] = [
        -2.760_768_4e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619_3e-4,
        4.893_524_6e-3,
    ];
    const Q: [f32; 4] = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    let x = x.clamp(-7.9, 7.9);
    let square = x * x;
    let polynomial = |terms: &[f32]| {
        terms[1..]
            .iter()
            .fold(terms[0], |sum, term| fma::<FUSED>(square, sum, *term))
    };
    x * polynomial(&P) / polynomial(&Q)
}

/// The logistic function.
#[inline(always)]
pub(super) fn sigmoid<const FUSED: bool>(x: f32) -> f32 {
    fma::<FUSED>(tanh::<FUSED>(0.5 * x), 0.5, 0.5)
}

kernel! {
    /// Replaces every value by its hyperbolic tangent.
    pub(super) fn squash(values: &mut [f32]) squash_body
}

#[inline(always)]
fn squash_body<const FUSED: bool>(values: &mut [f32]) {
    for value in values {
        *value = tanh::<FUSED>(*value);
    }
}

kernel! {
    /// Adds `scale` times a row of eight-bit weights to `out`.
    pub(super) fn add_bytes(row: &[i8], scale: f32, out: &mut [f32]) add_bytes_body
}

#[inline(always)]
fn add_bytes_body<const FUSED: bool>(row: &[i8], scale: f32, out: &mut [f32]) {
    for (sum, byte) in out.iter_mut().zip(row) {
        *sum = fma::<FUSED>(f32::from(*byte), scale, *sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 24) as f32 - 0.5
            })
            .collect()
    }

    fn plain(x: &[f32], w: &[f32], inner: usize) -> Vec<f32> {
        let columns = w.len() / inner;
        let mut out = Vec::new();
        for row in x.chunks(inner) {
            for column in 0..columns {
                out.push(
                    (0..inner)
                        .map(|at| row[at] * w[at * columns + column])
                        .sum(),
                );
            }
        }
        out
    }

    #[test]
    fn products_agree_with_the_schoolbook_for_any_shape() {
        for (rows, inner, columns) in [(1, 3, 4), (5, 16, 33), (9, 7, 16), (4, 64, 48), (0, 3, 5)] {
            let (x, w) = (numbers(rows * inner, 1), numbers(inner * columns, 2));
            let mut out = vec![0.0; rows * columns];
            multiply(&x, &w, &mut out, inner);
            for (found, expected) in out.iter().zip(plain(&x, &w, inner)) {
                assert!((found - expected).abs() < 1e-5, "{rows}×{inner}×{columns}");
            }
        }
    }

    #[test]
    fn a_row_is_the_same_whatever_stands_beside_it() {
        let (inner, columns) = (24, 40);
        let (x, w) = (numbers(7 * inner, 3), numbers(inner * columns, 4));
        let mut all = vec![0.0; 7 * columns];
        multiply(&x, &w, &mut all, inner);
        for row in 0..7 {
            let mut alone = vec![0.0; columns];
            multiply(&x[row * inner..][..inner], &w, &mut alone, inner);
            assert_eq!(alone, all[row * columns..][..columns]);
        }
    }

    #[test]
    fn the_tangent_is_close_to_the_real_one() {
        for step in -1000..=1000 {
            let x = step as f32 / 100.0;
            assert!((tanh::<true>(x) - x.tanh()).abs() < 2e-6, "{x}");
            assert!((tanh::<false>(x) - x.tanh()).abs() < 2e-6, "{x}");
        }
    }
}
