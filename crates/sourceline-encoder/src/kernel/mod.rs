//! Kernels: int8 matrix products and the float operations between them, for AVX-512 VNNI, AVX2 and any machine.
//!
//! In: quantised rows and packed matrices. Out: float rows. All paths give the same bits (tests hold them to it).
//! This module is the only place of the project with unsafe code: `isa` and `ops` are unsafe throughout; the methods of
//! [`Kernel`] are their safe callers. A value of an instruction set's type is the proof that the machine has it.
#![allow(unsafe_code)]
#![allow(clippy::missing_safety_doc)]

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
mod isa;
mod ops;
pub(crate) mod portable;

pub(crate) use isa::Isa;
use ops::{HEAD, Product, QUERY_BLOCK};

/// What follows a matrix product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// Nothing.
    Plain,
    /// The activation function of the feed-forward layer.
    Gelu,
    /// Addition to what `out` holds.
    Add,
}

/// A linear layer in the order in which a path's tile reads it.
pub(crate) struct Packed<K: Isa> {
    /// Columns of the matrix: inputs.
    pub k: usize,
    /// Outputs, rounded up to whole panels.
    pub padded: usize,
    weights: Vec<K::Weight>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Sums of the weights of each row.
    sums: Vec<i32>,
}

impl<K: Isa> Packed<K> {
    /// Packs `rows` of signed bytes (each of length `k`, a multiple of 16) with a scale and a bias a row.
    pub fn new(k: usize, rows: &[i8], scales: &[f32], bias: &[f32]) -> Self {
        assert!(k > 0 && k.is_multiple_of(16), "row length is a multiple of 16");
        let n = scales.len();
        assert!(rows.len() == n * k && bias.len() == n, "one scale and bias a row");
        let width = 16 * K::VECTORS;
        let padded = n.next_multiple_of(width);
        let mut packed = Self {
            k,
            padded,
            weights: vec![K::Weight::default(); padded * k],
            scales: scales.to_vec(),
            bias: bias.to_vec(),
            sums: vec![0; padded],
        };
        packed.scales.resize(padded, 0.0);
        packed.bias.resize(padded, 0.0);
        for (row, values) in rows.chunks_exact(k).enumerate() {
            let start = row / width * width * k + row % width * K::GROUP;
            for (step, group) in values.chunks_exact(K::GROUP).enumerate() {
                let to = &mut packed.weights[start + step * width * K::GROUP..][..K::GROUP];
                for (to, &value) in to.iter_mut().zip(group) {
                    *to = K::weight(value);
                }
            }
            packed.sums[row] = values.iter().map(|&v| i32::from(v)).sum::<i32>();
        }
        packed
    }
}

/// Quantised rows: activations, and the scale and zero point of each row.
pub(crate) struct Rows<K: Isa> {
    width: usize,
    acts: Vec<K::Act>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
}

impl<K: Isa> Rows<K> {
    /// Room for `count` rows of `width` (a multiple of 16).
    pub fn new(count: usize, width: usize) -> Self {
        assert!(width.is_multiple_of(16), "rows are whole vectors");
        Self { width, acts: vec![K::Act::default(); count * width], scales: vec![0.0; count], zeros: vec![0; count] }
    }
}

/// Working space of attention over one window.
pub(crate) struct Attention<K: Isa> {
    room: usize,
    queries: Vec<i16>,
    query_scales: Vec<f32>,
    keys: Vec<i16>,
    key_scales: Vec<f32>,
    mask: Vec<f32>,
    values: Vec<i16>,
    value_scales: [f32; HEAD],
    scores: Vec<f32>,
    shares: Vec<i16>,
    isa: std::marker::PhantomData<K>,
}

impl<K: Isa> Attention<K> {
    /// Room for a window of `length` pieces.
    pub fn new(length: usize) -> Self {
        let room = length.next_multiple_of(16 * K::VECTORS);
        Self {
            room,
            queries: vec![0; room * HEAD],
            query_scales: vec![0.0; room],
            keys: vec![0; room * HEAD],
            key_scales: vec![0.0; room],
            mask: vec![0.0; room],
            values: vec![0; room * HEAD],
            value_scales: [0.0; HEAD],
            scores: vec![0.0; room * QUERY_BLOCK],
            shares: vec![0; room * QUERY_BLOCK],
            isa: std::marker::PhantomData,
        }
    }
}

/// Scale, shift and epsilon of a layer normalisation.
pub(crate) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
    pub epsilon: f32,
}

