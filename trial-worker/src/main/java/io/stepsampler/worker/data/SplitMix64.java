package io.stepsampler.worker.data;

/**
 * The generator of every random choice, the same on any machine and in any language: SplitMix64 (Steele, Lea, Flood
 * 2014). A stream begins at state mix(mix(seed) + stream); each draw adds 0x9e3779b97f4a7c15 to the state and mixes it.
 */
public final class SplitMix64 {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SplitMix64(long state) {
        this.state = state;
    }

    public static SplitMix64 of(long seed, long stream) {
        return new SplitMix64(mix(mix(seed) + stream));
    }

    /** A stream of its own for each example of an epoch: it begins at mix(mix(mix(seed) + epoch) + row). */
    public static SplitMix64 of(long seed, long epoch, long row) {
        return new SplitMix64(mix(mix(mix(seed) + epoch) + row));
    }

    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 to below {@code bound}: the unsigned remainder of a draw, whose bias is below 2^-32. */
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** From 0 to below 1, a multiple of 2^-53. */
    public double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
