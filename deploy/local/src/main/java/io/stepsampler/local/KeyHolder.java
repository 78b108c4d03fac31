package io.stepsampler.local;

/** Whom a server takes the holder of a key for. */
public record KeyHolder(String name, String team, String role) {}
