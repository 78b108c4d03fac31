package io.stepsampler.method.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The sigmoids that come nearest to some observations, of all shapes, many widths and many centres. */
final class NearestSigmoids {

    private static final Comparator<Compared> BY_SQUARES = Comparator.comparingDouble(Compared::squares);

    private static final double[] WIDTHS_DECADES = {0.1, 0.13, 0.17, 0.22, 0.28, 0.36, 0.46, 0.6, 0.8};
    private static final double CENTRE_STEP_DECADES = 0.05;
    private static final double FIRST_CENTRE_DECADES = -0.8;
    private static final int CENTRES = 37;

    /** Each centre is one that is tried first, or beside one. */
    private static final int STRIDE = 3;

    private final double[] losses;
    private final double[] weights;
    private final double half;
    private final double[][] decays;

    NearestSigmoids(Observations observations) {
        this.losses = observations.losses();
        this.weights = observations.lossWeights();
        this.half = firstCrossing(observations);
        this.decays = new double[WIDTHS_DECADES.length][observations.size()];
        for (int width = 0; width < decays.length; width++) {
            for (int index = 0; index < observations.size(); index++) {
                decays[width][index] = StrictMath.exp((half - observations.x(index)) / WIDTHS_DECADES[width]);
            }
        }
    }

    /** One of the sigmoids, by the indices of its width and its centre. */
    private record Choice(Sigmoid.Shape shape, int width, int centre) {

        Stream<Choice> beside() {
            return Stream.of(new Choice(shape, width, centre - 1), new Choice(shape, width, centre + 1));
        }
    }

    private record Compared(Choice choice, double squares) {}

    /** By least squares, the nearest first. Every third centre is tried, and those beside the best. */
    List<Sigmoid> nearest(int count) {
        List<Compared> compared = new ArrayList<>();
        for (Sigmoid.Shape shape : Sigmoid.Shape.values()) {
            for (int width = 0; width < WIDTHS_DECADES.length; width++) {
                for (int centre = 0; centre < CENTRES; centre += STRIDE) {
                    compared.add(compare(new Choice(shape, width, centre)));
                }
            }
        }
        compared.sort(BY_SQUARES);
        compared.subList(0, count).stream()
                .flatMap(near -> near.choice().beside())
                .filter(choice -> choice.centre() >= 0 && choice.centre() < CENTRES)
                .toList()
                .forEach(choice -> compared.add(compare(choice)));
        return compared.stream()
                .sorted(BY_SQUARES)
                .limit(count)
                .map(near -> sigmoid(near.choice()))
                .toList();
    }

    private Compared compare(Choice choice) {
        double[][] trend = new double[2][losses.length];
        Arrays.fill(trend[0], 1);
        // Another centre but multiplies what decays around half.
        double factor = StrictMath.exp(beside(choice) / WIDTHS_DECADES[choice.width()]);
        for (int index = 1; index < losses.length; index++) {
            trend[1][index] = choice.shape().value(factor * decays[choice.width()][index - 1]);
        }
        return new Compared(choice, LeastSquares.of(trend, losses, weights).squares());
    }

    private static double beside(Choice choice) {
        return FIRST_CENTRE_DECADES + choice.centre() * CENTRE_STEP_DECADES;
    }

    private Sigmoid sigmoid(Choice choice) {
        return new Sigmoid(choice.shape(), half + beside(choice), WIDTHS_DECADES[choice.width()]);
    }

    private static double firstCrossing(Observations observations) {
        for (int index = 0; index < observations.size(); index++) {
            if (observations.y(index) < observations.baseline() / 2) {
                return index == 0 ? observations.x(0) : (observations.x(index - 1) + observations.x(index)) / 2;
            }
        }
        return observations.last();
    }
}
