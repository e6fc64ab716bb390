//! The operations of the network, written once over [`Isa`].
//!
//! # Safety
//! All functions here are unsafe for the same two reasons: they must be inlined into a function compiled for the
//! instruction set, and they read and write through pointers whose lengths `Kernel`'s safe callers have checked.

use super::isa::{Isa, Sink, WIDE_GROUP};
use super::{Attention, Finish, Packed, Rows};

/// One matrix product: `m` rows of activations against a packed matrix.
pub(crate) struct Product<'a, K: Isa> {
    pub acts: *const K::Act,
    pub stride: usize,
    pub row_scales: *const f32,
    pub row_zeros: *const i32,
    pub m: usize,
    pub steps: usize,
    pub panels: usize,
    pub weights: *const K::Weight,
    pub scales: *const f32,
    pub bias: *const f32,
    pub sums: *const i32,
    pub out: *mut f32,
    pub out_stride: usize,
    pub finish: Finish,
    pub life: std::marker::PhantomData<&'a mut [f32]>,
}

impl<'a, K: Isa> Product<'a, K> {
    /// The product with a packed matrix.
    pub fn new(packed: &'a Packed<K>, rows: &'a Rows<K>, m: usize) -> Self {
        Self {
            acts: rows.acts.as_ptr(),
            stride: rows.width,
            row_scales: rows.scales.as_ptr(),
            row_zeros: rows.zeros.as_ptr(),
            m,
            steps: packed.k / K::GROUP,
            panels: packed.padded / (16 * K::VECTORS),
            weights: packed.weights.as_ptr(),
            scales: packed.scales.as_ptr(),
            bias: packed.bias.as_ptr(),
            sums: packed.sums.as_ptr(),
            out: std::ptr::null_mut(),
            out_stride: 0,
            finish: Finish::Plain,
            life: std::marker::PhantomData,
        }
    }
}

/// Finish of a product of numbers without a zero point.
const UNSHIFTED: u8 = 3;

/// Dequantises sums, adds the bias, applies what follows, stores. `FINISH` is a [`Finish`] as a number.
struct Dequantise<const FINISH: u8> {
    row_scales: *const f32,
    row_zeros: *const i32,
    scales: *const f32,
    bias: *const f32,
    sums: *const i32,
    out: *mut f32,
    out_stride: usize,
}

impl<K: Isa, const FINISH: u8> Sink<K> for Dequantise<FINISH> {
    #[inline(always)]
    unsafe fn put(&self, row: usize, vector: usize, sums: K::I) {
        unsafe {
            let at = vector * 16;
            let sums = if K::SHIFTED && FINISH != UNSHIFTED {
                K::without_zero(sums, *self.row_zeros.add(row), self.sums.add(at))
            } else {
                sums
            };
            let scale = K::mul(K::splat(*self.row_scales.add(row)), K::load(self.scales.add(at)));
            let value = K::fma(K::float(sums), scale, K::load(self.bias.add(at)));
            let to = self.out.add(row * self.out_stride + at);
            let value = match FINISH {
                1 => gelu::<K>(value),
                2 => K::add(value, K::load(to)),
                _ => value,
            };
            K::store(to, value);
        }
    }
}

/// `out = finish(acts * weights + bias)`.
#[inline(always)]
pub(crate) unsafe fn product<K: Isa>(job: &Product<'_, K>) {
    unsafe {
        match job.finish {
            Finish::Plain => panels::<K, 0>(job),
            Finish::Gelu => panels::<K, 1>(job),
            Finish::Add => panels::<K, 2>(job),
        }
    }
}

