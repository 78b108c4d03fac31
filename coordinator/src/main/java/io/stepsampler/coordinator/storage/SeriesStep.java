package io.stepsampler.coordinator.storage;

import io.stepsampler.method.SeriesFinding;
import java.time.Instant;
import java.util.UUID;

/**
 * The search that holds for one checkpoint of a series.
 *
 * @param found without its points and what else is not of a schedule
 */
public record SeriesStep(UUID searchId, Instant submittedAt, SeriesFinding found) {}
