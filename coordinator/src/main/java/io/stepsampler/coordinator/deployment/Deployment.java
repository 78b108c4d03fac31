package io.stepsampler.coordinator.deployment;

import io.stepsampler.coordinator.deployment.Declaration.Kind;
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
import java.util.stream.Stream;

/** All that was declared, at one moment. */
public final class Deployment {

    public static final Deployment EMPTY = new Deployment(List.of());

    private final Map<String, Team> teams = new TreeMap<>();
    private final Map<String, Pool> pools = new TreeMap<>();
    private final List<Template> templates = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final Leaving leaving;

    public Deployment(Collection<Declaration> declarations) {
        this(declarations, Leaving.NOTHING);
    }

    /** @param leaving of the declarations */
    public Deployment(Collection<Declaration> declarations, Leaving leaving) {
        this.leaving = leaving;
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

    public boolean isLeaving(Declaration.Id id) {
        return leaving.has(id);
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
        if (isLeaving(team.id())) {
            return List.of(Leaving.refusal("team", team.id()));
        }
        List<String> allowed = leaving.without(Kind.POOL, "", poolsFor(team));
        Stream<Refusal> pool = allowed.contains(specification.pool())
                ? Stream.empty()
                : Stream.of(leaving.refusal("pool", poolId(specification.pool()), allowed));
        return Stream.concat(pool, team.refusals(specification).stream()).toList();
    }

    /** What a declaration names that is not there, or not for long. */
    public List<Refusal> refusals(Declaration declaration) {
        if (declaration instanceof Team team) {
            SortedSet<String> chosen = team.pools();
            List<String> allowed = leaving.without(Kind.POOL, "", pools.keySet());
            return (chosen == null ? Set.<String>of() : chosen)
                    .stream()
                            .filter(name -> !allowed.contains(name))
                            .map(name -> leaving.refusal("pools", poolId(name), allowed))
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

    /** Of triggers that can no longer fill in a template; the keys are the template's. */
    public List<Refusal> refusalsOfTriggers(Declaration.Id template) {
        return triggers.stream()
                .filter(trigger -> trigger.templateId().equals(template))
                .flatMap(trigger -> template(trigger.team(), trigger.template()).stream()
                        .flatMap(known -> refusals(known, trigger)))
                .toList();
    }

    private static Stream<Refusal> refusals(Template template, Trigger trigger) {
        Stream<Refusal> unknown = trigger.places().keySet().stream()
                .filter(name -> !template.parameters().containsKey(name))
                .map(name -> new Refusal(
                        "parameters." + name, null, "is missing; trigger " + trigger.name() + " fills it in"));
        Stream<Refusal> missing = template.required()
                .filter(name -> !trigger.places().containsKey(name))
                .map(name -> new Refusal(
                        "parameters." + name + ".default",
                        null,
                        "is missing; trigger " + trigger.name() + " does not fill it in"));
        return Stream.concat(unknown, missing);
    }

    private List<Refusal> refusals(Trigger trigger) {
        Optional<Template> known = template(trigger.team(), trigger.template());
        if (known.isEmpty()) {
            return List.of(unknownTemplate(trigger.team(), trigger.template()));
        }
        Template template = known.get();
        if (isLeaving(template.id())) {
            return List.of(Leaving.refusal("template", template.id()));
        }
        Stream<Refusal> unknown = trigger.places().entrySet().stream()
                .filter(place -> !template.parameters().containsKey(place.getKey()))
                .map(place -> template.unknown(place.getValue()));
        Stream<Refusal> missing = template.required()
                .filter(name -> !trigger.places().containsKey(name))
                .map(name -> new Refusal(
                        "fields." + name, null, "is missing; template " + template.name() + " has no default for it"));
        return Stream.concat(unknown, missing).toList();
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
        List<String> allowed = leaving.without(Kind.TEAM, "", teams.keySet());
        return allowed.contains(team)
                ? List.of()
                : List.of(leaving.refusal("team", new Declaration.Id(Kind.TEAM, "", team), allowed));
    }

    private static Declaration.Id poolId(String name) {
        return new Declaration.Id(Kind.POOL, "", name);
    }
}
