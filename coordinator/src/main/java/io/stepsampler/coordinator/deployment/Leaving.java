package io.stepsampler.coordinator.deployment;

import io.stepsampler.messages.json.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What no file declares any more, though something still uses it. It goes when nothing does, which would never come if
 * more and more could.
 */
public record Leaving(Set<Declaration.Id> ids) {

    static final Leaving NOTHING = new Leaving(Set.of());

    private static final String REASON =
            "is in no declared file any more: nothing new may use it, and it goes once nothing does";

    public Leaving {
        ids = Set.copyOf(ids);
    }

    /** Of one that is leaving. */
    public static String sentence(Declaration.Id id) {
        return id + " " + REASON;
    }

    public boolean has(Declaration.Id id) {
        return ids.contains(id);
    }

    /** The names without those that are leaving. */
    List<String> without(Declaration.Kind kind, String team, Collection<String> names) {
        return names.stream()
                .filter(name -> !has(new Declaration.Id(kind, team, name)))
                .toList();
    }

    /** @param id of what the key names, which is leaving */
    static Refusal refusal(String key, Declaration.Id id) {
        return new Refusal(key, id.name(), "it " + REASON);
    }

    /** @param id of what the key names, which is leaving or not there */
    Refusal refusal(String key, Declaration.Id id, List<String> allowed) {
        String reason = has(id) ? "it " + REASON + "; " : "";
        return new Refusal(key, id.name(), reason + "allowed: " + String.join(", ", allowed));
    }
}
