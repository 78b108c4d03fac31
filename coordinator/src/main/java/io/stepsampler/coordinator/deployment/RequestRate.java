package io.stepsampler.coordinator.deployment;

/** How many requests a team may send: a bucket that holds those of a second, and at least one. */
public final class RequestRate {

    private static final double NANOS_PER_SECOND = 1e9;

    private double left = Double.POSITIVE_INFINITY;
    private long filledAtNanos;

    /**
     * Takes a request out of the bucket.
     *
     * @param nowNanos a clock that never goes back
     * @return seconds after which there is one again; 0 where there was one
     */
    public synchronized double take(double perSecond, long nowNanos) {
        double size = Math.max(1, perSecond);
        double since = left == Double.POSITIVE_INFINITY ? 0 : (nowNanos - filledAtNanos) / NANOS_PER_SECOND;
        left = Math.min(size, left + since * perSecond);
        filledAtNanos = nowNanos;
        if (left < 1) {
            return (1 - left) / perSecond;
        }
        left--;
        return 0;
    }
}
