package io.stepsampler.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbeIdentityTest {

    private static final UUID SEARCH = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void theIdNeverChangesBetweenVersions() {
        // uuid5 of the name space and "constant-rate|1E-7|seed=17|steps=20", computed outside this project
        assertThat(ProbeIdentity.of(SEARCH, new ProbeKind.ConstantRate(1e-7), 17, 20))
                .hasToString("352a3241-2bca-5bf4-b535-2b2e78f72632");
    }

    @Test
    void theSameProbeHasTheSameId() {
        assertThat(idOf(1e-3, 17, 20)).isEqualTo(idOf(0.001, 17, 20));
    }

    @Test
    void everyPartOfTheIdentityCounts() {
        UUID id = idOf(1e-3, 17, 20);

        assertThat(idOf(2e-3, 17, 20)).isNotEqualTo(id);
        assertThat(idOf(1e-3, 18, 20)).isNotEqualTo(id);
        assertThat(idOf(1e-3, 17, 21)).isNotEqualTo(id);
        assertThat(ProbeIdentity.of(SEARCH, new ProbeKind.Segment(1e-3, 0, null), 17, 20))
                .isNotEqualTo(id);
        assertThat(ProbeIdentity.of(UUID.randomUUID(), new ProbeKind.ConstantRate(1e-3), 17, 20))
                .isNotEqualTo(id);
    }

    private static UUID idOf(double learningRate, long seed, int steps) {
        return ProbeIdentity.of(SEARCH, new ProbeKind.ConstantRate(learningRate), seed, steps);
    }
}
