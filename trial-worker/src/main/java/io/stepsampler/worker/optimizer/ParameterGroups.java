package io.stepsampler.worker.optimizer;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Training.ParameterGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How each parameter is treated: by the first group whose expression is found in its name, else as the optimizer says. */
public final class ParameterGroups {

    private final List<Group> groups;
    private final Treatment otherwise;

    private ParameterGroups(List<Group> groups, Treatment otherwise) {
        this.groups = groups;
        this.otherwise = otherwise;
    }

    public static ParameterGroups of(List<ParameterGroup> groups, Optimizer optimizer) {
        return new ParameterGroups(
                groups.stream()
                        .map(group -> Group.of(group, optimizer.weightDecay()))
                        .toList(),
                new Treatment(1, optimizer.weightDecay(), false));
    }

    /**
     * @param factor what the learning rate is multiplied by
     * @param frozen whether the parameter stays as it is
     */
    public record Treatment(double factor, double weightDecay, boolean frozen) {}

    private record Group(Pattern match, Treatment treatment) {

        static Group of(ParameterGroup group, double weightDecay) {
            Double ownDecay = group.weightDecay();
            return new Group(
                    Pattern.compile(group.match()),
                    new Treatment(group.factor(), ownDecay == null ? weightDecay : ownDecay, group.frozen()));
        }
    }

    public Treatment of(String parameter) {
        return groups.stream()
                .filter(group -> group.match().matcher(parameter).find())
                .map(Group::treatment)
                .findFirst()
                .orElse(otherwise);
    }

    /** Which expressions are the first to be found in no name at all, such as a misspelt one. */
    public List<String> unused(List<String> parameters) {
        List<Group> unused = new ArrayList<>(groups);
        for (String parameter : parameters) {
            groups.stream()
                    .filter(group -> group.match().matcher(parameter).find())
                    .findFirst()
                    .ifPresent(unused::remove);
        }
        return unused.stream().map(group -> group.match().pattern()).toList();
    }
}