#[inline(always)]
unsafe fn panels<K: Isa, const FINISH: u8>(job: &Product<'_, K>) {
    let width = 16 * K::VECTORS;
    for panel in 0..job.panels {
        // SAFETY: panels, rows and columns are in bounds by the checks of the safe callers.
        unsafe {
            let weights = job.weights.add(panel * job.steps * width * K::GROUP);
            let mut row = 0;
            while row < job.m {
                let rows = (job.m - row).min(K::ROWS);
                let sink = Dequantise::<FINISH> {
                    row_scales: job.row_scales.add(row),
                    row_zeros: job.row_zeros.add(row),
                    scales: job.scales.add(panel * width),
                    bias: job.bias.add(panel * width),
                    sums: job.sums.add(panel * width),
                    out: job.out.add(row * job.out_stride + panel * width),
                    out_stride: job.out_stride,
                };
                let acts = job.acts.add(row * job.stride);
                match rows {
                    6 => run::<K, 6, FINISH>(acts, job.stride, weights, job.steps, &sink),
                    5 => run::<K, 5, FINISH>(acts, job.stride, weights, job.steps, &sink),
                    4 => run::<K, 4, FINISH>(acts, job.stride, weights, job.steps, &sink),
                    3 => run::<K, 3, FINISH>(acts, job.stride, weights, job.steps, &sink),
                    2 => run::<K, 2, FINISH>(acts, job.stride, weights, job.steps, &sink),
                    _ => run::<K, 1, FINISH>(acts, job.stride, weights, job.steps, &sink),
                }
                row += rows;
            }
        }
    }
}

/// A tile of full width. The width is a constant of the path, which a generic argument cannot name.
#[inline(always)]
unsafe fn run<K: Isa, const M: usize, const FINISH: u8>(
    acts: *const K::Act,
    stride: usize,
    weights: *const K::Weight,
    steps: usize,
    sink: &Dequantise<FINISH>,
) {
    unsafe {
        match K::VECTORS {
            4 => K::tile::<M, 4, _>(acts, stride, weights, steps, sink),
            _ => K::tile::<M, 1, _>(acts, stride, weights, steps, sink),
        }
    }
}

/// Half the error function of `x / sqrt 2` on [-4.2, 4.2], odd polynomial fitted to Chebyshev nodes; GELU's largest
/// error with it is 4e-5.
const HALF_ERF: [f32; 9] = [
    0.398_902_03,
    -0.066_345_5,
    0.009_818_273,
    -0.001_109_909_1,
    9.377_146e-5,
    -5.674_534_3e-6,
    2.290_946_4e-7,
    -5.462_293e-9,
    5.769_697e-11,
];
const HALF_ERF_END: f32 = 4.2;

/// `x * Phi(x)`.
#[inline(always)]
unsafe fn gelu<K: Isa>(x: K::F) -> K::F {
    unsafe {
        let inside = K::min(K::max(x, K::splat(-HALF_ERF_END)), K::splat(HALF_ERF_END));
        let square = K::mul(inside, inside);
        let mut sum = K::splat(HALF_ERF[8]);
        for power in (0..8).rev() {
            sum = K::fma(sum, square, K::splat(HALF_ERF[power]));
        }
        K::fma(x, K::mul(sum, inside), K::mul(x, K::splat(0.5)))
    }
}

/// e to the power of `x`, for `x` at most 0; relative error below 3e-6, at least exp(-87).
#[inline(always)]
unsafe fn exp<K: Isa>(x: K::F) -> K::F {
    const MAGIC: f32 = 12_582_912.0 + 127.0;
    unsafe {
        let x = K::max(x, K::splat(-87.0));
        let shifted = K::fma(x, K::splat(std::f32::consts::LOG2_E), K::splat(MAGIC));
        let whole = K::sub(shifted, K::splat(MAGIC));
        let rest = K::fma(whole, K::splat(-0.693_359_4), x);
        let rest = K::fma(whole, K::splat(2.121_944_4e-4), rest);
        let mut sum = K::splat(1.0 / 120.0);
        for factor in [1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
            sum = K::fma(sum, rest, K::splat(factor));
        }
        K::mul(sum, K::bits_to_exponent(shifted))
    }
}

