package io.stepsampler.local;

import java.util.List;

/** The pools that a server lets the caller use. */
public record PoolList(List<Entry> pools) {

    public PoolList {
        pools = List.copyOf(pools);
    }

    /** {@code workers}: that have spoken lately. */
    public record Entry(String name, int workers) {}

    boolean hasNoWorkers(String name) {
        return pools.stream().anyMatch(pool -> pool.name().equals(name) && pool.workers() == 0);
    }
}
