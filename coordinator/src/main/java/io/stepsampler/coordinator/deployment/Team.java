package io.stepsampler.coordinator.deployment;

import io.stepsampler.messages.Model;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchLocations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A team, and what it may have.
 *
 * @param weight a team with twice the weight gets twice the device, while both want it
 * @param sources below which its searches may read; absent: wherever the workers may
 * @param torchScript whether its models may bring code of their own; workers have a say of their own in it
 * @param pools that it may use, of those that are shared or its own; absent: all of them
 */
public record Team(
        String name,
        double weight,
        @Nullable SortedSet<String> sources,
        boolean torchScript,
        @Nullable SortedSet<String> pools,
        Limits limits)
        implements Declaration {

    public Team {
        sources = copy(sources);
        pools = copy(pools);
    }

    /** A list that is absent would be read as an empty one, which allows nothing. */
    private static @Nullable SortedSet<String> copy(@Nullable SortedSet<String> names) {
        return names == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** May do all that the deployment can. */
    public static Team free(String name, double weight) {
        return new Team(name, weight, null, true, null, Limits.NONE);
    }

    @Override
    public Id id() {
        return new Id(Kind.TEAM, "", name);
    }

    /** What of a search the team may not ask for. */
    List<Refusal> refusals(SearchSpecification specification) {
        List<Refusal> refusals = new ArrayList<>();
        if (!torchScript && specification.model() instanceof Model.TorchScript) {
            refusals.add(new Refusal(
                    "model.family", "torchscript", "allowed for team " + name + ": any that brings no code"));
        }
        SortedSet<String> allowed = sources;
        if (allowed != null) {
            SearchLocations.of(specification).forEach((key, location) -> {
                if (allowed.stream().noneMatch(source -> Source.of(source).holds(location))) {
                    refusals.add(new Refusal(
                            key,
                            location,
                            "allowed for team " + name + ": what is below " + String.join(", ", allowed)));
                }
            });
        }
        return refusals;
    }
}
