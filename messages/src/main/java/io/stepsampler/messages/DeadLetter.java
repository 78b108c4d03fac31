package io.stepsampler.messages;

/**
 * On topic {@code dead-letters}: a record that could not be read or broke the contract.
 *
 * @param payload the record's value, Base64
 */
public record DeadLetter(String topic, int partition, long offset, String reason, String payload) {}
