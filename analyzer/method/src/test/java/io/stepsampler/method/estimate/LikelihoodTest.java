package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikelihoodTest {

    @Test
    void aFitIsPickedAsOftenAsItIsLikely() {
        double[] cumulative = {1, 1.5, 1.5, 2};

        assertThat(Likelihood.pick(cumulative, 0)).isZero();
        assertThat(Likelihood.pick(cumulative, 0.49)).isZero();
        assertThat(Likelihood.pick(cumulative, 0.51)).isEqualTo(1);
        assertThat(Likelihood.pick(cumulative, 0.74)).isEqualTo(1);
        assertThat(Likelihood.pick(cumulative, 0.76)).isEqualTo(3);
        assertThat(Likelihood.pick(cumulative, 1)).isEqualTo(3);
    }
}
