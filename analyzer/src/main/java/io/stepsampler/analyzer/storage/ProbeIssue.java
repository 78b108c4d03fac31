package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.Probe;
import io.stepsampler.method.KnownDigests;

/**
 * A probe that is to be sent.
 *
 * @param known what earlier trials must agree with that may have answered it before
 */
public record ProbeIssue(Probe probe, KnownDigests known) {}
