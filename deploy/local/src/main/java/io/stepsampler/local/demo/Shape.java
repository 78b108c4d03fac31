package io.stepsampler.local.demo;

/** The classes of the demonstration. Coordinates are relative to the centre, in radii. */
enum Shape {
    CROSS(0) {
        @Override
        boolean contains(double x, double y) {
            return Math.min(Math.abs(x), Math.abs(y)) <= 0.3 && Math.max(Math.abs(x), Math.abs(y)) <= 1;
        }
    },
    DISC(72) {
        @Override
        boolean contains(double x, double y) {
            return x * x + y * y <= 1;
        }
    },
    RING(144) {
        @Override
        boolean contains(double x, double y) {
            double squaredDistance = x * x + y * y;
            return squaredDistance <= 1 && squaredDistance >= 0.35;
        }
    },
    SQUARE(216) {
        @Override
        boolean contains(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) <= 0.9;
        }
    },
    TRIANGLE(288) {
        @Override
        boolean contains(double x, double y) {
            return y <= 0.8 && y >= -1 + 2 * Math.abs(x);
        }
    };

    private final int hueDegrees;

    Shape(int hueDegrees) {
        this.hueDegrees = hueDegrees;
    }

    /** The middle of its colours on the colour circle. */
    int hueDegrees() {
        return hueDegrees;
    }

    abstract boolean contains(double x, double y);
}
