package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On topic {@code probes.<pool>}: the request for one trial, with all that a worker needs to run it.
 *
 * @param probeId see {@link ProbeIdentity}
 * @param round which of the search's rounds planned it; the baseline is round 0
 * @param steps optimizer steps to train
 * @param attempt 1 for the first issue, one more for each re-issue
 * @param suspect whether the trial must run in a process of its own
 * @param baselineLossScale the largest absolute training loss of the baseline, against which divergence is judged;
 *     absent for the baseline itself
 * @param formerTrials of the same team, of probes that asked for the same
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Probe(
        UUID probeId,
        UUID searchId,
        String team,
        String pool,
        ProbeKind kind,
        int round,
        long seed,
        int steps,
        int attempt,
        boolean suspect,
        @Nullable Double baselineLossScale,
        Model model,
        @Nullable Dataset data,
        Training training,
        List<FormerTrial> formerTrials) {

    public Probe {
        formerTrials = List.copyOf(formerTrials);
    }

    /** One that nobody is known to have asked for before. */
    public Probe(
            UUID probeId,
            UUID searchId,
            String team,
            String pool,
            ProbeKind kind,
            int round,
            long seed,
            int steps,
            int attempt,
            boolean suspect,
            @Nullable Double baselineLossScale,
            Model model,
            @Nullable Dataset data,
            Training training) {
        this(
                probeId,
                searchId,
                team,
                pool,
                kind,
                round,
                seed,
                steps,
                attempt,
                suspect,
                baselineLossScale,
                model,
                data,
                training,
                List.of());
    }

    /** The same with others. */
    public Probe knowing(List<FormerTrial> trials) {
        return new Probe(
                probeId,
                searchId,
                team,
                pool,
                kind,
                round,
                seed,
                steps,
                attempt,
                suspect,
                baselineLossScale,
                model,
                data,
                training,
                trials);
    }
}
