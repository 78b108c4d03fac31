package io.stepsampler.method.estimate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/** The covariance of the deviations under one length, taken apart: what every ratio of signal to noise has in common. */
final class Spectrum {

    /** Keeps the covariance of nearly equal coefficients positive definite. */
    private static final double JITTER = 1e-8;

    private final DMatrixRMaj covariance;
    private final DMatrixRMaj gain;
    private final double[] values;
    private final double[][] vectors;
    private double @Nullable [][] backwards;
    private @Nullable DMatrixRMaj root;

    /**
     * @param length of the Matern 7/2 covariance, in decades
     * @param splines what each coefficient gives to each direction that has a deviation
     */
    Spectrum(SplineBasis basis, double length, DMatrixRMaj splines) {
        int size = splines.numRows;
        this.covariance = covariance(basis, length);
        this.gain = new DMatrixRMaj(basis.size(), size);
        CommonOps_DDRM.multTransB(covariance, splines, gain);
        DMatrixRMaj deviations = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(splines, gain, deviations);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(deviations)) {
            throw new ArithmeticException("the covariance of " + size + " deviations has no eigenvalues");
        }
        this.values = new double[size];
        this.vectors = new double[size][];
        for (int index = 0; index < size; index++) {
            values[index] = Math.max(0, eigen.getEigenvalue(index).getReal());
            vectors[index] = eigen.getEigenVector(index).data;
        }
    }

    private static DMatrixRMaj covariance(SplineBasis basis, double length) {
        double[] byDistance = new double[basis.size()];
        for (int steps = 0; steps < byDistance.length; steps++) {
            double distance = Math.sqrt(7) * steps * basis.step() / length;
            double square = distance * distance;
            byDistance[steps] = (1 + distance + 2 * square / 5 + square * distance / 15) * StrictMath.exp(-distance);
        }
        byDistance[0] += JITTER;
        DMatrixRMaj covariance = new DMatrixRMaj(basis.size(), basis.size());
        for (int row = 0; row < basis.size(); row++) {
            for (int column = 0; column < basis.size(); column++) {
                covariance.set(row, column, byDistance[Math.abs(row - column)]);
            }
        }
        return covariance;
    }

    /** How many directions have a deviation. */
    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    /** A column whose first parts are turned so that they have nothing in common; the others have no deviation. */
    double[] rotated(double[] column) {
        double[] rotated = column.clone();
        for (int index = 0; index < values.length; index++) {
            double sum = 0;
            for (int row = 0; row < values.length; row++) {
                sum += vectors[index][row] * column[row];
            }
            rotated[index] = sum;
        }
        return rotated;
    }

    /** The splines' coefficients that what is left in each direction, shrunk for its noise, asks for. */
    double[] coefficients(double[] shrunk) {
        double[][] known = backwards();
        double[] coefficients = new double[known.length];
        for (int column = 0; column < coefficients.length; column++) {
            double sum = 0;
            for (int index = 0; index < values.length; index++) {
                sum += known[column][index] * shrunk[index];
            }
            coefficients[column] = sum;
        }
        return coefficients;
    }

    /** What each direction asks of each coefficient. */
    private double[][] backwards() {
        if (backwards == null) {
            backwards = new double[gain.numRows][values.length];
            for (int column = 0; column < gain.numRows; column++) {
                for (int index = 0; index < values.length; index++) {
                    double sum = 0;
                    for (int row = 0; row < values.length; row++) {
                        sum += gain.get(column, row) * vectors[index][row];
                    }
                    backwards[column][index] = sum;
                }
            }
        }
        return backwards;
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
