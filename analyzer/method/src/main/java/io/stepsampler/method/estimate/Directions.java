package io.stepsampler.method.estimate;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The observations, each times the root of its weight, turned into as many directions: first those in which splines can
 * show, as many as there are splines at the most, then those that hold nothing but trend and noise.
 */
final class Directions {

    private final double[] roots;
    private final DMatrixRMaj turn;
    private final DMatrixRMaj splines;

    Directions(Observations observations, SplineBasis basis) {
        int size = observations.size() + 1;
        this.roots = new double[size];
        DMatrixRMaj weighted = new DMatrixRMaj(size, basis.size());
        roots[0] = Math.sqrt(observations.baselineWeight());
        for (int row = 1; row < size; row++) {
            roots[row] = Math.sqrt(observations.weight(row - 1));
            basis.row(observations.x(row - 1), 0).putInto(weighted, row, roots[row]);
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(size, basis.size());
        // It says false where a spline has no observation, which does not matter: such a column stays as it is.
        qr.decompose(weighted);
        this.turn = qr.getQ(null, false);
        this.splines = qr.getR(null, true);
    }

    /** What each spline's coefficient gives to each direction in which splines show. */
    DMatrixRMaj splines() {
        return splines;
    }

    /** @param column its value at the baseline, then at each observation */
    double[] turned(double[] column) {
        double[] turned = new double[column.length];
        for (int row = 0; row < column.length; row++) {
            double weighted = roots[row] * column[row];
            for (int index = 0; index < turned.length; index++) {
                turned[index] += turn.get(row, index) * weighted;
            }
        }
        return turned;
    }

    /**
     * Turned columns without the directions in which no spline shows, but for as many as there are columns: the others
     * are turned once more, into those and some in which none of the columns has anything. The columns themselves where
     * there are no others.
     */
    double[][] condensed(double[][] turned) {
        int before = splines.numRows;
        int rest = roots.length - before;
        if (rest <= turned.length) {
            return turned;
        }
        DMatrixRMaj columns = new DMatrixRMaj(rest, turned.length);
        for (int column = 0; column < turned.length; column++) {
            for (int row = 0; row < rest; row++) {
                columns.set(row, column, turned[column][before + row]);
            }
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rest, turned.length);
        qr.decompose(columns);
        DMatrixRMaj left = qr.getR(null, true);
        double[][] condensed = new double[turned.length][];
        for (int column = 0; column < turned.length; column++) {
            condensed[column] = Arrays.copyOf(turned[column], before + turned.length);
            for (int row = 0; row < turned.length; row++) {
                condensed[column][before + row] = left.get(row, column);
            }
        }
        return condensed;
    }

    /** The deviations that some coefficients make, in every direction. */
    double[] deviations(double[] coefficients) {
        double[] deviations = new double[roots.length];
        for (int row = 0; row < splines.numRows; row++) {
            double sum = 0;
            for (int column = row; column < coefficients.length; column++) {
                sum += splines.get(row, column) * coefficients[column];
            }
            deviations[row] = sum;
        }
        return deviations;
    }
}
