package io.stepsampler.coordinator.searches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.deployment.Pool;
import io.stepsampler.coordinator.storage.CostStore;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import org.jspecify.annotations.Nullable;

/**
 * What a search will cost that takes nothing over from earlier ones.
 *
 * @param deviceSeconds absent where no search of that pool and family has told how long a step takes
 * @param price absent where the pool has none, or the device-seconds are not known
 * @param measuredSearches from how many searches that is known; those that took outcomes over tell nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
        Amount probes,
        Amount trainingSteps,
        @Nullable Amount deviceSeconds,
        @Nullable Price price,
        int measuredSearches) {

    private static final double SECONDS_PER_HOUR = 3600;

    /**
     * @param expected as searches of this kind needed in the mean; absent where none is known
     * @param most what the budget allows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Amount(@Nullable Double expected, double most) {

        /** What others needed may be more than this search may have. */
        static Amount of(@Nullable Double expected, double most) {
            return new Amount(expected == null ? null : (Double) Math.min(expected, most), most);
        }

        Amount times(double factor) {
            return new Amount(expected == null ? null : (Double) (expected * factor), most * factor);
        }
    }

    /** {@code currency}: three letters, ISO 4217. */
    public record Price(Amount amount, String currency) {}

    /** @param spent by searches like it; {@code price} of its pool, if it has one */
    static Estimate of(SearchSpecification specification, CostStore.Spent spent, Pool.@Nullable Price price) {
        double mostProbes = specification.search().budget().probes();
        Double expectedProbes = spent.searches() == 0 ? null : (Double) ((double) spent.probes() / spent.searches());
        Amount probes = Amount.of(expectedProbes, mostProbes);
        Amount steps = steps(specification, probes, spent);
        Amount seconds = spent.trainingSteps() == 0 ? null : steps.times(spent.deviceSeconds() / spent.trainingSteps());
        return new Estimate(
                probes,
                steps,
                seconds,
                seconds == null || price == null
                        ? null
                        : new Price(seconds.times(price.perDeviceHour() / SECONDS_PER_HOUR), price.currency()),
                spent.searches());
    }

    private static Amount steps(SearchSpecification specification, Amount probes, CostStore.Spent spent) {
        double most = (double) StepSampling.mostTrainingSteps(Settings.of(specification));
        Double expectedProbes = probes.expected();
        if (expectedProbes == null) {
            return Amount.of(null, most);
        }
        return Amount.of(
                specification.training().lengthen()
                        ? (double) spent.trainingSteps() / spent.searches()
                        : expectedProbes * specification.training().steps(),
                most);
    }
}