/// The safe face of a path.
pub(crate) trait Kernel: Isa {
    /// Quantises `count` rows of `rows.width` floats that are `stride` apart.
    fn quantise(self, from: &[f32], stride: usize, count: usize, rows: &mut Rows<Self>);
    /// Normalises `count` rows in place and quantises them.
    fn normalise(self, x: &mut [f32], count: usize, norm: &Norm, rows: &mut Rows<Self>);
    /// `out = finish(rows * packed + bias)` for the first `count` rows; rows of `out` are `packed.padded` apart.
    fn multiply(self, rows: &Rows<Self>, count: usize, packed: &Packed<Self>, finish: Finish, out: &mut [f32]);
    /// Self-attention within one window of `length` rows of `qkv`, which are `3 * heads * 32` wide and `stride` apart.
    fn attend(self, qkv: &[f32], stride: usize, length: usize, out: &mut [f32], space: &mut Attention<Self>);
    /// `out = bytes * scale + first + second`.
    fn embed(self, bytes: &[i8], scale: f32, first: &[f32], second: &[f32], out: &mut [f32]);
    /// Sums of the products of `a` (whole vectors of 16) with each row of `rows`, one in each place of `out`.
    fn dots(self, a: &[f32], rows: &[f32], out: &mut [f32]);
    /// `out += from * factor`.
    fn add_scaled(self, out: &mut [f32], from: &[f32], factor: f32);
}

macro_rules! kernel {
    ($isa:ty $(, $features:literal)?) => {
        impl Kernel for $isa {
            fn quantise(self, from: &[f32], stride: usize, count: usize, rows: &mut Rows<Self>) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(from: *const f32, stride: usize, count: usize, rows: &mut Rows<$isa>) {
                    for row in 0..count {
                        // SAFETY: the caller has checked that `count` rows are there.
                        unsafe {
                            let to = rows.acts.as_mut_ptr().add(row * rows.width);
                            (rows.scales[row], rows.zeros[row]) = ops::quantise_row::<$isa>(from.add(row * stride), rows.width, to);
                        }
                    }
                }
                assert!(count == 0 || from.len() >= (count - 1) * stride + rows.width, "rows to quantise are there");
                assert!(rows.scales.len() >= count, "room for the quantised rows");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(from.as_ptr(), stride, count, rows) }
            }

            fn normalise(self, x: &mut [f32], count: usize, norm: &Norm, rows: &mut Rows<Self>) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(x: *mut f32, count: usize, norm: &Norm, rows: &mut Rows<$isa>) {
                    let n = rows.width;
                    for row in 0..count {
                        // SAFETY: the caller has checked that `count` rows are there.
                        unsafe {
                            let to = rows.acts.as_mut_ptr().add(row * n);
                            let norm = (norm.weight.as_ptr(), norm.bias.as_ptr(), norm.epsilon);
                            (rows.scales[row], rows.zeros[row]) = ops::normalise_row::<$isa>(x.add(row * n), n, norm, to);
                        }
                    }
                }
                assert!(x.len() >= count * rows.width && rows.scales.len() >= count, "rows to normalise are there");
                assert!(norm.weight.len() == rows.width && norm.bias.len() == rows.width, "a weight a column");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(x.as_mut_ptr(), count, norm, rows) }
            }

            fn multiply(self, rows: &Rows<Self>, count: usize, packed: &Packed<Self>, finish: Finish, out: &mut [f32]) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(job: &Product<'_, $isa>) {
                    // SAFETY: the caller has checked lengths.
                    unsafe { ops::product(job) }
                }
                assert!(rows.width == packed.k && rows.scales.len() >= count, "rows fit the matrix");
                assert!(out.len() >= count * packed.padded, "room for the product");
                let mut job = Product::new(packed, rows, count);
                job.out = out.as_mut_ptr();
                job.out_stride = packed.padded;
                job.finish = finish;
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(&job) }
            }

            fn attend(self, qkv: &[f32], stride: usize, length: usize, out: &mut [f32], space: &mut Attention<Self>) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(
                    qkv: *const f32,
                    stride: usize,
                    length: usize,
                    heads: usize,
                    out: *mut f32,
                    space: &mut Attention<$isa>,
                ) {
                    // SAFETY: the caller has checked lengths.
                    unsafe { ops::attention(qkv, stride, length, heads, out, space) }
                }
                if length == 0 {
                    return;
                }
                let hidden = out.len() / length;
                assert!(hidden % HEAD == 0 && out.len() == hidden * length, "whole heads");
                assert!(qkv.len() >= (length - 1) * stride + 3 * hidden, "queries, keys and values are there");
                assert!(length <= space.room, "room for the window");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(qkv.as_ptr(), stride, length, hidden / HEAD, out.as_mut_ptr(), space) }
            }

            fn embed(self, bytes: &[i8], scale: f32, first: &[f32], second: &[f32], out: &mut [f32]) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(bytes: &[i8], scale: f32, first: &[f32], second: &[f32], out: &mut [f32]) {
                    let n = out.len();
                    // SAFETY: the caller has checked lengths.
                    unsafe {
                        let (first, second) = (first.as_ptr(), second.as_ptr());
                        ops::embed_row::<$isa>(bytes.as_ptr(), scale, first, second, out.as_mut_ptr(), n);
                    }
                }
                let n = out.len();
                assert!(n % 16 == 0 && bytes.len() == n && first.len() == n && second.len() == n, "rows of one length");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(bytes, scale, first, second, out) }
            }

            fn dots(self, a: &[f32], rows: &[f32], out: &mut [f32]) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(a: &[f32], rows: &[f32], out: &mut [f32]) {
                    // SAFETY: the caller has checked lengths.
                    unsafe { ops::dots::<$isa>(a, rows.as_ptr(), out) }
                }
                assert!(a.len() % 16 == 0 && rows.len() >= a.len() * out.len(), "rows of one length");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(a, rows, out) }
            }

            fn add_scaled(self, out: &mut [f32], from: &[f32], factor: f32) {
                $(#[target_feature(enable = $features)])?
                unsafe fn run(out: &mut [f32], from: &[f32], factor: f32) {
                    // SAFETY: the caller has checked lengths.
                    unsafe { ops::add_scaled::<$isa>(out.as_mut_ptr(), from.as_ptr(), factor, out.len()) }
                }
                assert!(out.len() == from.len() && out.len() % 16 == 0, "rows of one length");
                // SAFETY: lengths are checked above; `self` proves the instruction set.
                unsafe { run(out, from, factor) }
            }
        }
    };
}

