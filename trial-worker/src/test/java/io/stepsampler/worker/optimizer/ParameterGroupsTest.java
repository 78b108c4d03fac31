package io.stepsampler.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Training.ParameterGroup;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {

    private static final Optimizer DECAYING = new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01);

    private static final ParameterGroups GROUPS = ParameterGroups.of(
            List.of(
                    new ParameterGroup("bias$|LayerNorm", 1, 0.0, false),
                    new ParameterGroup("^embeddings", 1, null, true),
                    new ParameterGroup("^head\\.", 10, null, false)),
            DECAYING);

    @Test
    void theFirstGroupWhoseExpressionIsFoundHolds() {
        assertThat(GROUPS.of("head.bias")).isEqualTo(new Treatment(1, 0, false));
        assertThat(GROUPS.of("embeddings.LayerNorm.weight")).isEqualTo(new Treatment(1, 0, false));
        assertThat(GROUPS.of("embeddings.word.weight")).isEqualTo(new Treatment(1, 0.01, true));
        assertThat(GROUPS.of("head.weight")).isEqualTo(new Treatment(10, 0.01, false));
    }

    @Test
    void whatNoGroupMatchesIsTreatedAsTheOptimizerSays() {
        assertThat(GROUPS.of("layer.0.weight")).isEqualTo(new Treatment(1, 0.01, false));
    }

    @Test
    void aGroupThatHoldsNoParameterIsNamed() {
        assertThat(GROUPS.unused(List.of("embeddings.word.weight", "layer.0.weight")))
                .containsExactly("bias$|LayerNorm", "^head\\.");
        assertThat(GROUPS.unused(List.of("head.bias", "embeddings.word.weight", "head.weight")))
                .isEmpty();
    }
}
