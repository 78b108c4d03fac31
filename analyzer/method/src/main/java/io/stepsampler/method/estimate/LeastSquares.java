package io.stepsampler.method.estimate;

/** Weighted least squares with one or two columns. */
final class LeastSquares {

    /** Two columns that are nearly one count as one. */
    private static final double SINGULAR = 1e-10;

    private final double[] shares;
    private final double squares;
    private final double determinant;

    private LeastSquares(double[] shares, double squares, double determinant) {
        this.shares = shares;
        this.squares = squares;
        this.determinant = determinant;
    }

    /** How much of each column makes the target. */
    double[] shares() {
        return shares;
    }

    /** The weighted sum of squares that is left. */
    double squares() {
        return squares;
    }

    /** Of the normal equations; greater than 0. */
    double determinant() {
        return determinant;
    }

    static LeastSquares of(double[][] columns, double[] target, double[] weights) {
        double[] first = columns[0];
        double oneOne = 0;
        double oneY = 0;
        for (int row = 0; row < target.length; row++) {
            oneOne += weights[row] * first[row] * first[row];
            oneY += weights[row] * first[row] * target[row];
        }
        double[] shares = new double[columns.length];
        double determinant = oneOne;
        shares[0] = oneY / oneOne;
        if (columns.length == 2) {
            double[] second = columns[1];
            double oneTwo = 0;
            double twoTwo = 0;
            double twoY = 0;
            for (int row = 0; row < target.length; row++) {
                oneTwo += weights[row] * first[row] * second[row];
                twoTwo += weights[row] * second[row] * second[row];
                twoY += weights[row] * second[row] * target[row];
            }
            double whole = oneOne * twoTwo - oneTwo * oneTwo;
            if (whole > SINGULAR * oneOne * Math.max(twoTwo, 1)) {
                determinant = whole;
                shares[0] = (twoTwo * oneY - oneTwo * twoY) / whole;
                shares[1] = (oneOne * twoY - oneTwo * oneY) / whole;
            }
        }
        double squares = 0;
        for (int row = 0; row < target.length; row++) {
            double rest = target[row];
            for (int column = 0; column < columns.length; column++) {
                rest -= shares[column] * columns[column][row];
            }
            squares += weights[row] * rest * rest;
        }
        return new LeastSquares(shares, squares, determinant);
    }
}
