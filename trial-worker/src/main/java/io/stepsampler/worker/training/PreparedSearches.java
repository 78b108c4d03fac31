package io.stepsampler.worker.training;

import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.input.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The searches that this worker has prepared, the few used last: the next probe of one reads no file. */
final class PreparedSearches implements AutoCloseable {

    private static final int KEPT = 3;

    private final Preparation preparation;
    private final Map<Key, PreparedSearch> prepared = new LinkedHashMap<>(KEPT, 0.75f, /* accessOrder= */ true);

    PreparedSearches(Preparation preparation) {
        this.preparation = preparation;
    }

    /** All that the batches and the checkpoint depend on; the learning rate is not among it. */
    private record Key(
            UUID searchId,
            long seed,
            int steps,
            Model model,
            @Nullable Dataset data,
            Training training) {

        static Key of(Probe probe) {
            return new Key(
                    probe.searchId(), probe.seed(), probe.steps(), probe.model(), probe.data(), probe.training());
        }
    }

    PreparedSearch get(Probe probe) throws Refusal {
        Key key = Key.of(probe);
        PreparedSearch known = prepared.get(key);
        if (known != null) {
            return known;
        }
        while (prepared.size() >= KEPT) {
            Key oldest = prepared.keySet().iterator().next();
            PreparedSearch dropped = prepared.remove(oldest);
            if (dropped != null) {
                dropped.close();
            }
        }
        PreparedSearch search = preparation.prepare(probe);
        prepared.put(key, search);
        return search;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        prepared.values().forEach(PreparedSearch::close);
        prepared.clear();
    }
}
