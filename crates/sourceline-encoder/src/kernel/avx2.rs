//! AVX2 with FMA: two registers for sixteen lanes; products of 16-bit pairs (`vpmaddwd`), which cannot saturate here.

use super::isa::{Isa, Sink};
use std::arch::x86_64::*;

/// AVX2 and FMA.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

/// Sixteen floats in two registers.
#[derive(Clone, Copy)]
pub(crate) struct Pair(__m256, __m256);

/// Sixteen integers in two registers.
#[derive(Clone, Copy)]
pub(crate) struct PairInt(__m256i, __m256i);

/// Sum of eight lanes, halves added until one is left.
#[inline(always)]
pub(crate) unsafe fn sum8(a: __m256) -> f32 {
    // SAFETY: called only where AVX is there.
    unsafe {
        let four = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps::<1>(two, two)))
    }
}

impl Isa for Avx2 {
    type Act = i16;
    type Weight = i16;
    type F = Pair;
    type I = PairInt;

    const NAME: &'static str = "avx2";
    const ROWS: usize = 6;
    const VECTORS: usize = 1;
    const MIX_ROWS: usize = 6;
    const MIX_VECTORS: usize = 1;
    const GROUP: usize = 2;
    const SHIFTED: bool = false;

    fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        there.then_some(Self(()))
    }

    fn weight(value: i8) -> i16 {
        i16::from(value)
    }

    // SAFETY of all blocks below: the trait's contract gives the instruction set and valid pointers.
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Pair {
        unsafe { Pair(_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))) }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: Pair) {
        unsafe {
            _mm256_storeu_ps(to, value.0);
            _mm256_storeu_ps(to.add(8), value.1);
        }
    }

    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> Pair {
        unsafe {
            let bytes = _mm_loadu_si128(from.cast());
            let high = _mm_srli_si128::<8>(bytes);
            Pair(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)), _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(high)))
        }
    }

    #[inline(always)]
    unsafe fn splat(value: f32) -> Pair {
        unsafe { Pair(_mm256_set1_ps(value), _mm256_set1_ps(value)) }
    }

    #[inline(always)]
    unsafe fn add(a: Pair, b: Pair) -> Pair {
        unsafe { Pair(_mm256_add_ps(a.0, b.0), _mm256_add_ps(a.1, b.1)) }
    }

    #[inline(always)]
    unsafe fn sub(a: Pair, b: Pair) -> Pair {
        unsafe { Pair(_mm256_sub_ps(a.0, b.0), _mm256_sub_ps(a.1, b.1)) }
    }

    #[inline(always)]
    unsafe fn mul(a: Pair, b: Pair) -> Pair {
        unsafe { Pair(_mm256_mul_ps(a.0, b.0), _mm256_mul_ps(a.1, b.1)) }
    }

    #[inline(always)]
    unsafe fn fma(a: Pair, b: Pair, c: Pair) -> Pair {
        unsafe { Pair(_mm256_fmadd_ps(a.0, b.0, c.0), _mm256_fmadd_ps(a.1, b.1, c.1)) }
    }

    #[inline(always)]
    unsafe fn max(a: Pair, b: Pair) -> Pair {
        unsafe { Pair(_mm256_max_ps(a.0, b.0), _mm256_max_ps(a.1, b.1)) }
    }

    #[inline(always)]
    unsafe fn min(a: Pair, b: Pair) -> Pair {
        unsafe { Pair(_mm256_min_ps(a.0, b.0), _mm256_min_ps(a.1, b.1)) }
    }

    #[inline(always)]
    unsafe fn abs(a: Pair) -> Pair {
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            Pair(_mm256_andnot_ps(sign, a.0), _mm256_andnot_ps(sign, a.1))
        }
    }

    #[inline(always)]
    unsafe fn bits_to_exponent(a: Pair) -> Pair {
        unsafe {
            Pair(
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_castps_si256(a.0))),
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_castps_si256(a.1))),
            )
        }
    }

    #[inline(always)]
    unsafe fn sum(a: Pair) -> f32 {
        unsafe { sum8(_mm256_add_ps(a.0, a.1)) }
    }

    #[inline(always)]
    unsafe fn largest(a: Pair) -> f32 {
        unsafe {
            let eight = _mm256_max_ps(a.0, a.1);
            let four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }

    #[inline(always)]
    unsafe fn store_act(to: *mut i16, value: Pair, _zero: i32) {
        // SAFETY: as for the call that is made.
        unsafe { Self::store_wide(to, value) }
    }

    #[inline(always)]
    unsafe fn store_wide(to: *mut i16, value: Pair) {
        unsafe {
            let packed = _mm256_packs_epi32(_mm256_cvtps_epi32(value.0), _mm256_cvtps_epi32(value.1));
            _mm256_storeu_si256(to.cast(), _mm256_permute4x64_epi64::<0b11_01_10_00>(packed));
        }
    }

    #[inline(always)]
    unsafe fn float(value: PairInt) -> Pair {
        unsafe { Pair(_mm256_cvtepi32_ps(value.0), _mm256_cvtepi32_ps(value.1)) }
    }

    #[inline(always)]
    unsafe fn without_zero(sums: PairInt, _zero: i32, _columns: *const i32) -> PairInt {
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
        unsafe {
            let mut sums = [[_mm256_setzero_si256(); 2]; M];
            for step in 0..steps {
                let at = panel.add(step * 32);
                let weights: [__m256i; 2] = [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(16).cast())];
                for (row, sums) in sums.iter_mut().enumerate() {
                    let two = _mm256_set1_epi32(a.add(row * stride + step * 2).cast::<i32>().read_unaligned());
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(two, weights));
                    }
                }
            }
            for (row, sums) in sums.into_iter().enumerate() {
                sink.put(row, 0, PairInt(sums[0], sums[1]));
            }
        }
    }
}
