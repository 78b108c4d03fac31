package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;

/**
 * A search as this service knows it.
 *
 * @param search as it was last received; its own state is the coordinator's
 * @param state the analyzer's: RUNNING until the method has an answer or the search is cancelled
 */
public record StoredSearch(Search search, SearchState state, long curveRevision) {}
