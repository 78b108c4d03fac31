package io.stepsampler.method;

import io.stepsampler.messages.Finding;

/**
 * What was found at one checkpoint of a training run.
 *
 * @param step optimizer steps that the run had taken
 */
public record SeriesFinding(long step, Finding finding) {}
