package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts, or pairs of texts, and their classes: {@code input_ids}, {@code attention_mask} and {@code token_type_ids} of
 * shape (N, longest text of the batch), and N classes.
 */
public final class LabelledTextExamples implements Examples {

    private final TokenizedTexts texts;
    private final int[] labels;
    private final int classes;
    private final long padId;

    private LabelledTextExamples(TokenizedTexts texts, int[] labels, int classes, long padId) {
        this.texts = texts;
        this.labels = labels;
        this.classes = classes;
        this.padId = padId;
    }

    /**
     * @param key where the search file names the file, such as {@code data.train}
     * @param tokenizer stays open, and the caller's
     */
    public static LabelledTextExamples read(
            String key, String location, Dataset.LabelledText.Options options, Tokenizer tokenizer, Locations locations)
            throws Refusal {
        boolean pairs = options.secondTextColumn() != null;
        TextLength.requireRoom(
                "data.options.maxLength",
                options.maxLength(),
                pairs ? tokenizer.specialTokensOfPairs() : tokenizer.specialTokens());
        TextFile file = TextFile.of(key, location, locations);
        List<WantedColumn> wanted = wanted(options);
        List<TextRow> rows =
                file.isJsonLines() ? JsonRows.read(file, wanted) : CsvRows.read(file, options.columns(), wanted);
        if (rows.isEmpty()) {
            throw file.refusal("it must hold at least one example, and holds none");
        }
        Labels labels = new Labels(file, options.labelColumn(), options.labels());
        int[] numbers = new int[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = labels.number(rows.get(i).line(), rows.get(i).values().get(0));
        }
        List<String> first = column(rows, 1);
        TokenizedTexts texts = pairs
                ? TokenizedTexts.ofPairs(first, column(rows, 2), tokenizer, options.maxLength())
                : TokenizedTexts.of(first, tokenizer, options.maxLength());
        return new LabelledTextExamples(texts, numbers, labels.classes(numbers), tokenizer.padId());
    }

    /** The label comes first, so that the texts are what follows. */
    private static List<WantedColumn> wanted(Dataset.LabelledText.Options options) {
        List<WantedColumn> wanted = new ArrayList<>();
        wanted.add(new WantedColumn("data.options.labelColumn", options.labelColumn()));
        wanted.add(new WantedColumn("data.options.textColumn", options.textColumn()));
        if (options.secondTextColumn() != null) {
            wanted.add(new WantedColumn("data.options.secondTextColumn", options.secondTextColumn()));
        }
        return wanted;
    }

    private static List<String> column(List<TextRow> rows, int place) {
        return rows.stream().map(row -> row.values().get(place)).toList();
    }

    /** A batch is as wide as its longest text. */
    @Override
    public boolean isUniform() {
        return false;
    }

    @Override
    public int count() {
        return labels.length;
    }

    /** How many the options name, or one more than the largest label of the file. */
    public int classes() {
        return classes;
    }

    @Override
    public Batch batch(int[] rows, NDManager manager) {
        List<Tokens> tokens = texts.rows(rows);
        List<long[]> ids = tokens.stream().map(Tokens::ids).toList();
        NDArray targets =
                manager.create(IntStream.of(rows).mapToLong(row -> labels[row]).toArray());
        return new Batch(
                new NDList(
                        Padding.filled("input_ids", ids, padId, manager),
                        Padding.mask("attention_mask", ids, manager),
                        Padding.filled(
                                "token_type_ids",
                                tokens.stream().map(Tokens::types).toList(),
                                0,
                                manager)),
                targets,
                rows.length);
    }
}
