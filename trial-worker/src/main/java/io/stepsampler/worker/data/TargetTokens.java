package io.stepsampler.worker.data;

import io.stepsampler.messages.Loss;

/**
 * The numbers that a decoder learns with.
 *
 * @param ignored fills up the shorter targets of a batch; the loss does not count it
 * @param start what the decoder sees before the first token
 * @param pad what the decoder sees instead of {@code ignored}
 */
public record TargetTokens(long ignored, long start, long pad) {

    /** With {@code torch.nn}'s own ignored index. */
    public static TargetTokens of(long start, long pad) {
        return new TargetTokens(Loss.CrossEntropy.IGNORED_INDEX, start, pad);
    }

    /** As Hugging Face's {@code shift_tokens_right}: each target one place later, the start in front, the last dropped. */
    long[] shiftedRight(long[] targets) {
        long[] shifted = new long[targets.length];
        for (int i = 0; i < shifted.length; i++) {
            long before = i == 0 ? start : targets[i - 1];
            shifted[i] = before == ignored ? pad : before;
        }
        return shifted;
    }
}
