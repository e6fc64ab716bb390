//! AVX-512 with VNNI: sixteen lanes in a register, four products a lane and instruction, tiles of 6 x 64.

use super::isa::{Isa, Sink};
use std::arch::x86_64::*;

/// AVX-512 F, BW, VL and VNNI.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

impl Isa for Avx512 {
    type Act = u8;
    type Weight = i8;
    type F = __m512;
    type I = __m512i;

    const NAME: &'static str = "avx512-vnni";
    const ROWS: usize = 6;
    const VECTORS: usize = 4;
    const MIX_ROWS: usize = 12;
    const MIX_VECTORS: usize = 2;
    const GROUP: usize = 4;
    const SHIFTED: bool = true;

    fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("fma");
        there.then_some(Self(()))
    }

    fn weight(value: i8) -> i8 {
        value
    }

    // SAFETY of all blocks below: the trait's contract gives the instruction set and valid pointers.
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m512 {
        unsafe { _mm512_loadu_ps(from) }
    }

    #[inline(always)]
    unsafe fn store(to: *mut f32, value: __m512) {
        unsafe { _mm512_storeu_ps(to, value) }
    }

    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> __m512 {
        unsafe { _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(from.cast()))) }
    }

    #[inline(always)]
    unsafe fn splat(value: f32) -> __m512 {
        unsafe { _mm512_set1_ps(value) }
    }

    #[inline(always)]
    unsafe fn add(a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn sub(a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn mul(a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_mul_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    unsafe fn max(a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn min(a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    unsafe fn abs(a: __m512) -> __m512 {
        unsafe { _mm512_abs_ps(a) }
    }

    #[inline(always)]
    unsafe fn bits_to_exponent(a: __m512) -> __m512 {
        unsafe { _mm512_castsi512_ps(_mm512_slli_epi32::<23>(_mm512_castps_si512(a))) }
    }

    #[inline(always)]
    unsafe fn sum(a: __m512) -> f32 {
        unsafe {
            let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(a)));
            super::avx2::sum8(_mm256_add_ps(_mm512_castps512_ps256(a), high))
        }
    }

    #[inline(always)]
    unsafe fn largest(a: __m512) -> f32 {
        unsafe { _mm512_reduce_max_ps(a) }
    }

    #[inline(always)]
    unsafe fn store_act(to: *mut u8, value: __m512, zero: i32) {
        unsafe {
            let shifted = _mm512_add_epi32(_mm512_cvtps_epi32(value), _mm512_set1_epi32(zero));
            _mm_storeu_si128(to.cast(), _mm512_cvtepi32_epi8(shifted));
        }
    }

    #[inline(always)]
    unsafe fn store_wide(to: *mut i16, value: __m512) {
        unsafe { _mm256_storeu_si256(to.cast(), _mm512_cvtepi32_epi16(_mm512_cvtps_epi32(value))) }
    }

    #[inline(always)]
    unsafe fn float(value: __m512i) -> __m512 {
        unsafe { _mm512_cvtepi32_ps(value) }
    }

    #[inline(always)]
    unsafe fn without_zero(sums: __m512i, zero: i32, columns: *const i32) -> __m512i {
        unsafe {
            let share = _mm512_mullo_epi32(_mm512_set1_epi32(zero), _mm512_loadu_si512(columns.cast()));
            _mm512_sub_epi32(sums, share)
        }
    }

    #[inline(always)]
    unsafe fn tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const u8,
        stride: usize,
        panel: *const i8,
        steps: usize,
        sink: &S,
    ) {
        unsafe {
            let mut sums = [[_mm512_setzero_si512(); V]; M];
            for step in 0..steps {
                let at = panel.add(step * V * 64);
                let mut weights = [_mm512_setzero_si512(); V];
                for (vector, weights) in weights.iter_mut().enumerate() {
                    *weights = _mm512_loadu_si512(at.add(vector * 64).cast());
                }
                for (row, sums) in sums.iter_mut().enumerate() {
                    let four = _mm512_set1_epi32(a.add(row * stride + step * 4).cast::<i32>().read_unaligned());
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = _mm512_dpbusd_epi32(*sum, four, weights);
                    }
                }
            }
            for (row, sums) in sums.into_iter().enumerate() {
                for (vector, sums) in sums.into_iter().enumerate() {
                    sink.put(row, vector, sums);
                }
            }
        }
    }
    #[inline(always)]
    unsafe fn wide_tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const i16,
        stride: usize,
        panel: *const i16,
        steps: usize,
        sink: &S,
    ) {
        unsafe {
            let mut sums = [[_mm512_setzero_si512(); V]; M];
            for step in 0..steps {
                let at = panel.add(step * V * 32);
                let mut weights = [_mm512_setzero_si512(); V];
                for (vector, weights) in weights.iter_mut().enumerate() {
                    *weights = _mm512_loadu_si512(at.add(vector * 32).cast());
                }
                for (row, sums) in sums.iter_mut().enumerate() {
                    let two = _mm512_set1_epi32(a.add(row * stride + step * 2).cast::<i32>().read_unaligned());
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = _mm512_dpwssd_epi32(*sum, two, weights);
                    }
                }
            }
            for (row, sums) in sums.into_iter().enumerate() {
                for (vector, sums) in sums.into_iter().enumerate() {
                    sink.put(row, vector, sums);
                }
            }
        }
    }
}
