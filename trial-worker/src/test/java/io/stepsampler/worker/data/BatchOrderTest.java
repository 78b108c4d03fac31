package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    @Test
    void thePermutationOfASeedNeverChanges() {
        assertThat(BatchOrder.permutation(10, 17, 0)).containsExactly(8, 1, 4, 3, 0, 9, 5, 2, 6, 7);
        assertThat(BatchOrder.permutation(10, 17, 1)).containsExactly(0, 1, 3, 8, 7, 2, 4, 5, 9, 6);
    }

    @Test
    void anEpochHoldsEveryExampleOnce() {
        int[] order = BatchOrder.permutation(1000, 3, 5);
        Arrays.sort(order);
        assertThat(order).containsExactly(BatchOrder.fileOrder(1000));
    }

    @Test
    void theShortLastBatchIsDroppedAndTheNextEpochBegins() {
        List<int[]> batches = BatchOrder.trainingBatches(epoch -> new int[] {epoch, 10, 20, 30, 40}, 2, 5);
        assertThat(batches)
                .containsExactly(
                        new int[] {0, 10}, new int[] {20, 30}, new int[] {1, 10}, new int[] {20, 30}, new int[] {2, 10
                        });
    }

    @Test
    void anEpochWithoutABatchIsRefused() {
        assertThatThrownBy(() -> BatchOrder.trainingBatches(epoch -> new int[3], 4, 1))
                .hasMessage("an epoch of 3 examples holds no batch of 4");
    }

    @Test
    void validationKeepsTheShortLastBatch() {
        assertThat(BatchOrder.validationBatches(5, 100, 1, 2))
                .containsExactly(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
    }

    @Test
    void validationDrawsNoMoreThanAllowedAndTheSameForEqualSeeds() {
        List<int[]> batches = BatchOrder.validationBatches(1000, 10, 7, 10);
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0)).hasSize(10).isSorted().doesNotHaveDuplicates();
        assertThat(BatchOrder.validationBatches(1000, 10, 7, 10)).containsExactly(batches.get(0));
        assertThat(BatchOrder.validationBatches(1000, 10, 8, 10).get(0)).isNotEqualTo(batches.get(0));
    }

    /** Published values of SplitMix64 begun at state 0 are e220a8397b1dcdaf, 6e789e6aa1b965f4, …: mix(0) is 0. */
    @Test
    void theGeneratorIsSplitMix64() {
        SplitMix64 random = SplitMix64.of(0, 0);
        assertThat(random.next()).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(random.next()).isEqualTo(0x6e789e6aa1b965f4L);
    }
}
