package io.stepsampler.method;

/** The points of interest, in the order in which a spent budget keeps their probes. */
enum CurvePoint {
    /** Where the loss is lowest: the upper end of the window. */
    MAXIMUM("maximum"),
    /** Where the loss begins to fall: the lower end of the window. */
    KNEE("knee"),
    /** Where half of the possible fall is reached: the paper's method 2. */
    HALF_LOSS("half-loss"),
    /** Where the loss falls fastest: the paper's method 3. */
    STEEPEST("steepest"),
    /** The middle of the window: the paper's method 1. */
    LOG_MIDPOINT("log-midpoint");

    private final String label;

    CurvePoint(String label) {
        this.label = label;
    }

    /** Its name in a finding. */
    String label() {
        return label;
    }
}
