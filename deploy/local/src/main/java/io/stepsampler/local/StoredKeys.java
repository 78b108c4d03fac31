package io.stepsampler.local;

import java.util.Map;

/** What {@code credentials.json} holds: API keys by the address of their server. */
public record StoredKeys(Map<String, String> apiKeys) {

    public StoredKeys {
        apiKeys = Map.copyOf(apiKeys);
    }

    /** Without the keys: they must not stand in a message. */
    @Override
    public String toString() {
        return "StoredKeys[servers=" + apiKeys.keySet() + "]";
    }
}
