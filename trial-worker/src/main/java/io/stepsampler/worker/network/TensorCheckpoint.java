package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.messages.Sha256;
import io.stepsampler.worker.data.SplitMix64;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Digest;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Layout.Place;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** All tensors of a network as every trial begins with them, so that a reset is a copy of each. */
final class TensorCheckpoint implements Checkpointed {

    /** Of a head that the file lacks: a constant, because all trials of all searches begin with the same one. */
    private static final long NEW_HEAD_SEED = 0;

    private final Family family;
    private final Map<String, NDArray> tensors;
    private final String location;
    private final String digest;

    private TensorCheckpoint(Family family, Map<String, NDArray> tensors, String location, String digest) {
        this.family = family;
        this.tensors = tensors;
        this.location = location;
        this.digest = digest;
    }

    /** A fresh initialisation; its digest is that of the tensors' bytes, in the order of the layout. */
    static TensorCheckpoint fromSeed(long seed, Family family, NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Digest digest = new Digest();
        IntFunction<SplitMix64> streams = family.streams(seed);
        family.layout().places().forEach((name, place) -> {
            NDArray drawn = draw(place, streams.apply(tensors.size()), manager);
            digest.add(name).add(drawn.toByteBuffer());
            tensors.put(name, drawn);
        });
        return new TensorCheckpoint(family, tensors, "seed " + seed, digest.hex());
    }

    /** Every tensor must find its place and every place its tensor, but for what a new head is allowed to change. */
    static TensorCheckpoint fromWeights(Weights weights, String location, Family family, NDManager manager)
            throws Refusal {
        Map<String, NDArray> found = family.named(weights.tensors(), location);
        Map<String, NDArray> taken = family.allowsNewHead() ? withoutOldHeads(found, family) : found;
        List<String> faults = faults(taken, family, family.allowsNewHead());
        if (!faults.isEmpty()) {
            boolean onlyHeads =
                    faults(withoutOldHeads(found, family), family, true).isEmpty();
            throw Refusal.badInput(
                    CheckpointFile.KEY,
                    location,
                    "its tensors are not those of " + family.description() + ": " + String.join("; ", faults)
                            + (onlyHeads ? "; model.options.allowNewHead allows that" : ""));
        }
        IntFunction<SplitMix64> streams = family.streams(NEW_HEAD_SEED);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        family.layout().places().forEach((name, place) -> {
            NDArray stored = taken.get(name);
            tensors.put(
                    name, stored == null ? draw(place, streams.apply(tensors.size()), manager) : copy(stored, manager));
        });
        return new TensorCheckpoint(family, tensors, location, weights.digest());
    }

    @Override
    public Network fresh(NDManager manager) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        family.layout().places().forEach((name, place) -> {
            NDArray copy = copy(Objects.requireNonNull(tensors.get(name), name), manager);
            copy.setRequiresGradient(!place.isBuffer());
            copies.put(name, copy);
        });
        return family.network(copies);
    }

    @Override
    public void requireFit(NDList inputs) throws Refusal {
        family.requireFit(inputs, location);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public @Nullable String configurationDigest() {
        return family.configuration()
                .map(sizes -> Sha256.hex(sizes.toString().getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private static Map<String, NDArray> withoutOldHeads(Map<String, NDArray> found, Family family) {
        Map<String, Place> places = family.layout().places();
        Map<String, NDArray> kept = new LinkedHashMap<>(found);
        kept.keySet().removeIf(family::isOtherHead);
        kept.entrySet().removeIf(tensor -> {
            Place place = places.get(tensor.getKey());
            return place != null
                    && family.isHead(tensor.getKey())
                    && !TensorFaults.fits(tensor.getValue(), place.shape());
        });
        return kept;
    }

    private static List<String> faults(Map<String, NDArray> taken, Family family, boolean newHead) {
        Map<String, Place> expected = new LinkedHashMap<>(family.layout().places());
        expected.keySet()
                .removeIf(name ->
                        !taken.containsKey(name) && (family.mayBeMissing(name) || (newHead && family.isHead(name))));
        return TensorFaults.of(new Layout(expected).shapes(), taken);
    }

    private static NDArray draw(Place place, SplitMix64 random, NDManager manager) {
        float[] numbers = RandomNumbers.draw(place.draw(), place.shape(), random);
        try (NDArray drawn = manager.create(numbers, place.shape())) {
            return copy(drawn, manager);
        }
    }

    /** A copy even of the same type, whose conversion would share memory that goes with the file's bytes. */
    private static NDArray copy(NDArray tensor, NDManager manager) {
        NDArray copy = tensor.getDataType() == DataType.FLOAT32
                ? tensor.duplicate()
                : tensor.toType(DataType.FLOAT32, /* copy= */ true);
        copy.attach(manager);
        return copy;
    }
}
