package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a team asks for: the search file, with every default filled in.
 *
 * @param data absent for a replay
 * @param series absent for a search by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchSpecification(
        @Nullable String name,
        @Nullable Series series,
        Model model,
        @Nullable Dataset data,
        Training training,
        SearchPlan search,
        String pool) {

    /** Of no series. */
    public SearchSpecification(
            @Nullable String name,
            Model model,
            @Nullable Dataset data,
            Training training,
            SearchPlan search,
            String pool) {
        this(name, null, model, data, training, search, pool);
    }
}
