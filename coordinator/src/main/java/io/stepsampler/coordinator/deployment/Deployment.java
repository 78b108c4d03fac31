package io.stepsampler.coordinator.deployment;

import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that was declared, at one moment. */
public final class Deployment {

    public static final Deployment EMPTY = new Deployment(List.of());

    private final Map<String, Team> teams = new TreeMap<>();
    private final Map<String, Pool> pools = new TreeMap<>();
    private final List<Template> templates = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();

    public Deployment(Collection<Declaration> declarations) {
        for (Declaration declaration : declarations) {
            if (declaration instanceof Team team) {
                teams.put(team.name(), team);
            } else if (declaration instanceof Pool pool) {
                pools.put(pool.name(), pool);
            } else if (declaration instanceof Template template) {
                templates.add(template);
            } else if (declaration instanceof Trigger trigger) {
                triggers.add(trigger);
            }
        }
        triggers.sort(Comparator.comparing(Trigger::name));
    }

    public List<String> teamNames() {
        return List.copyOf(teams.keySet());
    }

    public List<String> poolNames() {
        return List.copyOf(pools.keySet());
    }

    public Optional<Team> team(String name) {
        return Optional.ofNullable(teams.get(name));
    }

    public Optional<Pool> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /** That a team may use. */
    public List<String> poolsFor(Team team) {
        SortedSet<String> chosen = team.pools();
        return pools.values().stream()
                .filter(pool -> pool.isFor(team.name()))
                .map(Pool::name)
                .filter(name -> chosen == null || chosen.contains(name))
                .toList();
    }

    public Optional<Template> template(String team, String name) {
        return templates.stream()
                .filter(template ->
                        template.team().equals(team) && template.name().equals(name))
                .findFirst();
    }

    /** In the order of their names. */
    List<Trigger> triggers(String team, String event) {
        return triggers.stream()
                .filter(trigger ->
                        trigger.team().equals(team) && trigger.event().equals(event))
                .toList();
    }

    /** What of a search a team may not have here. */
    public List<Refusal> refusals(Team team, SearchSpecification specification) {
        List<String> allowed = poolsFor(team);
        Stream<Refusal> pool = allowed.contains(specification.pool())
                ? Stream.empty()
                : Stream.of(new Refusal("pool", specification.pool(), "allowed: " + String.join(", ", allowed)));
        return Stream.concat(pool, team.refusals(specification).stream()).toList();
    }

    /** What a declaration names that is not there. */
    public List<Refusal> refusals(Declaration declaration) {
        if (declaration instanceof Team team) {
            SortedSet<String> chosen = team.pools();
            return (chosen == null ? Set.<String>of() : chosen)
                    .stream()
                            .filter(name -> !pools.containsKey(name))
                            .map(name -> new Refusal("pools", name, "allowed: " + String.join(", ", pools.keySet())))
                            .toList();
        }
        if (declaration instanceof Pool pool) {
            String owner = pool.team();
            return owner == null ? List.of() : unknownTeam(owner);
        }
        if (declaration instanceof Trigger trigger) {
            return Stream.concat(unknownTeam(trigger.team()).stream(), refusals(trigger).stream())
                    .toList();
        }
        return unknownTeam(declaration.id().team());
    }

    /** Of triggers that can no longer fill in a template. */
    public List<Refusal> refusalsOfTriggers(Declaration.Id template) {
        return triggers.stream()
                .filter(trigger -> trigger.templateId().equals(template))
                .flatMap(trigger -> refusals(trigger).stream()
                        .map(refusal -> new Refusal(
                                "parameters",
                                null,
                                "must fit trigger " + trigger.name() + ", whose " + refusal.sentence())))
                .toList();
    }

    private List<Refusal> refusals(Trigger trigger) {
        Optional<Template> template = template(trigger.team(), trigger.template());
        if (template.isEmpty()) {
            return List.of(unknownTemplate(trigger.team(), trigger.template()));
        }
        Map<String, Template.Parameter> parameters = template.get().parameters();
        TreeSet<String> given = new TreeSet<>(trigger.values().keySet());
        given.addAll(trigger.fields().keySet());
        List<Refusal> refusals = new ArrayList<>();
        given.stream()
                .filter(name -> !parameters.containsKey(name))
                .forEach(name -> refusals.add(new Refusal(
                        "fields",
                        name,
                        "allowed, as template " + trigger.template() + " has it: "
                                + String.join(", ", parameters.keySet()))));
        parameters.forEach((name, rule) -> {
            if (rule.fallback() == null && !given.contains(name)) {
                refusals.add(new Refusal(
                        "fields", null, "must say where " + name + " of template " + trigger.template() + " is"));
            }
        });
        return refusals;
    }

    Refusal unknownTemplate(String team, String name) {
        List<String> allowed = templates.stream()
                .filter(known -> known.team().equals(team))
                .map(Template::name)
                .sorted()
                .toList();
        return new Refusal(
                "template",
                name,
                allowed.isEmpty() ? "team " + team + " has no template" : "allowed: " + String.join(", ", allowed));
    }

    private List<Refusal> unknownTeam(String team) {
        return teams.containsKey(team)
                ? List.of()
                : List.of(new Refusal("team", team, "allowed: " + String.join(", ", teams.keySet())));
    }
}
