package io.stepsampler.local.demo;

/** The classes of the demonstration. Coordinates are relative to the centre, in radii. */
enum Shape {
    CROSS {
        @Override
        boolean contains(double x, double y) {
            return Math.min(Math.abs(x), Math.abs(y)) <= 0.3 && Math.max(Math.abs(x), Math.abs(y)) <= 1;
        }
    },
    DISC {
        @Override
        boolean contains(double x, double y) {
            return x * x + y * y <= 1;
        }
    },
    RING {
        @Override
        boolean contains(double x, double y) {
            double squaredDistance = x * x + y * y;
            return squaredDistance <= 1 && squaredDistance >= 0.35;
        }
    },
    SQUARE {
        @Override
        boolean contains(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) <= 0.9;
        }
    },
    TRIANGLE {
        @Override
        boolean contains(double x, double y) {
            return y <= 0.8 && y >= -1 + 2 * Math.abs(x);
        }
    };

    abstract boolean contains(double x, double y);
}
