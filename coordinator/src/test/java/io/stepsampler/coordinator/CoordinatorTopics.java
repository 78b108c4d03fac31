package io.stepsampler.coordinator;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.Probe;

/** What the coordinator sends for the team local, to a pool with room for every search that the tests leave running. */
record CoordinatorTopics(TopicTap<Probe> probes, TopicTap<JsonNode> findings) implements AutoCloseable {

    CoordinatorTopics(String bootstrapServers) {
        this(
                new TopicTap<>(bootstrapServers, "probes.default", Probe.class),
                new TopicTap<>(bootstrapServers, "findings.local", JsonNode.class));
        SearchCalls.giveRoom(probes);
    }

    @Override
    public void close() {
        probes.close();
        findings.close();
    }
}
