package io.stepsampler.worker.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search was admitted, which is nothing to a worker, or cancelled. Every worker reads every record from the beginning,
 * so what cannot be read is only logged here: the analyzer, which reads it once, keeps it.
 */
@ApplicationScoped
class SearchHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SearchHandler.class);

    private final CancelledSearches cancelled;

    SearchHandler(CancelledSearches cancelled) {
        this.cancelled = cancelled;
    }

    @Incoming("searches")
    @Blocking
    void on(byte[] payload) {
        try {
            Search search = MessageJson.read(payload, Search.class);
            if (search.state() == SearchState.CANCELLED) {
                cancelled.cancel(search.searchId());
            }
        } catch (UnreadableMessage e) {
            LOG.warn("a record of searches is skipped: {}", e.getMessage());
        }
    }
}
