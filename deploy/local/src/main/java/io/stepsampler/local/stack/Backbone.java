package io.stepsampler.local.stack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where Kafka and Postgres listen, and the services' passwords: what the two said when they were ready. */
record Backbone(String bootstrapServers, String jdbcUrl, Map<String, String> passwords) {

    Backbone {
        passwords = Map.copyOf(passwords);
    }

    static Backbone of(String kafkaReadyLine, String postgresReadyLine) {
        Map<String, String> postgres = details(postgresReadyLine);
        return new Backbone(required(details(kafkaReadyLine), "bootstrapServers"), required(postgres, "url"), postgres);
    }

    String password(String service) {
        return required(passwords, service);
    }

    private static Map<String, String> details(String readyLine) {
        Map<String, String> details = new HashMap<>();
        Arrays.stream(readyLine.split(" ", -1))
                .filter(word -> word.contains("="))
                .forEach(word -> {
                    int separator = word.indexOf('=');
                    details.put(word.substring(0, separator), word.substring(separator + 1));
                });
        return details;
    }

    private static String required(Map<String, String> details, String key) {
        String value = details.get(key);
        if (value == null) {
            throw new IllegalStateException("the ready line lacks " + key + "; it has " + details.keySet());
        }
        return value;
    }
}
