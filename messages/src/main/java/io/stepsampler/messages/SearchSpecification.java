package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What a team asks for: the search file, with every default filled in. {@code data} is absent for a replay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchSpecification(
        @Nullable String name,
        Model model,
        @Nullable Dataset data,
        Training training,
        SearchPlan search,
        String pool) {}
