package io.stepsampler.messages;

import java.util.UUID;

/** On topic {@code curves}: the curve and the finding so far, whole. A lower revision than one seen is ignored. */
public record CurveUpdate(UUID searchId, String team, long revision, Finding finding) {}
