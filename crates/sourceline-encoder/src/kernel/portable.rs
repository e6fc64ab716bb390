//! The portable path: arrays of sixteen, no intrinsics but one of SSE2. Also the reference that the other paths must equal.

use super::isa::{Isa, Sink};

/// Plain Rust.
#[derive(Clone, Copy)]
pub(crate) struct Portable(());

/// Adding and taking away this number rounds a float below 2^22 to the nearest integer, ties to even.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn zip(a: [f32; 16], b: [f32; 16], f: impl Fn(f32, f32) -> f32) -> [f32; 16] {
    std::array::from_fn(|i| f(a[i], b[i]))
}

#[inline(always)]
fn fold(mut a: [f32; 16], f: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            a[i] = f(a[i], a[i + half]);
        }
    }
    a[0]
}

/// `a * b + c` with one rounding. Where the machine has no instruction for it, the sum is taken in double precision and rounded
/// to odd, which makes the second rounding harmless (Boldo and Melquiond, "Emulation of FMA", 2008, theorem 3).
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
        return a.mul_add(b, c);
    }
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    let added = sum - product;
    let error = (product - (sum - added)) + (c - added);
    let grows = (error > 0.0) == (sum > 0.0);
    let step = if error == 0.0 || sum.to_bits() & 1 == 1 {
        0
    } else if grows {
        1
    } else {
        u64::MAX
    };
    f64::from_bits(sum.to_bits().wrapping_add(step)) as f32
}

/// Four sums of products of pairs. SSE2, which every x86-64 has, does it in one instruction that compilers do not find.
#[cfg(target_arch = "x86_64")]
mod lanes {
    use std::arch::x86_64::*;

    pub type Sums = __m128i;
    pub type Weights = __m128i;
    type Pair = __m128i;

    // SAFETY: sixteen bytes are sixteen bytes.
    pub const ZERO: Sums = unsafe { std::mem::transmute([0u8; 16]) };

    #[inline(always)]
    pub unsafe fn pair(from: *const i16) -> Pair {
        // SAFETY: the caller vouches for two numbers.
        unsafe { _mm_set1_epi32(from.cast::<i32>().read_unaligned()) }
    }

    #[inline(always)]
    pub unsafe fn add_products(sums: Sums, pair: Pair, weights: Weights) -> Sums {
        // SAFETY: SSE2 is there.
        unsafe { _mm_add_epi32(sums, _mm_madd_epi16(pair, weights)) }
    }
}

/// Four sums of products of pairs.
#[cfg(not(target_arch = "x86_64"))]
mod lanes {
    pub type Sums = [i32; 4];
    pub type Weights = [[i16; 2]; 4];
    type Pair = [i16; 2];

    pub const ZERO: Sums = [0; 4];

    #[inline(always)]
    pub unsafe fn pair(from: *const i16) -> Pair {
        // SAFETY: the caller vouches for two numbers.
        unsafe { from.cast::<Pair>().read_unaligned() }
    }

    #[inline(always)]
    pub unsafe fn add_products(sums: Sums, pair: Pair, weights: Weights) -> Sums {
        let product = |[a, b]: [i16; 2]| i32::from(pair[0]) * i32::from(a) + i32::from(pair[1]) * i32::from(b);
        std::array::from_fn(|lane| sums[lane] + product(weights[lane]))
    }
}

impl Isa for Portable {
    type Act = i16;
    type Weight = i16;
    type F = [f32; 16];
    type I = [i32; 16];

    const NAME: &'static str = "portable";
    const ROWS: usize = 2;
    const VECTORS: usize = 1;
    const MIX_ROWS: usize = 2;
    const MIX_VECTORS: usize = 1;
    const GROUP: usize = 2;
    const SHIFTED: bool = false;

    fn detect() -> Option<Self> {
        Some(Self(()))
    }

