package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the parameters of every trial come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Checkpoint.Stored.class), @JsonSubTypes.Type(Checkpoint.Fresh.class)})
public sealed interface Checkpoint {

    /** A file: an absolute path or a URI. */
    record Stored(String uri) implements Checkpoint {}

    /** A fresh initialisation drawn from the seed. */
    record Fresh(long seed) implements Checkpoint {}
}