/// Steps between the least and the greatest number of a quantised row: rounding both ends may add one, and a byte has 255.
const STEPS: f32 = 254.0;

/// Quantises one row of `n` floats; returns its scale and zero point.
#[inline(always)]
pub(crate) unsafe fn quantise_row<K: Isa>(from: *const f32, n: usize, to: *mut K::Act) -> (f32, i32) {
    unsafe {
        let zero = K::splat(0.0);
        let (mut above, mut below) = (zero, zero);
        for at in (0..n).step_by(16) {
            let value = K::load(from.add(at));
            above = K::max(above, value);
            below = K::min(below, value);
        }
        scale_row::<K>(from, n, to, above, below)
    }
}

/// Quantises a row whose columns reach up to `above` (at least 0) and down to `below` (at most 0), lane by lane.
#[inline(always)]
unsafe fn scale_row<K: Isa>(from: *const f32, n: usize, to: *mut K::Act, above: K::F, below: K::F) -> (f32, i32) {
    unsafe {
        let depth = K::largest(K::sub(K::splat(0.0), below));
        let span = K::largest(above) + depth;
        if span <= 0.0 {
            (0..n).step_by(16).for_each(|at| K::store_act(to.add(at), K::splat(0.0), 0));
            return (0.0, 0);
        }
        let factor = STEPS / span;
        let zero = (depth * factor).round_ties_even() as i32;
        for at in (0..n).step_by(16) {
            K::store_act(to.add(at), K::mul(K::load(from.add(at)), K::splat(factor)), zero);
        }
        (span / STEPS, zero)
    }
}

/// Normalises one row in place and quantises it; returns its scale and zero point.
#[inline(always)]
pub(crate) unsafe fn normalise_row<K: Isa>(
    row: *mut f32,
    n: usize,
    (weight, bias, epsilon): (*const f32, *const f32, f32),
    to: *mut K::Act,
) -> (f32, i32) {
    unsafe {
        let mut sum = K::splat(0.0);
        for at in (0..n).step_by(16) {
            sum = K::add(sum, K::load(row.add(at)));
        }
        let mean = K::splat(K::sum(sum) / n as f32);
        let mut squares = K::splat(0.0);
        for at in (0..n).step_by(16) {
            let off = K::sub(K::load(row.add(at)), mean);
            squares = K::fma(off, off, squares);
        }
        let inverse = K::splat(1.0 / (K::sum(squares) / n as f32 + epsilon).sqrt());
        let (mut above, mut below) = (K::splat(0.0), K::splat(0.0));
        for at in (0..n).step_by(16) {
            let off = K::mul(K::sub(K::load(row.add(at)), mean), inverse);
            let value = K::fma(off, K::load(weight.add(at)), K::load(bias.add(at)));
            K::store(row.add(at), value);
            above = K::max(above, value);
            below = K::min(below, value);
        }
        scale_row::<K>(row, n, to, above, below)
    }
}

/// `out = bytes * scale + first + second`, lane by lane.
#[inline(always)]
pub(crate) unsafe fn embed_row<K: Isa>(
    bytes: *const i8,
    scale: f32,
    first: *const f32,
    second: *const f32,
    out: *mut f32,
    n: usize,
) {
    unsafe {
        let scale = K::splat(scale);
        for at in (0..n).step_by(16) {
            let base = K::add(K::load(first.add(at)), K::load(second.add(at)));
            K::store(out.add(at), K::fma(K::load_i8(bytes.add(at)), scale, base));
        }
    }
}

/// Sum of products of `a` with each row of `rows`.
#[inline(always)]
pub(crate) unsafe fn dots<K: Isa>(a: &[f32], rows: *const f32, out: &mut [f32]) {
    for (row, out) in out.iter_mut().enumerate() {
        unsafe {
            let row = rows.add(row * a.len());
            let mut sum = K::splat(0.0);
            for at in (0..a.len()).step_by(16) {
                sum = K::fma(K::load(a.as_ptr().add(at)), K::load(row.add(at)), sum);
            }
            *out = K::sum(sum);
        }
    }
}