    fn weight(value: i8) -> i16 {
        i16::from(value)
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::F {
        // SAFETY: the caller vouches for sixteen floats.
        unsafe { from.cast::<[f32; 16]>().read_unaligned() }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: Self::F) {
        // SAFETY: the caller vouches for sixteen floats.
        unsafe { to.cast::<[f32; 16]>().write_unaligned(value) }
    }

    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> Self::F {
        // SAFETY: the caller vouches for sixteen bytes.
        let bytes = unsafe { from.cast::<[i8; 16]>().read_unaligned() };
        bytes.map(f32::from)
    }

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self::F {
        [value; 16]
    }

    #[inline(always)]
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a - b)
    }

    #[inline(always)]
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a * b)
    }

    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        std::array::from_fn(|i| fused(a[i], b[i], c[i]))
    }

    #[inline(always)]
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    unsafe fn abs(a: Self::F) -> Self::F {
        a.map(f32::abs)
    }

    #[inline(always)]
    unsafe fn bits_to_exponent(a: Self::F) -> Self::F {
        a.map(|a| f32::from_bits(a.to_bits() << 23))
    }

    #[inline(always)]
    unsafe fn sum(a: Self::F) -> f32 {
        fold(a, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn largest(a: Self::F) -> f32 {
        fold(a, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    unsafe fn store_act(to: *mut i16, value: Self::F, _zero: i32) {
        // SAFETY: as for the call that is made.
        unsafe { Self::store_wide(to, value) }
    }

    #[inline(always)]
    unsafe fn store_wide(to: *mut i16, value: Self::F) {
        let rounded = value.map(|v| ((v + ROUND) - ROUND) as i32 as i16);
        // SAFETY: the caller vouches for sixteen activations.
        unsafe { to.cast::<[i16; 16]>().write_unaligned(rounded) }
    }

    #[inline(always)]
    unsafe fn float(value: Self::I) -> Self::F {
        value.map(|v| v as f32)
    }

    #[inline(always)]
    unsafe fn without_zero(sums: Self::I, _zero: i32, _columns: *const i32) -> Self::I {
        sums
    }

    #[inline(always)]
    unsafe fn wide_tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const i16,
        stride: usize,
        panel: *const i16,
        steps: usize,
        sink: &S,
    ) {
        // SAFETY: as for the call that is made. Activations of this path are 16 bits wide anyway.
        unsafe { Self::tile::<M, V, S>(a, stride, panel, steps, sink) }
    }

    #[inline(always)]
    unsafe fn tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const i16,
        stride: usize,
        panel: *const i16,
        steps: usize,
        sink: &S,
    ) {
        let mut sums = [[lanes::ZERO; 4]; M];
        for step in 0..steps {
            // SAFETY: the caller vouches for `steps` groups in the panel and in each row.
            unsafe {
                let weights = panel.add(step * 32).cast::<[lanes::Weights; 4]>().read_unaligned();
                for (row, sums) in sums.iter_mut().enumerate() {
                    let pair = lanes::pair(a.add(row * stride + step * 2));
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = lanes::add_products(*sum, pair, weights);
                    }
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            // SAFETY: as above; both are sixteen integers.
            unsafe { sink.put(row, 0, std::mem::transmute::<[lanes::Sums; 4], [i32; 16]>(sums)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fused_rounds_once() {
        let mut state = 3u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let sign = if state & 1 == 1 { -1.0 } else { 1.0 };
            let mantissa = 1.0 + (state >> 9) as f32 / 8_388_608.0;
            sign * mantissa * 2f32.powi((state >> 4) as i32 % 40 - 20)
        };
        for _ in 0..200_000 {
            let (a, b) = (random(), random());
            // A third number of the size of the product, where rounding twice would show.
            let c = a * b * random().signum() * (1.0 + random().abs().fract() / 4096.0);
            for c in [c, random(), 0.0] {
                assert_eq!(fused(a, b, c).to_bits(), a.mul_add(b, c).to_bits(), "{a} {b} {c}");
            }
        }
    }
}
