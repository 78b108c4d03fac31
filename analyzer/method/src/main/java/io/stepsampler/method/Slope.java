package io.stepsampler.method;

/** First and second derivative of the loss, by decades of the learning rate. */
record Slope(double first, double second) {

    /** Kline's curvature k = y'' / (1 + y'^2)^(3/2). */
    double curvature() {
        return second / StrictMath.pow(1 + first * first, 1.5);
    }

    boolean isFinite() {
        return Double.isFinite(first) && Double.isFinite(second) && Double.isFinite(curvature());
    }
}