/// `out += from * factor`.
#[inline(always)]
pub(crate) unsafe fn add_scaled<K: Isa>(out: *mut f32, from: *const f32, factor: f32, n: usize) {
    unsafe {
        let factor = K::splat(factor);
        for at in (0..n).step_by(16) {
            K::store(out.add(at), K::fma(K::load(from.add(at)), factor, K::load(out.add(at))));
        }
    }
}

/// Width of a head; the kernels are written for it.
pub(crate) const HEAD: usize = 32;

/// Self-attention of one window: `qkv` holds its rows (queries, keys, values of all heads), `out` takes the mixed values.
#[inline(always)]
pub(crate) unsafe fn attention<K: Isa>(
    qkv: *const f32,
    qkv_stride: usize,
    length: usize,
    heads: usize,
    out: *mut f32,
    space: &mut Attention<K>,
) {
    let hidden = heads * HEAD;
    for head in 0..heads {
        // SAFETY: the safe caller has checked that `length` rows are there and that `space` is large enough.
        unsafe {
            let queries = qkv.add(head * HEAD);
            quantise_queries::<K>(queries, qkv_stride, length, space);
            pack_keys::<K>(queries.add(hidden), qkv_stride, length, space);
            pack_values::<K>(queries.add(2 * hidden), qkv_stride, length, space);
            attend::<K>(length, out.add(head * HEAD), hidden, space);
        }
    }
}

/// Magnitude of queries, keys, values and shares in attention: products of two, summed over 512 pieces, fit 32 bits.
const WIDE: f32 = 2047.0;

/// Quantises one row of a head to 16 bits; returns its scale.
#[inline(always)]
unsafe fn quantise_wide<K: Isa>(from: *const f32, to: *mut i16) -> f32 {
    unsafe {
        let (low, high) = (K::load(from), K::load(from.add(16)));
        let most = K::largest(K::max(K::abs(low), K::abs(high)));
        let factor = K::splat(if most > 0.0 { WIDE / most } else { 0.0 });
        K::store_wide(to, K::mul(low, factor));
        K::store_wide(to.add(16), K::mul(high, factor));
        most / WIDE
    }
}

#[inline(always)]
unsafe fn quantise_queries<K: Isa>(from: *const f32, stride: usize, length: usize, space: &mut Attention<K>) {
    let root = (HEAD as f32).sqrt();
    for row in 0..length {
        unsafe {
            let scale = quantise_wide::<K>(from.add(row * stride), space.queries.as_mut_ptr().add(row * HEAD));
            *space.query_scales.as_mut_ptr().add(row) = scale / root;
        }
    }
}

#[inline(always)]
unsafe fn pack_keys<K: Isa>(from: *const f32, stride: usize, length: usize, space: &mut Attention<K>) {
    let width = 16 * K::VECTORS;
    let padded = length.next_multiple_of(width);
    let mut key = [0i16; HEAD];
    for row in 0..padded {
        let inside = row < length;
        unsafe {
            let scale = if inside { quantise_wide::<K>(from.add(row * stride), key.as_mut_ptr()) } else { 0.0 };
            *space.key_scales.as_mut_ptr().add(row) = scale;
            *space.mask.as_mut_ptr().add(row) = if inside { 0.0 } else { -1e30 };
            let panel = space.keys.as_mut_ptr().add(row / width * width * HEAD + row % width * WIDE_GROUP);
            for (step, pair) in key.chunks_exact(WIDE_GROUP).enumerate() {
                panel.add(step * width * WIDE_GROUP).cast::<[i16; 2]>().write_unaligned([pair[0], pair[1]]);
            }
        }
    }
}

