package io.stepsampler.coordinator.teams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** What this deployment lets each team have. */
@ConfigMapping(prefix = "stepsampler.team")
public interface TeamSettings {

    @WithParentName
    Map<String, Team> byName();

    /** A team that is not named here has the defaults. */
    interface Team {

        /** A team with twice the weight gets twice the device, while both want it. */
        @WithDefault("1")
        double weight();
    }
}
