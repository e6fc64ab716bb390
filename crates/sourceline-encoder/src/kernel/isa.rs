//! What an instruction set must offer: vectors of 16 floats, 16 integers, and one integer tile.
//!
//! Everything above this trait is written once, so that all paths do the same operations in the same order and give
//! the same bits. Fused multiply-add is a single rounding on every path.

/// Sixteen-lane operations of one instruction set.
///
/// # Safety
/// Every function may be called only on a machine that has the instruction set, inside a function compiled for it,
/// with pointers that are valid for the lanes read or written.
pub(crate) trait Isa: Copy + Send + Sync + 'static {
    /// A quantised activation as the tile reads it (plus its row's zero point where [`Isa::SHIFTED`]).
    type Act: Copy + Default + Send + Sync + 'static;
    /// A packed weight.
    type Weight: Copy + Default + Send + Sync + 'static;
    /// Sixteen floats.
    type F: Copy;
    /// Sixteen integers.
    type I: Copy;

    /// Name for people.
    const NAME: &'static str;
    /// Rows of a tile.
    const ROWS: usize;
    /// Vectors of sixteen columns in a tile.
    const VECTORS: usize;
    /// Rows taken at once when values are mixed by attention.
    const MIX_ROWS: usize;
    /// Vectors of sixteen columns taken at once when values are mixed by attention: 1 or 2.
    const MIX_VECTORS: usize;
    /// Products summed per lane and step.
    const GROUP: usize;
    /// Whether a row's zero point is added to its activations when they are stored; its share is taken out of the sums again.
    const SHIFTED: bool;

    /// The proof that this machine has the instruction set.
    fn detect() -> Option<Self>;
    /// A packed weight from its value.
    fn weight(value: i8) -> Self::Weight;

    unsafe fn load(from: *const f32) -> Self::F;
    unsafe fn store(to: *mut f32, value: Self::F);
    /// Loads sixteen signed bytes as floats.
    unsafe fn load_i8(from: *const i8) -> Self::F;
    unsafe fn splat(value: f32) -> Self::F;
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c` with one rounding.
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F;
    unsafe fn abs(a: Self::F) -> Self::F;
    /// The float whose bits are those of `a` moved left by 23.
    unsafe fn bits_to_exponent(a: Self::F) -> Self::F;
    /// Sum of the lanes: halves added until one is left.
    unsafe fn sum(a: Self::F) -> f32;
    /// Largest lane.
    unsafe fn largest(a: Self::F) -> f32;
    /// Rounds to the nearest integer (ties to even) and stores as activations of a row with this zero point.
    unsafe fn store_act(to: *mut Self::Act, value: Self::F, zero: i32);
    /// Rounds to the nearest integer (ties to even) and stores in 16 bits.
    unsafe fn store_wide(to: *mut i16, value: Self::F);
    /// Integers to floats.
    unsafe fn float(value: Self::I) -> Self::F;
    /// `sums` less `zero` times the sixteen integers at `columns`.
    unsafe fn without_zero(sums: Self::I, zero: i32, columns: *const i32) -> Self::I;

    /// Multiplies `M` rows of activations with one panel of weights, `V` vectors wide (at most [`Isa::VECTORS`]), and hands
    /// each vector of sums to `sink`. `a` points to the first row, rows are `stride` apart; the panel has `steps` groups.
    unsafe fn tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const Self::Act,
        stride: usize,
        panel: *const Self::Weight,
        steps: usize,
        sink: &S,
    );

    /// As [`Isa::tile`], for 16-bit numbers in groups of [`WIDE_GROUP`].
    unsafe fn wide_tile<const M: usize, const V: usize, S: Sink<Self>>(
        a: *const i16,
        stride: usize,
        panel: *const i16,
        steps: usize,
        sink: &S,
    );
}

/// Products summed per lane and step of [`Isa::wide_tile`].
pub(crate) const WIDE_GROUP: usize = 2;

/// Takes the integer sums of a tile.
pub(crate) trait Sink<K: Isa> {
    /// Takes sixteen sums of row `row` of the tile, columns `vector * 16 ..` of the panel.
    unsafe fn put(&self, row: usize, vector: usize, sums: K::I);
}