/// Quantises values with a scale a column and packs them for a product over the keys.
#[inline(always)]
unsafe fn pack_values<K: Isa>(from: *const f32, stride: usize, length: usize, space: &mut Attention<K>) {
    let mut factors = [0f32; HEAD];
    unsafe {
        let mut most = [K::splat(0.0); 2];
        for row in 0..length {
            most[0] = K::max(most[0], K::abs(K::load(from.add(row * stride))));
            most[1] = K::max(most[1], K::abs(K::load(from.add(row * stride + 16))));
        }
        K::store(factors.as_mut_ptr(), most[0]);
        K::store(factors.as_mut_ptr().add(16), most[1]);
    }
    for (factor, scale) in factors.iter_mut().zip(&mut space.value_scales) {
        *scale = *factor / WIDE;
        *factor = if *factor > 0.0 { WIDE / *factor } else { 0.0 };
    }
    let width = 16 * K::MIX_VECTORS;
    let steps = length.div_ceil(WIDE_GROUP);
    let mut pair = [[0i16; HEAD]; WIDE_GROUP];
    for step in 0..steps {
        unsafe {
            for (part, numbers) in pair.iter_mut().enumerate() {
                let row = step * WIDE_GROUP + part;
                if row >= length {
                    *numbers = [0; HEAD];
                    continue;
                }
                for half in [0, 16] {
                    let value = K::load(from.add(row * stride + half));
                    K::store_wide(numbers.as_mut_ptr().add(half), K::mul(value, K::load(factors.as_ptr().add(half))));
                }
            }
            for panel in 0..HEAD / width {
                let to = space.values.as_mut_ptr().add((panel * steps + step) * width * WIDE_GROUP);
                for column in 0..width {
                    let both = [pair[0][panel * width + column], pair[1][panel * width + column]];
                    to.add(column * WIDE_GROUP).cast::<[i16; 2]>().write_unaligned(both);
                }
            }
        }
    }
}

/// Rows of queries whose scores are held at a time.
pub(crate) const QUERY_BLOCK: usize = 12;

#[inline(always)]
unsafe fn attend<K: Isa>(length: usize, out: *mut f32, hidden: usize, space: &mut Attention<K>) {
    let padded = length.next_multiple_of(16 * K::VECTORS);
    let mut first = 0;
    while first < length {
        let rows = (length - first).min(QUERY_BLOCK);
        unsafe {
            score::<K>(space, first, rows, padded);
            let mut factors = [0f32; QUERY_BLOCK];
            for (row, factor) in factors.iter_mut().enumerate().take(rows) {
                let shares = space.shares.as_mut_ptr().add(row * padded);
                *factor = 1.0 / soften::<K>(space.scores.as_ptr().add(row * padded), padded, shares);
            }
            mix::<K>(space, (rows, length, padded), &factors, out.add(first * hidden), hidden);
        }
        first += rows;
    }
}

/// Scores of `rows` queries from `first` on against all keys.
#[inline(always)]
unsafe fn score<K: Isa>(space: &mut Attention<K>, first: usize, rows: usize, padded: usize) {
    let width = 16 * K::VECTORS;
    for panel in 0..padded / width {
        let mut row = 0;
        while row < rows {
            let left = (rows - row).min(K::ROWS);
            unsafe {
                let sink = Dequantise::<UNSHIFTED> {
                    row_scales: space.query_scales.as_ptr().add(first + row),
                    row_zeros: std::ptr::null(),
                    scales: space.key_scales.as_ptr().add(panel * width),
                    bias: space.mask.as_ptr().add(panel * width),
                    sums: std::ptr::null(),
                    out: space.scores.as_mut_ptr().add(row * padded + panel * width),
                    out_stride: padded,
                };
                let queries = space.queries.as_ptr().add((first + row) * HEAD);
                let keys = space.keys.as_ptr().add(panel * width * HEAD);
                row += match left {
                    6.. => score_rows::<K, 6>(queries, keys, &sink),
                    4..6 => score_rows::<K, 4>(queries, keys, &sink),
                    3 => score_rows::<K, 3>(queries, keys, &sink),
                    2 => score_rows::<K, 2>(queries, keys, &sink),
                    _ => score_rows::<K, 1>(queries, keys, &sink),
                };
            }
        }
    }
}