kernel!(portable::Portable);
#[cfg(target_arch = "x86_64")]
kernel!(avx2::Avx2, "avx2,fma");
#[cfg(target_arch = "x86_64")]
kernel!(avx512::Avx512, "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma");

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 64;

    /// Rows through the identity matrix: what rounding leaves of them.
    fn through<K: Kernel>(from: &[f32]) -> Option<Vec<f32>> {
        let isa = K::detect()?;
        let identity: Vec<i8> = (0..WIDTH * WIDTH).map(|at| i8::from(at / WIDTH == at % WIDTH)).collect();
        let packed = Packed::<K>::new(WIDTH, &identity, &[1.0; WIDTH], &[0.0; WIDTH]);
        let count = from.len() / WIDTH;
        let (mut rows, mut out) = (Rows::new(count, WIDTH), vec![0.0; count * packed.padded]);
        isa.quantise(from, WIDTH, count, &mut rows);
        isa.multiply(&rows, count, &packed, Finish::Plain, &mut out);
        Some(out)
    }

    /// Rows on both sides of 0, on one side, with one column far out, of zeros, and with ends that lie between two steps.
    fn rows() -> Vec<f32> {
        let wave = |at: usize| (at as f32 * 0.7).sin();
        let kinds: [&dyn Fn(usize) -> f32; 7] = [
            &wave,
            &|at| 3.0 + wave(at),
            &|at| -3.0 - wave(at),
            &|at| if at == 9 { 30.0 } else { wave(at) },
            &|at| if at == 9 { -30.0 } else { wave(at) },
            &|_| 0.0,
            &|at| [-101.5, 152.5, 0.0][at % 3],
        ];
        kinds.iter().flat_map(|kind| (0..WIDTH).map(kind)).collect()
    }

    #[test]
    fn rows_are_rounded_to_254_steps_of_their_range() {
        let from = rows();
        let plain = through::<portable::Portable>(&from).expect("the portable path is always there");
        for (row, found) in from.chunks_exact(WIDTH).zip(plain.chunks_exact(WIDTH)) {
            let (least, most) = row.iter().fold((0f32, 0f32), |(least, most), &v| (least.min(v), most.max(v)));
            let half = (most - least) / 254.0 * 0.501;
            assert!(row.iter().zip(found).all(|(a, b)| (a - b).abs() <= half), "{row:?} became {found:?}");
        }
        #[cfg(target_arch = "x86_64")]
        for other in [through::<avx2::Avx2>(&from), through::<avx512::Avx512>(&from)].into_iter().flatten() {
            assert!(plain.iter().zip(&other).all(|(a, b)| a.to_bits() == b.to_bits()), "{plain:?} and {other:?}");
        }
    }
}
