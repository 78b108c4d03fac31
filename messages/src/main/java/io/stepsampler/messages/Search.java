package io.stepsampler.messages;

import java.util.UUID;

/** On topic {@code searches}: the whole state of an admitted search. A lower revision than one seen is ignored. */
public record Search(UUID searchId, String team, long revision, SearchState state, SearchSpecification specification) {}