#[inline(always)]
unsafe fn score_rows<K: Isa, const M: usize>(
    queries: *const i16,
    keys: *const i16,
    sink: &Dequantise<UNSHIFTED>,
) -> usize {
    unsafe {
        match K::VECTORS {
            4 => K::wide_tile::<M, 4, _>(queries, HEAD, keys, HEAD / WIDE_GROUP, sink),
            _ => K::wide_tile::<M, 1, _>(queries, HEAD, keys, HEAD / WIDE_GROUP, sink),
        }
    }
    M
}

/// Exponentials of a row of scores in parts of the largest, as whole numbers; returns their sum.
#[inline(always)]
unsafe fn soften<K: Isa>(row: *const f32, padded: usize, shares: *mut i16) -> f32 {
    /// Adding and taking away this number rounds to the nearest integer.
    const ROUND: f32 = 12_582_912.0;
    unsafe {
        let mut most = K::load(row);
        for at in (16..padded).step_by(16) {
            most = K::max(most, K::load(row.add(at)));
        }
        let most = K::splat(K::largest(most));
        let mut sum = K::splat(0.0);
        for at in (0..padded).step_by(16) {
            let value = exp::<K>(K::sub(K::load(row.add(at)), most));
            let share = K::sub(K::fma(value, K::splat(WIDE), K::splat(ROUND)), K::splat(ROUND));
            K::store_wide(shares.add(at), share);
            sum = K::add(sum, share);
        }
        K::sum(sum)
    }
}

/// Values have no bias.
static ZEROS: [f32; HEAD] = [0.0; HEAD];

/// Sums of values by shares, times `factors`.
#[inline(always)]
unsafe fn mix<K: Isa>(
    space: &Attention<K>,
    (rows, length, padded): (usize, usize, usize),
    factors: &[f32; QUERY_BLOCK],
    out: *mut f32,
    hidden: usize,
) {
    let steps = length.div_ceil(WIDE_GROUP);
    let width = 16 * K::MIX_VECTORS;
    for panel in 0..HEAD / width {
        let mut row = 0;
        while row < rows {
            let left = (rows - row).min(K::MIX_ROWS);
            unsafe {
                let sink = Dequantise::<UNSHIFTED> {
                    row_scales: factors.as_ptr().add(row),
                    row_zeros: std::ptr::null(),
                    scales: space.value_scales.as_ptr().add(panel * width),
                    bias: ZEROS.as_ptr(),
                    sums: std::ptr::null(),
                    out: out.add(row * hidden + panel * width),
                    out_stride: hidden,
                };
                let shares = space.shares.as_ptr().add(row * padded);
                let values = space.values.as_ptr().add(panel * steps * width * WIDE_GROUP);
                row += match left {
                    12.. => mix_rows::<K, 12>(shares, padded, values, steps, &sink),
                    6..12 => mix_rows::<K, 6>(shares, padded, values, steps, &sink),
                    3..6 => mix_rows::<K, 3>(shares, padded, values, steps, &sink),
                    2 => mix_rows::<K, 2>(shares, padded, values, steps, &sink),
                    _ => mix_rows::<K, 1>(shares, padded, values, steps, &sink),
                };
            }
        }
    }
}

#[inline(always)]
unsafe fn mix_rows<K: Isa, const M: usize>(
    shares: *const i16,
    stride: usize,
    values: *const i16,
    steps: usize,
    sink: &Dequantise<UNSHIFTED>,
) -> usize {
    unsafe {
        match K::MIX_VECTORS {
            2 => K::wide_tile::<M, 2, _>(shares, stride, values, steps, sink),
            _ => K::wide_tile::<M, 1, _>(shares, stride, values, steps, sink),
        }
    }
    M
}
