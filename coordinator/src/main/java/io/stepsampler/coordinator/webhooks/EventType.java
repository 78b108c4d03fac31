package io.stepsampler.coordinator.webhooks;

import java.util.Arrays;
import java.util.List;

/** What a team is told by an event. */
public enum EventType {
    SEARCH_COMPLETED("io.stepsampler.search.completed"),
    SEARCH_NEEDS_ATTENTION("io.stepsampler.search.needs-attention"),
    SEARCH_FAILED("io.stepsampler.search.failed"),
    SEARCH_CANCELLED("io.stepsampler.search.cancelled"),
    SEARCH_REFUSED("io.stepsampler.search.refused"),
    /** Sent to one webhook when its team asks for it, whatever the types that it wants. */
    WEBHOOK_TEST("io.stepsampler.webhook.test");

    /** Of every event, as CloudEvents name where they come from. */
    public static final String SOURCE = "/stepsampler/coordinator";

    private final String label;

    EventType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Labels of those among which a webhook may choose. */
    public static List<String> ofSearches() {
        return Arrays.stream(values())
                .filter(type -> type != WEBHOOK_TEST)
                .map(EventType::label)
                .toList();
    }
}
