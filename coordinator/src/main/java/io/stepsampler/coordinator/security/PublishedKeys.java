package io.stepsampler.coordinator.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Optional;

/**
 * The keys that an issuer publishes (JWKS), over HTTP. Where they are it says itself, if the settings do not (OpenID
 * Connect Discovery 1.0).
 *
 * @param issuer as it stands in its tokens
 * @param place of the keys
 */
record PublishedKeys(URI issuer, Optional<URI> place) implements IssuerKeys.Fetch {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int LARGEST_DOCUMENT_BYTES = 1 << 20;

    @Override
    public JWKSet keys() throws IOException {
        String found = place.isPresent() ? place.get().toString() : discovered();
        try {
            return JWKSet.parse(content(found));
        } catch (ParseException e) {
            throw new IOException(found + " holds no keys: " + e.getMessage(), e);
        }
    }

    private String discovered() throws IOException {
        String document = issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration";
        JsonNode content = MessageJson.mapper().readTree(content(document));
        String named = content.path("issuer").asText();
        if (!named.equals(issuer.toString())) {
            throw new IOException(document + " is of issuer " + named + "; must be of " + issuer);
        }
        String keys = content.path("jwks_uri").asText();
        if (keys.isEmpty()) {
            throw new IOException(document + " names no jwks_uri");
        }
        return keys;
    }

    private static String content(String place) throws IOException {
        return new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_DOCUMENT_BYTES)
                .retrieveResource(url(place))
                .getContent();
    }

    private static URL url(String place) throws IOException {
        try {
            return URI.create(place).toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IOException(place + " is no address: " + e.getMessage(), e);
        }
    }
}
