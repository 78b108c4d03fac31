package io.stepsampler.method.estimate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The weighted covariance of the observations' deviations under one length, taken apart: what every ratio of signal to
 * noise has in common.
 */
final class Spectrum {

    /** Keeps the covariance of nearly equal coefficients positive definite. */
    private static final double JITTER = 1e-8;

    private final double[] roots;
    private final DMatrixRMaj covariance;
    private final double[][] gain;
    private final double[] values;
    private final double[][] vectors;
    private @Nullable DMatrixRMaj root;

    /**
     * @param length of the Matern 7/2 covariance, in decades
     * @param rows the splines at each observation
     * @param roots of the observations' weights
     */
    Spectrum(SplineBasis basis, double length, SplineBasis.Row[] rows, double[] roots) {
        int size = rows.length;
        this.roots = roots;
        this.covariance = covariance(basis, length);
        this.gain = new double[size][];
        for (int row = 0; row < size; row++) {
            gain[row] = rows[row].times(covariance);
        }
        DMatrixRMaj weighted = new DMatrixRMaj(size, size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                weighted.set(row, column, roots[row] * roots[column] * rows[column].dot(gain[row]));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(weighted)) {
            throw new ArithmeticException("the covariance of " + size + " observations has no eigenvalues");
        }
        this.values = new double[size];
        this.vectors = new double[size][];
        for (int index = 0; index < size; index++) {
            values[index] = Math.max(0, eigen.getEigenvalue(index).getReal());
            vectors[index] = eigen.getEigenVector(index).data;
        }
    }

    private static DMatrixRMaj covariance(SplineBasis basis, double length) {
        DMatrixRMaj covariance = new DMatrixRMaj(basis.size(), basis.size());
        for (int row = 0; row < basis.size(); row++) {
            for (int column = 0; column < basis.size(); column++) {
                double distance = Math.sqrt(7) * Math.abs(row - column) * basis.step() / length;
                double square = distance * distance;
                double value = (1 + distance + 2 * square / 5 + square * distance / 15) * StrictMath.exp(-distance);
                covariance.set(row, column, value + (row == column ? JITTER : 0));
            }
        }
        return covariance;
    }

    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    double[][] rotated(double[][] columns) {
        double[][] rotated = new double[columns.length][];
        for (int column = 0; column < columns.length; column++) {
            rotated[column] = rotated(columns[column]);
        }
        return rotated;
    }

    /** A weighted column in the directions that have nothing in common. */
    double[] rotated(double[] column) {
        double[] rotated = new double[column.length];
        for (int index = 0; index < rotated.length; index++) {
            double sum = 0;
            for (int row = 0; row < column.length; row++) {
                sum += vectors[index][row] * roots[row] * column[row];
            }
            rotated[index] = sum;
        }
        return rotated;
    }

    /** The splines' coefficients that what is left in each direction, shrunk for its noise, asks for. */
    double[] coefficients(double[] shrunk) {
        double[] coefficients = new double[covariance.numCols];
        for (int row = 0; row < shrunk.length; row++) {
            double weight = 0;
            for (int index = 0; index < shrunk.length; index++) {
                weight += vectors[index][row] * shrunk[index];
            }
            for (int column = 0; column < coefficients.length; column++) {
                coefficients[column] += roots[row] * weight * gain[row][column];
            }
        }
        return coefficients;
    }

    /** The Cholesky root of the coefficients' covariance. */
    DMatrixRMaj root() {
        if (root == null) {
            CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(covariance.numRows, true);
            if (!cholesky.decompose(covariance.copy())) {
                throw new ArithmeticException("the covariance of the coefficients is not positive definite");
            }
            root = cholesky.getT(null);
        }
        return root;
    }
}
