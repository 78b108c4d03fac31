package io.stepsampler.worker.data;

import io.stepsampler.messages.Dataset;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.List;

/** Sources and targets, as many of one as of the other; they share the memory of what was read. */
record ParallelTexts(List<String> sources, List<String> targets) {

    static ParallelTexts read(
            String key, Dataset.TextPairs.Texts texts, Dataset.TextPairs.Options options, Locations locations)
            throws Refusal {
        if (texts.source() != null && texts.target() != null && texts.uri() == null) {
            return lines(
                    TextFile.of(key + ".source", texts.source(), locations),
                    TextFile.of(key + ".target", texts.target(), locations));
        }
        if (texts.uri() != null && texts.source() == null && texts.target() == null) {
            return members(TextFile.of(key, texts.uri(), locations), options);
        }
        throw Refusal.badInput(key, texts, "it must be one file of JSON Lines, or a source and a target");
    }

    private static ParallelTexts lines(TextFile source, TextFile target) throws Refusal {
        List<String> sources = source.lines();
        List<String> targets = target.lines();
        if (sources.size() != targets.size()) {
            throw target.refusal("it has " + targets.size() + " lines and " + source.key() + " has " + sources.size()
                    + "; equal lines belong together, so the numbers must be equal");
        }
        if (sources.isEmpty()) {
            throw source.refusal("it must hold at least one line, and holds none");
        }
        return new ParallelTexts(sources, targets);
    }

    private static ParallelTexts members(TextFile file, Dataset.TextPairs.Options options) throws Refusal {
        List<TextRow> rows = JsonRows.read(
                file,
                List.of(
                        new WantedColumn("data.options.sourceColumn", options.sourceColumn()),
                        new WantedColumn("data.options.targetColumn", options.targetColumn())));
        if (rows.isEmpty()) {
            throw file.refusal("it must hold at least one example, and holds none");
        }
        return new ParallelTexts(
                rows.stream().map(row -> row.values().get(0)).toList(),
                rows.stream().map(row -> row.values().get(1)).toList());
    }
}
