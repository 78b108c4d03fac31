package io.stepsampler.coordinator.security;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may call. */
@StaticInitSafe
@ConfigMapping(prefix = "stepsampler.identity")
public interface IdentitySettings {

    /** An API key for the first administrator, who can make others: a text as {@code ApiKey} writes it. */
    Optional<String> firstKey();

    /** The team for which the first key acts; the first of the deployment's teams where none is named. */
    Optional<String> firstTeam();

    /** Issuers of tokens (OpenID Connect), by a name that the audit shows. */
    Map<String, Issuer> issuers();

    /** Whose tokens are accepted, and what they allow. */
    interface Issuer {

        /** As it stands in the tokens; its keys are found from here. */
        URI url();

        /** Who the tokens must be for. */
        String audience();

        /** Where the keys are (JWKS), if the issuer does not say it in its discovery document. */
        Optional<URI> keys();

        /** The first line that matches counts; a token that none matches is refused. */
        List<Line> grants();
    }

    /** A line of the table from claims to teams and roles. */
    interface Line {

        String claim();

        String value();

        String team();

        String role();
    }
}
