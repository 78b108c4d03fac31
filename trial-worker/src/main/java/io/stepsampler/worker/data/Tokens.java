package io.stepsampler.worker.data;

/** A text, or two, as the numbers of its tokens, special ones among them; and to which of the two each belongs. */
final class Tokens {

    private final long[] ids;
    private final long[] types;

    Tokens(long[] ids, long[] types) {
        this.ids = ids;
        this.types = types;
    }

    /** Must not be changed. */
    long[] ids() {
        return ids;
    }

    /** 0 or 1 for each token; must not be changed. */
    long[] types() {
        return types;
    }
}
